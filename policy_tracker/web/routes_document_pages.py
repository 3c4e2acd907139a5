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
    from policy_tracker.extract.page_image import Marks, PageImage
    from policy_tracker.pages.document_page import Sought
    from policy_tracker.store.documents import StoredDocument

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/policies/{payer}/{policy}/{edition}/page/{number}.png")
def picture(request: Request, payer: str, policy: str, edition: str, number: str) -> Response:
    """The picture of a page, with what the query names marked on it."""
    sought = _sought(request, payer, policy, edition, number)
    if sought.document is None or sought.why_not:
        raise NotFoundError(sought.why_not)
    return picture_response(request, sought.document, sought.number, sought.marks)


@router.get("/policies/{payer}/{policy}/{edition}/page/{number}")
def shown(request: Request, payer: str, policy: str, edition: str, number: str) -> Response:
    """A page of the document with its picture, and what the query names in words beside it; the words alone where there is no picture."""
    sought = _sought(request, payer, policy, edition, number)
    drawn, why_not = None, None
    if sought.document and not sought.why_not:
        try:
            drawn = drawn_page(request, sought.document, sought.number, sought.marks)
        except MissingPageError as error:
            message = f"The document {error.reason}."
            raise NotFoundError(message) from error
        except DocumentError as error:
            why_not = f"The page cannot be shown: the document {error.reason}."
    view = document_page(sought, drawn, why_not)
    return page(request, "pages/document_page.html", 200 if drawn else 404, nav="policies", view=view)


def picture_response(request: Request, document: StoredDocument, number: int, marks: Marks | None) -> Response:
    """A page as a PNG, or that the browser has it already. Raises NotFoundError where it cannot be drawn."""
    headers = {"ETag": f'"{picture_tag(document, number, marks)}"', "Cache-Control": "private, no-cache"}
    if has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    try:
        drawn = drawn_page(request, document, number, marks)
    except DocumentError as error:
        message = f"The document {error.reason}."
        raise NotFoundError(message) from error
    return Response(drawn.png, media_type="image/png", headers=headers)


def drawn_page(request: Request, document: StoredDocument, number: int, marks: Marks | None) -> PageImage:
    """A page of a document as a picture. Raises DocumentError and BusyError."""

    def load() -> tuple[bytes, str]:
        with session_of(request) as session:
            return document_bytes(session, document.sha256), document.name

    return request.app.state.pictures.picture(picture_tag(document, number, marks), load, number, marks)


def _sought(request: Request, payer: str, policy: str, edition: str, number: str) -> Sought:
    with session_of(request) as session:
        return seek(session, (payer, policy, edition), number, asked(request))
