"""Tables without rules whose rows begin with words: cells stand side by side, and each goes on in
lines of its own below.

Nothing but white space parts them: gaps that run down beside all rows part the columns, and a
larger step than from line to line parts the rows. Where rows are set as close as lines, a row
begins where all columns have words. Columns of prose, lists in columns, tables of contents and
names with their values stay lines.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_tracker.documents.labels import CODE, DATE, LABEL
from policy_tracker.documents.pdf.reading_order import find_gutter
from policy_tracker.documents.pdf.tables import Grid, GridCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.text_lines import TextLine

_SAME_BASE = 2.0
"""Points between the baselines of pieces side by side."""
_GAP = 0.8
"""Sizes between two columns, at least."""
_FARTHEST = 3.2
"""Sizes from one line of a table to the next, at most: rows have room above and below."""
_OTHER_SIZE = 0.08
"""Of the size: letters that differ by more are those of a title or a note."""
_SAME_EDGE = 3.0
"""Points by which the left edges of one column differ."""
_LEADING = 1.5
"""Sizes from one line of a cell to the next, at most."""
_SAME_STEP = 1.12
"""Times the step from line to line up to which a step is one."""
_OFTEN = 0.6
"""The share of the rows that fill all columns."""
_LEAST_CLOSE = 4
"""Rows of a table whose rows are as close as lines."""
_BEFORE = 2.0
"""Points from a column's edge to its words."""
_LONGEST_TITLE = 48
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{4,}")
_ALONE = re.compile(r"[^\w\s]{0,2}|\W?\w{1,4}[.)]")
"""A bullet or a label without words behind it."""


@dataclass(slots=True)
class _Region:
    """Levels under each other, and the columns that they make: their left and right edges."""

    levels: list[list[TextLine]]
    columns: list[tuple[float, float]]


@dataclass(slots=True)
class _Run:
    """Lines of one column that follow each other closely."""

    column: int
    lines: list[TextLine] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.lines[0].base - self.lines[0].size * 0.5

    @property
    def bottom(self) -> float:
        return self.lines[-1].base


def tables_side_by_side(
    lines: Sequence[TextLine], width: float
) -> tuple[list[TextLine], list[Grid]]:
    """The lines outside such tables, and the tables, from top to bottom; `width` is the page's."""
    levels = _levels(lines)
    if sum(len(level) > 1 for level in levels) < 2 or find_gutter(lines, width) is not None:
        return list(lines), []
    grids: list[Grid] = []
    used: set[int] = set()
    for region in _regions(levels):
        rows = _trimmed(_rows(region), len(region.columns))
        if _is_table(rows, len(region.columns)):
            grids.append(_grid(rows, region.columns))
            used |= {id(line) for row in rows for cell in row for line in cell}
    return [line for line in lines if id(line) not in used], grids


def with_rest(
    pages: Sequence[tuple[list[TextLine], list[Grid]]],
) -> list[tuple[list[TextLine], list[Grid]]]:
    """The lines and tables of pages, where the last table of a page goes on, without a title, in
    the first lines of the next page.
    """
    found = list(pages)
    for number, (lines, grids) in enumerate(found[:-1]):
        last = max(grids, key=lambda grid: grid.box[3], default=None)
        if last is None or last.ruled or any(line.base > last.box[3] for line in lines):
            continue
        below, others = found[number + 1]
        rest = _rest(last, below, min((grid.box[1] for grid in others), default=None))
        if rest is not None:
            used = {id(line) for row in rest.rows for cell in row for line in cell.lines}
            left = [line for line in below if id(line) not in used]
            found[number + 1] = left, [rest, *others]
    return found


def _rest(table: Grid, lines: Sequence[TextLine], end: float | None) -> Grid | None:
    """The rows of a table among the first lines of the page behind it, above `end`."""
    columns = [
        (edge + _BEFORE, max(line.right for row in table.rows for line in row[number].lines))
        for number, edge in enumerate(table.edges[:-1])
    ]
    levels = _levels([line for line in lines if end is None or line.base < end])
    if not levels or len(_columns(levels[0], columns)) != len(columns) or len(levels[0]) < 2:
        return None
    region = _Region(levels[:1], columns)
    for level in levels[1:]:
        if (wider := _with(region, level)) is None:
            break
        region.columns = wider
        region.levels.append(level)
    rows = _trimmed(_rows(region), len(columns))
    if not rows or sum(all(row) for row in rows) < _OFTEN * len(rows):
        return None
    rest = _grid(rows, region.columns)
    rest.edges = table.edges
    return rest


