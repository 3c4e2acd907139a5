"""What a sentence does: grants, denies, limits, asks for documents or authorization; and the
position that it takes or inherits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_tracker.documents.blocks import Block
from policy_tracker.language import coverage_terms as say
from policy_tracker.language.absence import Absence, absence_asked
from policy_tracker.language.boilerplate import speaks_of_itself
from policy_tracker.language.quantities.durations import valid_for
from policy_tracker.language.stance import denies_of_things, is_negated, stance_of
from policy_tracker.record.vocabulary import DENYING, NotCoveredBasis, Position, Role

_LONGEST_LABEL = 4
"""Words of a label in front of a sentence."""


@dataclass(frozen=True, slots=True)
class StatementRole:
    """What a statement does, the position that governs it, why something is not covered, and the
    payer's own words for the position.
    """

    role: Role
    position: Position | None = None
    basis: NotCoveredBasis | None = None
    payer_term: str | None = None
    refers: bool = False
    """Whether it only sends the reader elsewhere; so does what it lists."""
    below: Position | None = None
    """The position of what is listed below, where it is another one: "not covered unless:"."""
    lists: Role | None = None
    """What is listed below, where it says so: "subject to these limits:"."""
    absent: Absence | None = None
    """What of the list must be absent for the position to hold: "in the absence of these:"."""


def decides(text: str, approved: Position = "medically_necessary") -> tuple[Position, str] | None:
    """The position that a sentence takes itself, and the words that say so; denials are looked for
    first. None where it takes none.
    """
    if decision := say.decision_of(text, approved):
        return decision
    return (approved, term) if (term := say.granted_when(text)) else None


def heading_position(heading: str) -> Position | None:
    """The position that a heading gives to what stands under it, where no sentence does:
    "Investigational and Not Medically Necessary".
    """
    return say.position_of_heading(heading)


def position_of_headings(path: Sequence[str]) -> Position | None:
    """The position that the innermost heading gives which gives one."""
    return next(
        (position for heading in reversed(path) if (position := heading_position(heading))), None
    )


def basis_of(text: str, position: Position | None) -> NotCoveredBasis | None:
    """Why something is not covered, as far as the words tell."""
    return say.basis_of(text, position)


def is_authorization_mark(block: Block) -> bool:
    """Whether a block is a footnote about authorization, which is a rule wherever it stands.

    "*Kits may require authorization …".
    """
    return (say.is_marked(block.text) or block.label_kind == "mark") and say.is_authorization(
        block.text
    )


def heading_role(path: Sequence[str]) -> Role | None:
    """What the statements under such headings do where their own words do not tell.

    Under "Duration" they tell how long an authorization holds; a row of a table of limits has the
    table's heading above its own.
    """
    told = (say.role_under(heading) for heading in reversed(path[-2:]))
    return next((role for role in told if role), None) or (
        (say.role_right_under(path[-1]) or say.role_asked(path[-1])) if path else None
    )


def is_note(text: str) -> bool:
    """Whether a text is a remark: "Note: …"."""
    return say.is_note(text)


def read_role(
    text: str,
    above: StatementRole | None,
    path: Sequence[str],
    approved: Position = "medically_necessary",
) -> StatementRole:
    """What a statement does.

    `above` is the reading of the statement that it is a part of, `path` the headings above it from
    the outermost to the innermost. A sentence's own words beat what stands above it, and that beats
    the heading; a coverage part in which nothing takes a position tells what is medically
    necessary.
    """
    if say.is_nothing(text) and _special_role(text, path) is None:
        return StatementRole("note", "informational")  # "None": a heading has nothing below it
    own: tuple[Position, str | None] | None = decides(text, approved)
    if label := say.rule_label(text):
        path = (*path, label)
    elif own is None:
        own = _by_label(text)
    role = _special_role(text, path)
    leaning = None
    if own is None and above is None and role is None:
        leaning = _by_grammar(text, approved)
        own = leaning if not heading_role(path) else None
    headed = position_of_headings(path)
    inherited = (
        (above.below or above.position)
        if above and above.position
        else headed or "medically_necessary"
    )
    position, term = own or leaning or (inherited, None)
    aside = own is None and role is None and _takes_no_side(text)
    if aside:
        position = "informational"
    absent = None if _takes_no_side(text) else absence_asked(text, own and (own[1] or ""))
    if absent and own and position in DENYING and not say.excepts_list(text):
        below, absent = _granting(approved), None  # denied where it is absent
    else:
        below = _below(text, position, approved) if own else None
    if own is None and above is None and role is None and not aside and say.leaves_open(text):
        return StatementRole("note")
    if is_note(text):
        role = role if role in {"limit", "documentation", "prior_auth"} else "note"
    elif role is None and own:
        role = "position"
    elif role is None:
        governed = above is not None or headed is not None
        role = (None if above else heading_role(path)) or _inherited_role(
            text, above, position, reports=not governed and say.is_evidence(text)
        )
    if role == "note" and above is None and not (own or leaning or headed):
        position = "informational"  # a remark that nothing governs has nothing to inherit
    return StatementRole(
        role,
        position,
        basis_of(text, position) or (above.basis if above and above.position == position else None),
        term,
        refers=role == "note" and say.is_referral(text) and text.endswith(":"),
        below=below,
        lists=_listed(text),
        absent=absent,
    )


def _listed(text: str) -> Role | None:
    """What a lead-in says that it lists; what is met before something is granted is criteria, also
    where the lead-in says besides how long an authorization holds.
    """
    if say.lists_limits(text):
        return "limit"
    return "criterion" if say.granted_when(text) else None


def _by_label(text: str) -> tuple[Position, str | None] | None:
    """The denial that a sentence has for a label: "Investigational: use in children"."""
    label, colon, rest = text.partition(":")
    if not colon or not rest.strip() or len(label.split()) > _LONGEST_LABEL:
        return None
    position = heading_position(label) if label[:1].isupper() and not is_note(text) else None
    return (position, label) if position in DENYING else None


def _by_grammar(text: str, approved: Position) -> tuple[Position, str | None] | None:
    """The position of a sentence that nothing governs and no entry of the lexicon knows.

    One that denies something, and announces a list, is left open rather than taken for a grant.
    """
    if is_note(text) or say.leaves_open(text) or _takes_no_side(text):
        return None
    stance = stance_of(text)
    if stance and stance.position:
        return (approved if stance.position == "covered" else stance.position), stance.term
    announced = text.rstrip().endswith(":") or denies_of_things(text)
    if stance or (announced and is_negated(text)):
        return "indeterminate", stance.term if stance else None
    return None


def _below(text: str, position: Position, approved: Position) -> Position | None:
    """The position of what a sentence lists, where the list is excepted from what it says."""
    if not say.excepts_list(text):
        return None
    return _granting(approved) if position in DENYING else "not_covered"


def _granting(approved: Position) -> Position:
    """What is listed as the exception to a denial."""
    return "medically_necessary" if approved == "covered" else approved


def _special_role(text: str, path: Sequence[str]) -> Role | None:
    if say.is_nothing(text) and any(say.waives_authorization(heading) for heading in path):
        return "prior_auth"
    if say.granted_when(text) and valid_for(text, "prior_auth") is None:
        return None
    return say.special_role(text)


def _takes_no_side(text: str) -> bool:
    """Whether a sentence only sends elsewhere, or speaks of the document itself."""
    return say.is_referral(text) or speaks_of_itself(text)


def _inherited_role(
    text: str, above: StatementRole | None, position: Position, *, reports: bool
) -> Role:
    """What a statement does whose own words do not tell; one that nothing governs and that
    `reports` evidence is a remark.
    """
    if above and (above.lists or above.role in {"limit", "documentation", "prior_auth"}):
        return above.lists or above.role
    if above and above.role == "note" and above.refers:
        return "note"
    if _takes_no_side(text) or reports:
        return "note"
    if position == "informational":
        return "note"
    return "criterion" if position in {"medically_necessary", "covered"} else "exclusion"
