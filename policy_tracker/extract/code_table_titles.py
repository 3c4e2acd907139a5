"""Titles of columns that say what holds for codes: "Not covered" above a column of codes, or above
a column of crosses; "Covered?" or "PA?" above one of yes and no.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.extract.code_legends import asks_authorization, marks_in
from policy_tracker.language.code_forms import MAY_BEGIN_CODE
from policy_tracker.language.disposition import disposition_of
from policy_tracker.record.vocabulary import APPROVING, Position, Requirement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_tracker.documents.blocks import Cell, Row, Table

_TITLE_ROWS = 3
_LONGEST_TITLE = 140
_LONGEST_ASKED = 60
_MARK = re.compile(r"[xX✓✔☑☒√●•■]|yes|y", re.IGNORECASE)
_NO = re.compile(r"no|n", re.IGNORECASE)
_ANSWER = re.compile(r"yes|no|y|n", re.IGNORECASE)
_NONE = re.compile(r"[-–—□☐]+|n/?a", re.IGNORECASE)
_ASKED = re.compile(
    r"(?:(?:is|are|it|the|this|code|service|item|plan|a|an|medicaid|medicare|commercial)\W+)*"
    r"(?:cover(?:ed|age)|benefits?|payable|paid|payment|reimburs\w+|eligible|allowed|allowable)"
    r"(?:\W+(?:by|under|for)\W+(?:\w+\W*){1,3})?\W*",
    re.IGNORECASE,
)
"""A title that asks whether something is covered, and nothing else."""
_AUTHORIZATION = re.compile(
    r"\b(?:PA|PAR|(?:pre-?|prior )?auth(?:s|\.|orizations?)?|pre-?cert(?:ification)?s?"
    r"|(?:prior|pre-?service|plan|advance) (?:approvals?|reviews?|notifications?))(?!\w)"
)
"""A title that asks whether an authorization is needed, in capitals or not."""
_REQUIRED = re.compile(r"(?:is |are )?(?:required|needed)", re.IGNORECASE)
_STATES = re.compile(r"\b(?:states?|markets?|regions?)\b", re.IGNORECASE)
"""Titles below which PA is Pennsylvania."""
_NOT_REQUIRED = re.compile(r"(?:is |are )?(?:not|no) (?:required|needed)", re.IGNORECASE)


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
        if titled is None and column not in codes and (asked := column_title(table, column)):
            titled = ("covered", asked) if _ASKED.fullmatch(asked) else None
        if titled is None:
            continue
        told = told_below(table, column, titled[1])
        if any(_MARK.fullmatch(text) or _NO.fullmatch(text) for text in told) and all(
            _MARK.fullmatch(text) or _NO.fullmatch(text) or _NONE.fullmatch(text) for text in told
        ):
            found[column] = titled[0]
    return found


def answer_in(table: Table, row: Row, columns: Mapping[int, Position]) -> str | None:
    """The question and the answer by which a row has its position: "Covered?: No"."""
    for column in columns:
        cell, title = cell_at(row, column), column_title(table, column)
        text = cell.text.strip() if cell else ""
        if title and _ANSWER.fullmatch(text):
            return f"{title.rstrip(' :')}: {text}"
    return None


def columns_of_authorization(table: Table, codes: Sequence[int]) -> dict[int, str]:
    """The columns that say with yes or no whether codes need an authorization, and their titles."""
    found: dict[int, str] = {}
    for column in range(table.columns):
        title = None if column in codes else column_title(table, column)
        if title is None:
            continue
        told = told_below(table, column, title)
        if _are_marks(told) and not _STATES.search(title):
            found[column] = title
        if not _AUTHORIZATION.search(_small(title)):
            continue
        answers = [_answer(text) for text in told if not _NONE.fullmatch(text)]
        if answers and None not in answers:
            found[column] = title
    return found


def authorization_of(row: Row, columns: Mapping[int, str]) -> tuple[Requirement, str] | None:
    """Whether a row's codes need an authorization, and the words that say so: "PA?: Y"."""
    for column, title in columns.items():
        cell = cell_at(row, column)
        answer = _answer(cell.text.strip()) if cell else None
        if cell and answer is None and asks_authorization(cell.text):
            answer = True
        if cell and answer is not None:
            said: Requirement = "required" if answer else "not_required"
            return said, f"{title.rstrip(' :')}: {cell.text.strip()}"
    return None


def _are_marks(told: Sequence[str]) -> bool:
    """Whether cells hold marks and nothing else, one of which asks for an authorization."""
    return any(asks_authorization(text) for text in told) and all(marks_in(text) for text in told)


def _answer(text: str) -> bool | None:
    if _MARK.fullmatch(text) or _REQUIRED.fullmatch(text):
        return True
    return False if _NO.fullmatch(text) or _NOT_REQUIRED.fullmatch(text) else None


def _small(title: str) -> str:
    """A title in small letters, but for abbreviations."""
    return " ".join(
        word if word.isupper() and len(word.strip("?:.")) <= 3 else word.lower()
        for word in title.split()
    )


def column_title(table: Table, column: int) -> str | None:
    """The short words of a first row that stand above a column."""
    cell = cell_at(table.rows[0], column) if table.rows else None
    if cell is None or cell.first_column != cell.last_column or len(table.rows[0].cells) < 2:
        return None
    text = " ".join(cell.text.split())
    return text if text and len(text) <= _LONGEST_ASKED else None


def told_below(table: Table, column: int, title: str) -> list[str]:
    """What the cells of a column say, its title left out."""
    cells = [
        cell.text.strip()
        for row in table.rows
        if (cell := cell_at(row, column)) and cell.first_column == cell.last_column
    ]
    return [text for text in cells if text and " ".join(text.split()) != title]


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
