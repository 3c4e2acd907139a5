"""Characters that a document does not name, and words for its pictures: what nobody can read is
told, never dropped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Document

GLYPHS = "a character that the file does not name"
PICTURE = "a picture"
UNKNOWN = "\ufffd"
_UNNAMED = re.compile("[\ufffd\ue000-\uf8ff]")
_WORD = re.compile(r"\w")
AROUND = 40
"""Characters told on either side of an unknown one."""
_MOST = 200
_TELLING = 3
_FILE = re.compile(r"\.(?:gif|png|jpe?g|bmp|tiff?|svg|emf|wmf)\W*$", re.IGNORECASE)


def is_telling(words: str) -> bool:
    """Whether the words for a picture say something: one or two name a logo or an icon, and some
    programs put its file there.
    """
    if _FILE.search(words):
        return False
    return len(words.split()) >= _TELLING or any(letter.isdigit() for letter in words)


def with_unnamed_told(document: Document) -> Document:
    """The document with each place told where its words hold a character that nobody can read; one
    in front of a text is a bullet.
    """
    found = [
        Unreadable(page, GLYPHS, text=text[max(0, match.start() - AROUND) : match.end() + AROUND])
        for page, text in _texts(document)
        for match in _UNNAMED.finditer(text)
        if _WORD.search(text, 0, match.start())
    ]
    if not found:
        return document
    return replace(document, unreadable=(*document.unreadable, *found[:_MOST]))


def _texts(document: Document) -> Iterator[tuple[int | None, str]]:
    for block in document.blocks:
        if block.table is None:
            yield block.page, block.text
        else:
            yield from (
                (row.page or block.page, cell.text)
                for row in block.table.rows
                for cell in row.cells
            )
