"""From which day what a comparison tells applies."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from policy_tracker.record import Record, starts_of, timing_of
from policy_tracker.rules.words import long_date

_BEFORE, _AFTER = "before", "after"


class Effective(NamedTuple):
    """From when the later of two editions applies, and since when at the latest the earlier one does not.

    `day` is the later edition's start (None: not known). Where editions between the two are not on file, what changed came after
    `gap_after` and no later than `day`.
    """

    day: dt.date | None
    gap_after: dt.date | None = None

    @property
    def words(self) -> str | None:
        """The day written out, `September 26, 2025`, or the days between which it lies; None where it is not known."""
        if self.day is None:
            return None
        if self.gap_after and self.gap_after < self.day:
            return f"a day between {long_date(self.gap_after)} and {long_date(self.day)}"
        return long_date(self.day)

    @property
    def with_weekday(self) -> str | None:
        """The same; a single day with its weekday, because deadlines hang on it."""
        return self.words if self.gap_after or self.day is None else long_date(self.day, weekday=True)


def effective_of(before: Record | None, after: Record) -> Effective:
    """From when the later edition applies, as far as two editions tell by themselves: both may print the policy's first date."""
    timings = {_AFTER: timing_of(after)} | ({_BEFORE: timing_of(before)} if before else {})
    return Effective(starts_of(timings)[_AFTER].day)
