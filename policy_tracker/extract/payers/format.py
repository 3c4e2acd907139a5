"""What a payer format is: how to tell its documents, and how to read one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.head.rows import rows_of
from policy_tracker.language.prefilter import Wording
from policy_tracker.record import Bulletin, Record

_FIRST_BLOCKS = 25
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Format:
    """A payer's format. `recognise` says from the document's own words whether it is one of its
    kind; `read` gives the records in it.

    `version` counts what changes the records that it reads. `payer` is None where the document
    names its payer itself. Of formats that recognise the same document the one with the lowest
    `order` reads it.
    """

    name: str
    version: int
    payer: str | None
    recognise: Callable[[Document], bool]
    read: Callable[[Document], list[Record | Bulletin]]
    order: int = 50


def head_text(document: Document) -> str:
    """The words at the head of a document: the rows of its first page, the running lines, the first
    blocks, its title.
    """
    lines = [row.text.replace("\t", " ") for row in rows_of(document.header)]
    blocks = [
        block.text[:_LONGEST] for block in document.blocks[:_FIRST_BLOCKS] if block.table is None
    ]
    cells = [
        cell.text
        for block in document.blocks[:_FIRST_BLOCKS]
        if block.table is not None
        for row in block.table.rows[:12]
        for cell in row.cells
    ]
    return "\n".join([*lines, *document.running, *blocks, *cells, document.title or ""])


def says(document: Document, *words: str) -> bool:
    """Whether the head of `document` has every one of these patterns; `^` is the start of a
    line.
    """
    text = head_text(document)
    return all(_wording(pattern).found_in(text) for pattern in words)


@cache
def _wording(pattern: str) -> Wording:
    return Wording(pattern, in_lines=True)
