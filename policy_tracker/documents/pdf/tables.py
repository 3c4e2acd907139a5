"""Ruled tables of one PDF page: a grid made of its rules, and the words in it.

A frame round prose has two vertical edges and is no table; an underline in a cell is no border,
because no other cell of its row has a rule there. Cells may span columns (no vertical rule crosses
them) and rows (no horizontal rule closes them).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_tracker.documents.pdf.lines import read_line, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.documents.pdf.lines import PageText
    from policy_tracker.documents.pdf.shapes import Box, Shapes
    from policy_tracker.documents.text_lines import TextLine

_NEAR = 3.0  # edges that are meant to be the same differ by less
_LEAST_ACROSS = 12.0
"""Points of a rule that can border a cell: rules under single signs are shorter."""
_OVERSHOOT = 4.0
"""Points by which a horizontal rule may lie above or below the vertical ones: corners are drawn
open, or overlap by a border's width.
"""
_SHORT = 2.0
"""Points by which a vertical rule may end short of the middle of its row, where a row is as low as
a line.
"""
_CLOSES = 0.8
"""Of a cell's width: a rule that covers more closes it, an underline of its words does not."""
_LEAST_CUTS, _OFTEN = 3, 0.15
"""Rows, and share of the rows, in which rules must be cut at a place for a column to begin there:
titles span columns, and hide cuts.
"""
_OVER_TOP, _UNDER_FOOT = 2.0, 1.5
"""Points above and below a table up to which a baseline belongs to it: words are set close to
borders, and borders have a width.
"""
_OVER_EDGE = 1.0
"""Points by which words may reach over a cell's edge: borders are measured at their middle."""
_SAME_BASE = 3.0
"""Points between the baselines of pieces side by side: raised and bold words sit a little apart."""
_LEAST_EDGES = 3  # two columns; a single column is a frame
_PADDING = 5.0  # of a cell, both sides together; an underline reaches no farther than the words
_ROW_GAP = 8.0  # between the vertical rules of one row and the next, where borders are double
_LEAST_FRAMED = 4
"""Vertical rules from which two may be the sides of a frame, and the others a table in it."""
_MOST_RULES = 4_000
_LEAST_IMPLIED = 6  # rows of horizontal rules, where there are no vertical ones
_LEAST_COVER = 0.12  # of the table's width, for a rule between rows


@dataclass(slots=True)
class GridCell:
    """A cell: its box, the columns it spans, whether a rule closes it below, and the pieces of
    lines in it.
    """

    box: Box
    first: int
    last: int
    closed: bool = True
    checked: bool | None = None
    lines: list[TextLine] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A ruled table of one page: its box, the columns' edges and its rows from top to bottom.

    `continues`: it goes on with the grid before it on the same page, behind a repeated title.
    `ruled`: rules part its cells, not white space alone.
    """

    page: int
    box: Box
    edges: list[float]
    rows: list[list[GridCell]]
    continues: bool = False
    ruled: bool = True


def clustered(values: Iterable[float], near: float = _NEAR) -> list[float]:
    """Means of the groups of values that lie next to each other."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def grids_of(shapes: Shapes, page: int) -> list[Grid]:
    """The empty tables that the rules of a page make, from top to bottom."""
    across = [rule for rule in shapes.across if rule[1] - rule[0] >= _LEAST_ACROSS]
    if len(across) + len(shapes.down) > _MOST_RULES:  # a drawing
        return []
    down = _without_frame(shapes.down, across)
    down = down if len(down) >= _LEAST_EDGES else []
    grids = [grid for group in _connected(down) if (grid := _grid(across, group, page)) is not None]
    if not grids:
        grids = [
            grid
            for group in _connected(_implied(across))
            if (grid := _grid(across, group, page)) is not None
        ]
    return sorted(grids, key=lambda grid: grid.box[1])


