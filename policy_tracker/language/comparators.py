"""Comparisons in words and signs, before a number ("at least 18") and behind it ("18 or older")."""

from __future__ import annotations

import re

from policy_tracker.record.vocabulary import Comparator

_SURE: dict[Comparator, str] = {
    ">=": r"≥|>=|=>|at least|(?:greater|more) than or equal to|equal to or (?:greater|more) "
    r"than|greater or equal to"
    r"|(?:no|not) (?:less|fewer|younger|sooner|earlier|lower|smaller|shorter) than"
    r"|(?:at|equal to) or (?:above|over)|(?:a )?minimum(?: of)?",
    "<=": r"≤|<=|=<|at most|(?:less|fewer) than or equal to|equal to or less than|less or equal to"
    r"|(?:no|not) (?:more|greater|older|longer|later|higher|larger) than|up to(?! and including)"
    r"|(?:at|equal to) or (?:below|under)|for as long as|(?:a )?maximum of"
    r"|(?:not|never) (?:to )?exceed(?:ing)?",
    ">": r"(?:more|greater|longer|older|higher|larger) than|>|exceeding|in excess of",
    "<": r"(?:less|fewer|younger|lower|smaller|shorter) than|<|under|below",
}
"""Words that compare wherever a number follows them."""
_OPEN: dict[Comparator, str] = {
    "<=": r"up to a maximum(?: dose)? of|(?:a )?maximum dose of|(?:within|in|during) the "
    r"(?:past|previous|last|prior)|in previous"
    r"|within|limited to",
    ">": r"exceeds?|above|over",
}
"""Words that compare only where what follows is known to be measured: "over 12 months" may also be
throughout them.
"""
_BEHIND: dict[Comparator, str] = {
    ">=": "more|older|over|greater|longer|higher|above|larger|up|later|worse",
    "<=": "less|fewer|younger|shorter|lower|below|under|smaller|earlier",
}
"""Words that follow a number and "or" or "and"."""
_ORDER: tuple[Comparator, ...] = (">=", "<=", ">", "<")


def _either(table: dict[Comparator, str]) -> str:
    return "|".join(table[side] for side in _ORDER if side in table)


SURE = _either(_SURE)
"""A regular expression for words that compare wherever a number follows."""
ANY = f"{_either(_OPEN)}|{SURE}"
"""A regular expression for all words that compare before a number."""
OPERATOR = rf"(?P<operator>(?<![a-z])(?:{ANY})(?![a-z]))"
"""A regular expression for a comparison before what is measured, with the group `operator`."""
SIDE = "|".join(_BEHIND.values())
"""A regular expression for the last word of a comparison behind a number."""
LOWER, UPPER = f"{_SURE['>=']}|{_SURE['>']}", f"{_SURE['<=']}|{_SURE['<']}"
"""Regular expressions for words that set a lower and an upper bound."""
AGE_SIDE = "older|over|greater|above|up|more|younger|less|below|under"
"""A regular expression for those that may stand behind an age; "6 months or longer" is none."""
_WHOLE = tuple(
    (
        side,
        re.compile(
            "|".join(table[side] for table in (_SURE, _OPEN) if side in table), re.IGNORECASE
        ),
    )
    for side in _ORDER
)
_SIDES: dict[str, Comparator] = {
    word: side for side, words in _BEHIND.items() for word in words.split("|")
}


def comparator_of(words: str | None, otherwise: Comparator) -> Comparator:
    """The comparison that words before a number say; `otherwise` where there are none."""
    if not words:
        return otherwise
    return next((side for side, pattern in _WHOLE if pattern.fullmatch(words.strip())), otherwise)


def side_of(word: str) -> Comparator:
    """The comparison of the last word of "or more" and its like.

    Raises KeyError where it is no such word.
    """
    return _SIDES[word.lower()]
