"""Dates in every form that payers print: `04/15/2026`, `4/2026`, `1 / 2018`, `March 7, 2025`, `Mar.
2025`, `2025-03-07`, `09-04-14`, `04|15|2026`.

The names of the months stand here alone; `formatting` prints with them, so that what is printed can
be read back.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policy_tracker.record import DateFact
from policy_tracker.record.time import EARLIEST, LATEST

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_NAME = f"(?:{'|'.join(MONTHS)})"
"""A month written out."""
MONTH = (
    "(?:"
    + "|".join(
        f"{name[:3]}(?:{name[3:]}|{'t?' if name == 'September' else ''}\\.?)"
        if name != "May"
        else name
        for name in MONTHS
    )
    + ")"
)
"""A month written out or shortened: `Sep`, `Sept.`, `June`, `Jun.`."""
_NUMBER_OF = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE_PATTERN = (
    r"(?:(?<![\d./-])\d{4}-\d{1,2}-\d{1,2}(?![\d/-])"
    r"|(?<![\d./-])\d{4}/\d{1,2}/\d{1,2}(?![\d/-])"
    r"|(?<![\d./-])(?:19|20)\d{2}\.\d{1,2}\.\d{1,2}(?![\d.])"
    r"|(?<![\d./-])\d{1,2} ?/ ?\d{1,2} ?/ ?(?:\d{4}|\d{2})(?![\d/])"
    r"|(?<![\d./-])\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?![\d-])"
    r"|(?<![\d./-])\d{1,2}\.\d{1,2}\.\d{4}(?![\d.])"
    # two digits each: "1.2.24" is a number of a section
    r"|(?<![\w./-])[01]\d\.[0-3]\d\.\d{2}(?![\d.%-])"
    r"|(?<![\d./|-])\d{1,2} ?\| ?\d{1,2} ?\| ?\d{4}(?![\d|])"
    r"|(?<![\d./-])\d{1,2} ?/ ?\d{4}(?![\d/])"
    rf"|\b{MONTH} {_DAY}(?:, ?| )\d{{4}}(?!\d)"
    rf"|(?<!\d){_DAY}(?: of)? {MONTH},? \d{{4}}(?!\d)"
    rf"|(?<![\d-])\d{{1,2}}-{MONTH}-(?:\d{{4}}|\d{{2}})(?![\d-])"
    rf"|\b{MONTH}-\d{{1,2}}-\d{{4}}(?!\d)"
    rf"|\b{MONTH},? ?\d{{4}}(?!\d))"
)
"""A date in any printed form, month alone included; without groups, so that it can stand in other
patterns.
"""
SHORT_MONTH = r"(?:\d{1,2} ?[/-] ?|[01]\d\.)\d{2}\b"
"""A month with two digits of its year (`3/14`, `03.14`), which is a date only where nothing else
can stand.
"""
_DATE = re.compile(DATE_PATTERN, re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SHORT_MONTH = re.compile(rf"(?<![\w./-]){SHORT_MONTH}(?![\w/.%-])")
_PARTED = re.compile(r"\d{1,2} ?[.|] ?(?:\d{1,2} ?[.|] ?\d{2}|\d{4})")
"""A short date whose parts stand apart by points or bars, a month and its year among them."""
_DIGIT = re.compile(r"\d")
"""What every date has, and most texts have not."""
_NUMBERS = re.compile(r"\d+")
_NAME = re.compile(MONTH, re.IGNORECASE)
_PIVOT = 50
"""Two digits above this are a year of the last century: payers began to write policies in the
1960s, and plan a few years ahead.
"""


class PrintedDate(NamedTuple):
    """A date as found in a text: ISO (a month where no day is printed), as printed, and where."""

    iso: str
    raw: str
    start: int
    end: int


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year > _PIVOT else 2000)


def _iso(year: int, month: int, day: int | None) -> str | None:
    """ISO text of a day or month of the calendar, None for anything else."""
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        first = dt.date(year, month, day or 1)
    except ValueError:
        return None
    return first.isoformat() if day else f"{first:%Y-%m}"


def _of_numbers(numbers: list[str]) -> str | None:
    if len(numbers[0]) == 4:
        return _iso(int(numbers[0]), int(numbers[1]), int(numbers[2]))
    year = _year(numbers[-1])
    if len(numbers) == 2:
        return _iso(year, int(numbers[0]), None)
    month, day = int(numbers[0]), int(numbers[1])
    # the US order first; 25/04/2026 can only be the other
    return _iso(year, month, day) or _iso(year, day, month)


def iso_of(raw: str) -> str | None:
    """The ISO form of a printed date, None where it is no date of the calendar (13/45/2025)."""
    numbers = _NUMBERS.findall(raw)
    name = _NAME.search(raw)
    if not name:
        return _of_numbers(numbers) if len(numbers) in (2, 3) else None
    month = _NUMBER_OF[name[0][:3].lower()]
    return _iso(_year(numbers[-1]), month, int(numbers[0]) if len(numbers) == 2 else None)


def dates_in(text: str) -> Iterator[PrintedDate]:
    """All dates that `text` prints, in order."""
    for match in _DATE.finditer(text) if _DIGIT.search(text) else ():
        if iso := iso_of(match[0]):
            yield PrintedDate(iso, match[0], match.start(), match.end())


def first_date(text: str) -> PrintedDate | None:
    """The first date that `text` prints."""
    return next(dates_in(text), None)


def compact_date(text: str) -> PrintedDate | None:
    """The date that a text of eight digits alone is (`20260101`), as files made by programs print
    it; only for what stands in a column of dates, where nothing else can.
    """
    match = _COMPACT.fullmatch(text.strip())
    iso = _iso(*(int(part) for part in match.groups())) if match else None
    start = len(text) - len(text.lstrip())
    return PrintedDate(iso, match[0], start, start + len(match[0])) if match and iso else None


def date_at_start(text: str) -> PrintedDate | None:
    """The date with which `text` begins, or None."""
    match = _DATE.match(text)
    iso = iso_of(match[0]) if match else None
    return PrintedDate(iso, match[0], 0, match.end()) if match and iso else None


def months_in(text: str) -> Iterator[PrintedDate]:
    """The months with two digits of their year (`3/14`) with which a value begins, and those of a
    series that goes on behind a semicolon or comma: "6/23 (new limits); 1/26".

    Only for what stands behind the label of a date, where nothing else can.
    """
    start = 0
    for part in re.split("[;,]", text):
        match = _SHORT_MONTH.match(part, len(part) - len(part.lstrip()))
        iso = iso_of(match[0]) if match else None
        if match is None or iso is None:
            return
        yield PrintedDate(iso, match[0], start + match.start(), start + match.end())
        start += len(part) + 1


def _is_series(words: str, found: Sequence[PrintedDate]) -> bool:
    """Whether words are a row of dates, each perhaps with a note in brackets."""
    ends = [0, *(date.end for date in found)]
    starts = [*(date.start for date in found), len(words)]
    between = " ".join(words[end:start] for end, start in zip(ends, starts, strict=True))
    return re.fullmatch(r"(?:\W|\band\b)*", re.sub(r"\([^()]*(?:\)|$)", " ", between)) is not None


def fact_of(raw: str, *, newest: bool = False) -> DateFact | None:
    """What a printed value says: `dated`, `ambiguous` (several dates), `undated` (words only); None
    where it is empty.

    Of several dates the first counts, or the `newest` where nothing but notes in brackets stands
    between them: a series that grows, as those of reviews and revisions do.
    """
    words = " ".join(raw.split())
    if not words:
        return None
    found = list(dates_in(words)) or list(months_in(words))
    if not found and _PARTED.fullmatch(words):  # alone behind its label no number of a section
        slashed = re.sub(r" ?[.|] ?", "/", words)
        alone = list(dates_in(slashed)) or list(months_in(slashed))
        found = [date._replace(raw=words) for date in alone]
    if not found:
        return DateFact(raw=words, status="undated")
    if newest and _is_series(words, found):
        found.sort(key=lambda date: date.iso, reverse=True)
    several = len({date.iso for date in found}) > 1
    return DateFact(
        date=found[0].iso,
        raw=words if several else found[0].raw,
        status="ambiguous" if several else "dated",
    )
