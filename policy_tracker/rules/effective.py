"""From which day what a comparison tells applies, and how that is said.

A record alone does not tell it: many payers print the policy's first date in every version, and
where versions are missing between two that are held nobody knows on which day a change came.
Whoever holds the whole policy passes what it knows as `Effective`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from policy_tracker.language.formatting import plain_date
from policy_tracker.record import Record, starts_of, timing_of
from policy_tracker.rules.words import interval_words

NO_DATE = "the effective date"
AT_ONCE = "as soon as possible"
_BEFORE, _AFTER = "before", "after"
_DEADLINE = re.compile(r"\b(?P<first>[Bb])efore \{effective\}")


class EffectiveInterval(NamedTuple):
    """From when the later of two versions applies, and since when at the latest the earlier one may
    not.

    `day` is the later version's start (None: not known), `issued` the day on which it came out, as
    far as it is known. Where versions between the two are not on file, what changed came after
    `gap_after` and no later than `day`; `missing` is how many are known to be missing (None: not
    known).
    """

    day: dt.date | None
    gap_after: dt.date | None = None
    missing: int | None = None
    issued: dt.date | None = None

    @property
    def interval(self) -> str | None:
        """Between which days the changes came, where that is all that is known, and how many
        versions are not on file.
        """
        if self.day is None or self.gap_after is None or self.gap_after >= self.day:
            return None
        return interval_words(self.gap_after, self.day, self.missing)

    @property
    def late(self) -> bool:
        """Whether no deadline before it can be kept: it came out when it took effect or later, or
        nobody knows on which day it did.
        """
        return self.interval is not None or self.delay is not None

    @property
    def delay(self) -> int | None:
        """How many days after it took effect it came out, 0 on the same day; None where it came out
        before that, or nobody knows.
        """
        if self.day is None or self.issued is None or self.issued < self.day:
            return None
        return (self.issued - self.day).days

    @property
    def words(self) -> str:
        """From when, in a sentence: `September 26, 2025`, `a day between Jun 1, 2024 and Nov 1,
        2025`.
        """
        if self.interval and self.day and self.gap_after:
            return f"a day {interval_words(self.gap_after, self.day)}"
        if self.day and self.issued and self.delay:
            return f"{plain_date(self.day)} (it came out on {plain_date(self.issued)})"
        return plain_date(self.day) if self.day else NO_DATE


def effective_of(before: Record | None, after: Record) -> EffectiveInterval:
    """From when the later version applies, as far as two versions tell by themselves: both may
    print the policy's first date.
    """
    timings = {_AFTER: timing_of(after)} | ({_BEFORE: timing_of(before)} if before else {})
    start = starts_of(timings)[_AFTER]
    return EffectiveInterval(start.day, issued=start.issued)


def dated_action(template: str, effective: EffectiveInterval) -> str:
    """An action's template without deadlines that nobody could keep: `before {effective}` of a
    version that came out after that day.
    """
    if not effective.late:
        return template
    return _DEADLINE.sub(
        lambda found: AT_ONCE if found["first"] == "b" else AT_ONCE.capitalize(), template
    )
