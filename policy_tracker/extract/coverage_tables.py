"""Tables in a coverage part.

Those of limits or criteria hold statements, those of codes and reference values belong to others,
the rest nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.documents.cell_blocks import cell_blocks
from policy_tracker.documents.traced import Traced, glued
from policy_tracker.extract.drug_lists import (
    has_columns_of_standing,
    is_drug_list,
    opened_list,
)
from policy_tracker.extract.keys import Keys, slug
from policy_tracker.extract.limit_rows import limit_rows
from policy_tracker.extract.procedure_tables import procedure_rows
from policy_tracker.extract.status_tables import opened_rows, status_column
from policy_tracker.extract.structure.sections import HeadedPart
from policy_tracker.extract.table_items import joined_cells, row_item
from policy_tracker.extract.value_tables import is_value_table, value_items
from policy_tracker.language.code_forms import CODE_ALONE, MARKS
from policy_tracker.language.coverage_terms import role_under
from policy_tracker.language.lexicon import terms
from policy_tracker.language.quantities.read import locate_quantities

_CODE = re.compile(rf"{MARKS}*{CODE_ALONE}{MARKS}*(?:\s*[-–]\s*\S+)?")
_CROSS = re.compile(r"[xX✓✔☒☑●•]")
_BARE_NUMBER = re.compile(r"\d[\d.,/]*")
_LONG = 8
"""A cell of more words than this is prose rather than a value."""
_LONGEST_TITLE = 200
"""Characters of a row's first cells that name it."""


@dataclass(frozen=True, slots=True)
class OpenedTables:
    """The parts with their statement tables opened into blocks.

    `headings` are the headers and row titles of the opened tables; `passed` are tables for other
    readers and of reference values, `left` those unread.
    """

    parts: tuple[HeadedPart, ...]
    headings: tuple[Traced, ...]
    passed: tuple[Block, ...]
    left: tuple[Block, ...]


def open_tables(parts: Sequence[HeadedPart]) -> OpenedTables:
    """Opens the tables of the coverage parts, and those of other parts that say of drugs or uses
    how they stand.
    """
    opener = _TableOpener(parts)
    for part in parts:
        opener.read(part)
    return opener.opened()


class _TableOpener:
    """Walks over the parts. Some tables become parts of their own, and cut the part in which they
    stand; the rows of others are items of it.
    """

    def __init__(self, parts: Sequence[HeadedPart]) -> None:
        self.keys = Keys()
        for part in parts:
            self.keys.free(part.key)
        self.out: list[HeadedPart] = []
        self.gathered: list[Block] = []
        self.headings: list[Traced] = []
        self.passed: list[Block] = []
        self.left: list[Block] = []

    def opened(self) -> OpenedTables:
        return OpenedTables(
            tuple(self.out), tuple(self.headings), tuple(self.passed), tuple(self.left)
        )

    def read(self, part: HeadedPart) -> None:
        if not _has_statement_tables(part):
            self.out.append(part)
            return
        for block in part.blocks:
            if block.table is None:
                self.gathered.append(block)
            elif (rows := self._as_parts(block, block.table, part)) is not None:
                self._close(part)
                self.out += rows
            elif part.is_coverage:
                self._within(block, block.table, part)
            else:
                self.gathered.append(block)
        self._close(part)

    def _close(self, part: HeadedPart) -> None:
        self.out.append(replace(part, blocks=tuple(self.gathered)))
        self.gathered = []

    def _as_parts(self, block: Block, table: Table, part: HeadedPart) -> list[HeadedPart] | None:
        """The rows of a table that are parts of their own: of drugs, of uses with their status, of
        limits and criteria.
        """
        columns = statement_columns(table) if part.is_coverage else ()
        titles = [cell.traced() for row in table.rows[:1] for cell in row.cells]
        if is_drug_list(table):
            if not columns or has_columns_of_standing(table):
                self.headings += titles
                return list(opened_list(block, table, part, self.keys))
        elif (status := status_column(table)) is not None:
            self.headings += titles
            return list(opened_rows(block, table, status, part, self.keys))
        if not columns:
            return None
        rows = list(_rows_as_parts(block, table, columns, part, self.keys))
        self.headings += titles if _is_headed(table) else ()
        self.headings += [title for row in rows for title in row.titles]
        return [row.part for row in rows]

    def _within(self, block: Block, table: Table, part: HeadedPart) -> None:
        """Takes the rows of a table as items of its part, or leaves it to other readers."""
        rows = limit_rows(block, table)
        if rows := rows or procedure_rows(block, table, self.gathered, part.heading):
            self.gathered += rows
            self.passed.append(block)
        elif is_value_table(table):
            above = self.gathered[-1] if self.gathered else None
            self.gathered += value_items(block, table, above)
        else:
            (self.left if _is_unknown(table) else self.passed).append(block)


def _has_statement_tables(part: HeadedPart) -> bool:
    tables = [block.table for block in part.blocks if block.table]
    if part.is_coverage or any(is_drug_list(table) for table in tables):
        return bool(tables)
    return part.kind == "other" and any(status_column(table) is not None for table in tables)


