"""Lists within lists that are printed without being set in: where all labels of a run of items
stand on one edge, the labels alone tell who stands within whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.enumerators import shape_of
from policy_tracker.documents.levels import STEP, Levels

_SAME_EDGE = 3.0
"""Points by which labels on one edge differ."""
_ANNOUNCED = ":"


def with_levels(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, the items of each flat run set in as deep as their labels count."""
    run: list[Block] = []
    for block in blocks:
        if block.kind in ("heading", "table"):
            yield from _levelled(run)
            run = []
            yield block
        else:
            run.append(block)
    yield from _levelled(run)


def _levelled(run: list[Block]) -> Iterator[Block]:
    if not _is_flat([block for block in run if _is_labelled(block)]):
        yield from run
        return
    levels = Levels()
    for block in run:
        if not _is_labelled(block) or block.label is None:
            yield block
            continue
        level, kind = levels.place(block.label)
        deeper = level * STEP
        yield replace(
            block,
            label_kind=kind,
            indent=block.indent + deeper,
            text_indent=block.text_indent + deeper,
        )


def _is_labelled(block: Block) -> bool:
    return block.kind == "item" and block.label is not None and block.label_kind != "mark"


def _is_flat(items: list[Block]) -> bool:
    """Whether all items stand on one edge, and one announces others that count otherwise."""
    edges = [item.indent for item in items]
    return (
        len(items) > 1
        and max(edges) - min(edges) < _SAME_EDGE
        and any(
            above.text.endswith(_ANNOUNCED) and shape_of(above) != shape_of(below)
            for above, below in pairwise(items)
        )
    )
