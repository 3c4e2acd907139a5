"""What of a document was left unread: parts without readable words, and blocks of the coverage part
that no reader took.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.documents.traced import Traced
from policy_tracker.record.content import Unread

_LONGEST_UNREAD = 2000


def texts_of(block: Block) -> Iterator[Traced]:
    """The texts of a block: its own, or those of a table's cells."""
    if block.table is None:
        yield block.traced()
        return
    for row in block.table.rows:
        yield from (line for cell in row.cells for line in cell.traced_lines())


def unread_of(document: Document, left: Iterable[Block]) -> tuple[Unread, ...]:
    """What was not read: parts of the document without readable words, and blocks of the coverage
    part that no reader took.
    """
    return (*unread_parts(document), *(_left(block) for block in left))


def unread_parts(document: Document) -> tuple[Unread, ...]:
    """The parts of a document that could not be read, or that it strikes out or hides."""
    return tuple(
        Unread(page=part.page, why=part.why, text=part.text[:_LONGEST_UNREAD] or None)
        for part in document.unreadable
    )


def _left(block: Block) -> Unread:
    return Unread(
        page=block.page,
        why="table" if block.kind == "table" else "no statement",
        text=block.text[:_LONGEST_UNREAD] or None,
        spans=tuple(span for words in texts_of(block) for span in words.spans()),
    )
