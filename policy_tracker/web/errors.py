"""What people see when something is wrong: what it is, and where to go instead."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from sqlalchemy.exc import SQLAlchemyError

from policy_tracker.errors import BusyError, PolicyTrackerError
from policy_tracker.pages.sanitize import has_hidden
from policy_tracker.pages.suggest import Suggestion, suggestions
from policy_tracker.web.respond import page, session_of, today_of

log = logging.getLogger(__name__)

SOON = 5
"""Seconds after which what was too busy may be asked again."""
HEADINGS = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address cannot be used in that way",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That was too much at once",
    HTTPStatus.SERVICE_UNAVAILABLE: "This is busy just now",
    HTTPStatus.UNPROCESSABLE_ENTITY: "This question cannot be answered as it stands",
}
_SENTENCES = {
    HTTPStatus.NOT_FOUND: "The page may have been moved, or its address was mistyped.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Go back and use the page's own links and buttons.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Send less, or in parts.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something in the address is not of the form that is needed.",
}
_KNOWN = {int(status): status for status in HTTPStatus}
_CRASHED = "Something went wrong on our side"
_CRASHED_SENTENCE = "It has been noted in the log. Trying again later may help."


def error_page(request: Request, status: int, error: Exception | None = None) -> HTMLResponse:
    """The page for a status of 400 and above; our own errors are told in their own words, others
    only in general ones.
    """
    known = _KNOWN.get(status, HTTPStatus.BAD_REQUEST)
    busy = isinstance(error, BusyError)
    crashed = status >= HTTPStatus.INTERNAL_SERVER_ERROR and not busy
    context: dict[str, Any] = {
        "number": status,
        "heading": _CRASHED if crashed else HEADINGS.get(known, "This did not work"),
        "sentence": _CRASHED_SENTENCE if crashed else _sentence(known, error),
        "near": _near(request) if known is HTTPStatus.NOT_FOUND else (),
    }
    return page(
        request, "pages/error.html", status, {"Retry-After": str(SOON)} if busy else None, **context
    )


def _sentence(status: HTTPStatus, error: Exception | None) -> str:
    if isinstance(error, PolicyTrackerError) and str(error):
        text = str(error)
        return text if text.endswith((".", "!", "?")) else f"{text}."
    if isinstance(error, RequestValidationError):
        wrong = sorted({str(fault["loc"][-1]) for fault in error.errors() if fault["loc"]})
        return f"Wrong in the address: {', '.join(wrong)}."
    return _SENTENCES.get(status, "Go back and try another way.")


def _near(request: Request) -> tuple[Suggestion, ...]:
    """Suggestions, which must never make an error page fail: a database that does not answer gives
    none.
    """
    if has_hidden(request.url.path):
        return ()
    try:
        with session_of(request) as session:
            return suggestions(session, request.url.path, today_of(request))
    except (SQLAlchemyError, PolicyTrackerError):
        log.warning("No suggestions for a page that was not found", exc_info=True)
        return ()
