"""Dates inside of two editions: whether a statement, a code or a range holds from, or until, another day than before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_tracker.record import DateFact
    from policy_tracker.record.inside import Dated

DATES = ("effective", "ends")
Day = tuple[str | None, str]
"""A date as it is compared: how it is printed, and from what it was inferred, is no part of it."""
Days = tuple[Day | None, Day | None]
_NONE: Days = (None, None)


def _day(fact: DateFact | None) -> Day | None:
    return (fact.date, "dated" if fact.date else "undated") if fact else None


def same_day(one: DateFact | None, two: DateFact | None) -> bool:
    """Whether two dates name one day."""
    return one is two or _day(one) == _day(two)


def days_of(dated: Dated) -> Days:
    """The first and the last day on which something holds."""
    return _NONE if dated.effective is dated.ends is None else (_day(dated.effective), _day(dated.ends))


def dates_differ(one: Dated, two: Dated) -> frozenset[str]:
    """Which of the two dates differ."""
    return frozenset(name for name in DATES if not same_day(getattr(one, name), getattr(two, name)))
