"""Geometry and style of single characters of a PDF page, asked from pdfium one by one.

Every call costs about a microsecond, so readers ask for the first and the last character of a line,
not for all (https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/fpdf_text.h describes
the calls). The out-parameters are allocated once.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_BOLD_NAMES = (b"Bold", b"bold", b"BOLD", b"Black", b"Heavy", b"Semibold", b"SemiBold")
_SLANTED_NAMES = (b"Italic", b"italic", b"Oblique", b"oblique")
_BOLD_WEIGHT = 600
_LIGHT = 235  # of 255 in the darkest of red, green and blue
_DARK = 90  # up to here a colour passes as black
_COLOURFUL = 60
"""Of 255 between the lightest and the darkest of red, green and blue: greys of print differ by
less.
"""
_UPRIGHT = 0.9
"""The cosine of the angle up to which (25 degrees) a letter counts as upright: slanted scans are,
diagonal watermarks are not.
"""
_BLANKS = "\u00a0\u202f\u2002\u2003\u2007\u2009\u200a\u3000"
_NAME_BYTES = 96
# characters; banners and links are shorter, and longer lines need not be asked
_LONGEST_COLOURED = 90
_CLEAR = 16  # of 255
SMALL = 0.82
"""Of the size of the text around it: a raised mark is smaller.

