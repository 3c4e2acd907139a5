"""An answer as bytes: orjson, a strong entity tag made from the content, and 304 for who has it
already.
"""

import hashlib
from collections.abc import Mapping

import orjson
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

MEDIA_TYPE = "application/json"
FRESH = "public, no-cache"
"""Any cache may keep an answer but asks again each time: with the entity tag that is cheap, and
nobody reads a stale position.
"""


def entity_tag(body: bytes) -> str:
    """A strong entity tag (RFC 9110, 8.8.3): equal exactly where the bytes are."""
    return f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def has_already(if_none_match: str | None, tag: str) -> bool:
    """Whether `If-None-Match` names `tag`; compared weakly, as RFC 9110 (13.1.2) asks, because a
    compressed answer has a weak tag.
    """
    if not if_none_match:
        return False
    return if_none_match.strip() == "*" or tag in (
        given.strip().removeprefix("W/") for given in if_none_match.split(",")
    )


def json_answer(
    request: Request, body: bytes, headers: Mapping[str, str] | None = None
) -> Response:
    """The 200 response with `body`, or the 304 that stands for it."""
    return tagged_answer(request, body, entity_tag(body), headers)


def tagged_answer(
    request: Request, body: bytes, tag: str, headers: Mapping[str, str] | None = None
) -> Response:
    """As `json_answer`, where the entity tag is known."""
    all_headers = {"ETag": tag, "Cache-Control": FRESH, **(headers or {})}
    if has_already(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=all_headers)
    return Response(body, headers=all_headers, media_type=MEDIA_TYPE)


def answer(
    request: Request, value: BaseModel, headers: Mapping[str, str] | None = None
) -> Response:
    """The response that carries `value`."""
    return json_answer(request, orjson.dumps(value.model_dump(mode="json", by_alias=True)), headers)
