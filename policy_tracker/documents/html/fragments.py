"""Markup in the cells of a table of values, as blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import with_ids
from policy_tracker.documents.html.reader import aside_in_fragment, read_fragment

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block, Cell, Unreadable

_ESCAPED = re.compile(
    r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});|</?(?:p|li|ul|ol|strong|br)\b[^>]{0,200}>",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[a-z][^<>]{0,2000}>|&(?:#\w{1,8}|[a-z]{2,8});", re.IGNORECASE)


def blocks_in(cell: Cell) -> tuple[Block, ...]:
    """The blocks of a cell's markup, with ids below the cell's (`b1.r5.c7.b3`); a cell of plain
    words prints its block itself.
    """
    blocks = blocks_of_markup(cell.text)
    if is_markup(cell.text):
        return tuple(with_ids(blocks, within=cell.id))
    words = cell.traced().folded()
    return tuple(
        block.saying(words.cut(len(words.text) - len(block.text)))
        if words.text.endswith(block.text)
        else block
        for block in blocks
    )


def aside_in(cell: Cell) -> tuple[Unreadable, ...]:
    """What a cell's markup strikes out or hides, so that it is not lost without a word."""
    return aside_in_fragment(cell.text) if is_markup(cell.text) else ()


def blocks_of_markup(text: str) -> tuple[Block, ...]:
    """The blocks of a piece of markup; what was escaped twice is read twice."""
    blocks = read_fragment(text)
    if any(_ESCAPED.search(block.text) for block in blocks):
        again = read_fragment("\n".join(f"<p>{block.text}</p>" for block in blocks))
        return again or blocks
    return blocks


def is_markup(text: str) -> bool:
    """Whether a text holds tags or written-out characters, so that its words are not those that a
    reader of the markup sees.
    """
    return _MARKUP.search(text) is not None