def _without_frame(
    down: list[tuple[float, float, float]], across: list[tuple[float, float, float]]
) -> list[tuple[float, float, float]]:
    """The vertical rules without the sides of a frame round the page: they reach over all that
    stands between them, and no rule between them reaches them.
    """
    if len(down) < _LEAST_FRAMED:
        return down
    left, right = min(rule[2] for rule in down), max(rule[2] for rule in down)
    sides = [rule for rule in down if not left + _NEAR < rule[2] < right - _NEAR]
    inside = [rule for rule in down if left + _NEAR < rule[2] < right - _NEAR]
    top, bottom = min(rule[0] for rule in sides), max(rule[1] for rule in sides)
    between = [rule for rule in across if top + _ROW_GAP < rule[2] < bottom - _ROW_GAP]
    framed = (
        bool(inside and between)
        and all(rule[0] > left + _NEAR and rule[1] < right - _NEAR for rule in between)
        and all(rule[0] > top + _ROW_GAP and rule[1] < bottom - _ROW_GAP for rule in inside)
    )
    return inside if framed else down


def _implied(across: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """The vertical rules of a table that has only horizontal ones, drawn cell by cell.

    Where the rules of many rows are cut at the same places.
    """
    levels: dict[int, list[tuple[float, float, float]]] = {}
    for rule in across:
        levels.setdefault(round(rule[2]), []).append(rule)
    rows = [sorted(level) for level in levels.values() if len(level) > 1]
    cuts = [
        (rule[1], rule[2])
        for row in rows
        for rule, behind in itertools.pairwise(row)
        if abs(behind[0] - rule[1]) < _NEAR
    ]
    if len(rows) < _LEAST_IMPLIED or not cuts:
        return []
    top, bottom = min(cut[1] for cut in cuts), max(cut[1] for cut in cuts)
    often = max(_LEAST_CUTS, _OFTEN * len(rows))
    inner = [
        edge
        for edge in clustered(cut[0] for cut in cuts)
        if sum(abs(cut[0] - edge) < _NEAR for cut in cuts) >= often
    ]
    if not inner:
        return []
    edges = [min(row[0][0] for row in rows), *inner, max(row[-1][1] for row in rows)]
    return [(top, bottom, edge) for edge in edges]


def _connected(down: list[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    """Vertical rules in groups that no horizontal gap divides."""
    groups: list[list[tuple[float, float, float]]] = []
    lowest = 0.0
    for rule in sorted(down):
        if groups and rule[0] <= lowest + _ROW_GAP:
            groups[-1].append(rule)
            lowest = max(lowest, rule[1])
        else:
            groups.append([rule])
            lowest = rule[1]
    return groups


def _grid(
    across: list[tuple[float, float, float]], down: list[tuple[float, float, float]], page: int
) -> Grid | None:
    edges = clustered(rule[2] for rule in down)
    if len(edges) < _LEAST_EDGES:
        return None
    top, bottom = min(rule[0] for rule in down), max(rule[1] for rule in down)
    left, right = edges[0], edges[-1]
    level = [rule for rule in across if top - _OVERSHOOT <= rule[2] <= bottom + _OVERSHOOT]
    inside = [rule for rule in level if rule[1] > left - _NEAR and rule[0] < right + _NEAR]
    least = _LEAST_COVER * (right - left)
    levels = [
        level
        for level in clustered(rule[2] for rule in inside)
        if _cover(inside, level, left, right) > least
    ]
    if len(levels) < 2:
        return None
    rows = [
        _cells(edges, inside, down, upper, lower) for upper, lower in itertools.pairwise(levels)
    ]
    return Grid(page, (left, levels[0], right, levels[-1]), edges, rows)


def _cover(
    across: list[tuple[float, float, float]], level: float, left: float, right: float
) -> float:
    """How much of the way from left to right is ruled at a level."""
    reached, covered = left, 0.0
    for start, end in sorted((rule[0], rule[1]) for rule in across if abs(rule[2] - level) < _NEAR):
        begin = max(start, reached)
        if min(end, right) > begin:
            covered += min(end, right) - begin
            reached = end
    return covered


def _cells(
    edges: list[float],
    across: list[tuple[float, float, float]],
    down: list[tuple[float, float, float]],
    upper: float,
    lower: float,
) -> list[GridCell]:
    """The cells of a band between two levels: its edges are those that a vertical rule covers
    there.
    """
    middle = (upper + lower) / 2
    crossing = [rule[2] for rule in down if rule[0] - _SHORT <= middle <= rule[1] + _SHORT]
    present = [
        index
        for index, edge in enumerate(edges)
        if any(abs(place - edge) < _NEAR for place in crossing)
    ]
    if len(present) < 2:
        present = [0, len(edges) - 1]
    cells = []
    for first, stop in itertools.pairwise(present):
        left, right = edges[first], edges[stop]
        width = right - left
        closed = _cover(across, lower, left, right) > max(width - _PADDING, _CLOSES * width)
        cells.append(GridCell((left, upper, right, lower), first, stop - 1, closed))
    return cells


def fill(grid: Grid, lines: list[TextLine], source: PageText) -> list[TextLine]:
    """Puts the words of `lines` that stand in the table into its cells; gives the lines that do
    not.
    """
    left, top, right, bottom = grid.box
    outside: list[TextLine] = []
    for line in lines:
        if (
            top - _OVER_TOP <= line.base <= bottom + _UNDER_FOOT
            and line.left < right
            and line.right > left
            and line.left >= left - _NEAR
        ):
            _distribute(grid, line, source)
        else:
            outside.append(line)
    grid.rows = _joined(grid.rows)
    for row in grid.rows:
        for cell in row:
            cell.lines = in_rows(cell.lines)
    return outside


def _distribute(grid: Grid, line: TextLine, source: PageText) -> None:
    """Cuts a line where the next word lies in another cell."""
    row = _row_at(grid, line.base)
    whole = _cell_at(row, line.left)
    if whole is not None and line.right <= whole.box[2] + _OVER_EDGE:
        whole.lines.append(line)
        return
    start: int | None = None
    cell: GridCell | None = None
    last = line.start
    for first, end in words_of(source.text, line):
        here = _cell_at(row, source.chars.box(first)[0])
        if start is not None and here is not cell and cell is not None:
            cell.lines.append(read_line(source, start, last))
            start = None
        if start is None:
            start, cell = first, here
        last = end
    if start is not None and cell is not None:
        rest = read_line(source, start, last)
        if line.hyphen:
            rest.hyphen = True
            rest.text += "-"
        cell.lines.append(rest)


def _row_at(grid: Grid, base: float) -> list[GridCell]:
    for row in grid.rows:
        if base <= row[0].box[3] + _OVER_EDGE:
            return row
    return grid.rows[-1]


def _cell_at(row: list[GridCell], left: float) -> GridCell | None:
    for cell in row:
        if left + _OVER_EDGE < cell.box[2]:
            return cell
    return row[-1] if row else None


def _joined(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """Bands that no rule closes go on in the next band; the words of a cell that spans rows belong
    to its first row.
    """
    joined: list[list[GridCell]] = []
    for row in rows:
        above = joined[-1] if joined else []
        if above and len(above) == len(row) and not any(cell.closed for cell in above):
            for cell, below in zip(above, row, strict=True):
                cell.lines += below.lines
                cell.closed = below.closed
                cell.box = (*cell.box[:3], below.box[3])
        else:
            joined.append(row)
    for above, row in itertools.pairwise(joined[::-1]):
        for cell in row:
            twin = next(
                (other for other in above if (other.first, other.last) == (cell.first, cell.last)),
                None,
            )
            if not cell.closed and twin is not None:
                cell.lines += twin.lines
                twin.lines = []
    return joined


def in_rows(lines: list[TextLine]) -> list[TextLine]:
    """Lines from top to bottom, pieces on the same baseline from left to right."""
    ordered: list[TextLine] = []
    row: list[TextLine] = []
    for line in sorted(lines, key=lambda line: line.base):
        if row and line.base - row[0].base > _SAME_BASE:
            ordered += sorted(row, key=lambda piece: piece.left)
            row = []
        row.append(line)
    return ordered + sorted(row, key=lambda piece: piece.left)


def grid_lines(grid: Grid) -> list[TextLine]:
    """The lines in a table, cell by cell."""
    return [line for row in grid.rows for cell in row for line in cell.lines]
