"""What a sentence does: grants, denies, limits, asks for documents or authorization; and the position that it takes or inherits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policy_tracker.documents.blocks import Block
from policy_tracker.language import coverage_terms as say
from policy_tracker.language.prefilter import lowered
from policy_tracker.record.vocabulary import NotCoveredBasis, Position, Role

_DURATION = re.compile(
    r"duration|(?:approval|authorization|coverage) (?:duration|period|length)s?.*"
    r"|(?:duration|length) of (?:approval|authorization|coverage)s?.*"
)
_QUANTITY = re.compile(r"quantity|(?:.* )?(?:quantity|dosing|dosage|supply|dispensing)(?: level)? limit(?:ation)?s?.*")


@dataclass(frozen=True, slots=True)
class StatementRole:
    """What a statement does, the position that governs it, why something is not covered, and the payer's own words for the position."""

    role: Role
    position: Position | None = None
    basis: NotCoveredBasis | None = None
    payer_term: str | None = None


def decides(text: str, approved: Position = "medically_necessary") -> tuple[Position, str] | None:
    """The position that a sentence takes itself, and the words that say so; denials are looked for first. None where it takes none."""
    plain = lowered(text)
    without = say.NOT_A_DENIAL.sub(lambda match: " " * len(match[0]), plain) if "not" in plain else plain
    for position, words in say.DENIED_WORDS:
        if match := words.search(without):
            return position, text[match.start() : match.end()]
    if match := say.GRANT.search(plain):
        return "medically_necessary", text[match.start() : match.end()]
    if match := say.COVERED.search(plain):
        return approved, text[match.start() : match.end()]
    return None


def heading_position(heading: str) -> Position | None:
    """The position that a heading gives to what stands under it, where no sentence does: "Investigational and Not Medically Necessary"."""
    text = heading.lower()
    if re.search(r"\b(?:investigational|experimental|unproven)\b", text):
        return "experimental_investigational"
    if re.search(r"\bnot (?:be )?medically necessary", text):
        return "not_medically_necessary"
    if re.search(r"\b(?:not|non-? ?)\s*(?:be )?(?:covered|reimbursable|recommended)|\bexclusions?\b|\bcosmetic\b", text):
        return "not_covered"
    if re.search(r"\bmedically necessary|\bcovered\b|\bmedical necessity\b", text):
        return "medically_necessary"
    return None


def position_of_headings(path: Sequence[str]) -> Position | None:
    """The position that the innermost heading gives which gives one."""
    return next((position for heading in reversed(path) if (position := heading_position(heading))), None)


def basis_of(text: str, position: Position | None) -> NotCoveredBasis | None:
    """Why something is not covered, as far as the words tell."""
    if position != "not_covered":
        return None
    return next((basis for basis, words in say.BASES if words.search(text)), None)


def is_authorization_mark(block: Block) -> bool:
    """Whether a block is a footnote about authorization, which is a rule wherever it stands.

    "*Kits may require authorization …".
    """
    return bool(say.MARKED.match(block.text) or block.label_kind == "mark") and bool(say.AUTHORIZATION.search(lowered(block.text)))


def heading_role(path: Sequence[str]) -> Role | None:
    """What the statements under such headings do where their own words do not tell.

    Under "Duration" they tell how long an authorization holds; a row of a table of limits has the table's heading above its own.
    """
    for heading in [step.lower().rstrip(" :") for step in reversed(path[-2:])]:
        if _DURATION.fullmatch(heading):
            return "prior_auth"
        if _QUANTITY.fullmatch(heading):
            return "limit"
    return "documentation" if path and re.search(r"\bdocumentation\b", path[-1], re.IGNORECASE) else None


def is_note(text: str) -> bool:
    """Whether a text is a remark: "Note: …"."""
    return bool(say.NOTE.match(text))


def read_role(text: str, above: StatementRole | None, path: Sequence[str], approved: Position = "medically_necessary") -> StatementRole:
    """What a statement does.

    `above` is the reading of the statement that it is a part of, `path` the headings above it from the outermost to the innermost. A
    sentence's own words beat what stands above it, and that beats the heading; a coverage part in which nothing takes a position tells what
    is medically necessary.
    """
    own = decides(text, approved)
    role = _special_role(text, path)
    inherited = above.position if above and above.position else position_of_headings(path) or "medically_necessary"
    position, term = own if own else (inherited, None)
    if is_note(text):
        role = role if role in {"limit", "documentation", "prior_auth"} else "note"
    elif role is None and own:
        role = "position"
    elif role is None:
        role = (None if above else heading_role(path)) or _inherited_role(text, above, position)
    return StatementRole(role, position, basis_of(text, position) or (above.basis if above and above.position == position else None), term)


def _special_role(text: str, path: Sequence[str]) -> Role | None:
    if say.NOTHING.fullmatch(text) and any(say.WAIVED.search(heading) for heading in path):
        return "prior_auth"
    plain = lowered(text)
    if say.AUTHORIZATION.search(plain):
        return "prior_auth"
    if say.REVIEW.search(plain):
        return "review_interval"
    if say.LIMIT.search(plain):
        return "limit"
    if say.DOCUMENTATION.search(plain):
        return "documentation"
    return None


def _inherited_role(text: str, above: StatementRole | None, position: Position) -> Role:
    if above and above.role in {"limit", "documentation", "prior_auth"}:
        return above.role
    if say.REFERRAL.search(text):
        return "note"
    if above is None and len(text) > 60 and say.EVIDENCE.search(lowered(text)) and not text.rstrip().endswith(":"):
        return "note"
    return "criterion" if position in {"medically_necessary", "covered"} else "exclusion"
