"""Dates inside of two versions: whether a statement, a code or a range holds from, or until,
another day than before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_tracker.record import DateFact, Record
    from policy_tracker.record.inside import Dated

DATES = ("effective", "ends")
Day = tuple[str | None, str]
"""A date as it is compared: how it is printed, and from what it was inferred, is no part of it."""
Days = tuple[Day | None, Day | None]
_NONE: Days = (None, None)


def _day(fact: DateFact | None) -> Day | None:
    return (fact.date, "dated" if fact.date else "undated") if fact else None


def passed_for_both(before: Record, after: Record) -> str | None:
    """The day from which the earlier of two versions applies; None where that is not known.

    What began by then decides nothing in either of them: Medicare drops "Effective March 4, 1991,"
    from a sentence that has been in force ever since, and nothing becomes covered by that.
    """
    start, later = start_of(before), start_of(after)
    return min(start, later) if start and later else start


def start_of(record: Record) -> str | None:
    """The date from which a version applies, or of its issue or publication where that is not
    stated.
    """
    facts = (record.dates.get(name) for name in ("effective", "issued", "published"))
    return next((fact.date for fact in facts if fact and fact.date), None)


def days_of(dated: Dated, passed: str | None) -> Days:
    """The first and the last day on which something holds; a first day that had `passed` is
    none.
    """
    effective, ends = dated.effective, dated.ends
    if effective is ends is None:
        return _NONE
    begun = (
        effective is not None
        and effective.date is not None
        and passed is not None
        and effective.date <= passed
    )
    return (None if begun else _day(effective), _day(ends))


def dates_differ(one: Dated, two: Dated, passed: str | None) -> frozenset[str]:
    """Which of the two dates differ."""
    if one.effective is one.ends is two.effective is two.ends is None:
        return frozenset()
    both = zip(DATES, days_of(one, passed), days_of(two, passed), strict=True)
    return frozenset(name for name, mine, other in both if mine != other)
