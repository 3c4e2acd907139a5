"""What supersedes what: one real change is told once, and the other readings of it are kept beside
it.

The table is declared below and read from the top. A reading is superseded only by one that tells
its direction too: what pulls on another axis, or another way, stays a change of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy_tracker.rules.registry import INDETERMINATE, NEUTRAL
from policy_tracker.rules.relations import (
    CandidateMatch,
    Where,
    below,
    counts_members,
    its_codes,
    its_count,
    its_detail,
    its_own_words,
    its_period,
    its_phrase,
    its_procedures,
    its_row,
    its_sentence,
    its_wording,
    new_below,
    one_number,
    same_difference,
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
    {
        *("criteria-restructured", "criterion-rewritten"),
        *("listed-drug-added", "listed-drug-removed"),
        *(name[5:] for name in _JOINED),
    }
)
"""Rules that judge the whole: the formula of the tree, or a sentence that was written anew."""

TABLE: tuple[Precedence, ...] = (
    Precedence(
        ("family:tiered_drugs",),
        _ANY,
        same_difference,
        "the row of a drug is no criterion, and the number of its tier no limit",
    ),
    Precedence(
        ("family:payment_shares",),
        ("rule:threshold-changed", "kind:criterion_modified", *_WORDING),
        same_difference,
        "the number that changed is the share that is paid",
    ),
    Precedence(
        ("family:row_limits",),
        ("rule:code-description-changed",),
        same_difference,
        "the words beside a code say how much of it is allowed",
    ),
    Precedence(
        ("rule:drug-restriction-added", "rule:drug-restriction-removed"),
        _ANY,
        same_difference,
        "the marks in a drug's row say what is asked for it, and no sentence",
    ),
    Precedence(
        _REQUIRED,
        ("rule:authorization-waived", "rule:authorization-demanded"),
        same_difference,
        "a sentence that requires authorization and one that does not are opposites",
    ),
    Precedence(
        ("rule:prior-auth-cases-extended", "rule:prior-auth-cases-reduced"),
        ("rule:authorization-waived", "rule:authorization-demanded"),
        same_difference,
        "the words say for which cases authorization is asked now",
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
        ("rule:concession-removed", "rule:concession-added"),
        ("kind:criterion_modified", *_WORDING),
        its_phrase,
        "without the phrase that came or went the sentence says what it said",
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
        _REQUIRED,
        ("rule:code-moved-within-position",),
        its_codes,
        "codes stand under another answer to whether they need an authorization",
    ),
    Precedence(
        _POSITION, _CODES, its_codes, "codes move because the position that names them changed"
    ),
    Precedence(_SCOPED, _ANY, same_difference, "the sentence left or entered the policy's scope"),
    Precedence(
        ("family:authorization",),
        ("rule:code-added-open", "rule:code-removed-open", "rule:code-dates-changed"),
        its_codes,
        "a list of what needs authorization gains, loses and dates codes with what it asks",
    ),
    Precedence(
        ("family:authorization",),
        ("family:authorization", "family:criterion_codes", *_WORDING),
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
        ("family:codes",),
        ("rule:criterion-added-open", "rule:criterion-removed-open"),
        its_row,
        "the row of a code is told with the list of codes",
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
        ("family:authorization",),
        ("family:turned",),
        its_wording,
        "an entry and its sentence say one thing",
    ),
    Precedence(
        _NUMBER,
        ("rule:logic-open",),
        counts_members,
        "the number says how many members of the list are needed, and which way that goes",
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
