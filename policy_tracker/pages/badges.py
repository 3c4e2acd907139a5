"""Directions and impacts as pages show them: a sign, words, and a class that a style sheet colours;
never a colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.record.vocabulary import AXES, IMPACTS
from policy_tracker.rules.words import direction_sign, direction_words, impact_words

if TYPE_CHECKING:
    from policy_tracker.record.vocabulary import Axis, Impact, VerdictDirection
    from policy_tracker.rules.changes import Directions


@dataclass(frozen=True, slots=True)
class Signal:
    """A direction along an axis: `▲ Coverage broadened`; `tone` is the direction's own name."""

    sign: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class ImpactView:
    """An impact in words, and its level from 0 (none) to 4 (high) for the meter beside them."""

    words: str
    level: int
    value: str


def signal_of(axis: Axis | None, direction: VerdictDirection) -> Signal:
    """A direction along an axis; a change on no axis says that it decides no claim."""
    return Signal(
        sign=direction_sign(direction), words=direction_words(axis, direction), tone=direction
    )


def signals_of(directions: Directions) -> tuple[Signal, ...]:
    """The axes on which something happened, in their fixed order; one neutral signal where nothing
    did.
    """
    moved = tuple(
        signal_of(axis, directions.along(axis))
        for axis in AXES
        if directions.along(axis) != "neutral"
    )
    return moved or (
        Signal(sign=direction_sign("neutral"), words="No change of direction", tone="neutral"),
    )


def impact_of(impact: Impact) -> ImpactView:
    """An impact with its level."""
    return ImpactView(words=impact_words(impact), level=IMPACTS.index(impact), value=impact)
