"""The line of a policy's versions in valid time: which come after which, from when each applies,
and what is missing between two.

Everything here follows from the dated facts of what is held (`record.Timing`). Nothing hangs on the
order in which it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from policy_tracker.record.validity import Start, natural, skipped, starts_of
from policy_tracker.store.views import Gap

if TYPE_CHECKING:
    from policy_tracker.record import Timing

OWN_ROW = timedelta(days=120)
"""The newest row of a history is the version's own where it lies this near to one of the version's
dates. Payers date rows by the month, by the committee's meeting or by the day of issue.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision of a version, as the timeline reads it; `sequence` is the journal's, `number`
    counts within the version.

    `dates_back` says that its payer dates back as a matter of course.
    """

    version: str
    revision_id: int
    number: int
    sequence: int
    timing: Timing
    withdrawn: bool = False
    dates_back: bool = False

    @property
    def end(self) -> date | None:
        """The first day on which its own dates say that it no longer applies."""
        return min(
            (day for day in (self.timing.superseded_on, self.timing.retired) if day), default=None
        )


@dataclass(frozen=True, slots=True)
class HeldVersion:
    """A version as it stands: its newest revision, from when it applies, and its place in the line,
    counted from 0.

    `group` is the same for versions that nothing puts in order; a withdrawn version has the place
    that it would have had.
    """

    entry: Entry
    start: Start
    place: int
    group: int


@dataclass(frozen=True, slots=True)
class Hole:
    """Versions that nobody holds, from `begin` until the next version on file, `before`, starts.

    `dated` where a history names the day of every one of them: until `begin` nothing is missing.
    The version on file earlier is last known to have been the payer's text on `known`.
    """

    begin: date
    until: date
    missing: int
    dated: bool
    known: date
    before: str

    @property
    def gap(self) -> Gap:
        """The days between which a change came, as a comparison says it."""
        return Gap(after=min(self.known, self.begin), before=self.until, missing=self.missing)

    def holds(self, day: date) -> bool:
        """Whether another version than the one on file may have been the payer's text on a day."""
        return self.begin <= day < self.until


@dataclass(frozen=True, slots=True)
class VersionLine:
    """The versions of a policy that stand, earliest first, those that were withdrawn, and what is
    missing after each (by place).

    `holes` are seen from the version that ends them. `strays` are those that only a later version's
    history tells of: it names a revision from before the version that precedes it.
    """

    stand: tuple[HeldVersion, ...]
    withdrawn: tuple[HeldVersion, ...]
    holes: dict[int, Hole]
    strays: dict[int, Hole]

    def next_of(self, one: HeldVersion) -> HeldVersion | None:
        """The version that follows one in valid time."""
        return self.stand[one.place + 1] if one.place + 1 < len(self.stand) else None

    def tied(self, one: HeldVersion) -> tuple[str, ...]:
        """All versions that nothing puts in order with this one, itself included; empty where there
        is no other.
        """
        names = tuple(
            sorted(other.entry.version for other in self.stand if other.group == one.group)
        )
        return names if len(names) > 1 else ()

    def missing_after(self, place: int) -> Hole | None:
        """All that is missing between the version at a place and the one that follows it."""
        own, stray = self.holes.get(place), self.strays.get(place)
        if own is None or stray is None:
            return own or stray
        return replace(
            own, begin=min(own.begin, stray.begin), missing=max(own.missing, stray.missing)
        )

    def missing_on(self, day: date) -> Hole | None:
        """What is missing on a day."""
        return next(
            (
                hole
                for holes in (self.holes, self.strays)
                for hole in holes.values()
                if hole.holds(day)
            ),
            None,
        )


def line_of(entries: Iterable[Entry] | VersionLine, known: int | None = None) -> VersionLine:
    """The line of a policy's versions by what was recorded until sequence `known` (None: all)."""
    if isinstance(entries, VersionLine):
        return entries
    newest: dict[str, Entry] = {}
    for entry in entries:
        if known is not None and entry.sequence > known:
            continue
        held = newest.get(entry.version)
        if held is None or entry.number > held.number:
            newest[entry.version] = entry
    stand = _in_line([entry for entry in newest.values() if not entry.withdrawn])
    withdrawn = tuple(_beside(stand, entry) for entry in newest.values() if entry.withdrawn)
    holes, strays = _holes(stand)
    return VersionLine(
        stand,
        tuple(
            sorted(
                withdrawn,
                key=lambda one: (one.place, _rank(one.entry, one.start), one.entry.version),
            )
        ),
        holes,
        strays,
    )


def _in_line(held: Sequence[Entry]) -> tuple[HeldVersion, ...]:
    dates_back = any(entry.dates_back for entry in held)
    starts = starts_of({entry.version: entry.timing for entry in held}, dates_back=dates_back)
    ranked = sorted((_rank(entry, starts[entry.version]), entry.version, entry) for entry in held)
    found: list[HeldVersion] = []
    group = 0
    for _, same in groupby(ranked, key=lambda one: one[0][:3]):
        for entries in _by_label([entry for *_, entry in same]):
            found += [
                HeldVersion(entry, starts[entry.version], len(found) + place, group)
                for place, entry in enumerate(entries)
            ]
            group += 1
    return tuple(found)


