"""Codes: the list, and one code as of a day."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from policy_tracker.errors import CodeError
from policy_tracker.pages.addresses import Addresses
from policy_tracker.pages.assemble import code_page, codes_page
from policy_tracker.pages.code_form import FIELDS, read_question
from policy_tracker.pages.feed_filter import FieldProblem
from policy_tracker.record.codes import clean_code, system_of
from policy_tracker.web.respond import answer, asked, reader_of, session_of
from policy_tracker.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
to = Addresses()
LONGEST_CODE = 20


@router.get("/codes")
def codes(request: Request) -> Response:
    """The codes that records name.

    A whole code leads to its page, a beginning of one to those that begin so.
    """
    query = asked(request)
    typed = query.get("code", "").strip()[:LONGEST_CODE]
    if typed:
        try:
            code = clean_code(system_of(typed), typed)
        except CodeError:
            pass
        else:
            return RedirectResponse(
                to.code(code, **{name: query[name] for name in FIELDS if query.get(name)}),
                status_code=303,
            )
    with session_of(request) as session:
        return answer(
            request,
            codes_page(
                session, reader_of(request), prefix=typed, cursor=query.get("cursor") or None
            ),
        )


@router.get("/codes/{code}")
def code(request: Request, code: str) -> Response:
    """One code, as of the day asked for; a text that is no code is explained, with the form
    kept.
    """
    reader = reader_of(request)
    form = read_question(asked(request), reader.today)
    with session_of(request) as session:
        try:
            return answer(request, code_page(session, code, form, reader))
        except CodeError as error:
            problem = FieldProblem(
                "code", f"{str(error).rstrip('.')}. Examples of codes are 0691T, J0897 and M81.0."
            )
            return answer(
                request, codes_page(session, reader, prefix=code[:LONGEST_CODE], problem=problem)
            )
