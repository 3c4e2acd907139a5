"""Marks on the picture of a page: a light tint under the words, and an outline that is seen in grey as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import numpy as np
import pypdfium2.raw as pdfium

from policy_tracker.extract.pdf_chars import Chars, Frame

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Iterable, Sequence

    import pypdfium2

    from policy_tracker.extract.page_image import Box

_TINT = np.array((255, 236, 139), np.uint16)
_LINE = np.array((122, 62, 0), np.uint8)
_AROUND, _THICK = 2.5, 1.2  # points
_MOST_CODES = 500
"""Places of codes that are marked on one page; a page of codes in small print has fewer."""


def marked(pixels: np.ndarray, boxes: Iterable[Box], scale: float) -> int:
    """Mark boxes on a picture, in place; gives how many lie on it. A box that lies outside, or is none, is left out."""
    high, wide = pixels.shape[:2]
    thick = max(1, round(_THICK * scale))
    count = 0
    for left, top, right, bottom in boxes:
        x0, y0 = max(0, round((left - _AROUND) * scale)), max(0, round((top - _AROUND) * scale))
        x1, y1 = min(wide, round((right + _AROUND) * scale)), min(high, round((bottom + _AROUND) * scale))
        if right < left or bottom < top or x1 <= x0 or y1 <= y0:
            continue
        inside = pixels[y0:y1, x0:x1]
        inside[:] = inside * _TINT // 255  # as a highlighter does: what is dark stays dark
        inside[:thick] = inside[-thick:] = inside[:, :thick] = inside[:, -thick:] = _LINE
        count += 1
    return count


def boxes_of_codes(page: pypdfium2.PdfPage, codes: Sequence[str]) -> list[Box]:
    """Where codes are printed on a page, as (left, top, right, bottom) of the displayed page; with or without the point of a diagnosis."""
    if not codes:
        return []
    chars = Chars()
    handle = pdfium.FPDFText_LoadPage(page)
    try:
        text = chars.open(handle, Frame(cast("ctypes.c_void_p", page.raw)))
        return [_around(chars, *found.span()) for found, _ in zip(_whole(codes).finditer(text), range(_MOST_CODES), strict=False)]
    finally:
        pdfium.FPDFText_ClosePage(handle)


def _whole(codes: Sequence[str]) -> re.Pattern[str]:
    """What finds codes that stand alone: `95004` in `(95004)`, neither in `950041` nor in `95004.5`."""
    wanted = "|".join(sorted({re.escape(form) for code in codes for form in (code, code.replace(".", ""))}, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{wanted})(?![\w]|\.\w)", re.IGNORECASE)


def _around(chars: Chars, start: int, stop: int) -> Box:
    """The box around some characters in a row."""
    boxes = [chars.box(index) for index in range(start, stop)]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
