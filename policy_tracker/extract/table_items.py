"""Rows of tables as items: what a row says in one text, where its part reads as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.traced import glued

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.documents.blocks import Cell
    from policy_tracker.documents.traced import Traced

APART = " — "
"""What parts the cells of a row that is one text."""


def joined_cells(cells: Iterable[Cell], between: str = APART) -> Traced:
    """The words of cells as one text; those without words are left out."""
    told = (cell.traced() for cell in cells if cell.text.strip())
    return glued((between if number else "", words) for number, words in enumerate(told))


def row_item(table: Block, words: Traced, edge: float = 0.0) -> Block:
    """An item that says these words, where the table stands; `edge` are points from the left."""
    item = Block("item", "", "•", "bullet", edge, edge, places=table.places[:1])
    return item.saying(words)
