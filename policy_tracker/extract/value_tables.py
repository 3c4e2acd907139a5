"""Tables that give each of several things a value: "Tremodol (initial) | 180 days". Their rows are
items of what stands right above the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_tracker.documents.blocks import Block, Row, Table
from policy_tracker.extract.table_items import joined_cells, row_item
from policy_tracker.language.numbers import NUMBER
from policy_tracker.language.plain import digits
from policy_tracker.language.units import CALENDAR_TIME, THING

_STEP = 18.0
"""Points by which an item stands further in than what announces it."""
_VALUE = re.compile(
    rf"(?:up to |maximum(?: of)? |no more than )?{NUMBER} (?:{CALENDAR_TIME}|{THING})"
    rf"(?: (?:per|every|each) (?:{NUMBER} )?{CALENDAR_TIME})?\.?",
    re.IGNORECASE,
)
_LONGEST_NAME = 14
"""Words of the longest cell that names what the value is for."""


def is_value_table(table: Table) -> bool:
    """Whether each row but a title has a name and, as its last cell, a value with its unit."""
    rows = _rows(table)
    valued = [row for row in rows if _has_value(row)]
    titled = len(rows) - len(valued) == 1 and rows[0] not in valued
    return len(valued) > 0 and (titled or len(valued) == len(rows))


def value_items(block: Block, table: Table, above: Block | None) -> Iterator[Block]:
    """The rows as items, their cells joined by blanks, set in from what stands `above`."""
    edge = max(block.indent, above.indent if above else 0.0) + _STEP
    for row in _rows(table):
        if _has_value(row):
            yield row_item(block, joined_cells(row.cells, " "), edge)


def _rows(table: Table) -> list[Row]:
    return [row for row in table.whole_rows() if any(cell.text.strip() for cell in row.cells)]


def _has_value(row: Row) -> bool:
    cells = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return (
        len(cells) >= 2
        and _VALUE.fullmatch(digits(cells[-1]).text.lower()) is not None
        and all(len(cell.split()) <= _LONGEST_NAME for cell in cells[:-1])
        and not any(cell.endswith((":", ".")) for cell in cells[:-1])
    )
