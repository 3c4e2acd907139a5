"""Marks on the picture of a page: a light tint under the words, and an outline that is seen in grey
as well.
"""

from __future__ import annotations

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
_AROUND, _THICK = 2.2, 1.2
"""Points between the words and the outline round them, so that it touches no letter, and the width
of that line.
"""
_ABOUT = 1.0
"""Points by which the middle of a letter may lie outside of the box that it belongs to: boxes are
kept in tenths of a point, and were made round a line's first and last letter.
"""
_MOST_CODES = 500
"""Places of codes that are marked on one page; a page of codes in small print has fewer."""


def marked(pixels: np.ndarray, boxes: Iterable[Box], scale: float) -> int:
    """Mark boxes on a picture, in place; gives how many lie on it.

    A box that lies outside, or is none, is left out.
    """
    high, wide = pixels.shape[:2]
    thick = max(1, round(_THICK * scale))
    count = 0
    for left, top, right, bottom in boxes:
        x0, y0 = max(0, round((left - _AROUND) * scale)), max(0, round((top - _AROUND) * scale))
        x1, y1 = (
            min(wide, round((right + _AROUND) * scale)),
            min(high, round((bottom + _AROUND) * scale)),
        )
        if right < left or bottom < top or x1 <= x0 or y1 <= y0:
            continue
        inside = pixels[y0:y1, x0:x1]
        inside[:] = inside * _TINT // 255  # as a highlighter does: what is dark stays dark
        inside[:thick] = inside[-thick:] = inside[:, :thick] = inside[:, -thick:] = _LINE
        count += 1
    return count


def places_on(
    page: pypdfium2.PdfPage, boxes: Sequence[Box], codes: Sequence[tuple[Box, str]]
) -> list[Box]:
    """What to mark on a page, as (left, top, right, bottom) of the page as it is displayed.

    Each box is grown to the letters in it (a box that was read from a line's first and last letter
    cuts others). Of a code its own letters are marked, with or without the point of a diagnosis,
    where they stand in the box of the line or cell that prints it; else that box.
    """
    chars = Chars()
    handle = pdfium.FPDFText_LoadPage(page)
    try:
        text = chars.open(handle, Frame(cast("ctypes.c_void_p", page.raw)))
        letters = Letters(chars, text) if boxes or codes else None
        found = [letters.grown(box) for box in boxes] if letters else []
        found += (
            [place for box, code in codes[:_MOST_CODES] for place in letters.of_code(box, code)]
            if letters
            else []
        )
        return list(dict.fromkeys(found))
    finally:
        pdfium.FPDFText_ClosePage(handle)


class Letters:
    """The letters of a page, without its blanks, and their boxes."""

    def __init__(self, chars: Chars, text: str) -> None:
        places = [index for index, letter in enumerate(text) if letter > " "]
        self.text = text
        self.places = np.array(places, np.int64)
        self.boxes = np.array([chars.box(index) for index in places], np.float64).reshape(-1, 4)
        self.middles = (self.boxes[:, :2] + self.boxes[:, 2:]) / 2

    def grown(self, box: Box) -> Box:
        """A box with all of the letters whose middles lie in it."""
        return _around(np.vstack([self.boxes[self._in(box)], box]))

    def of_code(self, box: Box, code: str) -> list[Box]:
        """Where the letters in a box are a code that stands alone; the box itself where they are
        not found.
        """
        within = self._in(box)
        places, boxes = self.places[within], self.boxes[within]
        start, stop = (int(places[0]), int(places[-1]) + 1) if len(places) else (0, 0)
        found = [match.span() for match in _whole(code).finditer(self.text[:stop], start)]
        marked = [boxes[(places >= begin) & (places < end)] for begin, end in found]
        return [_around(own) for own in marked if len(own)] or [self.grown(box)]

    def _in(self, box: Box) -> np.ndarray:
        inside = (self.middles >= np.array(box[:2]) - _ABOUT) & (
            self.middles <= np.array(box[2:]) + _ABOUT
        )
        return inside[:, 0] & inside[:, 1]


def _whole(code: str) -> re.Pattern[str]:
    """What finds a code that stands alone: `95004` in `(95004)`, neither in `950041` nor in
    `95004.5`.
    """
    forms = sorted(
        {re.escape(form) for form in (code, code.replace(".", ""))}, key=len, reverse=True
    )
    return re.compile(rf"(?<![\w.])(?:{'|'.join(forms)})(?![\w]|\.\w)", re.IGNORECASE)


def _around(boxes: np.ndarray) -> Box:
    """The box around some boxes."""
    left, top, right, bottom = (
        *boxes[:, :2].min(axis=0).tolist(),
        *boxes[:, 2:].max(axis=0).tolist(),
    )
    return left, top, right, bottom
