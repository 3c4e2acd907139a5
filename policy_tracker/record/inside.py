"""Dates inside a document: from when until when a single statement, code or range holds.

`effective` is the first day on which it holds, `ends` the last one. A payer that prints "deleted
effective 10/01/2026" names the first day on which the code does *not* hold; `ends` is then the day
before (inferred), and `raw` keeps what is printed. "Deleted" without a day is an `ends` of status
`undated`: the code does not hold in this version at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from policy_tracker.record.time import DateFact, last_day

if TYPE_CHECKING:
    from policy_tracker.record.statements import Statement

Holding = Literal["holds", "not_begun", "ended"]


class Dated(Protocol):
    """What may have dates of its own: a statement, a listed code, a range."""

    @property
    def effective(self) -> DateFact | None:
        """The first day on which it holds."""

    @property
    def ends(self) -> DateFact | None:
        """The last day on which it holds."""


def begins_on(effective: DateFact | None) -> date | None:
    """The first day on which something holds; None where it has no first day of its own, or none
    that is known.
    """
    return effective.first_day if effective else None


def ended_on(ends: DateFact | None) -> date | None:
    """The first day on which something no longer holds (`date.min`: it ended before the version
    began); None where it has no end.
    """
    if ends is None:
        return None
    return last_day(ends.date) + timedelta(days=1) if ends.date else date.min


def holding(effective: DateFact | None, ends: DateFact | None, day: date) -> Holding:
    """Whether something with these dates holds on a day, has not begun, or has ended.

    Where only a month is printed, it begins on the month's first day and ends on its last.
    """
    over, begins = ended_on(ends), begins_on(effective)
    if over is not None and over <= day:
        return "ended"
    return "not_begun" if begins is not None and day < begins else "holds"


def turning_days(effective: DateFact | None, ends: DateFact | None) -> tuple[date, ...]:
    """The days on which something with these dates begins to hold, and no longer holds, as far as
    they are known; in order.
    """
    days = {begins_on(effective), ended_on(ends)} - {None, date.min}
    return tuple(sorted(day for day in days if day is not None))


def narrower(outer: Dated, inner: Dated) -> tuple[DateFact | None, DateFact | None]:
    """The dates of something that stands inside of something dated: the later beginning, and the
    earlier end.
    """
    begins = [one.effective for one in (outer, inner) if one.effective is not None]
    over = [one.ends for one in (outer, inner) if one.ends is not None]
    first = max(begins, key=lambda fact: begins_on(fact) or date.min, default=None)
    last = min(over, key=lambda fact: ended_on(fact) or date.max, default=None)
    return first, last


def inherited(
    statements: Iterable[Statement],
) -> dict[str, tuple[DateFact | None, DateFact | None]]:
    """The dates of each statement that has some, by its key: its own, within those of the
    statements above it.
    """
    found: dict[str, tuple[DateFact | None, DateFact | None]] = {}
    for statement in statements:  # a parent always stands before its children
        outer = found.get(statement.parent or "")
        dates = (
            narrower(_Span(*outer), statement) if outer else (statement.effective, statement.ends)
        )
        if dates != (None, None):
            found[statement.key] = dates
    return found


class _Span(NamedTuple):
    effective: DateFact | None
    ends: DateFact | None
