"""What a payer's documents call their parts: the words that a format hands to the engine.

The generic profile serves any payer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policy_tracker.language.lexicon import terms
from policy_tracker.record.vocabulary import Position, SectionKind

RUN_IN = (
    "Age",
    "Diagnosis",
    "Diagnoses",
    "Quantity",
    "Duration",
    "Sex",
    "Gender",
    "Prescriber",
    "Specialist",
)
_PLURAL = re.compile(r"(?<=\w)\((e?s)\)", re.IGNORECASE)
"""Policy Statement(s)"""
_NUMBERED = re.compile(
    (
        r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z](?!\.[A-Z]\.))[.):]\s*"
        r"|\d{1,2}(?:\.\d{1,2})+\s+|section "
        r"\d+[.:]?\s+)(?=\S)"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """How one payer's documents are laid out, as far as it differs from all others.

    `opening`, `inside` and `closing` are regular expressions for whole headings, tried before the
    generic ones: headings that open the coverage part wherever they stand, headings that belong to
    it only when they stand in it, and headings of other parts with their kinds. `run_in` are labels
    in the margin whose value follows on the same line. `approved` is the position of a sentence
    that grants without saying why ("is covered").
    """

    name: str = "generic"
    opening: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    closing: tuple[tuple[SectionKind, str], ...] = ()
    run_in: tuple[str, ...] = RUN_IN
    approved: Position = "medically_necessary"

    def kind_of(self, heading: str) -> tuple[SectionKind, bool] | None:
        """The kind of part that a heading opens, and whether it does so wherever it stands; None
        for words that name no kind.
        """
        return _kind_of(self, plain_heading(heading))


_BOTH = re.compile(r"\s*/\s*|\s+(?:and|&)\s+")
GENERIC = Profile()
"""The profile of a payer that is not recognised."""


@lru_cache(maxsize=4096)
def plain_heading(heading: str) -> str:
    """A heading for comparison: lower-case, without number, marks, trailing colon; dashes and
    blanks folded.
    """
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", heading)
    text = re.sub(r"[®™†‡*^ªº¹²³]", "", text)
    text = _PLURAL.sub(r"\1", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = _NUMBERED.sub("", text, count=1) if len(text) > 3 else text
    return text.rstrip(" :.-").lower()


@lru_cache(maxsize=8192)
def _kind_of(profile: Profile, heading: str) -> tuple[SectionKind, bool] | None:
    if not heading or len(heading) > 110 or re.search(r"\.{4,}", heading):
        return None
    if any(_pattern(words).fullmatch(heading) for words in profile.opening):
        return "coverage", True
    if any(_pattern(words).fullmatch(heading) for words in profile.inside):
        return "coverage", False
    for kind, words in profile.closing:
        if _pattern(words).fullmatch(heading):
            return kind, True
    meaning = terms("headings", "heading").fit(heading)
    if meaning and meaning.section:
        return meaning.section, meaning.wherever
    # a raised footnote letter that the source did not tell from the word
    if re.search(r"[a-z][a-e]$", heading) and (
        found := _kind_of(profile, heading[:-1].rstrip(" :"))
    ):
        return found
    return _kind_of_both(profile, heading)


def _kind_of_both(profile: Profile, heading: str) -> tuple[SectionKind, bool] | None:
    """The kind of a heading of two names, where both open one kind: "Description/Background"."""
    names = _BOTH.split(heading)
    if len(names) < 2:
        return None
    kinds = {_kind_of(profile, name) for name in names}
    found = next(iter(kinds)) if len(kinds) == 1 else None
    if found is None and None not in kinds and len({kind[0] for kind in kinds if kind}) == 1:
        found = (next(kind[0] for kind in kinds if kind), False)
    return found


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