Typesetters take two thirds to three quarters.
"""

INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)

_PALE = 160  # of 255 in the darkest of red, green and blue: hardly seen on white or on grey
Measures = tuple[
    float,
    float,
    float,
    float,
    float,
    float,
    float,
    float,
    bool,
    tuple[bool, bool, bool],
    bool,
    bool,
    bool,
    bool,
]


class Frame:
    """How points of the PDF's user space become points from the displayed page's top left corner
    (crop box and /Rotate respected).
    """

    def __init__(self, page: ctypes.c_void_p) -> None:
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.top, self.right, self.bottom = box.left, box.top, box.right, box.bottom
        self.turn = pdfium.FPDFPage_GetRotation(page)
        self.turned(self.turn)

    def turned(self, turn: int) -> None:
        """Turns the page, by so many quarters clockwise of what its file draws."""
        self.turn = turn
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

    def box(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box of user space as (left, top, right, bottom) of the displayed page."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class Chars:
    """The characters of the page that is open; one object serves a whole document."""

    def __init__(self) -> None:
        self._box, self._colour, self._matrix = (
            (ctypes.c_double * 4)(),
            (ctypes.c_uint * 4)(),
            (ctypes.c_float * 6)(),
        )
        self._measured = (ctypes.c_double * 10)()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()
        self._to_box, self._to_colour, to_measured = (
            places_in(self._box),
            places_in(self._colour),
            places_in(self._measured),
        )
        self._to_start, self._to_end, self._to_origin = (
            to_measured[:4],
            to_measured[4:8],
            to_measured[8:],
        )
        self._to_matrix, self._to_name, self._to_flags = (
            ctypes.addressof(one) for one in (self._matrix, self._name, self._flags)
        )
        self._styles: dict[bytes, tuple[bool, bool]] = {}

    def open(self, text_page: ctypes.c_void_p, frame: Frame) -> str:
        """Turns to a page and gives its text, one character per index of pdfium; blanks of every
        kind are U+0020.
        """
        self._text_page, self._page, self._frame = text_page, address_of(text_page), frame
        count = pdfium.FPDFText_CountChars(text_page)
        if count <= 0:
            return ""
        units = (ctypes.c_ushort * (count + 1))()
        pdfium.FPDFText_GetText(text_page, 0, count, units)
        text = bytes(units)[: 2 * count].decode("utf-16-le", "replace")
        # characters beyond the basic plane take two units, unknown ones perhaps none
        if len(text) != count or text.endswith("\x00"):
            text = "".join(self._character(index) for index in range(count))
        text = text.replace("\t", " ")
        # faster than translate, which looks at every character
        for blank in () if text.isascii() else _BLANKS:
            text = text.replace(blank, " ")
        return text

    def _character(self, index: int) -> str:
        value = pdfium.FPDFText_GetUnicode(self._text_page, index)
        return chr(value) if 0 < value < 0x110000 else "\ufffd"

    def box(self, index: int) -> tuple[float, float, float, float]:
        """The tight box of a character: left, top, right, bottom."""
        char_box(self._page, index, *self._to_box)
        left, right, bottom, top = self._box[:]
        return self._frame.box(left, bottom, right, top)

    def base(self, index: int) -> float:
        """The baseline of a character."""
        char_origin(self._page, index, *self._to_origin)
        return self._frame.point(self._measured[8], self._measured[9])[1]

    def size(self, index: int) -> tuple[float, bool]:
        """The printed size of a character, and whether it stands upright on the displayed page."""
        char_matrix(self._page, index, self._to_matrix)
        a, b, c, d, _, _ = self._matrix[:]
        size = font_size(self._page, index)
        if not b and not c and not self._frame.turn:
            return round(size * abs(d), 1), a > 0
        along = (a, b, -a, -b)[self._frame.turn]
        upright = along > _UPRIGHT * math.hypot(a, b)
        return round(size * math.hypot(c, d), 1), upright

    def turn_of(self, index: int) -> int | None:
        """The quarters by which a page must be turned for a character to stand upright."""
        char_matrix(self._page, index, self._to_matrix)
        a, b, _, _, _, _ = self._matrix[:]
        if a > 0 and not b:  # most letters
            return 0
        along = (a, b, -a, -b)
        best = max(range(4), key=along.__getitem__)
        return best if along[best] > _UPRIGHT * math.hypot(a, b) else None

    @property
    def address(self) -> int:
        """The address of the text page that is open."""
        return self._page

    def is_invisible(self, index: int) -> bool:
        """Whether a character is drawn without filling or stroking it."""
        item = pdfium.FPDFText_GetTextObject(self._text_page, index)
        return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) in INVISIBLE

    def is_small(self, index: int, size: float) -> bool:
        """Whether a character is as small as a raised mark is in text of `size`."""
        return self.size(index)[0] < SMALL * size

    def style(self, index: int) -> tuple[bool, bool]:
        """Whether a character is bold, and whether it is italic; a weight holds for all of a
        font.
        """
        font_info(self._page, index, self._to_name, _NAME_BYTES, self._to_flags)
        name = self._name.value
        known = self._styles.get(name)
        if known is None:
            bold = (
                any(word in name for word in _BOLD_NAMES)
                or pdfium.FPDFText_GetFontWeight(self._text_page, index) >= _BOLD_WEIGHT
            )
            known = self._styles[name] = (bold, any(word in name for word in _SLANTED_NAMES))
        return known

    def measure(self, start: int, middle: int, end: int) -> Measures:
        """What a line of the characters from `start` to `end` looks like.

        Left, top, right and bottom of it by its first and last character, top and bottom of the
        last, then baseline, size and uprightness in the middle, boldness of first, middle and last
        character, italics, lightness, colour, and whether one of these is nearly white.
        """
        page, frame = self._page, self._frame
        char_box(page, start, *self._to_start)
        char_box(page, end, *self._to_end)
        char_origin(page, middle, *self._to_origin)
        left, right_start, bottom, top, left_end, right, bottom_end, top_end, x, base = (
            self._measured[:]
        )
        if frame.turn:
            left, top, _, bottom = frame.box(left, bottom, right_start, top)
            _, top_end, right, bottom_end = frame.box(left_end, bottom_end, right, top_end)
            base = frame.point(x, base)[1]
        else:
            left, right, base = left - frame.left, right - frame.left, frame.top - base
            top, bottom, top_end, bottom_end = (
                frame.top - top,
                frame.top - bottom,
                frame.top - top_end,
                frame.top - bottom_end,
            )
        bold, italic = self.style(start)
        bold_end = self.style(end)[0]
        bold_middle = self.style(middle)[0] if bold and bold_end else bold_end
        return (
            *(left, top, right, bottom, top_end, bottom_end, base),
            *self.size(middle),
            (bold, bold_middle, bold_end),
            italic,
            *self._colours(start, middle, end),
        )

    def _colours(self, start: int, middle: int, end: int) -> tuple[bool, bool, bool]:
        page, places, ink = self._page, self._to_colour, self._colour
        fill_colour(page, start, *places)
        pale = (ink[0] >= _PALE and ink[1] >= _PALE and ink[2] >= _PALE) or ink[3] < _CLEAR
        fill_colour(page, end, *places)
        pale = pale or (ink[0] >= _PALE and ink[1] >= _PALE and ink[2] >= _PALE) or ink[3] < _CLEAR
        if end - start >= _LONGEST_COLOURED:
            return False, False, pale
        light, coloured = self.colour(middle)
        return light, coloured, pale or light

    def ink(self, index: int) -> tuple[int, int, int]:
        """Red, green and blue of a character, of 255."""
        fill_colour(self._page, index, *self._to_colour)
        return self._colour[0], self._colour[1], self._colour[2]

    def is_clear(self, index: int) -> bool:
        """Whether a character is painted so thinly that what is behind it shows."""
        fill_colour(self._page, index, *self._to_colour)
        return self._colour[3] < _CLEAR

    def object_of(self, index: int) -> int:
        """The address of the object of the page that paints a character."""
        return address_of(pdfium.FPDFText_GetTextObject(self._text_page, index))

    def font_of(self, index: int) -> str:
        """The name of a character's font."""
        font_info(self._page, index, self._to_name, _NAME_BYTES, self._to_flags)
        return self._name.value.decode("latin-1")

    def colour(self, index: int) -> tuple[bool, bool]:
        """Whether a character is nearly white, and whether it has a colour (neither nearly black,
        nor grey, nor nearly white).
        """
        fill_colour(self._page, index, *self._to_colour)
        red, green, blue, _ = self._colour[:]
        darkest, lightest = min(red, green, blue), max(red, green, blue)
        return darkest >= _LIGHT, lightest > _DARK and lightest - darkest > _COLOURFUL


