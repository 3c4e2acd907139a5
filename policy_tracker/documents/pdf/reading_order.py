"""The reading order of a page by geometry: content order is not print order.

From top to bottom; where a gutter runs down the page that hardly a line crosses, the lines beside
it are read column by column, and lines that cross it divide the page into parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_tracker.documents.pdf.tables import in_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_tracker.documents.pdf.tables import Grid
    from policy_tracker.documents.text_lines import TextLine

_STEP = 4.0  # points between the places where a gutter is looked for
_MIDDLE = (0.3, 0.7)  # of the page's width
_LEAST_LINES = 8  # in each column
_FEW_LINES = 2  # in each column of a page whose gutter others tell
_SHARE_OF_PAGES = 0.3  # that have one gutter, from which it counts for the others
_LEAST_WIDTH = 0.2
"""Of the page's width: shorter lines in its right part are numbers and labels, which make no
column.
"""
_LEAST_COLUMN = 0.25
"""Of the way to the gutter or the page's edge: a narrower run of lines is a list of words."""
_FULL_LINES = 0.9
"""The share of lines that end before the column's right edge; the tenth beyond are headings and
numbers that reach out.
"""
_WRAPPED = 0.75
"""Of the column's width: a line that reaches so far has wrapped."""
_BELOW = 1.0
"""Points by which a line stands below the bar that it is under: a bar's own line has the same
baseline.
"""
_ACROSS = 2
_MOST_CROSSING = 0.35  # of the lines
# of a column's lines that wrap, as prose does and the second column of a list does not
_LEAST_SHARE = 0.5
_LEAST_SHARE_APART = 0.2
"""The same where the lines of two columns have heights of their own: headings and short items stand
in columns of text, too.
"""
_SAME_BASE = 1.0
"""Points between the baselines of two lines at one height."""
_AT_ONE_HEIGHT = 0.3
"""The share of a column's lines beside which a line of the other column stands, by chance: the
cells of a table's row begin together, and two columns of text do not.
"""


class _Reach(NamedTuple):
    """How far something reaches across the page."""

    left: float
    right: float


def in_reading_order(
    lines: Sequence[TextLine], grids: Sequence[Grid], gutter: float | None
) -> list[TextLine | Grid]:
    """Lines and tables of a page as they are read; `gutter` is where it falls into two columns."""
    if gutter is None:
        return _with_tables(in_rows(list(lines)), grids)
    return _by_columns(lines, grids, gutter)


def _with_tables(lines: Iterable[TextLine], grids: Sequence[Grid]) -> list[TextLine | Grid]:
    parts: list[TextLine | Grid] = []
    left = list(grids)
    for line in lines:
        while left and left[0].box[1] < line.base:
            parts.append(left.pop(0))
        parts.append(line)
    return parts + left


