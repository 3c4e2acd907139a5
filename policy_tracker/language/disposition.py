"""What a heading, a status sentence, a column or a footnote says of the codes under it."""

from __future__ import annotations

from policy_tracker.language.lexicon import terms
from policy_tracker.language.prefilter import lowered
from policy_tracker.record.vocabulary import NotCoveredBasis, Position


def is_informational(text: str) -> bool:
    """Whether a sentence says that listing a code says nothing about coverage."""
    return disposition_of(text) == "informational"


def disposition_of(text: str) -> Position | None:
    """The disposition that a status heading or sentence names.

    The strongest refusal comes first, since refusals repeat the words of grants.
    """
    found = terms("coverage", "status").find(lowered(text))
    return found.meaning.position if found else None


def footnote_disposition(text: str) -> Position | None:
    """The disposition that a footnote gives its marked codes; with a condition it is a note."""
    position = disposition_of(text)
    conditional = position and terms("coverage", "condition").says(lowered(text))
    return None if conditional else position


def says_necessary(text: str) -> bool:
    """Whether a sentence that grants calls it medically necessary."""
    return "medically necessary" in lowered(text)


def basis_of(text: str, position: Position) -> NotCoveredBasis | None:
    """Why codes are `not_covered`, where the words say so."""
    if position != "not_covered":
        return None
    found = terms("bases", "status").find(lowered(text))
    return found.meaning.basis if found else None
