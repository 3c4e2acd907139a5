"""Rows of lists of drugs: how the drugs below a heading stand, and which drug a row names."""

from __future__ import annotations

import re
from typing import Literal

from policy_tracker.language.lexicon import terms
from policy_tracker.language.remembered import remembered
from policy_tracker.language.tokens import fold, spelled

Tier = Literal["preferred", "other"]
"""How a list says that a drug stands: preferred, or not (non-preferred, not covered)."""

_OTHER = re.compile(r"\b(?:non|un|not|nc|nf|excluded)", re.IGNORECASE)
_APART = re.compile(r"\s[—–]\s")
_BETWEEN_MARKS = re.compile(r"[,;/+]|\band\b")
_TIER_NUMBER = re.compile(r"\s[—–]\s(?:drug |formulary |copay )?tier (\d)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^)]*(?:\)|$)")
_LONGEST = 16
"""Words of the cell that names a drug."""
_SPEAKS = re.compile(
    r"\b(?:must|shall|should|is|are|was|were|has|have|had|may|will|can|cannot|if|when|requires?"
    r"|required|see|provide|submit)\b|[.:]\s*$",
    re.IGNORECASE,
)
"""What a sentence has and a name does not."""


@remembered
def tier(heading: str) -> Tier | None:
    """How the drugs below a heading stand, None where it is no heading of a list of drugs."""
    plain = heading.strip(" :").lower()
    if terms("drug_lists", "standing").fit(plain) is None:
        return None
    return "other" if _OTHER.search(plain) else "preferred"


@remembered
def drug_named(text: str) -> tuple[str, ...]:
    """The words with which a row names its drug: its first cell, without what stands in brackets
    and the marks behind the name that say what a plan asks; empty where the text is a sentence.
    """
    cell = _ASIDE.sub(" ", fold(_APART.split(text, maxsplit=1)[0])).strip()
    if not cell or len(cell.split()) > _LONGEST or _SPEAKS.search(cell):
        return ()
    name = list(spelled(cell))
    asked = terms("drug_lists", "restriction")
    while len(name) > 1 and asked.fit(name[-1]) is not None:
        name.pop()
    return tuple(name)


@remembered
def drug_printed(text: str) -> str:
    """The drug of a row as the payer prints it: the first cell, without what stands in brackets."""
    cell = _APART.split(text, maxsplit=1)[0]
    return " ".join(_ASIDE.sub(" ", cell).split()) or text


@remembered
def marks_of(text: str) -> frozenset[str] | None:
    """What a plan asks for a drug by the marks in its row's cells: `{"pa", "ql"}`; None where the
    row says anything else of the drug, or the text names none.
    """
    first, *cells = _APART.split(text)
    if not drug_named(first):
        return None
    marks = {
        mark.strip() for cell in cells for mark in _BETWEEN_MARKS.split(fold(cell)) if mark.strip()
    }
    asked = terms("drug_lists", "restriction")
    return frozenset(marks) if all(asked.fit(mark) is not None for mark in marks) else None


@remembered
def tier_number(text: str) -> tuple[str, int | None]:
    """A row without the number of its tier, and that number."""
    found = _TIER_NUMBER.search(text)
    if found is None:
        return text, None
    return text[: found.start()] + text[found.end() :], int(found[1])


def one_drug(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two names can be those of one drug: one begins with the first word of the other,
    behind which marks may be printed.
    """
    first, second = one[0], two[0]
    return first.startswith(second) or second.startswith(first)


@remembered
def without_pharmacy_notes(text: str) -> str:
    """A row without the brackets that only tell a pharmacy how to enter the claim."""
    told = terms("drug_lists", "pharmacy")
    kept = _ASIDE.sub(lambda m: "" if told.fit(m[0].strip("() ").lower()) else m[0], text)
    return " ".join(kept.split())
