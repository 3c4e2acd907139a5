"""Titles of columns that say what holds for codes: "Not covered" above a column of codes, or above
a column of crosses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.language.code_forms import MAY_BEGIN_CODE
from policy_tracker.language.disposition import disposition_of
from policy_tracker.record.vocabulary import APPROVING, Position

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_tracker.documents.blocks import Cell, Row, Table

_TITLE_ROWS = 3
_LONGEST_TITLE = 140
_MARK = re.compile(r"[xX✓✔☑☒√●•■]|yes|y", re.IGNORECASE)
_NO = re.compile(r"no|n", re.IGNORECASE)
_NONE = re.compile(r"[-–—□☐]+|n/?a", re.IGNORECASE)


def cell_at(row: Row, column: int) -> Cell | None:
    """The cell of a row that stands in a column, or reaches over it."""
    return next(
        (cell for cell in row.cells if cell.first_column <= column <= cell.last_column), None
    )


def title_position(table: Table, column: int) -> tuple[Position, str] | None:
    """The position that a column's own title takes, and its words; None for one across columns."""
    for row in table.rows[:_TITLE_ROWS]:
        cell = cell_at(row, column)
        if cell is None or cell.first_column != cell.last_column or not cell.text.strip():
            continue
        text = " ".join(cell.text.split())
        if MAY_BEGIN_CODE.match(text) or len(row.cells) == 1:
            return None
        if sum(bool(one.text.strip()) for one in row.cells) < 2:
            continue
        if len(text) <= _LONGEST_TITLE and (position := disposition_of(text)):
            return position, text
    return None


def columns_of_marks(table: Table, codes: Sequence[int]) -> dict[int, Position]:
    """The columns of crosses, or of yes and no, whose titles are positions."""
    found: dict[int, Position] = {}
    for column in range(table.columns):
        titled = None if column in codes else title_position(table, column)
        if titled is None:
            continue
        cells = [
            cell.text.strip()
            for row in table.rows
            if (cell := cell_at(row, column)) and cell.first_column == cell.last_column
        ]
        told = [text for text in cells if text and " ".join(text.split()) != titled[1]]
        if any(_MARK.fullmatch(text) or _NO.fullmatch(text) for text in told) and all(
            _MARK.fullmatch(text) or _NO.fullmatch(text) or _NONE.fullmatch(text) for text in told
        ):
            found[column] = titled[0]
    return found


def position_of_marks(row: Row, columns: Mapping[int, Position]) -> Position | None:
    """The position under whose title a row has its cross; "no" under "Covered" denies.

    Two crosses, or none, say nothing.
    """
    said: list[Position] = []
    for column, position in columns.items():
        cell = cell_at(row, column)
        text = cell.text.strip() if cell else ""
        if _MARK.fullmatch(text):
            said.append(position)
        elif _NO.fullmatch(text) and position in APPROVING:
            said.append("not_covered" if position == "covered" else "not_medically_necessary")
    return said[0] if len(set(said)) == 1 else None
