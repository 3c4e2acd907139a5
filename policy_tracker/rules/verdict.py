"""The verdict: a whole comparison in one sentence, with change type, direction on each axis, impact
and codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_tracker.diff.differences import code_refs
from policy_tracker.diff.facts import standing
from policy_tracker.language.formatting import counted
from policy_tracker.record import Record
from policy_tracker.record.vocabulary import AXES, Axis, ChangeType, Impact, VerdictDirection
from policy_tracker.rules.changes import Change, Directions, Verdict
from policy_tracker.rules.precedence import CandidateMatch
from policy_tracker.rules.words import impact_rank

CLAUSES = 4
"""More clauses than these are told as a number."""


@dataclass(frozen=True, slots=True)
class VerdictItem:
    """A change with the reading it came from, and its clause in the verdict's sentence."""

    reading: CandidateMatch
    change: Change
    clause: str


def verdict(before: Record, after: Record, items: Sequence[VerdictItem]) -> Verdict:
    """The verdict on two versions; only changes that can decide something count for direction,
    impact and codes.
    """
    deciding = [item for item in items if item.change.substantive]
    kind = change_type(before, after, deciding)
    return Verdict(
        change_type=kind,
        direction=Directions(**{axis: _along(axis, deciding) for axis in AXES}),
        impact=_impact(items),
        summary=summary(kind, items, deciding),
        codes=code_refs(tuple(code for item in deciding for code in item.change.codes)),
    )


def change_type(before: Record, after: Record, deciding: Sequence[VerdictItem]) -> ChangeType:
    """What happened to the policy as a whole."""
    old, new = standing(before).state, standing(after).state
    if new == "withdrawn":
        return "withdrawn"
    if old != new:
        return "retired" if new == "retired" else "reinstated"
    return "modified" if deciding else "reviewed_no_change"


def _along(axis: Axis, items: Sequence[VerdictItem]) -> VerdictDirection:
    """The direction on an axis: that of its items, mixed where they disagree, open where any of
    them is and none disagrees.
    """
    found = {item.change.direction for item in items if item.change.axis == axis} - {"neutral"}
    if not found:
        return "neutral"
    if {"broadened", "narrowed"} <= found:
        return "mixed"
    return "indeterminate" if "indeterminate" in found else found.pop()


def _impact(items: Sequence[VerdictItem]) -> Impact:
    return max((item.change.impact for item in items), key=impact_rank, default="none")


def summary(kind: ChangeType, items: Sequence[VerdictItem], deciding: Sequence[VerdictItem]) -> str:
    """One sentence: the weightiest changes first, those of one rule together."""
    if not deciding:
        if not items:
            return "Nothing changed."
        return (
            f"Nothing that decides a claim changed; {counted(len(items), 'difference')} in "
            f"wording, dates or layout."
        )
    clauses: dict[str, int] = {}
    for item in sorted(deciding, key=_weight):
        clauses[item.clause] = clauses.get(item.clause, 0) + 1
    told = [
        clause if times == 1 else f"{clause} ({counted(times, 'time')})"
        for clause, times in clauses.items()
    ]
    if len(told) > CLAUSES:
        rest = sum([*clauses.values()][CLAUSES - 1 :])
        told = [*told[: CLAUSES - 1], f"and {counted(rest, 'more change')}"]
    sentence = "; ".join(told)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def with_silent(found: Verdict, silent: int) -> Verdict:
    """A verdict that says how many of the changes the payer does not declare."""
    if not silent:
        return found
    told = f"{counted(silent, 'change')} {'is' if silent == 1 else 'are'} not declared by the payer"
    return found.model_copy(update={"summary": f"{found.summary.removesuffix('.')}; {told}."})


_ORDER = (
    "standing",
    "coverage",
    "uses",
    "residual",
    "codes",
    "criterion_codes",
    "criteria",
    "moves",
    "logic",
    "authorization",
    "thresholds",
    "frequency",
    "phrasing",
    "documentation",
)
"""Families in the order in which a reader wants them, where the impact is the same; the others
follow.
"""


def _weight(item: VerdictItem) -> tuple[int, int]:
    family = item.reading.rule.family
    return -impact_rank(item.change.impact), _ORDER.index(family) if family in _ORDER else len(
        _ORDER
    )
