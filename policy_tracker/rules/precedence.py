"""What supersedes what: one real change is told once, and the other readings of it are kept beside
it.

The table is declared below and read from the top. A reading is superseded only by one that tells
its direction too: what pulls on another axis, or another way, stays a change of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from policy_tracker.diff.differences import Difference, Joint
from policy_tracker.diff.pairings import Paired
from policy_tracker.diff.tree import sign_of
from policy_tracker.record import Statement
from policy_tracker.record.content import Residual
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.numbers import same_numbers
from policy_tracker.rules.registry import INDETERMINATE, NEUTRAL, Numbers, Rule, RuleMatch


@dataclass(frozen=True, slots=True)
class CandidateMatch:
    """A difference as one rule reads it, before it is known whether another reading tells it
    already.
    """

    difference: Difference
    rule: Rule
    told: RuleMatch
    id: str = field(compare=False, default="")

    @property
    def direction(self) -> Direction:
        """The direction that the rule gives."""
        return self.rule.direction

    def codes(self) -> frozenset[tuple[str, str]]:
        """The codes concerned."""
        found = self.difference.codes if self.told.codes is None else self.told.codes
        return frozenset((c.system, c.code) for c in found)


Where = Callable[[CandidateMatch, CandidateMatch], bool]


def same_difference(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Both read one difference."""
    return by.difference is what.difference


