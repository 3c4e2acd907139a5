"""Tables of procedures with their codes below a sentence that takes a position: each row is one of
what that sentence is about, as an item would be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.extract.code_table_titles import title_position
from policy_tracker.extract.code_tables import read_code_table
from policy_tracker.extract.dates_inside import column_kind
from policy_tracker.extract.roles import decides, heading_position
from policy_tracker.extract.table_items import joined_cells, row_item
from policy_tracker.language.code_mentions import read_list
from policy_tracker.language.disposition import is_status
from policy_tracker.language.lexicon import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Block, Cell, Row, Table

_OF_CODES = re.compile(r"\bcodes?\b|\b(?:CPT|HCPCS|ICD-?10)\b", re.IGNORECASE)
_LONGEST_TITLE = 80


def procedure_rows(block: Block, table: Table, above: Sequence[Block], heading: str) -> list[Block]:
    """The rows of a table of procedures as items; none for a list of codes, which is about these.

    `above` are the blocks between the heading and the table: the last of them must take a position
    and lead to it, else the heading takes one.
    """
    if not _is_led(above, heading) or not read_code_table(table):
        return []
    codes = _code_columns(table)
    told = [column for column in _columns(table) if column not in codes]
    if not codes or not told or (told[0] > codes[0] and not above):
        return []  # below a heading alone a list that begins with its codes is a list of codes
    rows = [row for row in table.rows if not _is_titles(row)]
    return [made for row in rows if (made := _item(block, row, told))]


def _is_led(above: Sequence[Block], heading: str) -> bool:
    if not above:
        return heading_position(heading) is not None and not _OF_CODES.search(heading)
    text = above[-1].text.strip()
    return (
        text.endswith(":")
        and above[-1].table is None
        and not _OF_CODES.search(text)
        and decides(text) is not None
    )


def _columns(table: Table) -> Iterator[int]:
    """The columns of words, from the left."""
    for column in range(table.columns):
        texts = [cell.text.strip() for cell in _cells(table, column) if cell.text.strip()]
        if texts and not all(is_status(text) for text in texts[1:]):
            title = texts[0]
            if not column_kind(title) and not (
                title_position(table, column) and len(texts) < len(table.rows)
            ):
                yield column


def _code_columns(table: Table) -> list[int]:
    found = []
    for column in range(table.columns):
        texts = [cell.text.strip() for cell in _cells(table, column) if cell.text.strip()]
        told = [text for text in texts if not _names_codes(text)]
        if told and 2 * sum(read_list(text) is not None for text in told) > len(told):
            found.append(column)
    return found


def _cells(table: Table, column: int) -> Iterator[Cell]:
    for row in table.rows:
        for cell in row.cells:
            if cell.first_column == column == cell.last_column:
                yield cell


def _names_codes(text: str) -> bool:
    return len(text) < _LONGEST_TITLE and terms("columns", "codes").says(text.lower())


def _is_titles(row: Row) -> bool:
    return any(_names_codes(cell.text) and read_list(cell.text) is None for cell in row.cells)


def _item(block: Block, row: Row, columns: Sequence[int]) -> Block | None:
    words = joined_cells(cell for cell in row.cells if cell.first_column in columns)
    return row_item(block, words) if words.text.strip() else None
