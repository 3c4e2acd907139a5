"""The document as it is kept beside what was read of it: every text that it prints, once, with its id, standing and place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.documents.html.fragments import blocks_in, is_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Block, Cell, Document, Place, Standing


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A text of the document: a block, or a cell of a table.

    `label` is an item's enumerator, `connector` the AND or OR on a line of its own behind it.
    """

    id: str
    text: str
    standing: Standing = "shown"
    label: str | None = None
    connector: str | None = None
    place: Place | None = None


def printed_blocks(document: Document) -> Iterator[PrintedBlock]:
    """The texts of a document in reading order, then its running lines, then what could not be read."""
    for block in document.blocks:
        yield from _texts(block, markup=document.media == "csv")
    for number, text in enumerate(document.running, 1):
        yield PrintedBlock(f"f{number}", text, "furniture")
    for number, part in enumerate(document.unreadable, 1):
        yield PrintedBlock(f"u{number}", part.why, "unreadable", place=part.place)


def _texts(block: Block, *, markup: bool) -> Iterator[PrintedBlock]:
    if block.table is None:
        yield PrintedBlock(block.id, block.text, "shown", block.label, block.connector, block.places[0] if block.places else None)
        return
    for row in block.table.rows:
        for cell in row.cells:
            yield from _of_cell(cell, markup=markup)


def _of_cell(cell: Cell, *, markup: bool) -> Iterator[PrintedBlock]:
    if markup and is_markup(cell.text):
        for block in blocks_in(cell):
            yield from _texts(block, markup=False)
    elif cell.printed:
        yield PrintedBlock(cell.id, cell.printed, place=cell.place)
