"""Forms: blanks, boxes to tick and fields to fill, where a policy has sentences."""

from __future__ import annotations

import re
from collections import Counter

from policy_tracker.extract.kinds.evidence import Examined, KindFound, per_hundred

_LABEL = r"[A-Z#][\w#/&’'.,() -]{1,48}"
_FILL_INS: dict[str, re.Pattern[str]] = {
    "blank": re.compile(r"_{3,}|(?:_ ){3,}|__ ?/ ?__|(?:\.{6,}|…{3,})(?!\.*\s*\d)"),
    "box": re.compile(r"[☐□❏❑▢⬜◻\uf06f\uf0a8\uf072]|(?<![\w\[])\[ {0,3}\](?!\w)|\( {1,3}\)"),
    "field": re.compile(
        rf"(?:^|(?<=[:?_])\s+|\s{{2,}}){_LABEL}[:?]\s*(?=$|_|{_LABEL}:)", re.MULTILINE
    ),
    "choice": re.compile(r"\bYes\b\W{0,12}\bNo\b|\bMale\b\W{0,12}\bFemale\b", re.IGNORECASE),
    "signature": re.compile(r"\bsignature\b", re.IGNORECASE),
}
"""What is left open for the reader's pen."""
_FIELD_OF_PDF = "field"
_LEAST = 8
_LEAST_SORTS = 2
_CERTAIN, _DOUBTFUL = 4.0, 2.0
"""Places to fill in for each hundred words."""
_MOST_DECISIONS = 1
"""Sentences that decide, with which a form may quote the rule that it asks about."""
_OF_A_POLICY = 3
"""Sentences that decide, from which a dated or numbered text is a policy with a form behind it."""


def form_found(about: Examined) -> KindFound | None:
    """A form, where its places to fill in are many beside its words."""
    found = fill_ins(about)
    count = found.total()
    density = per_hundred(count, about.words)
    if count < _LEAST or len(found) < _LEAST_SORTS or density < _DOUBTFUL:
        return None
    if about.decisions >= _OF_A_POLICY and (about.numbered or about.dated):
        return None
    return KindFound(
        f"is a form with {count} places to fill in or tick among {about.words} words",
        density >= _CERTAIN and about.decisions <= _MOST_DECISIONS,
    )


def fill_ins(about: Examined) -> Counter[str]:
    """How many places of each sort are left open."""
    text = "\n".join(about.parts)
    found = Counter({name: len(one.findall(text)) for name, one in _FILL_INS.items()})
    found["control"] = sum(part.why == _FIELD_OF_PDF for part in about.document.unreadable)
    return +found
