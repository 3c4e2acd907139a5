"""The words and signs in which people read directions, impacts, kinds and axes.

Programs read the values themselves.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from policy_tracker.language.formatting import NAMES_SHOWN, counted, listed, short_date, shortened
from policy_tracker.record import CodeRef
from policy_tracker.record.vocabulary import (
    IMPACTS,
    Axis,
    ChangeKind,
    ChangeType,
    Impact,
    VerdictDirection,
)
from policy_tracker.rules.registry import HEADINGS

_DIRECTIONS: dict[VerdictDirection, str] = {
    "broadened": "broadened",
    "narrowed": "narrowed",
    "neutral": "unchanged",
    "indeterminate": "changed, direction open",
    "mixed": "changed both ways",
}
_BURDEN: dict[VerdictDirection, str] = {**_DIRECTIONS, "broadened": "eased", "narrowed": "added"}
_PAYMENT: dict[VerdictDirection, str] = {
    **_DIRECTIONS,
    "broadened": "increased",
    "narrowed": "reduced",
}
_RECOURSE: dict[VerdictDirection, str] = {
    **_DIRECTIONS,
    "broadened": "eased",
    "narrowed": "limited",
    "indeterminate": "changed",
}
_BY_AXIS: dict[Axis, dict[VerdictDirection, str]] = {
    "coverage": _DIRECTIONS,
    "burden": _BURDEN,
    "payment": _PAYMENT,
    "recourse": _RECOURSE,
}
_SIGNS: dict[VerdictDirection, str] = {
    "broadened": "▲",
    "narrowed": "▼",
    "neutral": "■",
    "indeterminate": "◆",
    "mixed": "◆",
}
_IMPACTS: dict[Impact, str] = {
    "none": "None",
    "low": "Low",
    "medium": "Medium",
    "medium-high": "Medium-High",
    "high": "High",
}
_TYPES: dict[ChangeType, str] = {
    "new": "New",
    "modified": "Modified",
    "reviewed_no_change": "Reviewed, no change",
    "retired": "Retired",
    "reinstated": "Reinstated",
    "withdrawn": "Withdrawn",
}
_AXES: dict[Axis, str] = {
    "coverage": "Coverage",
    "burden": "Burden",
    "payment": "Payment",
    "recourse": "Recourse",
}
_AXIS_MEANINGS: dict[Axis, str] = {
    "coverage": "what can be approved",
    "burden": "what it takes: authorization, documents, re-review",
    "payment": "units, bundling and rates",
    "recourse": "why something is denied, and so how to appeal",
}


_NOUNS: dict[ChangeKind, str] = {
    "criterion_added": "criterion",
    "criterion_removed": "criterion",
    "documentation_changed": "documentation requirement",
    "prior_auth_changed": "authorization requirement",
    "threshold_changed": "limit",
    "frequency_changed": "limit",
    "scope_changed": "statement on scope",
}
_QUANTITIES: dict[str, str] = {
    "Authorization period": "authorization",
    "Re-review": "re-review every",
    "Age limit": "age",
    "Dose": "dose",
    "Units": "units",
    "Frequency": "frequency",
}
_LEAST_RANGE = 3
_CODE = re.compile(r"(?P<head>[A-Z]?)(?P<number>\d+)(?P<tail>[A-Z]?)")


def axis_words(axis: Axis) -> str:
    """An axis's name: Coverage, Burden, Payment, Recourse."""
    return _AXES[axis]


def axis_meaning(axis: Axis) -> str:
    """What an axis is about, as half a sentence."""
    return _AXIS_MEANINGS[axis]


def direction_words(axis: Axis | None, direction: VerdictDirection) -> str:
    """A direction along an axis: "Coverage broadened", "Burden added".

    Without an axis a change decides no claim.
    """
    if axis is None:
        return "Decides no claim" if direction == "neutral" else "Direction open"
    return f"{_AXES[axis]} {_BY_AXIS[axis][direction]}"


def direction_sign(direction: VerdictDirection) -> str:
    """The sign beside a direction's words.

    ▲ more can be approved or less effort, ▼ the other way, ◆ both or not told by the text, ■
    neither.
    """
    return _SIGNS[direction]


def impact_words(impact: Impact) -> str:
    """An impact as people read it: Medium-High."""
    return _IMPACTS[impact]


def impact_rank(impact: Impact) -> int:
    """0 for none to 4 for high."""
    return IMPACTS.index(impact)


def kind_words(kind: ChangeKind) -> str:
    """A kind as a short name: Coverage position, Prior authorization."""
    return HEADINGS[kind]


def change_type_words(change_type: ChangeType) -> str:
    """A change type as people read it: Modified."""
    return _TYPES[change_type]


def interval_words(after: dt.date, before: dt.date, missing: int | None = 0) -> str:
    """Between which days something came, and how many versions are not on file (None: nobody knows
    how many; 0: not said).

    `between Jun 1, 2024 and Nov 1, 2025; 3 versions not on file`
    """
    count = "versions" if missing is None else counted(missing, "version")
    lacking = "" if missing == 0 else f"; {count} not on file"
    return f"between {short_date(after)} and {short_date(before)}{lacking}"


def code_words(codes: Sequence[CodeRef], shown: int = NAMES_SHOWN) -> str:
    """Codes in a sentence: "0691T and 0743T"; beyond `shown`, the rest as a number."""
    return shortened(list(dict.fromkeys(code.code for code in codes)), shown)


def noun_of(kind: ChangeKind, heading: str) -> str:
    """What came or went, as a noun: "requirement" of the heading "Requirement added"; "" where
    neither heading nor kind has one.
    """
    for ending in (" added", " removed"):
        if heading.endswith(ending):
            return heading.removesuffix(ending).lower()
    return _NOUNS.get(kind, "")


def use_noun(*, drug: bool) -> str:
    """What a policy approves: a drug for an indication, a service for a use."""
    return "indication" if drug else "covered use"


def quantity_name(heading: str) -> str | None:
    """What a number is of, before "6 → 12 months"; None where its sentence has to say it."""
    return _QUANTITIES.get(heading)


def code_names(codes: Sequence[CodeRef], shown: int) -> str:
    """Codes in a headline, runs of neighbors as ranges: "99202 to 99215, G0101 and 7 more"."""
    names = list(dict.fromkeys(code.code for code in codes))
    runs: list[list[str]] = []
    for name in names:
        if runs and _follows(runs[-1][-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    parts = [part for run in runs for part in _as_range(run)]
    told = parts[:shown]
    left = len(names) - sum(size for _, size in told)
    said = [name for name, _ in told]
    return f"{', '.join(said)} and {left} more" if left else listed(said)


def _as_range(run: Sequence[str]) -> list[tuple[str, int]]:
    """Neighbors as a range where they are more than two, each with how many codes it holds."""
    if len(run) < _LEAST_RANGE:
        return [(name, 1) for name in run]
    return [(f"{run[0]} to {run[-1]}", len(run))]


def _follows(one: str, two: str) -> bool:
    """Whether a code is the next number behind another."""
    first, second = _CODE.fullmatch(one), _CODE.fullmatch(two)
    if not first or not second or len(one) != len(two):
        return False
    same = (first["head"], first["tail"]) == (second["head"], second["tail"])
    return same and int(second["number"]) == int(first["number"]) + 1
