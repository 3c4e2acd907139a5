"""Numeric limits: ages, frequencies, intervals, durations, doses, counts, percentages, scores."""

from typing import Annotated, Literal

from pydantic import Field

from policy_tracker.record.base import Value
from policy_tracker.record.vocabulary import Comparator, QuantityKind

# Calendar relations that always hold. A month is no fixed number of days, so the two families are never mixed.
_IN_DAYS = {"day": 1.0, "week": 7.0}
_IN_MONTHS = {"month": 1.0, "quarter": 3.0, "year": 12.0}


class Span(Value):
    """A value with its singular unit: 12 month, 150 dose."""

    value: float
    unit: Annotated[str, Field(min_length=1, max_length=60)]


class Quantity(Value):
    """A limit that a statement sets: kind, comparator, value and singular unit, and `per` for a frequency (80 unit per 12 month)."""

    kind: QuantityKind
    comparator: Comparator = "="
    value: float
    unit: Annotated[str, Field(min_length=1, max_length=60)]
    per: Span | None = None


def in_common_unit(value: float, unit: str) -> tuple[float, Literal["day", "month"] | str]:
    """A time in days or months, whichever family its unit belongs to (2 year = 24 month, 2 week = 14 day); other units stay as they are."""
    if unit in _IN_MONTHS:
        return value * _IN_MONTHS[unit], "month"
    if unit in _IN_DAYS:
        return value * _IN_DAYS[unit], "day"
    return value, unit