_ADDRESS, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float


def _declared(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401 - what ctypes calls a function has no type
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


def address_of(pointer: Any) -> int:  # noqa: ANN401 - any pointer of ctypes
    """The address that a pointer holds."""
    return ctypes.cast(pointer, _ADDRESS).value or 0


def places_in(buffer: ctypes.Array) -> tuple[int, ...]:
    """The address of each item of a buffer, which must live as long as they are used."""
    first, step = ctypes.addressof(buffer), ctypes.sizeof(buffer) // len(buffer)
    return tuple(range(first, first + step * len(buffer), step))


char_box = _declared(pdfium.FPDFText_GetCharBox, _INT, _ADDRESS, _INT, *[_ADDRESS] * 4)
"""Text page, index, where to put left, right, bottom, top."""
char_origin = _declared(pdfium.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
"""Text page, index, where to put x, y."""
char_matrix = _declared(pdfium.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS)
"""Text page, index, where to put six floats."""
font_size = _declared(pdfium.FPDFText_GetFontSize, ctypes.c_double, _ADDRESS, _INT)
"""Text page, index."""
font_info = _declared(
    pdfium.FPDFText_GetFontInfo, ctypes.c_ulong, _ADDRESS, _INT, _ADDRESS, ctypes.c_ulong, _ADDRESS
)
"""Text page, index, where to put the name, room for it, where to put the flags."""
has_map_error = _declared(pdfium.FPDFText_HasUnicodeMapError, _INT, _ADDRESS, _INT)
"""Text page, index; 1 where the file names no character for the glyph."""
fill_colour = _declared(pdfium.FPDFText_GetFillColor, _INT, _ADDRESS, _INT, *[_ADDRESS] * 4)
"""Text page, index, where to put red, green, blue, opacity."""
object_at = _declared(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
"""Page, index; gives the object's address."""
kind_of = _declared(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
"""Object."""
render_mode = _declared(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _ADDRESS)
"""Text object."""
object_bounds = _declared(pdfium.FPDFPageObj_GetBounds, _INT, *[_ADDRESS] * 5)
"""Object, where to put left, bottom, right, top."""