def _levels(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines with one baseline, each level from left to right, from top to bottom."""
    levels: list[list[TextLine]] = []
    for line in sorted((line for line in lines if line.upright), key=lambda line: line.base):
        if levels and line.base - levels[-1][0].base < _SAME_BASE:
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(level, key=lambda line: line.left) for level in levels]


def _regions(levels: Sequence[list[TextLine]]) -> Iterator[_Region]:
    """Levels that fall into columns with those below them."""
    place = 0
    while place < len(levels):
        columns = _columns(levels[place], [])
        if len(columns) < 2:
            place += 1
            continue
        region = _Region([levels[place]], columns)
        place += 1
        while place < len(levels) and (wider := _with(region, levels[place])) is not None:
            region.columns = wider
            region.levels.append(levels[place])
            place += 1
        yield region


def _columns(
    level: Sequence[TextLine], known: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The columns so far, as wide as these lines make them; those that a line joins are one."""
    size = level[0].size
    found: list[tuple[float, float]] = []
    for left, right in sorted([*known, *((line.left, line.right) for line in level)]):
        if found and left < found[-1][1] + _GAP * size:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _with(region: _Region, level: Sequence[TextLine]) -> list[tuple[float, float]] | None:
    """The columns of a region with one more level; None where it is not part of it."""
    above = region.levels[-1]
    size = above[0].size
    if level[0].base - above[0].base > _FARTHEST * size:
        return None
    if any(abs(line.size - size) > _OTHER_SIZE * size for line in level):
        return None
    wider = _columns(level, region.columns)
    if len(wider) != len(region.columns):
        return None
    if len(level) == 1 and not _stands_in_column(level[0], region):
        return None
    return wider


def _stands_in_column(line: TextLine, region: _Region) -> bool:
    """Whether a line alone on its height begins, or is centered, where others of its column do."""
    column = _column_of(line, region.columns)
    return any(
        abs(line.left - other.left) < _SAME_EDGE
        or abs(line.left + line.right - other.left - other.right) < 2 * _SAME_EDGE
        for level in region.levels
        for other in level
        if _column_of(other, region.columns) == column
    )


def _column_of(line: TextLine, columns: Sequence[tuple[float, float]]) -> int:
    return max(
        (number for number, (left, _) in enumerate(columns) if left <= line.left + _SAME_EDGE),
        default=0,
    )


_Row = list[list["TextLine"]]


def _rows(region: _Region) -> list[_Row]:
    """The rows of a region, each a list of lines by column."""
    runs = list(_runs(region))
    rows: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: run.top):
        if rows and any(other.bottom > run.top for other in rows[-1]):
            rows[-1].append(run)
        else:
            rows.append([run])
    made = [_by_column(row, len(region.columns)) for row in rows]
    longest = max((len(cell) for row in made for cell in row), default=0)
    if len(made) > 1 or longest < 2:
        return made
    close = _close_rows(region)
    return close if len(close) >= _LEAST_CLOSE else made


def _runs(region: _Region) -> Iterator[_Run]:
    """The cells of all columns: lines that follow each other as closely as lines do."""
    columns: list[list[TextLine]] = [[] for _ in region.columns]
    for level in region.levels:
        for line in level:
            columns[_column_of(line, region.columns)].append(line)
    steps = [
        below.base - above.base
        for column in columns
        for above, below in itertools.pairwise(column)
        if below.base - above.base <= _LEADING * above.size
    ]
    nearest = _SAME_STEP * min(steps, default=0.0)
    for number, column in enumerate(columns):
        run = _Run(number)
        for line in column:
            if run.lines and line.base - run.lines[-1].base > nearest:
                yield run
                run = _Run(number)
            run.lines.append(line)
        if run.lines:
            yield run


def _by_column(row: Sequence[_Run], columns: int) -> _Row:
    cells: _Row = [[] for _ in range(columns)]
    for run in sorted(row, key=lambda run: run.top):
        cells[run.column] += run.lines
    return cells


def _close_rows(region: _Region) -> list[_Row]:
    """The rows where these are as close as lines: a row begins where all columns have words, unless
    each of them goes on within a sentence.
    """
    rows: list[_Row] = []
    for level in region.levels:
        full = len(level) == len(region.columns)
        within = all(line.text[:1].islower() for line in level)
        if not rows or (full and not within):
            rows.append([[] for _ in region.columns])
        for line in level:
            rows[-1][_column_of(line, region.columns)].append(line)
    return rows


def _trimmed(rows: list[_Row], columns: int) -> list[_Row]:
    """The rows without those at the end that fill one column only: what follows the table."""
    while rows and sum(map(bool, rows[-1])) < 2 <= columns:
        rows = rows[:-1]
    return rows


def _is_table(rows: Sequence[_Row], columns: int) -> bool:
    if len(rows) < 2:
        return False
    wraps = any(len(cell) > 1 for row in rows[1:] for cell in row)
    least = 3 if columns == 2 and not wraps else 2
    if len(rows) < least or not all(map(_is_title, rows[0])):
        return False
    if sum(all(row) for row in rows) < _OFTEN * len(rows):
        return False
    firsts = [_text(row[0]) for row in rows[1:]]
    if sum(text.endswith(":") for text in firsts) * 2 > len(firsts):
        return False  # names and their values
    if sum(bool(CODE.match(text) or DATE.match(text)) for text in firsts) * 2 > len(firsts):
        return False
    if all(map(_ALONE.fullmatch, firsts)):
        return False
    cells = [line.text for row in rows for cell in row for line in cell[:1]]
    if any(map(_LEADERS.search, cells)):
        return False
    behind = [_text(cell) for row in rows for cell in row[1:] if cell]
    return sum(bool(LABEL.match(text)) for text in behind) * 2 < len(behind)


def _is_title(cell: Sequence[TextLine]) -> bool:
    text = _text(cell)
    return 0 < len(text) <= _LONGEST_TITLE and text[-1] not in ".;:,"


def _text(cell: Sequence[TextLine]) -> str:
    return " ".join(line.text for line in cell)


def _grid(rows: Sequence[_Row], columns: Sequence[tuple[float, float]]) -> Grid:
    inside = [line for row in rows for cell in row for line in cell]
    right = max(line.right for line in inside) + 1
    edges = [*(left - _BEFORE for left, _ in columns), right]
    tops = [min(line.top for cell in row for line in cell) for row in rows]
    bottom = max(line.bottom for line in inside)
    made = [
        [
            GridCell((edges[number], top, edges[number + 1], low), number, number, lines=cell)
            for number, cell in enumerate(row)
        ]
        for row, (top, low) in zip(rows, itertools.pairwise([*tops, bottom]), strict=True)
    ]
    return Grid(inside[0].page, (edges[0], tops[0], right, bottom), edges, made, ruled=False)
