"""Tables that are a payer's revision history: a column of dates, and what was changed beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.documents.traced import UNPRINTED, Traced
from policy_tracker.extract.head.dated_labels import name_of_label
from policy_tracker.extract.history_columns import date_titles
from policy_tracker.extract.history_rows import (
    HISTORY_HEADING,
    LONGEST_TYPE,
    TITLES,
    HistoryDraft,
    type_of,
    with_blanks,
)
from policy_tracker.extract.history_stacks import stacked_rows
from policy_tracker.extract.structure.parts import kind_of_heading
from policy_tracker.language.code_forms import MAY_BEGIN_CODE
from policy_tracker.language.code_mentions import read_list
from policy_tracker.language.dates import date_at_start, dates_in

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Table

_EMPTY_DATE = re.compile(r"^(?:n/?a|tbd|pending)$", re.IGNORECASE)
_NO_WORDS = re.compile(r"(?:n/?a|unchanged|same|none|[-–—])?", re.IGNORECASE)
_AFTER_DATE = re.compile(r"\s*[-–—:|]?\s*")
_BESIDE_DATE = 25
"""Characters that may stand beside the date in a cell of dates, such as "(annual review)"."""
_MOSTLY = 0.6
_DATE_TITLE = re.compile(
    r"(?:(?:revision|review|effective|change|version|edition|publication|issue|update|approval) )?"
    r"dates?",
    re.IGNORECASE,
)
_LEAST_BACK, _LEAST_COLUMNS = 3, 2
"""Rows from which dates that go back are no coincidence; columns of a table of them."""
_LEAST_ROWS = 2
"""Rows from which what a column says in each of them tells something of the column."""


def is_history(table: Table) -> bool:
    """Whether a table says in its first rows that it is a history: a title such as `Change
    Control`, or columns of dates and changes.
    """
    for row in table.rows[:3]:
        texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
        if any(_is_date(text) for text in texts):
            continue  # "Last Revised: | 1/5/2026": a label beside its value
        if any(kind_of_heading(text) == "history" for text in texts):
            return True
        heads = any(HISTORY_HEADING.fullmatch(text) for text in texts)
        if heads and is_dated(table) and tells_words(table):
            return True
        if (
            len(texts) > 1
            and all(TITLES.match(text) for text in texts)
            and any("date" in text.lower() for text in texts)
        ):
            return True
    return _goes_back(table)


def tells_words(table: Table) -> bool:
    """Whether words stand beside a date in any row; labels before dates are none."""
    return any(
        any(_is_date(text) for text in texts)
        and any(text and not _is_date(text) for text in texts)
        and not _is_labelled(texts)
        for texts in ([cell.text.strip() for cell in row.cells] for row in table.rows)
    )


def _is_labelled(texts: Sequence[str]) -> bool:
    """Whether a row is nothing but dates, each behind a label of its own."""
    filled = [text for text in texts if text]
    labels = [text for text in filled if not _is_date(text)]
    named = (text.endswith(":") or name_of_label(text) is not None for text in labels)
    return 2 * len(labels) == len(filled) and not _is_date(filled[0]) and all(named)


def _goes_back(table: Table) -> bool:
    """Whether every row below the titles has a date in the column that is called so, each before
    the one above it, and words beside it: newest first, as nothing but a history is printed.
    """
    first, *below = [[cell.text.strip() for cell in row.cells] for row in table.rows] or [[]]
    if len(below) < _LEAST_BACK or len(first) < _LEAST_COLUMNS:
        return False
    for column, title in enumerate(first):
        if not _DATE_TITLE.fullmatch(title):
            continue
        dates = [_exact_date(row[column]) if column < len(row) else None for row in below]
        told = [date for date in dates if date]
        goes_back = all(later > earlier for later, earlier in pairwise(told))
        if len(told) == len(below) and goes_back and not any(map(_begins_with_code, below)):
            return True
    return False


def _exact_date(text: str) -> str | None:
    date = date_at_start(text)
    return date.iso if date and date.end == len(text) else None


def _begins_with_code(row: Sequence[str]) -> bool:
    return any(MAY_BEGIN_CODE.match(text) and read_list(text) is not None for text in row)


def is_dated(table: Table) -> bool:
    """Whether most rows of a table have a date in one column, or begin with one there."""
    grid = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    return any(_date_column(grid, date_of) is not None for date_of in (_whole_date, _leading_date))


def add_table(table: Table, rows: list[HistoryDraft]) -> None:
    """A table with a column of dates, wherever it stands, or of texts that begin with one; the
    short column beside it that is no date holds the type of revision.
    """
    grid = [[cell.traced().stripped() for cell in row.cells] for row in table.rows]
    texts = [[cell.text for cell in cells] for cells in grid]
    column = _date_column(texts, _whole_date)
    if column is None or _holds_words(texts, column):
        _add_dated_texts(table, grid, rows)
        return
    column = _telling_column(texts, _effective_column(texts, column))
    told = _column_of_words(texts)
    for row, cells in zip(table.rows, grid, strict=True):
        if all(not cell.text or TITLES.match(cell.text) for cell in cells):
            continue
        if stacked := stacked_rows(row, column, told):
            rows += stacked
            continue
        at = _dated_cell(cells, column)
        printed = cells[at] if at < len(cells) else UNPRINTED
        date = _whole_date(printed.text)
        if date is None and (row.continues or not printed.text):
            _continue(rows, cells, column)
        elif date is not None or _EMPTY_DATE.match(printed.text):
            own, words = _type_and_words(cells, at, told)
            kind = (own.text or None) if own else type_of(words.text)
            kind = kind or _beside_date(printed.text)
            rows.append(
                HistoryDraft(
                    date, kind, words, row.page, with_blanks([printed, *([own] if own else [])])
                )
            )


def _holds_words(grid: Sequence[Sequence[str]], column: int) -> bool:
    """Whether the cells of the column of dates hold the words of their rows too, and no other cells
    do.
    """
    dated = [row for row in grid if column < len(row) and _whole_date(row[column])]
    words = sum(
        (date := date_at_start(row[column])) is not None and date.end < len(row[column])
        for row in dated
    )
    apart = sum(any(cell for at, cell in enumerate(row) if at != column) for row in dated)
    return words >= _MOSTLY * len(dated) and apart <= len(dated) / 2


def _dated_cell(cells: Sequence[Traced], column: int) -> int:
    """The cell of a row that holds its date: that of the column, else another that does, as where a
    status is printed with its date ("Updated 04/01/2026 | n/a | unchanged").
    """
    own = cells[column].text if column < len(cells) else ""
    if _whole_date(own) or not own:
        return column
    return next((at for at, cell in enumerate(cells) if _whole_date(cell.text)), column)


def _effective_column(grid: Sequence[Sequence[str]], column: int) -> int:
    """The column of effective dates, where a title names one beside the first column of dates."""
    for row in grid[:2]:
        for at, text in enumerate(row):
            if "effective" in date_titles(text) and any(
                at < len(below) and _whole_date(below[at]) for below in grid[1:]
            ):
                return at
    return column


def _telling_column(grid: Sequence[Sequence[str]], column: int) -> int:
    """The column of dates, or another one where this prints one date in every row, as the policy's
    own beside each of its revisions.
    """
    columns = [
        [date for row in grid if at < len(row) and (date := _whole_date(row[at]))]
        for at in range(max(len(row) for row in grid))
    ]
    own = columns[column]
    if len(own) < _LEAST_ROWS or len(set(own)) > 1:
        return column
    others = (at for at, dates in enumerate(columns) if len(dates) == len(set(dates)) == len(own))
    return next(others, column)


def _column_of_words(grid: Sequence[Sequence[str]]) -> int | None:
    """The column with the most words; one that says the same in every row has the kinds."""
    width = max(len(row) for row in grid)
    dated = [row for row in grid if any(map(date_at_start, row))]
    cells = [[row[at] for row in dated if at < len(row) and row[at]] for at in range(width)]
    lengths = [
        0
        if len(set(column)) == 1
        or all(map(date_at_start, column))
        or all(map(name_of_label, column))
        else sum(map(len, column))
        for column in cells
    ]
    most = max(lengths)
    return lengths.index(most) if most and len(dated) >= _LEAST_ROWS else None


def _beside_date(text: str) -> str | None:
    """The status that stands with the date in one cell."""
    date = next(iter(dates_in(text)), None)
    status = text[: date.start].strip(" :–-") if date else ""
    return status if status[:1].isupper() else None


def _add_dated_texts(
    table: Table, grid: Sequence[Sequence[Traced]], rows: list[HistoryDraft]
) -> None:
    """The rows of a table whose cells print date and words one behind the other."""
    column = _date_column([[cell.text for cell in cells] for cells in grid], _leading_date)
    if column is None:
        return
    for row, cells in zip(table.rows, grid, strict=True):
        cell = cells[column] if column < len(cells) else UNPRINTED
        date = date_at_start(cell.text)
        if date is None:
            _continue(rows, [cell], -1)
            continue
        lead = _AFTER_DATE.match(cell.text, date.end)
        words = cell.cut(lead.end() if lead else date.end).stripped()
        rows.append(
            HistoryDraft(date.iso, type_of(words.text), words, row.page, cell.cut(0, date.end))
        )


def _leading_date(text: str) -> str | None:
    date = date_at_start(text)
    return date.iso if date else None


def _continue(rows: list[HistoryDraft], cells: Sequence[Traced], column: int) -> None:
    """A row without a date goes on with the one before it (over a page break, or a second line of
    changes).
    """
    more = with_blanks(cell for place, cell in enumerate(cells) if place != column and cell.text)
    if rows and more.text:
        rows[-1] = rows[-1].going_on(more)


def _type_and_words(
    cells: Sequence[Traced], column: int, told: int | None
) -> tuple[Traced | None, Traced]:
    """The type of revision in a column of its own, None where there is none, and what the other
    cells say; `told` is the column with the most words.
    """
    others = [
        cell
        for place, cell in enumerate(cells)
        if place != column and not _NO_WORDS.fullmatch(cell.text) and not _is_date(cell.text)
    ]
    if len(others) < 2:
        return None, others[0] if others else UNPRINTED
    own = cells[told] if told is not None and told < len(cells) else None
    longest = own.text if own in others else max((cell.text for cell in others), key=len)
    kind = next(
        (cell for cell in others if cell.text != longest and len(cell.text) <= LONGEST_TYPE),
        UNPRINTED,
    )
    return kind, with_blanks(cell for cell in others if cell.text != kind.text)


def _is_date(text: str) -> bool:
    """Whether a cell holds a date and nothing else: a second column of dates."""
    date = date_at_start(text)
    return date is not None and date.end == len(text)


def _whole_date(text: str) -> str | None:
    """The date of a cell that holds a date, or a date and a word or two."""
    date = date_at_start(text) or next(iter(dates_in(text)), None)
    return date.iso if date and len(text) <= len(date.raw) + _BESIDE_DATE else None


def _date_column(grid: Sequence[Sequence[str]], date_of: Callable[[str], str | None]) -> int | None:
    """The column in which most cells are dates, from its first date on: what stands above are
    titles.
    """
    width = max((len(row) for row in grid), default=0)
    best, most = None, 0
    for column in range(width):
        cells = [
            row[column]
            for row in grid
            if column < len(row) and row[column] and not TITLES.match(row[column])
        ]
        dated = [date_of(cell) is not None for cell in cells]
        hits = sum(dated)
        if hits > most and hits >= _MOSTLY * (len(dated) - dated.index(True)):
            best, most = column, hits
    return best
