"""Bars in valid time for an SVG: places are percentages of the drawing's width, so that bars
stretch with the page and letters do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEAST_MARGIN = timedelta(days=60)
_LETTER, _LETTER_ON_PHONE = 0.72, 2.3
"""Percent of the width that a letter of a label takes; a bar without room for its label has none,
and the table says it.
"""


@dataclass(frozen=True, slots=True)
class BarSpan:
    """What a bar shows: from `start` (None: unknown or indefinite) until before `end` (None:
    open).
    """

    start: date | None
    end: date | None
    tone: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: `x` and `width` in percent, whether its ends are open, its colour's class, its label
    (None: no room), its whole sentence.

    `fits_phone` is whether the label has room where a page is narrow.
    """

    x: str
    width: str
    open_start: bool
    open_end: bool
    tone: str
    label: str | None
    fits_phone: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis of time."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The stretch of time that a drawing shows."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day lies, in percent of the width, kept inside of it."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return 100 * min(1.0, max(0.0, share))


def scale_of(stretches: Iterable[BarSpan], today: date) -> Scale:
    """A scale that shows every known end and today, with room for what is open on either side."""
    days = [today, *(day for stretch in stretches for day in (stretch.start, stretch.end) if day)]
    margin = max(_LEAST_MARGIN, (max(days) - min(days)) * 0.18)
    return Scale(first=_shifted(min(days), -margin), last=_shifted(max(days), margin))


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def bars_of(stretches: Sequence[BarSpan], scale: Scale) -> tuple[Bar, ...]:
    """The bars of one lane."""
    return tuple(_bar(stretch, scale) for stretch in stretches)


def _bar(stretch: BarSpan, scale: Scale) -> Bar:
    left = scale.at(stretch.start) if stretch.start else 0.0
    right = scale.at(stretch.end) if stretch.end else 100.0
    width = max(0.4, right - left)
    letters = len(stretch.label) + 2
    return Bar(
        x=percent(left),
        width=percent(width),
        open_start=stretch.start is None,
        open_end=stretch.end is None,
        tone=stretch.tone,
        label=stretch.label if width >= _LETTER * letters else None,
        fits_phone=width >= _LETTER_ON_PHONE * letters,
        sentence=stretch.sentence,
    )


def percent(value: float) -> str:
    """A number of percent for an attribute of an SVG."""
    return f"{value:.2f}%"


def ticks_of(scale: Scale) -> tuple[Tick, ...]:
    """Marks at the beginnings of years, or of quarters or months where the scale is short."""
    length = (scale.last - scale.first).days
    months = 12 if length > 900 else 3 if length > 300 else 1
    span = range(scale.first.year, scale.last.year + 1)
    days = [date(year, month, 1) for year in span for month in range(1, 13, months)]
    shown = [day for day in days if scale.first < day < scale.last]
    step = 1 + len(shown) // 9
    return tuple(
        Tick(
            x=percent(scale.at(day)),
            label=str(day.year) if months == 12 else formatting.short_month(day),
        )
        for place, day in enumerate(shown)
        if place % step == 0 and 4 < scale.at(day) < 93
    )