def statement_columns(table: Table) -> tuple[int, ...]:
    """The columns whose cells are statements.

    Those whose header speaks of limits or criteria, else those of prose that sets requirements.
    """
    if table.columns < 2 or len(table.rows) < 2 or _is_code_table(table):
        return ()
    header = [cell for cell in table.rows[0].cells if len(cell.text.split()) <= _LONG]
    if len(header) == len(table.rows[0].cells):
        named = tuple(
            cell.first_column
            for cell in header
            if cell.first_column > 0 and _speaks_of_limits(cell.text)
        )
        if named:
            return tuple(sorted({*named, *_columns_of_values(table)}))
    texts: dict[int, list[str]] = {}
    for row in table.rows:
        for cell in row.cells:
            if cell.text and cell.first_column == cell.last_column:
                texts.setdefault(cell.first_column, []).append(cell.text)
    return tuple(
        column
        for column, cells in sorted(texts.items())
        if sum(len(text.split()) for text in cells) > _LONG * len(cells)
        and sum(terms("columns", "requirement").says(text.lower()) for text in cells) * 2
        > len(cells)
        and (column > 0 or len(texts) == 1)
    )


def _columns_of_values(table: Table) -> Iterator[int]:
    """The columns behind the first whose cells are numbers with their units, most of them: ages,
    durations.
    """
    for column in range(1, table.columns):
        cells = [
            cell.text
            for row in table.rows[1:]
            for cell in row.cells
            if cell.first_column == column == cell.last_column and cell.text.strip()
        ]
        told = sum(bool(locate_quantities(text, "criterion")) for text in cells if _is_short(text))
        if cells and told * 2 > len(cells):
            yield column


def _is_short(text: str) -> bool:
    return len(text.split()) <= _LONG


def _speaks_of_limits(title: str) -> bool:
    return terms("columns", "limits_or_criteria").says(title.lower())


def _is_code_table(table: Table) -> bool:
    for column in range(table.columns):
        cells = [
            cell.text
            for row in table.rows
            for cell in row.cells
            if cell.first_column == column == cell.last_column and cell.text
        ]
        codes = sum(bool(_CODE.match(text)) for text in cells)
        if cells and codes >= 0.6 * max(1, len(cells) - 1):
            return True
    return False


def _is_unknown(table: Table) -> bool:
    """A grid of crosses: what they mean hangs on headers that only a format knows."""
    crosses = sum(bool(_CROSS.fullmatch(cell.text)) for row in table.rows for cell in row.cells)
    return not _is_code_table(table) and crosses >= 3


@dataclass(frozen=True, slots=True)
class _OpenedRow:
    """A row as a part, and the titles above its text: those of a line across the table, and of its
    own first cells.
    """

    part: HeadedPart
    titles: tuple[Traced, ...]


def _rows_as_parts(
    block: Block, table: Table, columns: tuple[int, ...], part: HeadedPart, keys: Keys
) -> Iterator[_OpenedRow]:
    chapter: tuple[Traced, ...] = ()
    for row in table.rows[1 if _is_headed(table) else 0 :]:
        filled = [cell for cell in row.cells if cell.text]
        # across all columns: a heading or a remark
        if len(filled) == 1 and filled[0].last_column > filled[0].first_column:
            if _is_title(filled[0]):
                chapter = (filled[0].traced(),)
                continue
            yield _opened(part, chapter, cell_blocks(filled[0], row.page or block.page), keys)
            continue
        if _holds_numbers(row, columns):
            words = joined_cells(row.cells)
            yield _opened(part, chapter, [row_item(block, words)], keys)
            continue
        cells = [
            cell.traced() for cell in row.cells if cell.first_column not in columns and cell.text
        ]
        title = glued((" " if number else "", cell) for number, cell in enumerate(cells)).cut(
            0, _LONGEST_TITLE
        )
        own = (title,) if title.text and not row.continues else ()
        headers = {cell.first_column: cell for cell in table.rows[0].cells}
        apart = {column for column in columns if _has_role(headers.get(column))}
        apart = apart if apart < set(columns) else set()
        told = [cell for cell in row.cells if cell.first_column in columns and cell.text.strip()]
        blocks = [
            made
            for cell in told
            if cell.first_column not in apart
            for made in _placed(cell, row, block)
        ]
        if blocks:
            yield _opened(part, own, blocks, keys)
        for cell in told:
            if cell.first_column in apart:
                above = (*own, headers[cell.first_column].traced())
                yield _opened(part, above, _placed(cell, row, block), keys)


def _holds_numbers(row: Row, columns: tuple[int, ...]) -> bool:
    """Whether what a row sets is a bare number, which says nothing without its other words."""
    told = [cell.text for cell in row.cells if cell.first_column in columns and cell.text.strip()]
    return bool(told) and all(_BARE_NUMBER.fullmatch(text.strip()) for text in told)


def _has_role(header: Cell | None) -> bool:
    """Whether the title of a column says what its cells do: "Approval duration"."""
    return header is not None and role_under(header.text) is not None


def _is_headed(table: Table) -> bool:
    """Whether the first row is a header that speaks of limits or criteria."""
    cells = table.rows[0].cells
    return all(len(cell.text.split()) <= _LONG for cell in cells) and any(
        _speaks_of_limits(cell.text) for cell in cells
    )


def _placed(cell: Cell, row: Row, block: Block) -> list[Block]:
    made = cell_blocks(cell, row.page or block.page)
    return [found if found.places else replace(found, places=block.places[:1]) for found in made]


def _is_title(cell: Cell) -> bool:
    return len(cell.text.split()) <= _LONG and not cell.text.endswith((".", ":", ";"))


def _opened(
    part: HeadedPart, titles: tuple[Traced, ...], blocks: list[Block], keys: Keys
) -> _OpenedRow:
    if not titles:
        return _OpenedRow(replace(part, blocks=tuple(blocks)), titles)
    steps = tuple(title.text for title in titles)
    key = keys.free("/".join([part.key, *(slug(step, 60) or "row" for step in steps)]))
    return _OpenedRow(
        HeadedPart(
            key, steps[-1], part.kind, (*part.path, *steps), tuple(blocks), title=titles[-1]
        ),
        titles,
    )
