"""From which day an edition applies, as its record says it."""

from __future__ import annotations

import datetime as dt

from policy_tracker.record import Record
from policy_tracker.rules.words import long_date


def effective_day(record: Record) -> dt.date | None:
    """The day from which an edition applies: effective, else issued, else published. None where none of them is known."""
    found = (record.dates.get(name) for name in ("effective", "issued", "published"))
    return next((fact.first_day for fact in found if fact and fact.first_day), None)


def effective_words(record: Record) -> str | None:
    """That day written out: September 26, 2025."""
    day = effective_day(record)
    return long_date(day) if day else None
