"""What the titles of columns, and labels, announce in news of many policies."""

from __future__ import annotations

import re

_COLUMNS: dict[str, re.Pattern[str]] = {
    "effective": re.compile(r"\beffective\b|^date$", re.IGNORECASE),
    "number": re.compile(r"\b(?:number|no\.?|id)(?: |$)|#", re.IGNORECASE),
    "what": re.compile(
        r"\b(?:summary|descriptions?|details?|comments?|what|changes?|updates?|revisions?|notes?)\b",
        re.IGNORECASE,
    ),
    "action": re.compile(r"\b(?:action|status|type|category|disposition)\b", re.IGNORECASE),
    "title": re.compile(r"\b(?:title|name|polic(?:y|ies)|topic|guideline)\b", re.IGNORECASE),
}
"""Which words a column's title has; the first that fits decides."""


def column_of(title: str) -> str | None:
    """What stands below a column's title, or behind a label; None where it is another thing."""
    return next((name for name, words in _COLUMNS.items() if words.search(title)), None)
