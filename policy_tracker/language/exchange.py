"""One word in the place of another, and whether both name things of which neither is the other:
another specialist, another drug, another test, another place, another time.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import Indel

from policy_tracker.language.remembered import remembered
from policy_tracker.language.stopwords import ARTICLES
from policy_tracker.language.tokens import words

_BESIDE = ARTICLES | {"of"}


class Exchange(NamedTuple):
    """The words before the place in which two sentences differ, and the word of each there."""

    ahead: tuple[str, ...]
    gone: str
    come: str


@remembered
def exchange_of(before: str, after: str) -> Exchange | None:
    """The one word that stands in another's place; None where sentences differ in more."""
    one, two = words(before), words(after)
    if abs(len(one) - len(two)) > 1:
        return None
    ops = [op for op in Indel.opcodes(one, two) if op.tag != "equal"]
    gone = [w for op in ops for w in one[op.src_start : op.src_end] if w not in _BESIDE]
    come = [w for op in ops for w in two[op.dest_start : op.dest_end] if w not in _BESIDE]
    if len(gone) != 1 or len(come) != 1:
        return None
    places = one.index(gone[0], ops[0].src_start), two.index(come[0], ops[0].dest_start)
    if abs(places[0] - places[1]) > 1:
        return None
    return Exchange(one[: places[0]], gone[0], come[0])


_SORTS = tuple(
    re.compile(rf"(?:{ending})s?")
    for ending in (
        r"\w+(?:olog|iatr|iatric)ist|allergist|geneticist",
        # the stems of international names of substances
        r"\w{3,}(?:mab|nib|tug|cept|statin|prazole|parib|limus|ciclib|gliptin|gliflozin|glutide"
        r"|sartan|olol|dipine|floxacin|cycline|mycin|cillin|conazole|vir|setron|triptan|platin"
        r"|taxel|rubicin|poetin|grastim|kinra|fenacin|thiazide|oxaban)",
        r"mri|ct|pet|spect|biops(?:y|ie)|ultrasound|\w+(?:scopy|graphy|gram|metry)",
    )
)
"""Endings by which English and the sciences name things of one sort."""
_APART = tuple(
    (frozenset(one), frozenset(two))
    for one, two in (
        (("prior", "previous", "before", "past"), ("concurrent", "concomitant", "during")),
        (("prior", "previous", "before", "past"), ("subsequent", "after", "coming", "future")),
        (("initial", "first"), ("renewal", "continuation", "subsequent", "continued")),
        (("inpatient",), ("outpatient", "ambulatory", "office", "home")),
        (("outpatient", "ambulatory", "office"), ("hospital", "home")),
        (("home",), ("facility", "hospital", "office")),
        (("left",), ("right",)),
        (("upper",), ("lower",)),
        (("male", "men"), ("female", "women")),
        (("adult", "adults"), ("child", "children", "pediatric")),
        (("daily",), ("weekly", "monthly", "yearly", "annually")),
        (("weekly",), ("monthly", "yearly", "annually")),
    )
)
"""Places and times of which no case is both."""
_COMMON_START = 5
"""Letters of a name that another form of it has too."""


def another(gone: str, come: str) -> bool:
    """Whether a word names another thing of the sort that the other names, and neither is a kind
    of the other.
    """
    if any((gone in a and come in b) or (gone in b and come in a) for a, b in _APART):
        return True
    if gone[:_COMMON_START] == come[:_COMMON_START]:
        return False
    return any(sort.fullmatch(gone) and sort.fullmatch(come) for sort in _SORTS)