def gutters(
    pages: Sequence[tuple[Sequence[TextLine], Sequence[Grid], float]],
) -> list[float | None]:
    """Where each page falls into two columns, given its lines, tables and width: what stands
    between columns on other pages does so on a page whose lines are too short to tell, where none
    of them crosses it.
    """
    across = [([*lines, *_rows_across(grids)], width) for lines, grids, width in pages]
    found = [find_gutter(bands, width) for bands, width in across]
    known = [gutter for gutter in found if gutter is not None]
    if not known or len(known) < _SHARE_OF_PAGES * len(pages):
        return found
    usual = sorted(known)[len(known) // 2]
    return [
        usual if _stands_free(bands, usual) else gutter
        for gutter, (bands, _) in zip(found, across, strict=True)
    ]


def columns_of(
    lines: Sequence[TextLine], grids: Sequence[Grid], width: float
) -> list[list[TextLine]]:
    """The lines of a page, by column where it falls into two that flow apart; what crosses the
    gutter comes last.
    """
    bands = [*lines, *_rows_across(grids)]
    gutter = find_gutter(bands, width)
    if gutter is None or not flow_apart(bands, gutter):
        return [list(lines)]
    parts: list[list[TextLine]] = [[], [], []]
    for line in lines:
        parts[_side(line.left, line.right, gutter)].append(line)
    return parts


def _rows_across(grids: Sequence[Grid]) -> Iterator[_Reach]:
    """The rows of tables: one reaches over its column as a full line does."""
    return (_Reach(grid.box[0], grid.box[2]) for grid in grids for _ in grid.rows)


def _stands_free(lines: Sequence[TextLine | _Reach], gutter: float) -> bool:
    """Whether lines stand on both sides of a gutter, and none across it."""
    left = sum(line.right <= gutter for line in lines)
    right = sum(line.left >= gutter for line in lines)
    return left >= _FEW_LINES <= right and left + right == len(lines)


def find_gutter(lines: Sequence[TextLine | _Reach], width: float) -> float | None:
    """Where the page falls into two columns of prose; None where it does not."""
    right_half = sum(
        line.left > _MIDDLE[0] * width and line.right - line.left > _LEAST_WIDTH * width
        for line in lines
    )
    if right_half < _LEAST_LINES:
        return None
    best: tuple[int, float] | None = None
    place = _MIDDLE[0] * width
    while place <= _MIDDLE[1] * width:
        crossing = sum(line.left < place < line.right for line in lines)
        if best is None or crossing < best[0]:
            best = (crossing, place)
        place += _STEP
    if best is None or best[0] > _MOST_CROSSING * len(lines):
        return None
    gutter = best[1]
    columns = _sides(lines, gutter)
    wrapping = _LEAST_SHARE_APART if flow_apart(lines, gutter) else _LEAST_SHARE
    return (
        gutter
        if all(
            _is_prose(column, edge, wrapping)
            for column, edge in zip(columns, (gutter, width), strict=True)
        )
        else None
    )


def flow_apart(lines: Sequence[TextLine | _Reach], gutter: float) -> bool:
    """Whether the lines on both sides of a gutter stand at heights of their own, as two columns of
    text do, and not beside each other, as the cells of a table.
    """
    heights = [
        [line.base for line in side if not isinstance(line, _Reach)]
        for side in _sides(lines, gutter)
    ]
    few, many = sorted(heights, key=len)
    if len(few) < _LEAST_LINES:
        return False
    beside = sum(any(abs(base - other) < _SAME_BASE for other in many) for base in few)
    return beside <= _AT_ONE_HEIGHT * len(few)


def _sides(
    lines: Sequence[TextLine | _Reach], gutter: float
) -> tuple[list[TextLine | _Reach], list[TextLine | _Reach]]:
    return (
        [line for line in lines if line.right <= gutter],
        [line for line in lines if line.left >= gutter],
    )


def _is_prose(column: Sequence[TextLine | _Reach], edge: float, wrapping: float) -> bool:
    """Whether lines wrap: most of them begin near one left edge, and at least that share ends near
    one right edge.
    """
    if len(column) < _LEAST_LINES:
        return False
    left = min(line.left for line in column)
    full = sorted(line.right for line in column)[int(len(column) * _FULL_LINES)]
    span = full - left
    return span > _LEAST_COLUMN * edge and sum(
        line.right - left > _WRAPPED * span for line in column
    ) >= wrapping * len(column)


def _by_columns(
    lines: Sequence[TextLine], grids: Sequence[Grid], gutter: float
) -> list[TextLine | Grid]:
    """The parts of a page between lines or tables that cross the gutter, each column by column."""
    bars = [line.base for line in lines if line.left < gutter < line.right]
    bars += [grid.box[1] for grid in grids if grid.box[0] < gutter < grid.box[2]]
    parts: dict[tuple[int, int], tuple[list[TextLine], list[Grid]]] = {}
    for line in lines:
        place = sum(bar < line.base - _BELOW for bar in bars)
        column = _side(line.left, line.right, gutter)
        parts.setdefault((place, column), ([], []))[0].append(line)
    for grid in grids:
        place = sum(bar < grid.box[1] - _BELOW for bar in bars)
        column = _side(grid.box[0], grid.box[2], gutter)
        parts.setdefault((place, column), ([], []))[1].append(grid)
    ordered: list[TextLine | Grid] = []
    for place, column in sorted(parts):
        own, tables = parts[place, column]
        if column < _ACROSS:
            for line in own:
                line.column = 2 * place + column + 1
        ordered += _with_tables(in_rows(own), tables)
    return ordered


def _side(left: float, right: float, gutter: float) -> int:
    """0 for what stands before the gutter, 1 for what stands behind it, then what crosses it."""
    return _ACROSS if left < gutter < right else int(left >= gutter)
