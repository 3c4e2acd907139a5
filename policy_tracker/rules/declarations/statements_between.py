"""The step between two versions: which rows of a revision history, and which entries of bulletins,
speak of it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from policy_tracker.language.tokens import fold
from policy_tracker.record import BulletinEntry, Record, parse_iso
from policy_tracker.record.content import HistoryRow
from policy_tracker.record.time import last_day
from policy_tracker.record.vocabulary import DateName, DeclarationSource

_ISSUING: tuple[DateName, ...] = ("issued", "published", "revised", "effective")
"""Dates that tell when a version came, the surest first.

Some payers leave the effective date as it was over many versions.
"""
SAME_ROW = 88
"""Two rows of one date whose texts are this much alike (of 100) are one row, printed anew."""


@dataclass(frozen=True, slots=True)
class PayerStatement:
    """A payer's own words about a step: a row of its history or an entry of a bulletin."""

    text: str
    label: str | None
    date: str | None
    source: DeclarationSource


def came_on(record: Record) -> dt.date | None:
    """The day on which a version came, as far as its dates tell."""
    return next(
        (day for name in _ISSUING if (fact := record.dates.get(name)) and (day := fact.first_day)),
        None,
    )


def backwards(before: Record, after: Record) -> bool:
    """Whether the earlier of two records is the later version: then no history tells the step."""
    one, two = _same_date(before, after)
    if one and two and one != two:
        return one > two
    return bool(_new_rows(after.revision_history, before.revision_history)) and not _new_rows(
        before.revision_history, after.revision_history
    )


def _same_date(before: Record, after: Record) -> tuple[dt.date | None, dt.date | None]:
    """The surest date that both records have and in which they differ."""
    for name in _ISSUING:
        one, two = (
            fact.first_day if (fact := record.dates.get(name)) else None
            for record in (before, after)
        )
        if one and two and one != two:
            return one, two
    return None, None


def rows_between(before: Record, after: Record) -> tuple[HistoryRow, ...]:
    """The rows of the later history that tell the step.

    They are those that the earlier history does not have, from its newest row on; without an
    earlier history those after the earlier version; and where that one's date is not known either,
    the newest alone.
    """
    new = _new_rows(before.revision_history, after.revision_history)
    known = [row.date for row in before.revision_history if row.date]
    if known:
        newest = max(last_day(date) for date in known)
        return tuple(
            row for row in new if row.date is None or last_day(row.date) >= newest.replace(day=1)
        )
    if before.revision_history:
        return tuple(new)
    since = came_on(before)
    if since:
        return tuple(row for row in new if row.date and _is_after(row.date, since))
    latest = max((row.date for row in new if row.date), default=None)
    return tuple(row for row in new if row.date and row.date == latest)


def _is_after(date: str, since: dt.date) -> bool:
    """Whether a date lies after a day; of a month without a day, the whole month has to."""
    return parse_iso(date) > since


def _new_rows(earlier: Sequence[HistoryRow], later: Sequence[HistoryRow]) -> list[HistoryRow]:
    """The later rows that have no like among the earlier ones, each earlier row taken once."""
    left = list(earlier)
    new = []
    for row in later:
        same = next((one for one in left if _is_same(one, row)), None)
        if same is None:
            new.append(row)
        else:
            left.remove(same)
    return new


def _is_same(one: HistoryRow, two: HistoryRow) -> bool:
    if one.date != two.date:
        return False
    texts = fold(one.text), fold(two.text)
    return texts[0] == texts[1] or fuzz.ratio(*texts) >= SAME_ROW


# --- Bulletins


def entries_between(
    before: Record, after: Record, entries: Iterable[BulletinEntry]
) -> tuple[BulletinEntry, ...]:
    """The entries of the payer's bulletins that are about this policy, and take effect after the
    earlier version and with the later one.
    """
    return tuple(
        entry
        for entry in entries
        if is_about(entry, after) and _takes_effect_between(entry, before, after)
    )


def is_about(entry: BulletinEntry, record: Record) -> bool:
    """Whether an entry names a policy: by its number or another name, else by its title."""
    if entry.policy_number:
        names = {
            _compact(name)
            for name in (record.policy_number, record.policy, *record.aliases)
            if name
        }
        return _compact(entry.policy_number) in names
    return fold(entry.policy) == fold(record.title)


def _compact(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _takes_effect_between(entry: BulletinEntry, before: Record, after: Record) -> bool:
    date = entry.effective or entry.posted
    one, two = (_starts(record) for record in (before, after))
    if date is None or two is None:
        return False
    day = parse_iso(date)
    if one is None or one >= two:
        return day == two
    return one < day <= two


def announces_later(entry: BulletinEntry, newest: Record) -> bool:
    """Whether an entry takes effect after a version."""
    date, start = entry.effective or entry.posted, _starts(newest)
    return date is not None and start is not None and parse_iso(date) > start


def _starts(record: Record) -> dt.date | None:
    fact = record.dates.get("effective")
    return (fact.first_day if fact else None) or came_on(record)


def said_between(
    before: Record, after: Record, entries: Iterable[BulletinEntry] = ()
) -> tuple[PayerStatement, ...]:
    """All that the payer says of a step: the rows of its history, oldest first, then the entries of
    its bulletins.
    """
    rows = [
        PayerStatement(row.text, row.type, row.date, "history")
        for row in rows_between(before, after)
    ]
    rows.sort(key=lambda said: said.date or "")
    told = [
        PayerStatement(item, _entry_label(entry), entry.effective or entry.posted, "bulletin")
        for entry in entries_between(before, after, entries)
        for item in (entry.items or ("",))
    ]
    return (*rows, *told)


def _entry_label(entry: BulletinEntry) -> str:
    """What stands for an entry's label: that it has no change, where the payer says so, else what
    was done.
    """
    return "No change" if entry.severity == "no_change" else entry.action
