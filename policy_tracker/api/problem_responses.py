"""Problems as responses: whatever goes wrong below /v1 is answered in one shape, and what is our
fault is logged.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from policy_tracker.api.problems import (
    KINDS,
    MEDIA_TYPE,
    Problem,
    malformed,
    problem,
    told,
    wrong_part,
)
from policy_tracker.errors import InputError, NotFoundError, PolicyTrackerError

RETRY_AFTER = 5
"""Seconds after which to ask again where the database does not answer."""
_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 503: "unavailable"}
log = logging.getLogger(__name__)


def problem_response(described: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """A problem as a response that no cache keeps."""
    body = orjson.dumps(described.model_dump(mode="json", by_alias=True, exclude_none=True))
    return Response(
        body,
        status_code=described.status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def handle_problems(api: FastAPI) -> None:
    """Make every error of `api` a problem; expects `api.state.settings`."""
    for kind in (
        InputError,
        NotFoundError,
        RequestValidationError,
        HTTPException,
        OperationalError,
        Exception,
    ):
        api.add_exception_handler(kind, answer_problem)


async def answer_problem(request: Request, error: Exception) -> Response:
    """The response to an error; what is our fault is logged, and told to nobody else."""
    described = _described(error, request.url.path, request.app.state.settings.public_url)
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if described.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if described.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_AFTER)
    return problem_response(described, headers)


def too_large(request: Request) -> Response:
    """The problem of a request whose body is refused before it is read."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return problem_response(
        _of_status(status, request.url.path, request.app.state.settings.public_url),
        {"Connection": "close"},
    )


def _described(error: Exception, instance: str, base: str) -> Problem:
    if isinstance(error, PolicyTrackerError):
        return told(error, instance=instance, base=base)
    if isinstance(error, RequestValidationError):
        return malformed(
            [wrong_part(fault) for fault in error.errors()], instance=instance, base=base
        )
    if isinstance(error, HTTPException):
        return _of_status(error.status_code, instance, base)
    if isinstance(error, OperationalError):
        return problem(
            "unavailable",
            "The database does not answer at the moment.",
            instance=instance,
            base=base,
        )
    return problem(
        "internal",
        "The request could not be answered because of a fault on our side.",
        instance=instance,
        base=base,
    )


def _of_status(status: int, instance: str, base: str) -> Problem:
    kind = _BY_STATUS.get(
        status, "invalid-request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "internal"
    )
    details = {
        "not-found": f"There is nothing at {instance}; /v1/docs lists every address.",
        "method-not-allowed": f"{instance} does not answer this method.",
        "too-large": "The body of the request is larger than this server accepts.",
    }
    return problem(kind, details.get(kind, KINDS[kind][2]), instance=instance, base=base)
