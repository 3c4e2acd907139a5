"""Numeric limits: ages, frequencies, intervals, durations, doses, counts, percentages, scores."""

from typing import Annotated, Literal

from pydantic import Field

from policy_tracker.record.base import Number, Value
from policy_tracker.record.vocabulary import Comparator, QuantityKind

# Calendar relations that always hold. A month is no fixed number of days, so the two families are
# never mixed.
_IN_DAYS = {"day": 1.0, "week": 7.0}
_IN_MONTHS = {"month": 1.0, "quarter": 3.0, "year": 12.0}
TIMES = frozenset({"day", "month"})
"""The common units of time."""
_IN_MILLIGRAMS = {"mcg": 0.001, "mg": 1.0, "g": 1000.0}

Unit = Annotated[str, Field(min_length=1, max_length=60)]


class Span(Value):
    """A value with its unit: 12 month, 150 dose."""

    value: Number
    """The number."""
    unit: Unit
    """The unit, singular: `month`, `day`, `dose`."""


class Quantity(Value):
    """A limit that a statement sets: at least 18 year, at most 80 unit per 12 month."""

    kind: QuantityKind
    """What is counted or measured.

    `interval` is a time between two events, `frequency` a number of times within `per`.
    """
    comparator: Comparator = "="
    """How the patient's or the claim's number has to compare with the value: `>=` for "at least".
    """
    value: Number
    """The number."""
    unit: Unit
    """The unit, singular: `month`, `year`, `unit`, `%`."""
    per: Span | None = None
    """For a frequency: within which time."""


def in_common_unit(value: float, unit: str) -> tuple[float, Literal["day", "month", "mg"] | str]:
    """A time in days or months, whichever family its unit belongs to (2 year = 24 month, 2 week =
    14 day), a mass in milligrams; other units stay as they are.
    """
    if unit in _IN_MONTHS:
        return value * _IN_MONTHS[unit], "month"
    if unit in _IN_DAYS:
        return value * _IN_DAYS[unit], "day"
    if unit in _IN_MILLIGRAMS:
        return round(value * _IN_MILLIGRAMS[unit], 9), "mg"
    return value, unit
