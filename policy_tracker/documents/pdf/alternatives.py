"""The words that a tagged PDF has for its pictures (ISO 32000-1, 14.9.3), of pages on which they
take up room.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from policy_tracker.documents.blocks import Unreadable, as_told
from policy_tracker.documents.unnamed import PICTURE, is_telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.pdf.shapes import Shapes

_LEAST_AREA = 0.03
"""Of the page: letterheads and icons are smaller."""
_MOST_ELEMENTS = 3_000
_DEEPEST = 40


def pictures_told(
    page: ctypes.c_void_p, shapes: Shapes, number: int, area: float
) -> list[Unreadable]:
    """The pictures of a page that have words, told with them."""
    large = any(
        (right - left) * (bottom - top) > _LEAST_AREA * area
        for left, top, right, bottom in shapes.pictures
    )
    if not large:
        return []
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        words = dict.fromkeys(_alternatives(tree))
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return [Unreadable(number, PICTURE, text=as_told(text)) for text in words if is_telling(text)]


def _alternatives(tree: Any) -> Iterator[str]:  # noqa: ANN401 - a handle of pdfium
    stack = [
        (pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), 0)
        for index in range(min(pdfium.FPDF_StructTree_CountChildren(tree), _MOST_ELEMENTS))
    ]
    seen = 0
    while stack and seen < _MOST_ELEMENTS:
        element, depth = stack.pop()
        seen += 1
        if not element:
            continue
        if text := _alternative(element):
            yield text
        if depth < _DEEPEST:
            count = min(pdfium.FPDF_StructElement_CountChildren(element), _MOST_ELEMENTS)
            stack += [
                (pdfium.FPDF_StructElement_GetChildAtIndex(element, index), depth + 1)
                for index in range(count)
            ]


def _alternative(element: Any) -> str:  # noqa: ANN401 - a handle of pdfium
    size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetAltText(element, buffer, size)
    words = buffer.raw[: size - 2].decode("utf-16-le", "replace")
    return " ".join(re.sub(r"\s+", " ", words).split())
