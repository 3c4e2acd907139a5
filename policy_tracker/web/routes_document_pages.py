"""Pages of documents: each as a page of the site with its picture, and the picture itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from policy_tracker.errors import DocumentError, MissingPageError, NotFoundError
from policy_tracker.pages.document_page import document_page, picture_tag, seek
from policy_tracker.store.documents import document_bytes
from policy_tracker.web.respond import asked, has_already, page, session_of
from policy_tracker.web.routing import PageRoute

if TYPE_CHECKING:
    from policy_tracker.isolation.page_image import PageImage
    from policy_tracker.pages.document_page import Sought
    from policy_tracker.store.documents import StoredDocument

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/policies/{payer}/{policy}/{version}/page/{number}.png")
def picture(request: Request, payer: str, policy: str, version: str, number: str) -> Response:
    """The picture of a page, with what the query names marked on it."""
    return picture_answer(request, _sought(request, payer, policy, version, number))


@router.get("/policies/{payer}/{policy}/{version}/page/{number}")
def shown(request: Request, payer: str, policy: str, version: str, number: str) -> Response:
    """A page of the document with its picture, and what the query names in words beside it; the
    words alone where there is no picture.
    """
    return page_answer(request, _sought(request, payer, policy, version, number))


def page_answer(request: Request, sought: Sought) -> Response:
    """The page about a document's page.

    Raises NotFoundError for a page that the document does not have, and BusyError.
    """
    drawn, why_not = None, None
    if sought.document and not sought.why_not:
        try:
            drawn = _drawn(request, sought.document, sought)
        except MissingPageError as error:
            message = f"The document {error.reason}."
            raise NotFoundError(message) from error
        except DocumentError as error:
            why_not = f"The page cannot be shown: the document {error.reason}."
    view = document_page(sought, drawn, why_not)
    return page(
        request,
        "pages/document_page.html",
        200 if drawn else 404,
        nav="policies" if len(view.at) > 1 else "",
        view=view,
    )


def picture_answer(request: Request, sought: Sought) -> Response:
    """A document's page as a PNG, or that the browser has it already.

    Raises NotFoundError where it cannot be drawn, and BusyError.
    """
    document = sought.document
    if document is None or sought.why_not:
        raise NotFoundError(sought.why_not)
    headers = {
        "ETag": f'"{picture_tag(document, sought.number, sought.marks)}"',
        "Cache-Control": "private, no-cache",
    }
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    try:
        drawn = _drawn(request, document, sought)
    except DocumentError as error:
        message = f"The document {error.reason}."
        raise NotFoundError(message) from error
    return Response(drawn.png, media_type="image/png", headers=headers)


def _drawn(request: Request, document: StoredDocument, sought: Sought) -> PageImage:
    number, marks = sought.number, sought.marks

    def load() -> tuple[bytes, str]:
        with session_of(request) as session:
            return document_bytes(session, document.sha256), document.name

    return request.app.state.pictures.picture(
        picture_tag(document, number, marks), load, number, marks
    )


def _sought(request: Request, payer: str, policy: str, version: str, number: str) -> Sought:
    with session_of(request) as session:
        return seek(session, (payer, policy, version), number, asked(request))
