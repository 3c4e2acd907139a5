"""Conditions that both databases understand alike."""

from typing import Any

from sqlalchemy import ColumnElement, func

ESCAPE = "\\"


def containing(column: Any, text: str) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any table
    """Whether a text column contains `text`, whatever the case of ASCII letters; no character of `text` is a wildcard."""
    literal = text.lower().replace(ESCAPE, ESCAPE * 2).replace("%", f"{ESCAPE}%").replace("_", f"{ESCAPE}_").replace("\0", "")
    return func.lower(column).like(f"%{literal}%", escape=ESCAPE)
