"""Values in the English that people read: numbers, amounts with their units, counted nouns, lists
and dates.

What is printed here is read back by the rest of the room (`dates`, `numbers`): one table of months,
one set of plurals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from policy_tracker.language.dates import MONTHS, WEEKDAYS
from policy_tracker.language.inflection import plural, singular
from policy_tracker.record.quantities import Quantity, Span
from policy_tracker.record.time import parse_iso
from policy_tracker.record.vocabulary import Comparator

LONGEST_QUOTE = 60
"""Characters of a text that a message quotes."""
NAMES_SHOWN = 5
"""Names that a sentence lists before it counts the rest."""
BOUND_WORDS: dict[Comparator, str] = {
    "<": "less than ",
    "<=": "up to ",
    "=": "",
    ">=": "at least ",
    ">": "more than ",
}
_DIGITS = 6
"""Digits behind the point that mean something; the others are noise of the computation."""
_JOINED = frozenset({"%", "°"})
"""Units that are printed at their number."""


def number(value: float) -> str:
    """A number as people write it: `24`, `1,200`, `0.5`."""
    return f"{Decimal(repr(round(float(value), _DIGITS))).normalize():,f}"


def measure(value: float, unit: str) -> str:
    """A value with its unit in the right number: `1 month`, `12 months`, `2 patches`, `60%`.

    The unit may be given in the singular or the plural; a bare count ("count") has none.
    """
    if unit in ("", "count"):
        return number(value)
    if unit in _JOINED:
        return f"{number(value)}{unit}"
    return counted(value, singular(unit))


def counted(count: float, one: str, many: str | None = None) -> str:
    """The number with its noun: `1 change`, `3 changes`, `0 policies`, `2 readings wait` where
    `many` says so.
    """
    return f"{number(count)} {one if count == 1 else many or plural(one)}"


def span_words(span: Span) -> str:
    """A span of time or amount in words: `12 months`."""
    return measure(span.value, span.unit)


def limit_words(quantity: Quantity) -> str:
    """A limit in words: `up to 80 units per 12 months`, `at least 18 years`."""
    per = f" per {span_words(quantity.per)}" if quantity.per else ""
    return f"{BOUND_WORDS[quantity.comparator]}{measure(quantity.value, quantity.unit)}{per}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Names in a sentence: `a`, `a and b`, `a, b and c`."""
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def shortened(names: Sequence[str], shown: int = NAMES_SHOWN) -> str:
    """Names in a sentence; beyond `shown`, the rest as a number: `a, b and 3 more`."""
    if len(names) > shown:
        return f"{', '.join(names[:shown])} and {number(len(names) - shown)} more"
    return listed(names)


def beginning(text: str, longest: int = LONGEST_QUOTE) -> str:
    """The beginning of a text for a quotation, with a mark where more of it follows."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def sentence(text: str) -> str:
    """`text` with its first letter raised; the rest is left alone."""
    return text[:1].upper() + text[1:]


def plain_date(day: dt.date) -> str:
    """A day in prose: `September 26, 2025`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def long_date(day: dt.date) -> str:
    """A day on which a deadline hangs: `Friday, September 26, 2025`."""
    return f"{WEEKDAYS[day.weekday()]}, {plain_date(day)}"


def short_date(day: dt.date) -> str:
    """A day in tables, subjects and intervals: `Sep 26, 2025`."""
    return f"{MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def month_words(day: dt.date) -> str:
    """The month of a day: `September 2025`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def short_month(day: dt.date) -> str:
    """The month of a day where room is short: `Sep 2025`."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def iso_words(text: str) -> str:
    """An ISO day or month in words: `September 26, 2025`, `September 2025`.

    Raises DateError for anything else.
    """
    day = parse_iso(text)
    return plain_date(day) if len(text) > len("2025-09") else month_words(day)


def period_words(seconds: int) -> str:
    """How long a period is, in the largest unit that fits it exactly: `minute`, `15 seconds`, `2
    days`; for use behind "every".
    """
    units = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
    length, unit = next((length, unit) for length, unit in units if seconds % length == 0)
    return unit if seconds == length else counted(seconds // length, unit)
