"""One page of a PDF drawn as a picture, with places marked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pypdfium2

from policy_tracker.documents.pdf.pdfium import fault_of, open_pdf
from policy_tracker.documents.read import media_of
from policy_tracker.errors import MissingPageError, UnsupportedDocumentError
from policy_tracker.isolation.page_marks import marked, places_on
from policy_tracker.language.formatting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from policy_tracker.isolation.page_image import Box


import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_WIDE, MOST_HIGH = 1600, 2400
MOST_SCALE = 3.0
"""Pixels per point: a letter is as sharp as it is printed."""


def work(
    data: bytes, name: str, page: int, boxes: Sequence[Box], codes: Sequence[tuple[Box, str]]
) -> tuple[dict[str, object], bytes]:
    """`{width, height, pages, marked}` and the PNG.

    Raises MissingPageError, and what `open_pdf` raises.
    """
    if media_of(data, name) != "pdf":
        raise UnsupportedDocumentError(name, "is no PDF and has no pages")
    with open_pdf(data, name) as file:
        pages = len(file)
        if not 1 <= page <= pages:
            raise MissingPageError(name, f"has {counted(pages, 'page')}, and no page {page}")
        try:
            pixels, scale, places = _drawn(file, page, boxes, codes)
        except pypdfium2.PdfiumError as error:
            raise fault_of(data, name, error) from error
    count = marked(pixels, places, scale)
    return {
        "width": pixels.shape[1],
        "height": pixels.shape[0],
        "pages": pages,
        "marked": count,
    }, png(pixels)


def _drawn(
    file: pypdfium2.PdfDocument, number: int, boxes: Sequence[Box], codes: Sequence[tuple[Box, str]]
) -> tuple[np.ndarray, float, list[Box]]:
    """The page's pixels (rows, columns, red green blue), how many of them a point takes, and what
    to mark.
    """
    page = file[number - 1]
    scale = _scale(*page.get_size())
    pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].copy()
    return pixels, scale, places_on(page, boxes, codes)


def _scale(width: float, height: float) -> float:
    """Pixels per point, so that a page of any size fits; every page has at least one pixel each
    way.
    """
    return min(
        MOST_SCALE,
        *(
            most / side
            for most, side in ((MOST_WIDE, width), (MOST_HIGH, height))
            if side > 0 and math.isfinite(side)
        ),
    )


_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS, _RGB = 8, 2
_LEVEL = 6


def png(pixels: NDArray[np.uint8]) -> bytes:
    """The picture of `pixels`: rows, columns, red green blue."""
    high, wide, _ = pixels.shape
    # each row begins with the number of its filter: none
    rows = np.zeros((high, 1 + 3 * wide), np.uint8)
    rows[:, 1:] = pixels.reshape(high, 3 * wide)
    head = struct.pack(">IIBBBBB", wide, high, _EIGHT_BITS, _RGB, 0, 0, 0)
    return (
        _SIGNATURE
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(rows.tobytes(), _LEVEL))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
