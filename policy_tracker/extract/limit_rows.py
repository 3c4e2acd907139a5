"""Tables of codes whose rows set limits: an age, a number of units within a time. Each row is an
item of what stands above the table, with all of its words.

Which column sets limits is told by what its cells say, read with its title ("Age: 18-64").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.traced import Traced, glued
from policy_tracker.extract.code_table_titles import cell_at
from policy_tracker.extract.dates_inside import column_kind
from policy_tracker.extract.table_items import APART, row_item
from policy_tracker.language.code_mentions import read_list
from policy_tracker.language.quantities.read import read_quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.blocks import Block, Cell, Row, Table

_LONGEST_TITLE, _LONGEST_LIMIT = 40, 160
_SHARE = 0.5
"""The share of a column's filled cells that set a limit, in a column of limits."""
_LEAST_ROWS = 2
_MAY_LIMIT = re.compile(
    r"\d.{0,12}(?:per\b|every|each|/|years?|yrs?|months?|\+|-|–|to\b|units?|and\b|or\b)"
    r"|\bonce\b|\btwice\b|\bone\b|\bmax",
    re.IGNORECASE,
)
"""What stands in every cell that sets a limit, and in few others."""
_BY_ITSELF = frozenset({"age", "frequency", "interval"})


def limit_rows(block: Block, table: Table) -> list[Block]:
    """The rows as items; none for a table that is not one of codes with limits."""
    if len(table.rows) <= _LEAST_ROWS or table.columns < 2:
        return []
    titles, rows = table.rows[0], table.rows[1:]
    codes = _code_column(table, rows)
    if codes is None or not _are_titles(titles):
        return []
    limits = [
        column
        for column in range(table.columns)
        if column != codes and _sets_limits(cell_at(titles, column), rows, column)
    ]
    if not limits:
        return []
    told = [row for row in rows if any(_text(row, column) for column in limits)]
    return [row_item(block, _words(row, titles, codes, limits)) for row in told]


def _are_titles(row: Row) -> bool:
    texts = [cell.text.strip() for cell in row.cells]
    return (
        sum(map(bool, texts)) > 1
        and all(len(text) <= _LONGEST_TITLE for text in texts)
        and not any(read_list(text) for text in texts)
    )


def _code_column(table: Table, rows: Sequence[Row]) -> int | None:
    """The first column that holds codes, one list in most of its cells."""
    for column in range(table.columns):
        texts = [text for row in rows if (text := _text(row, column))]
        if texts and sum(read_list(text) is not None for text in texts) > _SHARE * len(texts):
            return column
    return None


def _text(row: Row, column: int) -> str:
    cell = cell_at(row, column)
    single = cell is not None and cell.first_column == cell.last_column
    return " ".join(cell.text.split()) if cell and single else ""


def _sets_limits(title: Cell | None, rows: Sequence[Row], column: int) -> bool:
    name = title.text.strip() if title else ""
    if column_kind(name):
        return False
    texts = [text for row in rows if (text := _text(row, column))]
    may = [text for text in texts if len(text) <= _LONGEST_LIMIT and _MAY_LIMIT.search(text)]
    if len(may) < max(_LEAST_ROWS, _SHARE * len(texts)):
        return False
    told = sum(_is_limit(f"{name}: {text}") for text in may)
    return told >= max(_LEAST_ROWS, _SHARE * len(texts))


def _is_limit(words: str) -> bool:
    """Whether words set an age, or a number within a time: a dose alone is a strength."""
    return any(
        found.kind in _BY_ITSELF or found.per is not None or found.kind == "units"
        for found in read_quantities(words, "limit")
    )


def _words(row: Row, titles: Row, codes: int, limits: Sequence[int]) -> Traced:
    """A row as one text, what its columns of limits and those behind them say with their titles."""
    parts: list[tuple[str, Traced]] = []
    for cell in row.cells:
        if not cell.text.strip():
            continue
        title = cell_at(titles, cell.first_column)
        named = cell.first_column != codes and cell.first_column >= min(limits)
        if title is not None and named and title.text.strip():
            parts += [(APART if parts else "", title.traced()), (": ", cell.traced())]
        else:
            parts.append((APART if parts else "", cell.traced()))
    return glued(parts)
