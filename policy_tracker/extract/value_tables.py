"""Tables that give each of several things a value, an answer or points: "Tremodol (initial) | 180
days", "Gold plan | Approval is not required.", "Fever | 2" under "Points". Their rows are items of
what stands right above the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.documents.traced import glued
from policy_tracker.extract.roles import decides
from policy_tracker.extract.table_items import APART, joined_cells, row_item
from policy_tracker.language.coverage_terms import special_role
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
_POINTS = re.compile(r"(?:score|points?|value|weight)s?(?: \w+)?", re.IGNORECASE)
_BARE = re.compile(r"[-+–]?\d{1,3}(?:\.\d)?")
_LEAST_CELLS = 2
_LONGEST_NAME = 14
"""Words of the longest cell that names what the value is for."""


def is_value_table(table: Table) -> bool:
    """Whether each row but a title has a name and, as its last cell, a value with its unit or a
    sentence that answers; or whether the rows give points under a title that says so.
    """
    rows = _rows(table)
    valued = [row for row in rows if _has_value(row)]
    titled = len(rows) - len(valued) == 1 and rows[0] not in valued
    if len(valued) > 0 and (titled or len(valued) == len(rows)):
        return True
    return _title_of_points(rows) is not None


def value_items(block: Block, table: Table, above: Block | None) -> Iterator[Block]:
    """The rows as items, their cells joined, set in from what stands `above`; rows of points with
    the title of these, below the line that heads them.
    """
    edge = max(block.indent, above.indent if above else 0.0) + _STEP
    rows = _rows(table)
    points = _title_of_points(rows)
    headed = False
    for row in rows[1:] if points else rows:
        cells = [cell for cell in row.cells if cell.text.strip()]
        if points and len(cells) == 1:
            headed = True
            yield row_item(block, cells[0].traced(), edge)
        elif points:
            words = glued(((APART, points.traced()), (" ", cells[-1].traced())))
            named = glued((("", joined_cells(cells[:-1])), ("", words)))
            yield row_item(block, named, edge + _STEP * headed)
        elif _has_value(row):
            between = " " if _is_value(cells[-1].text) else APART
            yield row_item(block, joined_cells(cells, between), edge)


def _rows(table: Table) -> list[Row]:
    return [row for row in table.whole_rows() if any(cell.text.strip() for cell in row.cells)]


def _title_of_points(rows: list[Row]) -> Cell | None:
    """The title above the last column, where that holds bare numbers which the title names: points
    of a score.
    """
    titles = [cell for cell in rows[0].cells if cell.text.strip()] if rows else []
    if len(titles) < _LEAST_CELLS or not _POINTS.fullmatch(titles[-1].text.strip()):
        return None
    filled = [[cell.text.strip() for cell in row.cells if cell.text.strip()] for row in rows[1:]]
    numbered = [cells for cells in filled if len(cells) >= _LEAST_CELLS]
    numbers = all(_BARE.fullmatch(cells[-1]) for cells in numbered)
    return titles[-1] if len(numbered) >= _LEAST_CELLS and numbers else None


def _has_value(row: Row) -> bool:
    cells = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return (
        len(cells) >= _LEAST_CELLS
        and (_is_value(cells[-1]) or _answers(cells[-1]))
        and all(len(cell.split()) <= _LONGEST_NAME for cell in cells[:-1])
        and not any(cell.endswith((":", ".")) for cell in cells[:-1])
    )


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(digits(text.strip()).text.lower()) is not None


def _answers(text: str) -> bool:
    """Whether a cell is a sentence that says what holds for the thing named beside it."""
    return text.endswith(".") and (decides(text) is not None or special_role(text) is not None)
