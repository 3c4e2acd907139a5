"""Search over policies, statements and codes."""

from fastapi import APIRouter, Request, Response

from policy_tracker.pages.assemble import search_page
from policy_tracker.web.respond import answer, asked, reader_of, session_of
from policy_tracker.web.routing import PageRoute

router = APIRouter(route_class=PageRoute, include_in_schema=False)
LONGEST_TEXT = 200


@router.get("/search")
def search(request: Request) -> Response:
    """What a text finds."""
    text = asked(request).get("q", "").strip()[:LONGEST_TEXT]
    with session_of(request) as session:
        return answer(request, search_page(session, text, reader_of(request)))
