"""Which characters of the blocks are the line that a page prints at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Block, Cell, Place
    from policy_tracker.documents.traced import BlockSpan


class LinesOfPage:
    """The lines of one page's blocks by their boxes, and its cells."""

    def __init__(self, blocks: Sequence[Block], page: int) -> None:
        own = [block for block in blocks if any(place.page == page for place in block.places)]
        pieces = [piece for block in own if block.table is None for piece in block.traced().pieces]
        self.lines = {
            piece.place: (piece.block, piece.start, piece.start + piece.length) for piece in pieces
        }
        self.cells = [
            cell
            for block in own
            for cell in _cells(block)
            if cell.place and cell.place.page == page and cell.printed
        ]

    def spans_at(self, place: Place) -> tuple[BlockSpan, ...]:
        """The characters of the line at a place: those of a block's line, else the cell in which
        its middle lies; else none.
        """
        if line := self.lines.get(place):
            return (line,)
        cell = next((cell for cell in self.cells if _holds(cell, place)), None)
        return ((cell.id, 0, len(cell.printed)),) if cell else ()


def _cells(block: Block) -> Iterator[Cell]:
    for row in block.table.rows if block.table else ():
        yield from row.cells


def _holds(cell: Cell, place: Place) -> bool:
    box = cell.place
    edges = (place.left, place.top, place.right, place.bottom)
    if box is None or None in edges or None in (box.left, box.top, box.right, box.bottom):
        return False
    across, down = (
        ((place.left or 0.0) + (place.right or 0.0)) / 2,
        ((place.top or 0.0) + (place.bottom or 0.0)) / 2,
    )
    return (box.left or 0.0) <= across <= (box.right or 0.0) and (box.top or 0.0) <= down <= (
        box.bottom or 0.0
    )
