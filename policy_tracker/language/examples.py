"""Examples within a sentence: what stands behind "e.g." names what the words hold of already."""

from __future__ import annotations

import re

_MARK = r"(?:e\.?g\.?|for example|for instance|such as)(?![\w.])"
_IN_PARENTHESES = re.compile(
    rf"\s*[(\[]\s*{_MARK}(?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*[)\]]", re.IGNORECASE
)
_IN_CLAUSE = re.compile(
    rf"[,;]?\s*\b{_MARK}(?:[^();:.]|\([^()]*\)|\.(?=\S)|(?<=\bvs)\.)*(?=[);:.]|$)", re.IGNORECASE
)
"""Examples without parentheses end with their clause."""


def without_examples(text: str) -> str:
    """A text without the examples that it marks as such: `a drug (e.g., one, two) was tried` is `a
    drug was tried`.
    """
    return _IN_CLAUSE.sub("", _IN_PARENTHESES.sub("", text))
