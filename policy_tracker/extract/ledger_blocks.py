"""The parts of a document that have a fate: its blocks, and the rows of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Block, Document


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A block, or a row of a table (then `block` is None), with the id by which records name it."""

    id: str
    page: int | None
    text: str
    block: Block | None = None


def parts_printed(document: Document) -> Iterator[PrintedPart]:
    """The blocks and table rows of a document in reading order, each once; empty ones too."""
    for block in document.blocks:
        if block.table is None:
            yield PrintedPart(block.id, block.page, block.text, block)
            continue
        for row in block.table.rows:
            text = " | ".join(cell.text for cell in row.cells if cell.text.strip())
            yield PrintedPart(row.id, row.page or block.page, text)
