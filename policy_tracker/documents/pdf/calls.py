"""Functions of pdfium that are called for every line or object of a page, declared to take plain addresses.

pypdfium2 declares them with pointers of their own types, which Python has to make and check at each call: that takes longer than pdfium
does (https://pdfium.googlesource.com/pdfium/+/refs/heads/main/public/ describes the functions). They return within a microsecond, so the
interpreter's lock is kept meanwhile.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

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
font_info = _declared(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong, _ADDRESS, _INT, _ADDRESS, ctypes.c_ulong, _ADDRESS)
"""Text page, index, where to put the name, room for it, where to put the flags."""
fill_colour = _declared(pdfium.FPDFText_GetFillColor, _INT, _ADDRESS, _INT, *[_ADDRESS] * 4)
"""Text page, index, where to put red, green, blue, opacity."""
object_at = _declared(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
"""Page, index; gives the object's address."""
kind_of = _declared(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
"""Object."""
object_bounds = _declared(pdfium.FPDFPageObj_GetBounds, _INT, *[_ADDRESS] * 5)
"""Object, where to put left, bottom, right, top."""
