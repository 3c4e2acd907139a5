"""What the words of policies say of coverage: granted, denied, limited, to be authorized.

The words themselves are data (`lexicon`: coverage, bases, roles); here are the questions that
readers ask of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policy_tracker.language.lexicon import terms
from policy_tracker.language.plain import digits
from policy_tracker.language.prefilter import lowered
from policy_tracker.record.vocabulary import APPROVING, NotCoveredBasis, Position, Role

_MARKED = re.compile(r"[*†‡^]+\s*\w")
_LEAST_EVIDENCE = 60
"""Characters of a sentence that reports evidence; shorter ones with its words are criteria."""


class Decision(NamedTuple):
    """The position that a sentence takes, and its own words for it."""

    position: Position
    term: str


def decision_of(text: str, approved: Position = "medically_necessary") -> Decision | None:
    """The position that a sentence takes itself; None where it takes none.

    Args:
        text: the sentence. Denials are looked for first, because they repeat the words of grants.
        approved: the position of a sentence that grants without saying why ("is covered").
    """
    plain = lowered(text)
    found = terms("coverage", "sentence").find(_without_refuted(plain))
    if found is None:
        return None
    position = approved if found.meaning.position == "covered" else found.meaning.position
    return Decision(position, text[found.match.start() : found.match.end()]) if position else None


def _without_refuted(plain: str) -> str:
    """The sentence with the denials blanked that it refuses itself: "is not experimental"."""
    if "not" not in plain:
        return plain
    while found := terms("coverage", "not_denied").find(plain):
        begin, end = found.match.span()
        plain = plain[:begin] + " " * (end - begin) + plain[end:]
    return plain


def position_of_heading(heading: str) -> Position | None:
    """The position that a heading gives to what stands under it, where no sentence does.

    What a heading calls covered is covered by the criteria under it.
    """
    found = terms("coverage", "heading").find(heading.lower())
    if found is None:
        return None
    return "medically_necessary" if found.meaning.position in APPROVING else found.meaning.position


def position_of_codes(text: str, governing: Position | None) -> Position:
    """What a sentence says of the codes that it names.

    Args:
        text: the sentence; its own words count first.
        governing: the position under which it stands; a denial holds for its codes too.

    Returns:
        The position; `informational` where neither says anything.
    """
    found = terms("coverage", "code_sentence").find(lowered(text))
    if found:
        return "covered" if found.meaning.position in APPROVING else "not_covered"
    denied = ("not_covered", "experimental_investigational", "not_medically_necessary")
    return governing if governing in denied else "informational"


def is_bundled(text: str) -> bool:
    """Whether a sentence tells of a code that is part of what others pay for."""
    return terms("coverage", "code_sentence_bundle").says(lowered(text))


def basis_of(text: str, position: Position | None) -> NotCoveredBasis | None:
    """Why something is not covered, as far as a statement's words tell."""
    if position != "not_covered":
        return None
    found = terms("bases", "sentence").find(lowered(text))
    return found.meaning.basis if found else None


def special_role(text: str) -> Role | None:
    """What a sentence does beside taking a position: it limits, asks for documents or a review.

    Numbers in words are read as numbers: "limited to one hundred units" limits as 100 units do.
    """
    asked = terms("roles", "sentence")
    found = asked.find(lowered(digits(text).text))
    return found.meaning.role if found else None


def role_under(heading: str) -> Role | None:
    """What statements under a heading do where their own words do not tell."""
    return _role("heading", heading.lower().rstrip(" :"))


def role_right_under(heading: str) -> Role | None:
    """What statements do that stand right under a heading, where no other heading tells."""
    return _role("innermost_heading", heading.lower())


def _role(read_in: str, plain: str) -> Role | None:
    meaning = terms("roles", read_in).fit(plain)
    return meaning.role if meaning else None


def is_authorization(text: str) -> bool:
    """Whether a sentence asks for authorization or says how long one holds."""
    return special_role(text) == "prior_auth"


def is_marked(text: str) -> bool:
    """Whether a footnote mark stands before the words."""
    return _MARKED.match(text) is not None


def is_note(text: str) -> bool:
    """Whether a text is a remark: "Note: …"."""
    return terms("roles", "remark").says(lowered(text))


def is_referral(text: str) -> bool:
    """Whether a text only sends the reader elsewhere."""
    return terms("roles", "referral").says(lowered(text))


def is_evidence(text: str) -> bool:
    """Whether a sentence reports what studies found or societies recommend."""
    if len(text) <= _LEAST_EVIDENCE or text.rstrip().endswith(":"):
        return False
    return terms("roles", "evidence").says(lowered(text))


def is_nothing(text: str) -> bool:
    """Whether a text says only that there is nothing: "None", "N/A"."""
    return terms("roles", "nothing").fit(text.lower()) is not None


def waives_authorization(heading: str) -> bool:
    """Whether "None" under a heading says that no authorization is asked for."""
    return terms("roles", "waived").says(heading.lower())
