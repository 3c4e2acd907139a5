"""From when a payer applies a version, and on what that rests.

The start of a version is no matter of its record alone: many payers print the policy's first
effective date in every version, so that only the siblings show which date is the version's own.
Highmark RP-021 prints January 29, 2018 in all seven of its versions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

from policy_tracker.record.base import Value
from policy_tracker.record.content import Record
from policy_tracker.record.time import DateFact, parse_iso
from policy_tracker.record.vocabulary import DateBasis, DateName, MarkName

IssuedAs = Literal["issued", "published", "revised", "last_review"]
StatedAs = Literal["effective", "issued", "published", "revised", "last_review", "unknown"]

ISSUE_DATES: tuple[IssuedAs, ...] = ("issued", "published", "revised", "last_review")
"""The dates that say when a version came out, best first.

Some payers print no other than the last review.
"""
ORDINARY_DELAY = timedelta(days=180)
"""A version that came out later than this after its printed effective date did not start on that
date, unless dating back is ordinary.
"""


class Start(Value):
    """From when a version applies.

    `day` (None: start unknown), which of its dates says so, and the date of a claim that is
    compared with it. `issued` is the day on which the version came out, as far as it is printed;
    `policy_effective` is the printed effective date where it gave way to that day.
    """

    day: date | None
    stated_as: StatedAs
    basis: DateBasis
    policy_effective: date | None = None
    issued: date | None = None


class Timing(Value):
    """The dated facts of one record, from which everything about time is derived; it is small, so
    that nobody reads whole records for it.

    `issued` is the day on which the version came out, said by the date `issued_as`; `claims` are
    the days near which the version's own row of its history lies (last revised, last reviewed);
    `label` is the payer's own name of the version; `history` are the days of the payer's revision
    history, earliest first, each once; `checked_on` is the day on which the document was fetched.
    """

    effective: date | None = None
    basis: DateBasis = "unknown"
    issued: date | None = None
    issued_as: IssuedAs | None = None
    claims: tuple[date, ...] = ()
    superseded_on: date | None = None
    retired: date | None = None
    label: str | None = None
    history: tuple[date, ...] = ()
    marks: tuple[MarkName, ...] = ()
    checked_on: date | None = None


def timing_of(record: Record) -> Timing:
    """The dated facts of a record.

    A month counts as its first day; a date that is `ambiguous` or `undated` counts as none.
    """
    effective = record.dates.get("effective")
    issued_as = next((name for name in ISSUE_DATES if _day(record, name)), None)
    return Timing(
        effective=_day(record, "effective"),
        basis=(effective.basis if effective else None) or "unknown",
        issued=_day(record, issued_as) if issued_as else None,
        issued_as=issued_as,
        claims=tuple(day for name in ("revised", "last_review") if (day := _day(record, name))),
        superseded_on=_day(record, "superseded_on"),
        retired=_day(record, "retired"),
        label=record.version_label,
        history=tuple(sorted({parse_iso(row.date) for row in record.revision_history if row.date})),
        marks=tuple(dict.fromkeys(mark.mark for mark in record.marks)),
        checked_on=parse_iso(record.retrieved) if record.retrieved else None,
    )


def _day(record: Record, name: DateName) -> date | None:
    fact: DateFact | None = record.dates.get(name)
    return fact.first_day if fact and fact.status in ("dated", "inferred") else None


def starts_of(timings: Mapping[str, Timing], *, dates_back: bool = False) -> dict[str, Start]:
    """The start of each of a policy's versions, by its name.

    The printed effective date counts. It gives way to the day on which the version came out where
    another version prints the same one, or where the version came out more than 180 days later and
    the payer (`dates_back`) does not date back as a matter of course. Without any date the start is
    unknown.
    """
    printed = Counter(timing.effective for timing in timings.values() if timing.effective)
    return {
        version: start_of(timing, shared=printed[timing.effective] > 1, dates_back=dates_back)
        if timing.effective
        else _undated(timing)
        for version, timing in timings.items()
    }


def start_of(timing: Timing, *, shared: bool = False, dates_back: bool = False) -> Start:
    """The start of one version; `shared` where another version of the policy prints the same
    effective date.
    """
    effective, issued = timing.effective, timing.issued
    if effective is None:
        return _undated(timing)
    late = issued is not None and issued > effective
    if (
        late
        and issued
        and timing.issued_as
        and (shared or (issued - effective > ORDINARY_DELAY and not dates_back))
    ):
        return Start(
            day=issued,
            stated_as=timing.issued_as,
            basis=timing.basis,
            policy_effective=effective,
            issued=issued,
        )
    return Start(day=effective, stated_as="effective", basis=timing.basis, issued=issued)


def _undated(timing: Timing) -> Start:
    return Start(
        day=timing.issued,
        stated_as=timing.issued_as or "unknown",
        basis=timing.basis,
        issued=timing.issued,
    )


def natural(label: str) -> tuple[Any, ...]:
    """What sorts labels as people do, with the numbers in them as numbers: `v9` before `v10`."""
    pieces = re.split(r"(\d+)", " ".join(label.split()).casefold())
    return tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces))


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LAST_NUMBER = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>\D*)", re.DOTALL)


def skipped(earlier: str | None, later: str | None) -> int:
    """How many versions the payer's own numbering leaves out between two labels: 3 from `2024 P
    2116-18` to `2025 P 2116-22`.

    The last number of a label counts, where what stands around it is the same but for a year. 0
    where nothing is left out or no numbering is seen.
    """
    one, two = (
        _LAST_NUMBER.fullmatch(label.strip()) if label else None for label in (earlier, later)
    )
    if one is None or two is None:
        return 0
    around = [
        (_YEAR.sub("#", match["before"]).casefold(), match["after"].casefold())
        for match in (one, two)
    ]
    return max(0, int(two["number"]) - int(one["number"]) - 1) if around[0] == around[1] else 0
