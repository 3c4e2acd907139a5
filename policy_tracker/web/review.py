"""The queue of what was read and waits for a person, for those who operate an installation.

A GET shows; only a POST decides.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from policy_tracker import intake
from policy_tracker.errors import ConflictError, InputError, NotFoundError
from policy_tracker.pages.addresses import Addresses
from policy_tracker.pages.document_page import seek_in
from policy_tracker.pages.review import payer_called, review_page
from policy_tracker.rule_settings import comparing
from policy_tracker.settings import local_time
from policy_tracker.store.confirmations import DocumentNaming
from policy_tracker.store.extractions import count_waiting, review_item, waiting
from policy_tracker.web import staff
from policy_tracker.web.csrf import from_here
from policy_tracker.web.respond import asked, now_of, page, session_of, settings_of
from policy_tracker.web.routes_document_pages import page_answer, picture_answer
from policy_tracker.web.routing import PageRoute

if TYPE_CHECKING:
    from policy_tracker.pages.document_page import Sought

router = APIRouter(route_class=PageRoute, prefix="/review", include_in_schema=False)
to = Addresses()

_PRIVATE = {"Cache-Control": "no-store"}
SHOWN = 100


class Filled(BaseModel):
    """The form of a decision as it was filled in; an empty field leaves what was read."""

    decision: str = Field("", max_length=100)
    by: str = Field("", max_length=100)
    why: str = Field("", max_length=1000)
    payer: str = Field("", max_length=500)
    payer_name: str = Field("", max_length=500)
    policy_number: str = Field("", max_length=500)
    title: str = Field("", max_length=500)

    @property
    def naming(self) -> DocumentNaming:
        """What the person says the document is."""
        return DocumentNaming(
            payer=self.payer or None,
            payer_name=self.payer_name or None,
            number=self.policy_number or None,
            title=self.title or None,
        )


@router.get("")
def queue(request: Request) -> Response:
    """What waits, the longest first."""
    if not staff.is_staff(request):
        return staff.login_page(request)
    last = asked(request).get("after", "")
    with session_of(request) as session:
        after = _number(last) if last else 0
        items, total = waiting(session, after=after, limit=SHOWN + 1), count_waiting(session)
        rows = [(item, payer_called(session, item.payer)) for item in items[:SHOWN]]
    more = rows[-1][0].id if len(items) > SHOWN else None
    return page(
        request,
        "pages/review.html",
        headers=_PRIVATE,
        nav="",
        rows=rows,
        total=total,
        more=more,
        continued=bool(after),
    )


@router.get("/{number}")
def one(request: Request, number: str) -> Response:
    """One reading: why it waits, what was read, and the forms that decide."""
    if not staff.is_staff(request):
        return staff.login_page(request)
    return _reading(request, _number(number))


@router.get("/{number}/record.json")
def record(request: Request, number: str) -> Response:
    """The record as a file, to be corrected."""
    if not staff.is_staff(request):
        return staff.login_page(request)
    with session_of(request) as session:
        item = review_item(session, _number(number))
    body = item.record.model_dump_json(by_alias=True, exclude_defaults=True, indent=2)
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="reading-{item.id}.json"'}
    return Response(f"{body}\n", media_type="application/json", headers=headers)


@router.get("/{number}/page/{sheet}.png")
def picture(request: Request, number: str, sheet: str) -> Response:
    """The picture of a page of the document that was read."""
    if not staff.is_staff(request):
        return staff.login_page(request)
    return picture_answer(request, _sought(request, number, sheet))


@router.get("/{number}/page/{sheet}")
def shown(request: Request, number: str, sheet: str) -> Response:
    """A page of the document that was read."""
    if not staff.is_staff(request):
        return staff.login_page(request)
    return page_answer(request, _sought(request, number, sheet))


@router.post("/{number}")
def decide(request: Request, number: str, form: Annotated[Filled, Form()]) -> Response:
    """Publish a reading under the payer, number and title that are confirmed (`accept`), or close
    it for a reason (`reject`).
    """
    if not staff.is_staff(request):
        return staff.login_page(request)
    from_here(request)
    extraction_id = _number(number)
    decision, by = form.decision, form.by
    who, said = by.strip() or None, form.why.strip()
    if decision == "reject" and not said:
        return _reading(
            request, extraction_id, status=HTTPStatus.UNPROCESSABLE_ENTITY, missing=True, by=by
        )
    engine, now = request.app.state.engine, local_time(settings_of(request), now_of(request))
    try:
        if decision == "accept":
            compare = comparing(settings_of(request))
            intake.accept_review(
                engine,
                extraction_id,
                now,
                by=who,
                why=said or None,
                naming=form.naming,
                compare=compare,
            )
        elif decision == "reject":
            intake.reject_review(engine, extraction_id, now, by=who, why=said)
        else:
            message = "A decision is to accept or to reject."
            raise NotFoundError(message)
    except InputError as error:
        given = {
            "payer": form.payer,
            "payer_name": form.payer_name,
            "number": form.policy_number,
            "title": form.title,
        }
        return _reading(
            request,
            extraction_id,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            refused=str(error),
            given=given,
            by=by,
        )
    except ConflictError as error:
        return _reading(request, extraction_id, status=HTTPStatus.CONFLICT, conflict=str(error))
    return RedirectResponse(
        f"{request.scope.get('root_path', '')}{to.review(extraction_id)}", status_code=303
    )


def _reading(request: Request, extraction_id: int, status: int = 200, **said: object) -> Response:
    with session_of(request) as session:
        view = review_page(
            session,
            review_item(session, extraction_id),
            described=settings_of(request).show_descriptors,
        )
    told = {"missing": False, "conflict": None, "refused": None, "given": None, "by": "", **said}
    return page(request, "pages/review_one.html", status, _PRIVATE, nav="", view=view, **told)


def _sought(request: Request, number: str, sheet: str) -> Sought:
    with session_of(request) as session:
        item = review_item(session, _number(number))
        return seek_in(
            (str(item.id),),
            item.record,
            payer_called(session, item.payer),
            item.source,
            sheet,
            asked(request),
        )


def _number(text: str) -> int:
    """The number of a reading in an address. Raises NotFoundError for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        message = f"“{text[:40]}” is not the number of a reading."
        raise NotFoundError(message)
    return int(text)
