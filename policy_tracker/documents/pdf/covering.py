"""Words of a PDF page that nobody sees because of what is painted around them: white on white, in
the colour of the bar behind them, or under an area that is painted over them.

Only pages that give a sign of it are looked at so: nearly white letters, or an area that is painted
after words.
"""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from policy_tracker.documents.pdf.chars import (
    address_of,
    kind_of,
    object_at,
    object_bounds,
    places_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.pdf.chars import Chars, Frame
    from policy_tracker.documents.pdf.shapes import Box
    from policy_tracker.documents.text_lines import TextLine

_NEAR = 16
"""Of 255: colours that differ by less in red, green and blue look the same."""
_WHITE = (255, 255, 255)
_OPAQUE = 250  # of 255
_INSIDE = 1.0
"""Points by which a letter may reach out of the area that covers it."""

_ROW, _MOST_ROWS = 16.0, 200
"""Points of height by which areas are looked up, and so many of them at most."""

Colour = tuple[int, int, int]
Late = tuple[int, "Box"]


@dataclass(frozen=True, slots=True)
class Area:
    """A painted area: its place in the order of painting, its box, its colour; None where it has
    several, as pictures and shadings do.
    """

    order: int
    box: Box
    colour: Colour | None


def areas_of(page: ctypes.c_void_p, frame: Frame) -> list[Area]:
    """The areas painted on a page, in the order of painting."""
    found = list(_areas(page, frame))
    return sorted(found, key=lambda area: area.order)


def _areas(page: ctypes.c_void_p, frame: Frame) -> Iterator[Area]:
    edges = (ctypes.c_float * 4)()
    to_edges = places_in(edges)
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    own = address_of(page)
    for order in range(pdfium.FPDFPage_CountObjects(page)):
        item = object_at(own, order)
        kind = kind_of(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        if not object_bounds(item, *to_edges):
            continue
        left, bottom, right, top = edges[:]
        box = frame.box(left, bottom, right, top)
        handle = pdfium.FPDFPage_GetObject(page, order)
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            yield Area(order, box, None)
            continue
        pdfium.FPDFPath_GetDrawMode(handle, filled, stroked)
        if not filled.value or pdfium.FPDFPageObj_HasTransparency(handle):
            continue
        pdfium.FPDFPageObj_GetFillColor(handle, red, green, blue, opacity)
        if opacity.value >= _OPAQUE:
            yield Area(order, box, (red.value, green.value, blue.value))


def unseen(
    chars: Chars,
    text: str,
    lines: Sequence[TextLine],
    page: ctypes.c_void_p,
    frame: Frame,
    late: Sequence[Late],
) -> list[int]:
    """The characters of lines that nobody sees; `late` are the areas that are painted after words,
    with their places in the order of painting.
    """
    wanted = [line for line in lines if line.pale]
    painted: _Orders | None = None
    if late:
        rows = _by_row(late)
        near = [(line, over) for line in lines if (over := _over(line, rows))]
        if near:
            painted = _Orders(page, chars)
            wanted += [line for line, over in near if not line.pale and painted.before(line, over)]
    if not wanted:
        return []
    painted = painted or _Orders(page, chars)
    areas = areas_of(page, frame)
    return [
        index
        for line in wanted
        for here in [[area for area in areas if _touches(line, area.box)]]
        for index in range(line.start, line.end + 1)
        if not text[index].isspace() and _is_unseen(chars, index, here, painted)
    ]


def _by_row(late: Sequence[Late]) -> dict[int, list[Late]]:
    rows: dict[int, list[Late]] = {}
    for one in late:
        first, last = int(one[1][1] // _ROW), int(one[1][3] // _ROW)
        for row in range(first, min(last, first + _MOST_ROWS) + 1):
            rows.setdefault(row, []).append(one)
    return rows


def _over(line: TextLine, rows: dict[int, list[Late]]) -> list[Late]:
    middle = (line.top + line.bottom) / 2
    return [one for one in rows.get(int(middle // _ROW), ()) if _touches(line, one[1])]


def _touches(line: TextLine, box: Box) -> bool:
    left, top, right, bottom = box
    middle = (line.top + line.bottom) / 2
    return top <= middle <= bottom and left <= line.right and right >= line.left


class _Orders:
    """When the words of a page are painted."""

    def __init__(self, page: ctypes.c_void_p, chars: Chars) -> None:
        own = address_of(page)
        count = pdfium.FPDFPage_CountObjects(page)
        items = map(object_at, itertools.repeat(own), range(count))
        self.orders = dict(zip(items, range(count), strict=True))
        self.chars = chars

    def of(self, index: int) -> int | None:
        """The place of a character in the order of painting; None within a form."""
        return self.orders.get(self.chars.object_of(index))

    def before(self, line: TextLine, late: Sequence[Late]) -> bool:
        """Whether a line begins or ends with words that are painted before one of the areas."""
        ends = [order for index in (line.start, line.end) if (order := self.of(index)) is not None]
        return any(area > order for order in ends for area, _ in late)


def _is_unseen(chars: Chars, index: int, areas: Sequence[Area], painted: _Orders) -> bool:
    if chars.is_clear(index):
        return True
    left, top, right, bottom = chars.box(index)
    x, y = (left + right) / 2, (top + bottom) / 2
    here = [
        area
        for area in areas
        if area.box[0] <= x <= area.box[2] and area.box[1] <= y <= area.box[3]
    ]
    order = painted.of(index)
    if order is not None and any(
        area.order > order
        and area.colour is not None
        and _covers(area.box, (left, top, right, bottom))
        for area in here
    ):
        return True
    behind = [area for area in here if order is None or area.order < order]
    colour = behind[-1].colour if behind else _WHITE
    ink = chars.ink(index)
    return colour is not None and all(
        abs(one - other) <= _NEAR for one, other in zip(ink, colour, strict=True)
    )


def _covers(area: Box, letter: Box) -> bool:
    return (
        area[0] - _INSIDE <= letter[0]
        and area[1] - _INSIDE <= letter[1]
        and area[2] + _INSIDE >= letter[2]
        and area[3] + _INSIDE >= letter[3]
    )
