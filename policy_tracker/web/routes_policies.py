"""Policies: the list, one over time, one version, two versions compared, the brief."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from policy_tracker.errors import NotFoundError, QueryError
from policy_tracker.pages.addresses import Addresses
from policy_tracker.pages.assemble import (
    blame_page,
    brief_page,
    comparison_page,
    policies_page,
    policy_page,
    version_content,
)
from policy_tracker.web.respond import answer, asked, reader_of, session_of
from policy_tracker.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
to = Addresses()
LONGEST_TEXT = 200


@router.get("/policies")
def policies(request: Request) -> Response:
    """All policies, or those of a payer or with some words in their names."""
    query = asked(request)
    text = query.get("text", "").strip()[:LONGEST_TEXT] or None
    with session_of(request) as session:
        return answer(
            request,
            policies_page(session, reader_of(request), payer=query.get("payer") or None, text=text),
        )


@router.get("/policies/{payer}/{policy}")
def policy(request: Request, payer: str, policy: str) -> Response:
    """One policy over time, with its current record."""
    with session_of(request) as session:
        return answer(request, policy_page(session, payer, policy, reader_of(request)))


@router.get("/policies/{payer}/{policy}/compare")
def choose(request: Request, payer: str, policy: str) -> Response:
    """Where the form that picks two versions goes: on to their comparison."""
    query = asked(request)
    before, after = query.get("from", "").strip(), query.get("to", "").strip()
    if not before or not after:
        message = "Pick two versions to compare: the address needs both “from” and “to”."
        raise QueryError(message, "to" if before else "from")
    with session_of(request) as session:
        comparison_page(session, payer, policy, (before, after), reader_of(request))
    view = "inline" if query.get("view") == "inline" else None
    return RedirectResponse(to.compare(payer, policy, before, after, view=view), status_code=303)


@router.get("/policies/{payer}/{policy}/compare/{pair}")
def comparison(request: Request, payer: str, policy: str, pair: str) -> Response:
    """Two versions compared; `pair` is `from...to`."""
    before, dots, after = pair.partition("...")
    if not dots or not before or not after:
        message = (
            f"A comparison's address ends in two versions with three dots between them, not "
            f"in “{pair}”."
        )
        raise NotFoundError(message)
    layout = "inline" if asked(request).get("view") == "inline" else "side"
    with session_of(request) as session:
        return answer(
            request,
            comparison_page(
                session, payer, policy, (before, after), reader_of(request), layout=layout
            ),
        )


@router.get("/policies/{payer}/{policy}/blame")
def blame(request: Request, payer: str, policy: str) -> Response:
    """Where each statement of a version comes from: of the latest, or of the one asked for."""
    version = asked(request).get("version", "").strip() or None
    with session_of(request) as session:
        return answer(request, blame_page(session, payer, policy, reader_of(request), version))


@router.get("/policies/{payer}/{policy}/{version}")
def version(request: Request, payer: str, policy: str, version: str) -> Response:
    """One version."""
    with session_of(request) as session:
        return answer(request, version_content(session, payer, policy, version, reader_of(request)))


@router.get("/policies/{payer}/{policy}/{version}/brief")
def brief(request: Request, payer: str, policy: str, version: str) -> Response:
    """The brief of one version."""
    with session_of(request) as session:
        return answer(request, brief_page(session, payer, policy, version, reader_of(request)))
