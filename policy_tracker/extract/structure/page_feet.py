"""Lines at the foot of one page that stand within a list: form numbers, marks of approval, a
copyright. The list goes on behind them on the next page, as its numbers show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.enumerators import shape_of, value_of

_MOST = 4
"""Lines that a foot has."""
_LONGEST = 8
"""Words of one."""
_OF_FOOT = re.compile(r"^(?:©|\(c\)|copyright\b|page \d)|[A-Z_\d]*\d[\d_/-]{3,}", re.IGNORECASE)
_SAME_EDGE = 9.0
_COUNTED = frozenset({"number", "lower", "upper", "roman", "upper_roman"})
_REACH = 60
"""Blocks before a foot among which the item is looked for that the next one follows."""


def without_feet(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without the lines at the foot of a page between two items of one list."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        yield block
        place += 1
        if block.label is None:
            continue
        foot = list(takewhile(_is_of_foot, blocks[place : place + _MOST]))
        behind = blocks[place + len(foot)] if place + len(foot) < len(blocks) else None
        if foot and behind is not None and _goes_on(blocks[max(0, place - _REACH) : place], behind):
            place += len(foot)


def _is_of_foot(block: Block) -> bool:
    return (
        block.label is None
        and block.table is None
        and len(block.text.split()) <= _LONGEST
        and block.text[-1:] not in ".;:,"
        and _OF_FOOT.search(block.text) is not None
    )


def _goes_on(before: Sequence[Block], item: Block) -> bool:
    """Whether an item on a later page is the next one of a list before it, or the first of one
    below the last item.
    """
    last, (kind, shape) = before[-1], shape_of(item)
    if kind not in _COUNTED or not item.page or not last.page or item.page <= last.page:
        return False
    number = value_of(item.label or "", item.label_kind)
    if number == 1:
        return last.text.rstrip().endswith(":") or item.indent > last.indent + _SAME_EDGE
    return any(
        (kind, shape) == shape_of(other)
        and abs(other.indent - item.indent) < _SAME_EDGE
        and value_of(other.label or "", other.label_kind) == number - 1
        for other in before
    )
