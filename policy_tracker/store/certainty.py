"""How certain it is that the edition named for a day was the payer's text on that day.

`certain`: it had been issued, and either the next edition on file says when it ended, or the day lies no later than the last check that
found it unchanged. `presumed`: nothing speaks against it, and nobody has looked since. `uncertain`: something is known to be missing.
About the text on file, never about payment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_tracker.record.vocabulary import ARCHIVE_MARKS
from policy_tracker.store.line import Line, Standing, rows_after

if TYPE_CHECKING:
    from policy_tracker.store.views import Certainty


@dataclass(frozen=True, slots=True)
class Sureness:
    """How certain an answer is, with its reasons, each one plain sentence."""

    certainty: Certainty
    reasons: tuple[str, ...]


def sureness(line: Line, top: Standing, day: date) -> Sureness:
    """How certain it is that `top`, which governs by the dates that are known, was the payer's text on a day."""
    doubts = tuple(_doubts(line, top, day))
    if doubts:
        return Sureness("uncertain", doubts)
    guesses = tuple(_guesses(line, top, day))
    return Sureness("presumed", guesses) if guesses else Sureness("certain", (_ground(line, top, day),))


def _doubts(line: Line, top: Standing, day: date) -> list[str]:
    """What is known to be missing for this day."""
    name, start = top.entry.edition, top.start
    if start.day is None:
        return [f"From when edition {name} applied is not known."]
    found = []
    if tied := line.tied(top):
        found.append(f"Editions {', '.join(tied[:-1])} and {tied[-1]} start on the same day, and nothing says which came last.")
    if top.place == 0 and start.issued and day < start.issued:
        found.append(f"Edition {name} was issued on {start.issued}, and no earlier edition is on file.")
    hole, following = line.holes.get(top.place), line.next_of(top)
    if hole and following and hole.begin <= day:
        found.append(_missing(hole.missing, hole.begin, following.entry.edition))
    elif not following and (later := [row for row in rows_after(top) if row <= day]):
        found.append(f"The revision history of edition {name} names a revision of {later[0]}, which is not on file.")
    mark = next((mark for mark in top.entry.timing.marks if mark in ARCHIVE_MARKS), None)
    if mark and (following is None or (hole and not hole.dated)):
        found.append(f"Edition {name} is marked {mark.upper()}, and the edition that replaced it is not on file.")
    return found


def _missing(missing: int, begin: date, following: str) -> str:
    versions = "1 version is" if missing == 1 else f"{missing} versions are"
    return f"{versions} known not to be on file between {begin} and edition {following}."


def _guesses(line: Line, top: Standing, day: date) -> list[str]:
    """Why this is no more than presumed."""
    name, issued, start = top.entry.edition, top.start.issued, top.start.day
    if issued and start and day < issued:
        late = (issued - start).days
        return [f"Edition {name} was issued {late} {'day' if late == 1 else 'days'} after it took effect."]
    following, checked_on = line.next_of(top), top.entry.timing.checked_on
    if checked_on and day <= checked_on:
        return []
    if following is None:
        last = f"last checked on {checked_on}" if checked_on else "not checked since it was issued"
        return [f"No later edition is on file, and edition {name} was {last}."]
    if top.place in line.holes:
        return [f"The edition that replaced edition {name} is not on file; no revision is known before {line.holes[top.place].begin}."]
    return []


def _ground(line: Line, top: Standing, day: date) -> str:
    name, checked_on, following = top.entry.edition, top.entry.timing.checked_on, line.next_of(top)
    if checked_on and day <= checked_on and (following is None or top.place in line.holes):
        return f"Edition {name} was the payer's text when it was fetched on {checked_on}."
    return f"Edition {name} had been issued, and edition {following.entry.edition if following else ''} says when it ended."


def turning_days(line: Line) -> list[date]:
    """Every day on which the answer, or how certain it is, may change."""
    days: set[date | None] = set()
    for one in line.stand:
        timing = one.entry.timing
        days |= {one.start.day, timing.superseded_on, timing.retired}
        if one.start.day:
            days |= {one.start.issued, *rows_after(one)}
            days.add(timing.checked_on + timedelta(days=1) if timing.checked_on else None)
    days |= {hole.begin for hole in line.holes.values()}
    return sorted(day for day in days if day)
