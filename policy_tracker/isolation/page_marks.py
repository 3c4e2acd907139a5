"""Marks on the picture of a page: a light tint under the words, and an outline that is seen in grey as well."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, cast

import numpy as np
import pypdfium2.raw as pdfium

from policy_tracker.documents.pdf.chars import Chars, Frame

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Iterable, Sequence

    import pypdfium2

    from policy_tracker.isolation.page_image import Box

_TINT = np.array((255, 236, 139), np.uint16)
_LINE = np.array((122, 62, 0), np.uint8)
_AROUND, _THICK = 2.2, 1.2  # points
_ABOUT = 1.0  # points by which the middle of a letter may lie outside of the box that it belongs to
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


def places_on(page: pypdfium2.PdfPage, boxes: Sequence[Box], codes: Sequence[str]) -> list[Box]:
    """What to mark on a page, as (left, top, right, bottom) of the page as it is displayed.

    Each box is grown to the letters in it (a box that was read from a line's first and last letter cuts others); then comes every place
    where one of the codes is printed, with or without the point of a diagnosis.
    """
    chars = Chars()
    handle = pdfium.FPDFText_LoadPage(page)
    try:
        text = chars.open(handle, Frame(cast("ctypes.c_void_p", page.raw)))
        return [*_grown(chars, text, boxes), *_printed(chars, text, codes)]
    finally:
        pdfium.FPDFText_ClosePage(handle)


def _grown(chars: Chars, text: str, boxes: Sequence[Box]) -> list[Box]:
    if not boxes:
        return []
    letters = np.array([chars.box(index) for index, letter in enumerate(text) if letter > " "], np.float64).reshape(-1, 4)
    middles = (letters[:, :2] + letters[:, 2:]) / 2
    grown = []
    for box in boxes:
        within = ((middles >= np.array(box[:2]) - _ABOUT) & (middles <= np.array(box[2:]) + _ABOUT)).all(axis=1)
        own = np.vstack([letters[within], box])
        grown.append((*own[:, :2].min(axis=0).tolist(), *own[:, 2:].max(axis=0).tolist()))
    return grown


def _printed(chars: Chars, text: str, codes: Sequence[str]) -> list[Box]:
    if not codes:
        return []
    return [_around(chars, *found.span()) for found in itertools.islice(_whole(codes).finditer(text), _MOST_CODES)]


def _whole(codes: Sequence[str]) -> re.Pattern[str]:
    """What finds codes that stand alone: `95004` in `(95004)`, neither in `950041` nor in `95004.5`."""
    forms = sorted({re.escape(form) for code in codes for form in (code, code.replace(".", ""))}, key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(forms)})(?![\w]|\.\w)", re.IGNORECASE)


def _around(chars: Chars, start: int, stop: int) -> Box:
    """The box around some characters in a row."""
    lefts, tops, rights, bottoms = zip(*(chars.box(index) for index in range(start, stop)), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
