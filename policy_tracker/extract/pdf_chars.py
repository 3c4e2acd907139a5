"""Geometry and style of single characters of a PDF page, asked from pdfium one by one.

Every call costs about a microsecond, so readers ask for the first and the last character of a line, not for all
(https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdf_text.h describes the calls). The out-parameters are allocated once.
"""

from __future__ import annotations

import ctypes
import math

import pypdfium2.raw as pdfium

_BOLD_NAMES = (b"Bold", b"bold", b"BOLD", b"Black", b"Heavy", b"Semibold", b"SemiBold")
_SLANTED_NAMES = (b"Italic", b"italic", b"Oblique", b"oblique")
_BOLD_WEIGHT = 600
_LIGHT = 235  # of 255 in the darkest of red, green and blue
_DARK = 90  # up to here a colour passes as black
_BLANKS = "\u00a0\u202f\u2002\u2003\u2007\u2009\u200a\u3000\t"
_NAME_BYTES = 96
_LONGEST_COLOURED = 90  # characters; banners and links are shorter, and longer lines need not be asked
_SMALL = 0.82  # of the size of the text around a raised mark

Measures = tuple[float, float, float, float, float, float, float, float, bool, tuple[bool, bool, bool], bool, bool, bool]


class Frame:
    """How points of the PDF's user space become points from the displayed page's top left corner (crop box and /Rotate respected)."""

    def __init__(self, page: ctypes.c_void_p) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.top, self.right, self.bottom = box.left, box.top, box.right, box.bottom
        self.turn = pdfium.FPDFPage_GetRotation(page)
        wide, high = abs(self.right - self.left), abs(self.top - self.bottom)
        self.width, self.height = (high, wide) if self.turn % 2 else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of user space on the displayed page."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box of user space as (left, top, right, bottom) of the displayed page."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class Chars:
    """The characters of the page that is open; one object serves a whole document."""

    def __init__(self) -> None:
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._edge_refs = tuple(ctypes.byref(edge) for edge in self._edges)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._point_refs = (ctypes.byref(self._x), ctypes.byref(self._y))
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_ref = ctypes.byref(self._matrix)
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._colour_refs = tuple(ctypes.byref(part) for part in self._colour)
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._flags_ref = ctypes.byref(self._flags)
        self._styles: dict[bytes, tuple[bool, bool]] = {}

    def open(self, text_page: ctypes.c_void_p, frame: Frame) -> str:
        """Turns to a page and gives its text, one character per index of pdfium; blanks of every kind are U+0020."""
        self._page, self._frame = text_page, frame
        count = pdfium.FPDFText_CountChars(text_page)
        if count <= 0:
            return ""
        units = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text_page, 0, count, units)
        text = bytes(units)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) != count:  # characters beyond the basic plane take two units
            text = "".join(self._character(index) for index in range(count))
        for blank in _BLANKS:  # faster than translate, which looks at every character
            text = text.replace(blank, " ")
        return text

    def _character(self, index: int) -> str:
        value = pdfium.FPDFText_GetUnicode(self._page, index)
        return chr(value) if 0 < value < 0x110000 else "\ufffd"

    def box(self, index: int) -> tuple[float, float, float, float]:
        """The tight box of a character: left, top, right, bottom."""
        pdfium.FPDFText_GetCharBox(self._page, index, *self._edge_refs)
        left, right, bottom, top = self._edges
        return self._frame.box(left.value, bottom.value, right.value, top.value)

    def base(self, index: int) -> float:
        """The baseline of a character."""
        pdfium.FPDFText_GetCharOrigin(self._page, index, *self._point_refs)
        return self._frame.point(self._x.value, self._y.value)[1]

    def size(self, index: int) -> tuple[float, bool]:
        """The printed size of a character, and whether it stands upright on the displayed page."""
        pdfium.FPDFText_GetMatrix(self._page, index, self._matrix_ref)
        matrix = self._matrix
        size = pdfium.FPDFText_GetFontSize(self._page, index)
        if not matrix.b and not matrix.c and not self._frame.turn:
            return round(size * abs(matrix.d), 1), matrix.a > 0
        along = (matrix.a, matrix.b, -matrix.a, -matrix.b)[self._frame.turn]
        upright = along > 0.9 * math.hypot(matrix.a, matrix.b)
        return round(size * math.hypot(matrix.c, matrix.d), 1), upright

    def is_small(self, index: int, size: float) -> bool:
        """Whether a character is as small as a raised mark is in text of `size`."""
        return self.size(index)[0] < _SMALL * size

    def style(self, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, and whether it is italic; a weight holds for all of a font."""
        pdfium.FPDFText_GetFontInfo(self._page, index, self._name, _NAME_BYTES, self._flags_ref)
        name = self._name.value
        known = self._styles.get(name)
        if known is None:
            bold = any(word in name for word in _BOLD_NAMES) or pdfium.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT
            known = self._styles[name] = (bold, any(word in name for word in _SLANTED_NAMES))
        return known

    def measure(self, start: int, middle: int, end: int) -> Measures:
        """What a line of the characters from `start` to `end` looks like.

        Left, top, right and bottom of it by its first and last character, top and bottom of the last, then baseline, size and uprightness
        in the middle, boldness of first, middle and last character, italics, lightness, colour.
        """
        page, frame = self._page, self._frame
        box = pdfium.FPDFText_GetCharBox
        x0, x1, y0, y1 = self._edges
        box(page, start, *self._edge_refs)
        left, top, right, bottom = x0.value, y1.value, x1.value, y0.value
        top_end, bottom_end = top, bottom
        if end != start:
            box(page, end, *self._edge_refs)
            right, top_end, bottom_end = x1.value, y1.value, y0.value
        if frame.turn:
            left, top, _, bottom = self.box(start)
            _, top_end, right, bottom_end = self.box(end)
        else:
            left, right = left - frame.left, right - frame.left
            top, bottom, top_end, bottom_end = frame.top - top, frame.top - bottom, frame.top - top_end, frame.top - bottom_end
        bold, italic = self.style(start)
        bold_end = self.style(end)[0]
        bold_middle = self.style(middle)[0] if bold and bold_end else bold_end
        return (
            *(left, top, right, bottom, top_end, bottom_end, self.base(middle)),
            *self.size(middle),
            (bold, bold_middle, bold_end),
            italic,
            *(self.colour(middle) if end - start < _LONGEST_COLOURED else (False, False)),
        )

    def colour(self, index: int) -> tuple[bool, bool]:
        """Whether a character is nearly white, and whether it has a colour (neither nearly black, nor grey, nor nearly white)."""
        pdfium.FPDFText_GetFillColor(self._page, index, *self._colour_refs)
        parts = [part.value for part in self._colour[:3]]
        darkest, lightest = min(parts), max(parts)
        return darkest >= _LIGHT, lightest > _DARK and lightest - darkest > 60
