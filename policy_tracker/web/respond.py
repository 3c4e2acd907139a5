"""Requests' surroundings and pages as answers: the one place where HTML pages leave."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from policy_tracker.pages.assemble import Content, Reader
from policy_tracker.pages.render import environment
from policy_tracker.pages.sanitize import has_hidden
from policy_tracker.rule_settings import comparing
from policy_tracker.settings import Settings, today
from policy_tracker.store.database import reading


def settings_of(request: Request) -> Settings:
    """The installation's settings."""
    return request.app.state.settings


def now_of(request: Request) -> datetime:
    """The present moment (UTC)."""
    return request.app.state.clock().astimezone(UTC)


def today_of(request: Request) -> date:
    """The present day in the installation's time zone."""
    return today(settings_of(request), now_of(request))


def reader_of(request: Request, seen_until: datetime | None = None) -> Reader:
    """For whom the page is made."""
    settings = settings_of(request)
    return Reader(today_of(request), settings.show_descriptors, seen_until, comparing(settings))


@contextmanager
def session_of(request: Request) -> Iterator[Session]:
    """A session that reads."""
    with reading(request.app.state.engine) as session:
        yield session


def asked(request: Request) -> dict[str, str]:
    """The query's parameters, the last of equal names; one that holds control characters says
    nothing and is left out.
    """
    return {name: value for name, value in request.query_params.items() if not has_hidden(value)}


def has_already(request: Request, tag: str) -> bool:
    """Whether a browser says that it holds what `tag` names; compared weakly (RFC 9110, 13.1.2), as
    a compressed answer has a weak tag.
    """
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag in (
        one.strip().removeprefix("W/") for one in given.split(",")
    )


def page(
    request: Request,
    template: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> HTMLResponse:
    """A page. Pages are asked for again each time; what they load is kept by its hash."""
    html = environment(settings_of(request)).get_template(template).render(**context)
    return HTMLResponse(
        html, status_code=status, headers={"Cache-Control": "private, no-cache", **(headers or {})}
    )


def answer(
    request: Request, content: Content, headers: Mapping[str, str] | None = None, **context: object
) -> HTMLResponse:
    """A page that was put together."""
    return page(
        request, content.template, content.status, headers, **{**content.context, **context}
    )
