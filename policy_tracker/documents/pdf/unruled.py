"""Tables without rules: rows that begin with a code or a date, with three columns or more that
begin at the same places.

Rows of two columns stay lines: what stands behind a code is its description.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from policy_tracker.documents.labels import CODE, DATE
from policy_tracker.documents.pdf.lines import last_printing, read_line, words_of
from policy_tracker.documents.pdf.tables import Grid, GridCell, clustered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.pdf.lines import PageText
    from policy_tracker.documents.text_lines import TextLine

_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_SAME_EDGE = 2.5
"""Points by which the first letters of a column differ: they have side bearings."""
_COLUMN_GAP, _WORD_GAP = 1.2, 0.4
"""Sizes between two words that tell of a column, and those that may stand before one that other
rows have told of.
"""
_OFTEN = 0.6
"""The share of the rows that must have a column for it to be one."""
_FARTHEST_ROW = 4.0
"""Sizes from one row to the next: cells have a few lines."""
_NEAR_HEADER = 3.2
"""Sizes from the header to the first row."""


def unruled_tables(
    source: PageText, lines: Sequence[TextLine]
) -> tuple[list[TextLine], list[Grid]]:
    """The lines outside such tables, and the tables, from top to bottom."""
    candidates = [line for line in lines if CODE.match(line.text) or DATE.match(line.text)]
    if len(candidates) < _LEAST_ROWS:
        return list(lines), []
    left = list(lines)
    grids: list[Grid] = []
    for rows in _runs(candidates):
        starts = _columns(source, rows)
        if len(starts) < _LEAST_COLUMNS:
            continue
        grid, used = _grid(source, rows, starts, left)
        grids.append(grid)
        left = [line for line in left if id(line) not in used]
    return left, grids


def _runs(rows: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Rows under each other at one left edge."""
    run: list[TextLine] = []
    for row in rows:
        if run and not (
            abs(row.left - run[-1].left) < _SAME_EDGE
            and row.column == run[-1].column
            and 0 < row.base - run[-1].base < _FARTHEST_ROW * row.size
        ):
            if len(run) >= _LEAST_ROWS:
                yield run
            run = []
        run.append(row)
    if len(run) >= _LEAST_ROWS:
        yield run


def _columns(source: PageText, rows: Sequence[TextLine]) -> list[float]:
    """Where the columns begin, from left to right."""
    begins: list[float] = []
    for row in rows:
        begins += [left for left, gap, _ in _words(source, row) if gap > _COLUMN_GAP * row.size]
    often = _OFTEN * len(rows)
    found = [
        edge
        for edge in clustered(begins, _SAME_EDGE)
        if sum(abs(begin - edge) < _SAME_EDGE for begin in begins) >= often
    ]
    return [min(row.left for row in rows), *found]


def _words(source: PageText, row: TextLine) -> Iterator[tuple[float, float, int]]:
    """Of every word its left edge, the gap before it and its first character."""
    right = row.left
    for first, last in words_of(source.text, row):
        left, _, end, _ = source.chars.box(first)
        yield left, left - right, first
        right = end if last == first else source.chars.box(last)[2]


def _grid(
    source: PageText, rows: Sequence[TextLine], starts: list[float], lines: Sequence[TextLine]
) -> tuple[Grid, set[int]]:
    """The table, and which lines are in it."""
    used = {id(row) for row in rows}
    made = [_cells(source, row, starts) for row in rows]
    for row, below, cells in zip(rows, [*rows[1:], None], made, strict=True):
        end = below.base if below else row.base + 1.6 * row.size
        for line in lines:
            if id(line) not in used and row.base + 1 < line.base < end - 1:
                column = _column_of(line, starts)
                if column and line.column == row.column:
                    cells[column].append(line)
                    used.add(id(line))
    header = _header(rows[0], starts, lines, used)
    if header:
        used |= {id(line) for cell in header for line in cell}
        made.insert(0, header)
    inside = [line for cells in made for cell in cells for line in cell]
    right = max(line.right for line in inside) + 1
    edges = [*(start - 2 for start in starts), right]
    tops = [min(line.top for cell in cells for line in cell) for cells in made]
    bottom = max(line.bottom for line in inside)
    grid_rows = [
        [
            GridCell((edges[column], top, edges[column + 1], low), column, column, lines=cell)
            for column, cell in enumerate(cells)
        ]
        for cells, (top, low) in zip(made, itertools.pairwise([*tops, bottom]), strict=True)
    ]
    return Grid(rows[0].page, (edges[0], tops[0], right, bottom), edges, grid_rows), used


def _cells(source: PageText, row: TextLine, starts: list[float]) -> list[list[TextLine]]:
    """The pieces of a row, by column."""
    cuts: dict[int, int] = {0: row.start}
    for left, gap, first in _words(source, row):
        for column, start in enumerate(starts):
            if column and gap > _WORD_GAP * row.size and abs(left - start) < _SAME_EDGE:
                cuts.setdefault(column, first)
    cells: list[list[TextLine]] = [[] for _ in starts]
    order = sorted(cuts.items(), key=lambda cut: cut[1])
    for (column, first), stop in zip(
        order, [*(cut for _, cut in order[1:]), row.end + 1], strict=True
    ):
        cells[column].append(read_line(source, first, last_printing(source.text, stop)))
    return cells


def _column_of(line: TextLine, starts: list[float]) -> int | None:
    return next(
        (column for column, start in enumerate(starts) if abs(line.left - start) < _SAME_EDGE),
        None,
    )


def _header(
    row: TextLine, starts: list[float], lines: Sequence[TextLine], used: set[int]
) -> list[list[TextLine]] | None:
    """The titles of the columns: one line above the first row, at the columns' own places."""
    cells: list[list[TextLine]] = [[] for _ in starts]
    for line in lines:
        column = _column_of(line, starts)
        if (
            column is not None
            and id(line) not in used
            and 0 < row.base - line.base < _NEAR_HEADER * row.size
            and line.column == row.column
        ):
            cells[column].append(line)
    bases = [line.base for cell in cells for line in cell]
    level = bool(bases) and max(bases) - min(bases) < row.size
    return cells if level and sum(map(bool, cells)) >= len(starts) - 1 else None
