"""Histories whose table has no rules, so that each cell stands as a line of its own: the dates
stand at equal distances, which are the number of columns.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.extract.history_rows import LONGEST_TYPE, HistoryDraft, with_blanks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.blocks import Block
    from policy_tracker.documents.traced import Traced
    from policy_tracker.extract.history_prose import Begin

_LEAST_ROWS = 2
_COLUMNS = (3, 4, 5)
"""Of two columns the date is the first or the last, which is told without."""


def rows_of_grid(blocks: Sequence[Block], begins: Sequence[Begin]) -> list[HistoryDraft]:
    """The rows of such a history below its heading, the first block; none where it is none."""
    column = _date_column(blocks, begins)
    if column is None:
        return []
    width = begins[1].block - begins[0].block
    rows = [blocks[one.block - column : one.block - column + width] for one in begins]
    words = _column_of_words(rows, column)
    return [_row(row, begin, column, words) for row, begin in zip(rows, begins, strict=True)]


def _date_column(blocks: Sequence[Block], begins: Sequence[Begin]) -> int | None:
    """Which column has the dates, where all stand alone in cells at equal distances, behind the
    titles of as many columns.
    """
    widths = {after.block - before.block for before, after in pairwise(begins)}
    if len(begins) < _LEAST_ROWS or len(widths) != 1:
        return None
    (width,) = widths
    column = begins[0].block - 1 - width
    ends = begins[-1].block - column + width
    alone = all(one.opener.start == 0 and _is_alone(blocks[one.block], one) for one in begins)
    fits = width in _COLUMNS and 0 < column < width and ends <= len(blocks)
    return column if alone and fits and not any(one.table for one in blocks[1:ends]) else None


def _is_alone(block: Block, begin: Begin) -> bool:
    return not block.text[begin.opener.words :].strip()


def _column_of_words(rows: Sequence[Sequence[Block]], dates: int) -> int:
    """The column with the most words beside that of the dates."""
    others = [at for at in range(len(rows[0])) if at != dates]
    return max(others, key=lambda at: sum(len(row[at].text) for row in rows))


def _row(row: Sequence[Block], begin: Begin, dates: int, words: int) -> HistoryDraft:
    cells: list[Traced] = [block.traced().stripped() for block in row]
    kind = next(
        (
            cell
            for at, cell in enumerate(cells)
            if at not in (dates, words) and 0 < len(cell.text) <= LONGEST_TYPE
        ),
        None,
    )
    printed = with_blanks([cells[dates], *([kind] if kind else [])])
    date, page = begin.opener.date, row[dates].page
    return HistoryDraft(date, kind.text if kind else None, cells[words], page, printed)
