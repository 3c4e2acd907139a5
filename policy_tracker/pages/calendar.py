"""What takes effect when: a month as weeks of days, each with what begins on it."""

from __future__ import annotations

import calendar as weeks_of
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_tracker.errors import QueryError
from policy_tracker.pages import formatting
from policy_tracker.record.time import EARLIEST, LATEST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.pages.feed import FeedRow

_WEEKS = weeks_of.Calendar(firstweekday=6)
"""Weeks begin on Sunday, as they do on calendars in the United States."""
WEEKDAY_NAMES = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day: whether it belongs to the month shown, whether it is today, and what takes effect on
    it.
    """

    day: date
    inside: bool
    today: bool
    rows: tuple[FeedRow, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month: `value` is `YYYY-MM`; `previous` and `next` are None at the ends of the calendar."""

    value: str
    name: str
    weeks: tuple[tuple[DayCell, ...], ...]
    previous: str | None
    next: str | None
    count: int


def month_of(text: str | None, today: date) -> date:
    """The first day of the month `YYYY-MM`, of the present one without a text.

    Raises QueryError for anything else.
    """
    if not text:
        return today.replace(day=1)
    year, _, month = text.partition("-")
    known = (
        year.isascii()
        and month.isascii()
        and year.isdigit()
        and month.isdigit()
        and len(year) == 4
        and len(month) == 2
    )
    if not known or not EARLIEST <= int(year) <= LATEST or not 1 <= int(month) <= 12:
        message = f"“{text}” is no month; write it as 2025-09, between {EARLIEST} and {LATEST}."
        raise QueryError(message, "month")
    return date(int(year), int(month), 1)


def shown_days(first: date) -> tuple[date, date]:
    """The first and last day of a month."""
    return first, first.replace(day=weeks_of.monthrange(first.year, first.month)[1])


def month_view(first: date, rows: Iterable[FeedRow], today: date) -> MonthView:
    """A month with what takes effect in it; a version that came out after it took effect stands on
    the day on which it came out.
    """
    by_day: dict[date, list[FeedRow]] = {}
    for row in rows:
        if row.day:
            by_day.setdefault(row.day, []).append(row)
    weeks = tuple(
        tuple(
            DayCell(
                day=day,
                inside=day.month == first.month,
                today=day == today,
                rows=tuple(by_day.get(day, ())) if day.month == first.month else (),
            )
            for day in week
        )
        for week in _WEEKS.monthdatescalendar(first.year, first.month)
    )
    before, after = first - timedelta(days=1), shown_days(first)[1] + timedelta(days=1)
    return MonthView(
        value=f"{first:%Y-%m}",
        name=formatting.month_words(first),
        weeks=weeks,
        previous=f"{before:%Y-%m}" if before.year >= EARLIEST else None,
        next=f"{after:%Y-%m}" if after.year <= LATEST else None,
        count=sum(len(cell.rows) for week in weeks for cell in week),
    )
