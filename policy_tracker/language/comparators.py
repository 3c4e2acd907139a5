"""Comparisons in words and signs: "at least", "no more than", "≥"."""

from __future__ import annotations

import re

from policy_tracker.record.vocabulary import Comparator

_OPERATORS: tuple[tuple[Comparator, str], ...] = (
    (
        ">=",
        r"≥|>=|=>|at least|greater than or equal to|equal to or greater than|more than or equal to|no less than"
        r"|not less than|no fewer than|no younger than|(?:a )?minimum(?: of)?|a score of at least"
        r"|greater or equal to|equal to or more than",
    ),
    (
        "<=",
        r"≤|<=|=<|less than or equal to|equal to or less than|less or equal to|no longer than"
        r"|no greater than|no older than|up to(?: a maximum(?: dose)? of)?|no more than"
        r"|not more than|(?:a )?maximum(?: dose)? of|at most|not (?:to )?exceed(?:ing)?"
        r"|within the (?:past|previous|last|prior)|in the (?:past|previous|last|prior)|in previous|during the (?:past"
        r"|previous|last|prior)|within",
    ),
    (">", r">|greater than|more than|exceed(?:s|ing)?|longer than|older than|higher than|larger than|above|over"),
    ("<", r"<|less than|fewer than|younger than|lower than|smaller than|shorter than|under|below"),
)
_WHOLE = tuple((side, re.compile(words, re.IGNORECASE)) for side, words in _OPERATORS)

OPERATOR = r"(?P<operator>(?<![a-z])(?:" + "|".join(words for _, words in _OPERATORS) + r")(?![a-z]))"
"""A regular expression with the group `operator`."""


def comparator_of(words: str | None, otherwise: Comparator) -> Comparator:
    """The comparison that words say; `otherwise` where there are none."""
    if not words:
        return otherwise
    return next((side for side, pattern in _WHOLE if pattern.fullmatch(words.strip())), otherwise)
