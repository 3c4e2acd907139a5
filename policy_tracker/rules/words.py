"""The words and signs in which people read directions, impacts, kinds and axes.

Programs read the values themselves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from policy_tracker.language.formatting import NAMES_SHOWN, counted, short_date, shortened
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
