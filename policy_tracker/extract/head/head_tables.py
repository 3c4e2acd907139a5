"""Tables that are a letterhead: their rows are labels and values, at least two of them the labels
of the policy's dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.extract.head.dated_labels import name_of_label
from policy_tracker.language.dates import first_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.blocks import Block, Row, Table

_FIRST_BLOCKS = 12
_MOST_ROWS = 20
_LEAST = 2


def head_rows(blocks: Sequence[Block]) -> frozenset[str]:
    """The ids of the rows of letterheads among the first blocks: they direct nothing."""
    return frozenset(
        row.id
        for block in blocks[:_FIRST_BLOCKS]
        if block.table is not None and _is_head(block.table)
        for row in block.table.rows
    )


def _is_head(table: Table) -> bool:
    rows = table.rows
    return len(rows) <= _MOST_ROWS and sum(map(_is_dated_label, rows)) >= _LEAST


def _is_dated_label(row: Row) -> bool:
    """Whether a row begins with the label of a date and goes on with that date."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return (
        len(texts) >= _LEAST
        and name_of_label(texts[0].strip(" :")) is not None
        and first_date(texts[1]) is not None
    )
