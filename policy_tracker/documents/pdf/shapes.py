"""What is drawn on a PDF page besides text: rules, filled bars, small boxes (perhaps checked) and
pictures.
"""

from __future__ import annotations

import ctypes
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from policy_tracker.documents.pdf.chars import (
    INVISIBLE,
    address_of,
    kind_of,
    object_at,
    object_bounds,
    places_in,
    render_mode,
)

if TYPE_CHECKING:
    from policy_tracker.documents.pdf.chars import Frame

_TEXT = pdfium.FPDF_PAGEOBJ_TEXT
Box = tuple[float, float, float, float]

_THIN = 2.0
"""Points up to which a box is a rule: borders are drawn up to 2 points thick, and often as filled
boxes.
"""
_SHORTEST_DOWN = 6.0
"""Points of a vertical rule at least: a row of a table is higher, a stroke of a drawn letter
hardly.
"""
_SHORTEST_ACROSS = 2.5
"""Points of a horizontal rule at least: the rule under a ">" is some 5 points long, dots are
shorter.
"""
_CHECKBOX = (5.0, 22.0)
"""Points of a checkbox's side at least and at most: letters of 6 points and of 24 have boxes that
wide.
"""
_SQUARE, _SQUARE_SEGMENTS = 3.0, 4
"""Points by which the sides of a drawn square may differ (the stroke is measured with it), and the
segments of its path.
"""
_GRID_SEGMENTS, _LEAST_GRID = 6, 40.0
"""Segments and points of width from which a path is a table drawn in one go, and no single frame.
"""
_LEAST_FRAME = (20.0, 6.0)
"""Points of width and height of a frame or bar that can hold a word; smaller ones are bullets and
marks.
"""
_STRAIGHT = 1.0
"""Points by which a rule's ends may be off level: files round their coordinates."""
_DEEPEST_FORM = 3
_FARTHEST = 20_000.0  # points; pages end at 14,400
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 4_000


@dataclass(slots=True)
class Shapes:
    """The drawing of one page, edges from its top left corner.

    `across`: horizontal rules (left, right, y), underlines included. `down`: vertical rules (top,
    bottom, x). `fills`: coloured areas. `squares`: small outlined boxes with the number of strokes
    inside them. `pictures`: images. `drawn`: how many paths there are.
    `invisible`: whether text is drawn so that nobody sees it. `late`: the areas painted after
    text, each with its place in the order of painting.
    """

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    squares: list[Box] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    drawn: int = 0
    invisible: bool = False
    late: list[tuple[int, Box]] = field(default_factory=list)

    def checked(self, square: Box) -> bool:
        """Whether a cross or a tick is drawn in a square."""
        left, top, right, bottom = square
        inside = [
            stroke
            for stroke in self.strokes
            if stroke[0] >= left - 2
            and stroke[2] <= right + 4
            and stroke[1] >= top - 4
            and stroke[3] <= bottom + 2
        ]
        return bool(inside)


