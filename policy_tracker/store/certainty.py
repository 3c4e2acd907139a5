"""How certain it is that the version named for a day was the payer's text on that day.

`certain`: it had been issued, and either the next version on file says when it ended, or the day
lies no later than the last check that found it unchanged. `presumed`: nothing speaks against it,
and nobody has looked since. `uncertain`: something is known to be missing. About the text on file,
never about payment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_tracker.language.formatting import counted, listed
from policy_tracker.record.vocabulary import ARCHIVE_MARKS
from policy_tracker.store.line import HeldVersion, VersionLine, rows_after

if TYPE_CHECKING:
    from policy_tracker.store.views import Certainty


@dataclass(frozen=True, slots=True)
class Sureness:
    """How certain an answer is, with its reasons, each one plain sentence."""

    certainty: Certainty
    reasons: tuple[str, ...]


def sureness(line: VersionLine, top: HeldVersion, day: date) -> Sureness:
    """How certain it is that `top`, which governs by the dates that are known, was the payer's text
    on a day.
    """
    review_reasons = tuple(_review_reasons(line, top, day))
    if review_reasons:
        return Sureness("uncertain", review_reasons)
    guesses = tuple(_guesses(line, top, day))
    return (
        Sureness("presumed", guesses)
        if guesses
        else Sureness("certain", (_ground(line, top, day),))
    )


def _review_reasons(line: VersionLine, top: HeldVersion, day: date) -> list[str]:
    """What is known to be missing for this day."""
    name, start = top.entry.version, top.start
    if start.day is None:
        return [f"From when version {name} applied is not known."]
    found = []
    first = next(one for one in line.stand if one.start.day)
    if top is first and start.issued and day < start.issued:
        found.append(
            f"Version {name} was issued on {start.issued}, and no earlier version is on file."
        )
    found += unsettled(line, top, day)
    hole, mark = line.holes.get(top.place), _mark(top)
    if mark and (line.next_of(top) is None or (hole and not hole.dated)):
        found.append(
            f"Version {name} is marked {mark.upper()}, and the version that replaced it is "
            f"not on file."
        )
    return found


def unsettled(line: VersionLine, top: HeldVersion, day: date) -> list[str]:
    """Why another version than `top` may have been the last to start by a day: several that nothing
    puts in order, or one not on file.
    """
    found = []
    if tied := line.tied(top):
        when = "start on the same day" if top.start.day else "start at an unknown time"
        found.append(f"Versions {listed(tied)} {when}, and nothing says which came last.")
    if hole := line.missing_on(day):
        found.append(_missing(hole.missing, hole.begin, hole.before))
    last = line.stand[-1]
    if later := [row for row in rows_after(last) if row <= day]:
        found.append(
            f"The revision history of version {last.entry.version} names a revision of "
            f"{later[0]}, which is not on file."
        )
    return found


def _mark(one: HeldVersion) -> str | None:
    """The mark that says that a version had ended when it was fetched."""
    return next((mark for mark in one.entry.timing.marks if mark in ARCHIVE_MARKS), None)


def _missing(missing: int, begin: date, following: str) -> str:
    versions = counted(missing, "version is", "versions are")
    return f"{versions} known not to be on file between {begin} and version {following}."


def _guesses(line: VersionLine, top: HeldVersion, day: date) -> list[str]:
    """Why this is no more than presumed."""
    name, issued, start = top.entry.version, top.start.issued, top.start.day
    if issued and start and day < issued:
        late = (issued - start).days
        return [f"Version {name} was issued {counted(late, 'day')} after it took effect."]
    if _was_checked(top, day):
        return []
    following, checked_on = line.next_of(top), top.entry.timing.checked_on
    if following is None:
        last = f"last checked on {checked_on}" if checked_on else "not checked since it was issued"
        return [f"No later version is on file, and version {name} was {last}."]
    if top.place in line.holes:
        return [
            (
                f"The version that replaced version {name} is not on file; no revision is known "
                f"before {line.holes[top.place].begin}."
            )
        ]
    return []


def _was_checked(top: HeldVersion, day: date) -> bool:
    """Whether it was fetched as the payer's text on a day or later; what is stamped ARCHIVED when
    it is fetched was not that any more.
    """
    checked_on = top.entry.timing.checked_on
    return checked_on is not None and day <= checked_on and not _mark(top)


def _ground(line: VersionLine, top: HeldVersion, day: date) -> str:
    name, following = top.entry.version, line.next_of(top)
    if following is None or (top.place in line.holes and _was_checked(top, day)):
        return (
            f"Version {name} was the payer's text when it was fetched on "
            f"{top.entry.timing.checked_on}."
        )
    return (
        f"Version {name} had been issued, and version {following.entry.version} says when it ended."
    )


def turning_days(line: VersionLine) -> list[date]:
    """Every day on which the answer, or how certain it is, may change."""
    days: set[date | None] = set()
    for one in line.stand:
        timing = one.entry.timing
        days |= {one.start.day, timing.superseded_on, timing.retired}
        if one.start.day:
            days |= {one.start.issued, *rows_after(one)}
            days.add(timing.checked_on + timedelta(days=1) if timing.checked_on else None)
    days |= {hole.begin for holes in (line.holes, line.strays) for hole in holes.values()}
    return sorted(day for day in days if day)