def _rank(entry: Entry, start: Start) -> tuple[Any, ...]:
    """Later in valid time is greater.

    A version of unknown start comes before all others, in the order of their known ends.
    """
    return (
        start.day is not None,
        start.day or entry.end or date.max,
        start.issued or date.min,
        natural(entry.timing.label or ""),
    )


def _by_label(entries: list[Entry]) -> list[list[Entry]]:
    """Versions that their dates do not put in order, by the payer's own labels; those that nothing
    orders stand together, last.

    Without a label nothing orders a version; of two whose labels are equal as people read them
    nothing does either.
    """
    if len(entries) == 1:
        return [entries]
    labels = [natural(entry.timing.label) if entry.timing.label else None for entry in entries]
    greatest = max((label for label in labels if label is not None), default=None)
    last = [
        entry
        for entry, label in zip(entries, labels, strict=True)
        if label is None or label == greatest
    ]
    earlier = [entry for entry in entries if entry not in last]
    together = [
        list(same)
        for _, same in groupby(earlier, key=lambda entry: natural(entry.timing.label or ""))
    ]
    return [*together, sorted(last, key=lambda entry: entry.version)]


def _beside(stand: tuple[HeldVersion, ...], entry: Entry) -> HeldVersion:
    """A withdrawn version, at the place where it would stand among those that do."""
    among = _in_line([*(one.entry for one in stand), entry])
    start = next(one.start for one in among if one.entry is entry)
    rank = _rank(entry, start)
    return HeldVersion(entry, start, sum(_rank(one.entry, one.start) < rank for one in stand), -1)


def last_known(one: HeldVersion) -> date | None:
    """The last day on which a version is known to have been the payer's text: its start, its issue
    or its last check.
    """
    days = [day for day in (one.start.day, one.start.issued, one.entry.timing.checked_on) if day]
    return max(days, default=None)


def _holes(stand: tuple[HeldVersion, ...]) -> tuple[dict[int, Hole], dict[int, Hole]]:
    """What is missing after each version, by the history of the one that follows it, and by that of
    one which comes later still.
    """
    holes: dict[int, Hole] = {}
    astray: dict[int, set[date]] = {}
    held = {day for one in stand for day in (one.start.day, one.start.issued) if day}
    for earlier, later in pairwise(stand):
        if earlier.start.day is None or later.start.day is None:
            continue
        rows = _rows_between(earlier, later)
        between = [row for row in rows if row >= earlier.start.day]
        before = [row for row in rows if row < earlier.start.day and row not in held]
        if hole := _hole(earlier, later, between, len(before)):
            holes[earlier.place] = hole
        for row in before:
            if begun := [
                one.place for one in stand if one.start.day is None or one.start.day <= row
            ]:
                astray.setdefault(begun[-1], set()).add(row)
    return holes, {
        place: _stray(stand[place], stand[place + 1], rows) for place, rows in astray.items()
    }


def _hole(
    earlier: HeldVersion, later: HeldVersion, rows: list[date], named_elsewhere: int
) -> Hole | None:
    """What is missing between two held versions that follow one another, by the later one's history
    and the payer's numbering.

    Of the versions that the numbering leaves out some may be named as older than the earlier
    version.
    """
    until, known = later.start.day, last_known(earlier)
    left_out = skipped(earlier.entry.timing.label, later.entry.timing.label) - named_elsewhere
    missing = max(len(rows), left_out)
    if missing < 1 or until is None or known is None:
        return None
    dated = len(rows) >= left_out
    begin = min([*rows[:1], *([] if dated else [known + timedelta(days=1)])])
    return Hole(begin, until, missing, dated, known, later.entry.version) if begin < until else None


def _stray(earlier: HeldVersion, later: HeldVersion, rows: set[date]) -> Hole:
    begin, until = min(rows), later.start.day or date.max
    return Hole(
        begin,
        until,
        len(rows),
        dated=True,
        known=last_known(earlier) or begin,
        before=later.entry.version,
    )


def _rows_between(earlier: HeldVersion, later: HeldVersion) -> tuple[date, ...]:
    """The days of revisions that the later version's history names, newer than all that the earlier
    one tells of, and not later than it.

    Some may lie before the earlier version: it applied later than it was written down, or its
    history was cut short.
    """
    history, until = earlier.entry.timing.history, later.start.day or date.min
    since = history[-1] if history else _latest_own(earlier)
    own = own_row(later)
    return tuple(day for day in later.entry.timing.history if since < day <= until and day != own)


def _latest_own(one: HeldVersion) -> date:
    return max(day for day in (one.start.day, one.start.issued) if day)


def own_row(one: HeldVersion) -> date | None:
    """The day of the version's own row of its history: the newest, where it lies near one of the
    version's dates.
    """
    timing = one.entry.timing
    if not timing.history:
        return None
    newest = timing.history[-1]
    near = [day for day in (one.start.day, one.start.issued, *timing.claims) if day]
    return newest if any(abs(newest - day) <= OWN_ROW for day in near) else None


def rows_after(one: HeldVersion) -> tuple[date, ...]:
    """The days of revisions that a version's own history names and that are later than the version
    itself.
    """
    if one.start.day is None:
        return ()
    own, latest = own_row(one), _latest_own(one)
    return tuple(day for day in one.entry.timing.history if day > latest and day != own)
