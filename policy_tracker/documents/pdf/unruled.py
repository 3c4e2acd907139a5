"""Tables without rules: rows that begin with a code or a date, with three columns or more that
begin at the same places.

Rows of two columns stay lines: what stands behind a code is its description. Titles above them are
one line, too. One or two rows are a table where titles stand above all of their columns.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.labels import CODE, DATE
from policy_tracker.documents.pdf.lines import last_printing, read_line, words_of
from policy_tracker.documents.pdf.tables import Grid, GridCell, clustered
from policy_tracker.language.code_forms import CODE_ALONE

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
_SAME_BASE = 2.0
"""Points between the baselines of titles beside each other."""
_LONGEST_TITLE = 40
_NEXT_LINE = 1.8
"""Sizes from one line of a cell to the next."""
_OPEN = re.compile(
    rf"{CODE_ALONE}\s*(?:[-–—]|\b(?:through|thru|to)\b)(?=\s+(?!{CODE_ALONE})|$)", re.IGNORECASE
)
"""A range of codes that goes on in the next line of its column."""
_CODE_ALONE = re.compile(CODE_ALONE)


def unruled_tables(
    source: PageText, lines: Sequence[TextLine]
) -> tuple[list[TextLine], list[Grid]]:
    """The lines outside such tables, and the tables, from top to bottom."""
    candidates = [line for line in lines if CODE.match(line.text) or DATE.match(line.text)]
    if not candidates:
        return list(lines), []
    left, candidates = _with_whole_ranges(list(lines), candidates)
    grids: list[Grid] = []
    for rows in _runs(candidates):
        full = len(rows) >= _LEAST_ROWS
        titled = CODE.match(rows[0].text) is not None and _may_be_titled(rows[0], left)
        if not full and not titled:
            continue
        starts = _columns(source, rows, left)
        titles = _titles(rows[0], starts, left) if titled else None
        if titles and len(starts) < _LEAST_COLUMNS:
            left = _in_place(left, titles[0], _joined(titles), titles[1:])
        elif len(starts) >= _LEAST_COLUMNS and (full or titles):
            grid, used = _grid(source, rows, starts, left)
            grids.append(grid)
            left = [line for line in left if id(line) not in used]
    return left, grids


def _joined(pieces: Sequence[TextLine]) -> TextLine:
    """Pieces of one line, as this."""
    return replace(
        pieces[0],
        text=" ".join(piece.text for piece in pieces),
        right=max(piece.right for piece in pieces),
        bottom=max(piece.bottom for piece in pieces),
        end=pieces[-1].end,
    )


def _in_place(
    lines: Sequence[TextLine], first: TextLine, whole: TextLine, gone: Sequence[TextLine]
) -> list[TextLine]:
    """The lines with another one in place of the first of some pieces, and without the others."""
    away = {id(line) for line in gone}
    return [whole if line is first else line for line in lines if id(line) not in away]


def _beside(row: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    """The other pieces on the line of a row."""
    return [
        line
        for line in lines
        if line.left > row.right
        and abs(line.base - row.base) < _SAME_BASE
        and line.column == row.column
    ]


def _with_whole_ranges(
    lines: list[TextLine], rows: list[TextLine]
) -> tuple[list[TextLine], list[TextLine]]:
    """The lines and rows, a range of codes that goes on in the next line of its column being one
    line with what stands beside it.
    """
    for row in rows:
        begun = _OPEN.match(row.text)
        below = _rest_of_range(row, lines) if begun else None
        if begun and below is not None:
            beside = _beside(row, lines)
            first, rest = row.text[: begun.end()], row.text[begun.end() :]
            whole = _joined([replace(row, text=f"{first} {below.text}{rest}"), *beside])
            lines = _in_place(lines, row, whole, [below, *beside])
            rows = _in_place(rows, row, whole, [below])
    return lines, rows


def _rest_of_range(row: TextLine, lines: Sequence[TextLine]) -> TextLine | None:
    """The code that stands alone in the line below a row, at its left edge."""
    return next(
        (
            line
            for line in lines
            if 0 < line.base - row.base < _NEXT_LINE * row.size
            and abs(line.left - row.left) < _SAME_EDGE
            and _CODE_ALONE.fullmatch(line.text)
        ),
        None,
    )


def _may_be_titled(row: TextLine, lines: Sequence[TextLine]) -> bool:
    """Whether a line stands above a row at its left edge, and another beside that line."""
    near = [line for line in lines if 0 < row.base - line.base < _NEAR_HEADER * row.size]
    return any(
        abs(line.left - row.left) < _SAME_EDGE
        and any(
            other.left > line.right and abs(other.base - line.base) < _SAME_BASE for other in near
        )
        for line in near
    )


def _titles(row: TextLine, starts: list[float], lines: Sequence[TextLine]) -> list[TextLine] | None:
    """The titles above all columns of a row: one of few words each, on one height."""
    header = _header(row, starts, lines, set())
    if header is None or len(starts) < 2 or any(len(cell) != 1 for cell in header):
        return None
    titles = [cell[0] for cell in header]
    named = all(
        len(title.text) <= _LONGEST_TITLE and title.text[-1] not in ".;" for title in titles
    )
    return titles if named else None


def _runs(rows: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Rows under each other at one left edge."""
    run: list[TextLine] = []
    for row in rows:
        if run and not (
            abs(row.left - run[-1].left) < _SAME_EDGE
            and row.column == run[-1].column
            and 0 < row.base - run[-1].base < _FARTHEST_ROW * row.size
        ):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _columns(source: PageText, rows: Sequence[TextLine], lines: Sequence[TextLine]) -> list[float]:
    """Where the columns begin, from left to right."""
    begins: list[float] = []
    for row in rows:
        begins += [line.left for line in _beside(row, lines)]
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
            if id(line) not in used and row.base - _SAME_BASE < line.base < end - 1:
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