class _ObjectWalker:
    """Walks over the objects of a page and sorts them into `shapes`."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.shapes = frame, Shapes()
        self.left_over = _MOST_OBJECTS
        self.after_text = False
        self.order = 0
        self._edges = (ctypes.c_float * 4)()
        self._to_edges = places_in(self._edges)
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def page(self, page: ctypes.c_void_p) -> None:
        own = address_of(page)
        count = pdfium.FPDFPage_CountObjects(page)
        items = list(map(object_at, itertools.repeat(own), range(count)))
        kinds = list(map(kind_of, items))
        is_text = [kind == _TEXT for kind in kinds]  # most objects are text
        modes = set(map(render_mode, itertools.compress(items, is_text)))
        self.shapes.invisible = not modes.isdisjoint(INVISIBLE)
        first = is_text.index(True) if modes else count
        for index, kind in enumerate(kinds):
            if kind != _TEXT:
                self.order, self.after_text = index, index > first
                self.take(pdfium.FPDFPage_GetObject(page, index), kind, None, 0)

    def take(
        self, item: ctypes.c_void_p, kind: int, matrix: pdfium.FS_MATRIX | None, depth: int
    ) -> None:
        if self.left_over <= 0:
            return
        self.left_over -= 1
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFTextObj_GetTextRenderMode(item) in INVISIBLE:
                self.shapes.invisible = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.shapes.drawn += 1
            self.path(item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.shapes.pictures.append(self.bounds(item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            own = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(item, own)
            joined = own if matrix is None else _product(own, matrix)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                inner = pdfium.FPDFFormObj_GetObject(item, index)
                self.take(inner, pdfium.FPDFPageObj_GetType(inner), joined, depth + 1)

    def bounds(self, item: ctypes.c_void_p, matrix: pdfium.FS_MATRIX | None) -> Box:
        object_bounds(item, *self._to_edges)
        left, bottom, right, top = self._edges[:]
        if matrix is not None:
            (x0, y0), (x1, y1) = _moved(matrix, left, bottom), _moved(matrix, right, top)
            left, right, bottom, top = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        return self.frame.box(left, bottom, right, top)

    def path(self, item: ctypes.c_void_p, matrix: pdfium.FS_MATRIX | None) -> None:
        box = self.bounds(item, matrix)
        if not all(abs(edge) < _FARTHEST for edge in box):  # off every page, or no number at all
            return
        width, height = box[2] - box[0], box[3] - box[1]
        if height <= _THIN or width <= _THIN:
            self.rule(box)
            return
        pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke)
        if self._fill.value and self.after_text and matrix is None:
            self.shapes.late.append((self.order, box))
        segments = pdfium.FPDFPath_CountSegments(item)
        if (
            segments >= _GRID_SEGMENTS
            and width > _LEAST_GRID
            and segments <= _MOST_SEGMENTS
            and self._stroke.value
        ):
            self.grid(item, matrix, segments)
        elif _CHECKBOX[0] <= width <= _CHECKBOX[1] and _CHECKBOX[0] <= height <= _CHECKBOX[1]:
            (
                self.shapes.squares
                if segments >= _SQUARE_SEGMENTS and abs(width - height) < _SQUARE
                else self.shapes.strokes
            ).append(box)
        elif self._stroke.value:
            self.outline(box)
        elif self._fill.value and _is_frame(box):
            self.shapes.fills.append(box)

    def rule(self, box: Box) -> None:
        left, top, right, bottom = box
        if right - left >= bottom - top:
            if right - left >= _SHORTEST_ACROSS:
                self.shapes.across.append((left, right, (top + bottom) / 2))
        elif bottom - top >= _SHORTEST_DOWN:
            self.shapes.down.append((top, bottom, (left + right) / 2))

    def outline(self, box: Box) -> None:
        left, top, right, bottom = box
        if _is_frame(box):
            self.shapes.across += [(left, right, top), (left, right, bottom)]
            self.shapes.down += [(top, bottom, left), (top, bottom, right)]

    def grid(self, item: ctypes.c_void_p, matrix: pdfium.FS_MATRIX | None, segments: int) -> None:
        """A path of many segments: each straight one is a rule."""
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, own)
        whole = own if matrix is None else _product(own, matrix)
        start = last = None
        for index in range(segments):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            point = self.frame.point(*_moved(whole, self._x.value, self._y.value))
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
                self.straight(last, point)
            elif kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
                self.straight(point, start)
            last = point

    def straight(self, first: tuple[float, float], last: tuple[float, float]) -> None:
        (x0, y0), (x1, y1) = first, last
        if abs(x0 - x1) <= _STRAIGHT or abs(y0 - y1) <= _STRAIGHT:
            self.rule((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _is_frame(box: Box) -> bool:
    """Whether a box is large enough to hold a word."""
    return box[2] - box[0] > _LEAST_FRAME[0] and box[3] - box[1] > _LEAST_FRAME[1]


def _moved(matrix: pdfium.FS_MATRIX, x: float, y: float) -> tuple[float, float]:
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _product(first: pdfium.FS_MATRIX, then: pdfium.FS_MATRIX) -> pdfium.FS_MATRIX:
    return pdfium.FS_MATRIX(
        first.a * then.a + first.b * then.c,
        first.a * then.b + first.b * then.d,
        first.c * then.a + first.d * then.c,
        first.c * then.b + first.d * then.d,
        first.e * then.a + first.f * then.c + then.e,
        first.e * then.b + first.f * then.d + then.f,
    )


def read_shapes(page: ctypes.c_void_p, frame: Frame) -> Shapes:
    """The drawing of a page."""
    reader = _ObjectWalker(frame)
    reader.page(page)
    return reader.shapes