def its_own_words(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Both read one difference, and the words are those of its number."""
    return same_difference(by, what) and what.rule.id != "criterion-reworded-beside-number"


def below(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The superseded statement stands below the absorbing one."""
    return by.difference.place in what.difference.above


def new_below(by: CandidateMatch, what: CandidateMatch) -> bool:
    """A whole block came or went: the superseded statement stands below one that came or went with
    it.
    """
    return (
        by.difference.op == what.difference.op
        and by.difference.op in ("added", "removed")
        and below(by, what)
        and not _decides_alone(by, what)
    )


def _decides_alone(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Whether a sentence of position stands below a criterion that takes none: it decides more than
    that criterion does.
    """
    lead, said = (r.difference.after or r.difference.before for r in (by, what))
    return (
        isinstance(lead, Statement)
        and isinstance(said, Statement)
        and said.role == "position" != lead.role
        and sign_of(said.position) != sign_of(lead.position)
    )


def its_wording(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The superseded statement is the one that words the absorbing authorization entry."""
    sides = (by.difference.after, by.difference.before)
    named = {f"statements/{s.statement.key}" for s in sides if isinstance(s, Joint) and s.statement}
    removed = {f"{place}@before" for place in named}
    return what.difference.subject == "statement" and what.difference.place in named | removed


_HOLDS = re.compile(
    r"(?:(?:initial|renewal|re-?)\s?)?(?:authori[sz]ations?|approvals?) (?:will|may|is|are) "
    r"(?:be )?"
    r"(?:issued|granted|given|approved|valid)\b",
    re.IGNORECASE,
)


def its_period(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The sentence stands in a block that came or went, and says how long an authorization holds,
    not that one must be asked for.
    """
    contents = (what.difference.after, what.difference.before)
    said = next(
        (
            c.statement if isinstance(c, Joint) else c
            for c in contents
            if isinstance(c, Joint | Statement)
        ),
        None,
    )
    if by.difference.block is None or by.difference.op != what.difference.op or said is None:
        return False
    return any(one.key == said.key for one in by.difference.block.rest) and bool(
        _HOLDS.match(said.text)
    )


def one_number(by: CandidateMatch, what: CandidateMatch) -> bool:
    """Both read one number of one statement, be it in the statement or in the authorization entry
    that it words.
    """
    if not (same_difference(by, what) or its_wording(by, what) or its_wording(what, by)):
        return False
    statement = by.difference if by.difference.subject == "statement" else what.difference
    return same_numbers(what.told.numbers, by.told.numbers, statement)


def its_count(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The number says how many members of the list are needed, and one side alone spells it."""
    if not same_difference(by, what) or not what.told.numbers:
        return False
    return all(
        any(_same_side(pair, needed) for needed in by.told.numbers) for pair in what.told.numbers
    )


def _same_side(pair: Numbers, needed: Numbers) -> bool:
    """Whether the one number of a pair is how many are needed on its side."""
    sides = [(a[0], b[0]) for a, b in zip(pair, needed, strict=True) if a and b]
    return None in pair and bool(sides) and all(a == b for a, b in sides)


def its_sentence(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The position on everything else is what the sentence of a statement says, on both sides."""
    sides = zip(
        (by.difference.before, by.difference.after),
        (what.difference.before, what.difference.after),
        strict=True,
    )
    return all(
        isinstance(statement, Statement)
        and isinstance(residual, Residual)
        and residual.text in statement.text
        for statement, residual in sides
    )


def its_detail(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The number stands on one side alone, in the sentence that came or went with the
    requirement.
    """
    alone = bool(what.told.numbers) and all(None in pair for pair in what.told.numbers)
    return alone and (same_difference(by, what) or its_wording(by, what))


def its_procedures(by: CandidateMatch, what: CandidateMatch) -> bool:
    """The procedures that joined or left a pairing are among the codes that a code table tells."""
    joined = isinstance(what.difference.before, Paired) != isinstance(
        what.difference.after, Paired
    ) or what.difference.fields == {"procedures"}
    return (
        joined
        and by.difference.subject == "codes"
        and bool(what.codes())
        and what.codes() <= by.codes()
    )


def its_codes(by: CandidateMatch, what: CandidateMatch) -> bool:
    """All codes of the superseded reading are among those of the absorbing one, which is about
    something else than code tables.
    """
    return (
        bool(what.codes())
        and what.codes() <= by.codes()
        and what.difference.subject in ("codes", "statement")
        and what.difference is not by.difference
    )


@dataclass(frozen=True, slots=True)
class Precedence:
    """One row: readings of `what` are told by those of `by` where `where` holds.

    Names are kinds, families (`family:`) or rule ids (`rule:`).
    """

    by: tuple[str, ...]
    what: tuple[str, ...]
    where: Where
    because: str


_ANY = ("*",)
_POSITION = ("kind:coverage_position_changed",)
_CODES = ("kind:code_added", "kind:code_removed", "kind:code_moved_group")
_BLOCK = ("kind:criterion_added", "kind:criterion_removed")
_REQUIRED = ("rule:prior-auth-added", "rule:prior-auth-removed")
_PERIOD = (
    "rule:authorization-period-lengthened",
    "rule:authorization-period-shortened",
    "rule:authorization-period-stated",
    "rule:authorization-period-unstated",
)
_REVIEW = (
    "rule:review-interval-shortened",
    "rule:review-interval-lengthened",
    "rule:review-added",
    "rule:review-removed",
)
_NUMBER = ("kind:threshold_changed", "kind:frequency_changed")
_SCOPED = ("rule:position-moved-out-of-scope", "rule:position-brought-into-scope")
_TURNED = (
    "rule:position-experimental-to-medically-necessary",
    "rule:position-medically-necessary-to-experimental",
    "rule:position-denied-to-approved",
    "rule:position-approved-to-denied",
)
_WORDING = ("family:editorial",)

_JOINED = ("rule:criteria-joined-looser", "rule:criteria-joined-tighter")
_WHOLE = frozenset(
    {"criteria-restructured", "criterion-rewritten", *(name[5:] for name in _JOINED)}
)
"""Rules that judge the whole: the formula of the tree, or a sentence that was written anew."""

TABLE: tuple[Precedence, ...] = (
    Precedence(
        _REQUIRED,
        ("rule:authorization-waived", "rule:authorization-demanded"),
        same_difference,
        "a sentence that requires authorization and one that does not are opposites",
    ),
    Precedence(
        ("rule:criteria-restructured",),
        _ANY,
        same_difference,
        "where the same cases meet the criteria, words and places that differ decide nothing",
    ),
    Precedence(
        _JOINED,
        ("kind:criterion_modified", "kind:logic_changed", "kind:threshold_changed", *_WORDING),
        same_difference,
        "the sentence and the list say how the criteria combine",
    ),
    Precedence(
        ("rule:criterion-rewritten",),
        (*_CODES, *_NUMBER, "kind:criterion_modified", "kind:documentation_changed", *_WORDING),
        same_difference,
        "what a sentence that was written anew names and limits is what it says now",
    ),
    Precedence(
        _POSITION,
        _ANY,
        same_difference,
        "a sentence whose position changed reads differently because of that",
    ),
    Precedence(
        _TURNED,
        _ANY,
        below,
        "what stands below a position that turned is what the new position means",
    ),
    Precedence(
        _POSITION, _CODES, its_codes, "codes move because the position that names them changed"
    ),
    Precedence(_SCOPED, _ANY, same_difference, "the sentence left or entered the policy's scope"),
    Precedence(
        ("family:authorization",),
        ("family:authorization", *_WORDING),
        its_wording,
        "the sentence words the authorization entry",
    ),
    Precedence(
        _BLOCK,
        _REQUIRED,
        its_period,
        "the sentence says how long the authorization of that use holds",
    ),
    Precedence(
        _REQUIRED,
        ("family:authorization",),
        same_difference,
        "a requirement that came or went brings its details",
    ),
    Precedence(
        ("kind:threshold_changed", "kind:frequency_changed", "kind:prior_auth_changed"),
        ("kind:documentation_changed", "kind:criterion_modified", "kind:scope_changed", *_WORDING),
        its_own_words,
        "a number that changed is the change; the words around it go with it",
    ),
    Precedence(
        ("kind:logic_changed",),
        ("kind:criterion_modified", *_WORDING),
        same_difference,
        "the words say how the list combines",
    ),
    Precedence(
        _BLOCK,
        (
            *_BLOCK,
            "kind:documentation_changed",
            "kind:threshold_changed",
            "kind:prior_auth_changed",
            *_WORDING,
        ),
        new_below,
        "a block that came or went is one change",
    ),
    Precedence(
        ("family:codes",),
        ("family:criterion_codes",),
        its_codes,
        "the code table tells which codes came and went",
    ),
    Precedence(
        ("family:criterion_codes",),
        ("rule:criterion-added-open", "rule:criterion-removed-open"),
        same_difference,
        "the codes say what a sentence is of whose effect the text does not tell",
    ),
    Precedence(
        ("family:codes",),
        ("rule:criterion-added-open", "rule:criterion-removed-open"),
        its_codes,
        "a row that only names codes is told with the list of codes",
    ),
    Precedence(
        ("family:related",),
        (
            "rule:scope-statement-added",
            "rule:scope-statement-removed",
            "rule:code-added-open",
            "rule:code-removed-open",
        ),
        its_codes,
        "services that are left to another policy are told as that",
    ),
    Precedence(
        ("kind:criterion_moved",),
        ("kind:criterion_moved", "kind:layout_only"),
        below,
        "what stands below a statement moves with it",
    ),
    Precedence(
        ("kind:criterion_moved",),
        ("kind:criterion_modified", *_WORDING),
        same_difference,
        "the sentence was adapted to its new place",
    ),
    Precedence(
        ("kind:documentation_changed",),
        ("kind:criterion_modified", *_WORDING),
        same_difference,
        "the words say what was added or taken away",
    ),
    Precedence(
        _CODES,
        ("family:pairings",),
        its_procedures,
        "procedures join and leave a pairing because the code table moved them",
    ),
    Precedence(
        _REQUIRED, _NUMBER, its_detail, "a requirement that came or went brings its numbers"
    ),
    Precedence(
        ("kind:logic_changed",),
        (*_NUMBER, *_PERIOD),
        one_number,
        "the number says how many members of the list are needed",
    ),
    Precedence(
        ("kind:logic_changed",),
        _NUMBER,
        its_count,
        "the number says how many members of the list are needed",
    ),
    Precedence(
        _POSITION,
        ("family:residual",),
        its_sentence,
        "the sentence that says what holds for everything else is told already",
    ),
    Precedence(_REVIEW, _PERIOD, one_number, "the sentence is about the re-review"),
    Precedence(_PERIOD, _NUMBER, one_number, "the number is the authorization's period"),
    Precedence(
        ("kind:criterion_modified", "kind:scope_changed"),
        _WORDING,
        same_difference,
        "a sentence that says something else is not merely reworded",
    ),
)


def supersede(
    extractions: Iterable[CandidateMatch],
) -> tuple[list[CandidateMatch], list[tuple[CandidateMatch, CandidateMatch]]]:
    """The readings that stay, in their order, and each superseded one with that which tells it.

    What was superseded itself supersedes nothing.
    """
    found = list(extractions)
    removed: set[int] = set()  # readings by identity: two may be equal in all they say
    superseded: list[tuple[CandidateMatch, CandidateMatch]] = []
    for row in TABLE:
        bys = [r for r in found if _named(r, row.by)]
        for what in [r for r in found if _named(r, row.what)] if bys else ():
            if id(what) not in removed and (teller := _teller(bys, what, row, removed)) is not None:
                removed.add(id(what))
                superseded.append((what, teller))
    return [r for r in found if id(r) not in removed], superseded


def _teller(
    bys: list[CandidateMatch], what: CandidateMatch, row: Precedence, removed: set[int]
) -> CandidateMatch | None:
    """The first of the absorbing readings, still there itself, that tells what another reads."""
    return next(
        (
            by
            for by in bys
            if by is not what
            and id(by) not in removed
            and row.where(by, what)
            and _tells(by, what, row)
        ),
        None,
    )


def _named(reading: CandidateMatch, names: tuple[str, ...]) -> bool:
    rule = reading.rule
    return any(
        name in ("*", f"kind:{rule.kind}", f"rule:{rule.id}", f"family:{rule.family}")
        for name in names
    )


def _tells(by: CandidateMatch, what: CandidateMatch, row: Precedence) -> bool:
    """Whether nothing is lost: the superseded reading has no direction of its own, or the same on
    the same axis.

    What stands below a position that turned, or came with the block above it, is part of that,
    whatever its own direction on that axis, unless it turned itself, and the other way. One number
    is one change, and the more telling reading of it gives its direction. How long the
    authorization of a new use holds is no new requirement.
    """
    if row.where is same_difference and by.rule.id in _WHOLE:
        return True
    if what.direction in (NEUTRAL, INDETERMINATE) or row.where in (one_number, its_period):
        return True
    if (
        row.where in (below, new_below)
        and what.rule.kind != "coverage_position_changed"
        and what.rule.axis == by.rule.axis
    ):
        return True
    return (what.rule.axis, what.direction) == (by.rule.axis, by.direction)


__all__ = ["TABLE", "CandidateMatch", "Precedence", "supersede"]
