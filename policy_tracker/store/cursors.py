"""Cursors: where a page of a list ended, opaque to those who hand them back, and checked because
anybody may hand back anything.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

import orjson
from sqlalchemy import ColumnElement, func

from policy_tracker.errors import QueryError

LONGEST = 2000
LARGEST_PAGE = 500


def write_cursor(*values: int | str) -> str:
    """The cursor behind a row that sorts by `values`."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: type) -> list[Any]:
    """The values of a cursor. Raises QueryError where it is none that this list has given out."""
    try:
        if len(cursor) > LONGEST:
            raise ValueError
        values = orjson.loads(
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        )
    except (ValueError, binascii.Error):
        values = None
    fits = (
        isinstance(values, list)
        and len(values) == len(kinds)
        and all(_fits(*pair) for pair in zip(values, kinds, strict=True))
    )
    if not fits:
        message = "The cursor is not one that this list has given out."
        raise QueryError(message, "cursor")
    return values


def _fits(value: object, kind: type) -> bool:
    if kind is int:
        return type(value) is int and abs(value) < 2**62
    return type(value) is kind and "\0" not in str(value)


def checked_limit(limit: int) -> int:
    """`limit` itself. Raises QueryError unless it is 1 to 500."""
    if not 1 <= limit <= LARGEST_PAGE:
        message = f"A page has 1 to {LARGEST_PAGE} rows, not {limit}."
        raise QueryError(message, "limit")
    return limit


ESCAPE = "\\"


def containing(column: Any, text: str) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any table
    """Whether a text column contains `text`, whatever the case of ASCII letters; no character of
    `text` is a wildcard.
    """
    literal = (
        text.lower()
        .replace(ESCAPE, ESCAPE * 2)
        .replace("%", f"{ESCAPE}%")
        .replace("_", f"{ESCAPE}_")
        .replace("\0", "")
    )
    return func.lower(column).like(f"%{literal}%", escape=ESCAPE)
