"""The feed of changes, as a page and as Atom, and the calendar."""

import hashlib

from fastapi import APIRouter, Request, Response

from policy_tracker.pages.addresses import Addresses
from policy_tracker.pages.assemble import calendar_page, changes_page, feed_updates
from policy_tracker.pages.calendar import month_of
from policy_tracker.pages.feed import entry_title
from policy_tracker.pages.feed_filter import read_form
from policy_tracker.pages.render import environment
from policy_tracker.web.respond import (
    answer,
    asked,
    has_already,
    now_of,
    page,
    reader_of,
    session_of,
    settings_of,
)
from policy_tracker.web.routing import PageRoute
from policy_tracker.web.visits import COOKIE, LASTS, visit

router = APIRouter(route_class=PageRoute, include_in_schema=False)
to = Addresses()


@router.get("/")
def changes(request: Request) -> Response:
    """The feed; htmx gets the list alone, and the address that the filters make."""
    query = asked(request)
    form = read_form(query)
    looked = visit(request.cookies.get(COOKIE), now_of(request))
    with session_of(request) as session:
        content = changes_page(
            session, form, reader_of(request, looked.seen_until), query.get("cursor") or None
        )
    headers = {"Vary": "HX-Request"}
    if request.headers.get("HX-Request") == "true":
        return page(
            request,
            "partials/feed.html",
            200,
            {**headers, "HX-Push-Url": to.changes(**form.typed)},
            **content.context,
        )
    response = answer(request, content, headers)
    secure = settings_of(request).public_url.startswith("https://")
    response.set_cookie(
        COOKIE,
        looked.cookie,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    return response


@router.get("/changes.atom")
def feed(request: Request) -> Response:
    """The feed for feed readers, with the same filters.

    A filter that cannot be meant is left out, as on the page.
    """
    form = read_form(asked(request))
    with session_of(request) as session:
        updates = feed_updates(session, form.wanted)
    settings = settings_of(request)
    body = (
        environment(settings)
        .get_template("feeds/changes.atom")
        .render(
            entries=[(update, entry_title(update)) for update in updates],
            filters=form.typed,
            updated=max((update.recorded_at for update in updates), default=None),
        )
    )
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if has_already(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/atom+xml; charset=utf-8", headers=headers)


@router.get("/calendar")
def calendar(request: Request) -> Response:
    """A month of what takes effect."""
    reader = reader_of(request)
    first = month_of(asked(request).get("month"), reader.today)
    with session_of(request) as session:
        return answer(request, calendar_page(session, first, reader))
