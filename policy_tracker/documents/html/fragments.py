"""Markup in the cells of a table of values, as blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import with_ids
from policy_tracker.documents.html.reader import read_fragment

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block, Cell

_ESCAPED = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});|</?(?:p|li|ul|ol|strong|br)\b[^>]{0,200}>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:p|li|ul|ol|strong|br)\b[^>]{0,200}>", re.IGNORECASE)


def blocks_in(cell: Cell) -> tuple[Block, ...]:
    """The blocks of a cell's markup, with ids below the cell's (`b1.r5.c7.b3`)."""
    return tuple(with_ids(blocks_of_markup(cell.text), within=cell.id))


def blocks_of_markup(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of markup; what was escaped twice is read twice."""
    blocks = read_fragment(text)
    if any(_ESCAPED.search(block.text) for block in blocks):
        again = read_fragment("\n".join(f"<p>{block.text}</p>" for block in blocks))
        return again or blocks
    return blocks


def is_markup(text: str) -> bool:
    """Whether a text holds tags of paragraphs or lists."""
    return _MARKUP.search(text) is not None
