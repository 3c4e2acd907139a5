"""Tables that say for each use whether it is covered: a row names the use, one of its cells holds
the payer's word for the position, and the others the conditions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.traced import Traced, glued
from policy_tracker.extract.keys import Keys, slug
from policy_tracker.extract.structure.sections import HeadedPart
from policy_tracker.extract.table_items import joined_cells, row_item
from policy_tracker.language.code_forms import CODE_ALONE
from policy_tracker.language.coverage_terms import position_of_heading
from policy_tracker.language.disposition import disposition_of
from policy_tracker.record.vocabulary import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.blocks import Block, Cell, Row, Table

_LONGEST_STATUS, _LONGEST_TITLE = 6, 6
"""Words of a cell that holds a status and nothing else, and of a column's title."""
_SHARE = 0.6
"""The share of a column's cells that are statuses, in a column of statuses."""
_LEAST_ROWS = 2
_CODE = re.compile(rf"{CODE_ALONE}(?:\W|$)")
_ANSWER = re.compile(r"(?:(?P<yes>yes|y)|no|n|not?)[.*†]*", re.IGNORECASE)
_ASKS = re.compile(r"\s*(?:\?|\((?:y(?:es)?/no?)\))\s*", re.IGNORECASE)
_DENIED: dict[Position, Position] = {
    "covered": "not_covered",
    "medically_necessary": "not_medically_necessary",
}


def status_column(table: Table) -> int | None:
    """The column whose cells say how the use in their row stands, None where there is none.

    The first column names the uses, so it is never the one; where it holds codes the table is one
    of codes.
    """
    body = _body(table) if table.rows else ()
    if len(body) < _LEAST_ROWS or any(_is_code(row) for row in body):
        return None
    for column in range(1, table.columns):
        asked = _asked(table, column)
        cells = [text for row in body if (text := _text_in(row, column))]
        if len(cells) < _LEAST_ROWS:
            continue
        if sum(_position(text, asked) is not None for text in cells) >= _SHARE * len(cells):
            return column
    return None


def opened_rows(
    block: Block, table: Table, column: int, part: HeadedPart, keys: Keys
) -> Iterator[HeadedPart]:
    """The rows, each a statement with all of its words below the status that it has; one whose
    status nobody can tell is undecided.
    """
    asked = _asked(table, column)
    for row in _body(table):
        words = joined_cells(row.cells)
        if not words.text.strip():
            continue
        name = _text_in(row, 0) or words.text
        status = _text_in(row, column)
        steps = tuple(_steps(status, asked))
        key = keys.free(f"{part.key}/{slug(name, 60) or 'row'}")
        title = _status_cell(row, column) if steps else part.title
        yield HeadedPart(
            key,
            steps[0] if steps else part.heading,
            "coverage",
            (*part.path, *steps),
            (row_item(block, words),),
            title=title,
            undecided=_position(status, asked) is None,
        )


def _steps(status: str, asked: Position | None) -> Iterator[str]:
    """A status as a heading that says the same; what an abbreviation stands for is added."""
    if not status:
        return
    said = _position(status, asked)
    if said and position_of_heading(status) is None:
        yield f"{status}: {said.replace('_', ' ')}"
    else:
        yield status


def _position(text: str, asked: Position | None = None) -> Position | None:
    """The position that a cell names, or gives to what its column asks for: "No" below "Covered?"
    is a denial.
    """
    if len(text.split()) > _LONGEST_STATUS:
        return None
    if asked and (answer := _ANSWER.fullmatch(text)):
        return asked if answer["yes"] else _DENIED[asked]
    return position_of_heading(text) or disposition_of(text)


def _asked(table: Table, column: int) -> Position | None:
    """The position that the title of a column asks for: "Covered?", "Medically necessary (Y/N)"."""
    title = _ASKS.sub("", _text_in(table.rows[0], column)) if table.rows else ""
    if not title or len(title.split()) > _LONGEST_TITLE:
        return None
    found = disposition_of(title) or position_of_heading(title)
    return found if found in _DENIED else None


def _body(table: Table) -> tuple[Row, ...]:
    """The rows without their titles: short cells none of which is a status."""
    first, *rest = table.rows
    texts = [cell.text for cell in first.cells if cell.text.strip()]
    titled = all(
        len(text.split()) <= _LONGEST_TITLE and _exact_position(text) is None for text in texts
    )
    return tuple(rest) if titled or _heads_answers(table) else table.rows


def _heads_answers(table: Table) -> bool:
    """Whether a cell of the first row asks for what "yes" and "no" below it answer."""
    return any(
        _asked(table, column)
        and all(
            _ANSWER.fullmatch(text) for row in table.rows[1:3] if (text := _text_in(row, column))
        )
        for column in range(1, table.columns)
    )


def _exact_position(text: str) -> Position | None:
    """The position of a cell that is no title of a column, as "Coverage" is."""
    return _position(text) if text.strip().lower() not in {"coverage", "status"} else None


def _text_in(row: Row, column: int) -> str:
    cell = _cell_in(row, column)
    return " ".join(cell.text.split()) if cell else ""


def _cell_in(row: Row, column: int) -> Cell | None:
    return next((cell for cell in row.cells if cell.first_column == column), None)


def _status_cell(row: Row, column: int) -> Traced:
    cell = _cell_in(row, column)
    return cell.traced() if cell else glued(())


def _is_code(row: Row) -> bool:
    return any(_CODE.match(cell.text) for cell in row.cells)
