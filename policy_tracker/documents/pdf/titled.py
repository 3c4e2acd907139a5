"""Tables without rules below a line of bold titles: rows whose pieces stand below these titles.

What stands below which title is told by edges: of letters that begin, or by the middle where a
column is centered. A table ends where a line crosses its columns, or is set in another size.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from policy_tracker.documents.labels import CODE
from policy_tracker.documents.pdf.lines import last_printing, read_line, words_of
from policy_tracker.documents.pdf.tables import Grid, GridCell, clustered

if TYPE_CHECKING:
    from policy_tracker.documents.pdf.lines import PageText
    from policy_tracker.documents.text_lines import TextLine

_LEAST_ROWS, _LEAST_COLUMNS = 2, 2
_SAME_EDGE, _SAME_BASE = 2.5, 2.0
_COLUMN_GAP, _WORD_GAP = 1.2, 0.4
"""Sizes between two words that tell of a column, and those that may stand before one that is
known.
"""
_TITLE_GAP = 0.42
"""Sizes between two titles that run into each other; blanks of bold letters are smaller."""
_LONGEST_TITLE = 64
_MOST_TITLE_LINES = 4
_TIGHT = 1.32
"""Sizes from a line of a cell to the next."""
_FARTHEST = 4.0
"""Sizes from one line of a table to the next."""
_LARGER = 1.12
_OFTEN, _FULL = 0.25, 0.6
"""The share of the lines that must begin at an edge for it to be one, and of the rows that must
fill more than one column.
"""


@dataclass(slots=True)
class _TitledBand:
    """Pieces on one baseline, from left to right."""

    lines: list[TextLine]

    @property
    def base(self) -> float:
        return self.lines[0].base

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.all_bold for line in self.lines)


def titled_tables(source: PageText, lines: Sequence[TextLine]) -> tuple[list[TextLine], list[Grid]]:
    """The lines outside such tables, and the tables, from top to bottom."""
    left, grids = list(lines), []
    bands = _bands(lines)
    place = 0
    while place < len(bands):
        found = _table_at(source, bands, place) if _may_title(bands, place) else None
        if found is None:
            place += 1
            continue
        grid, used, place = found
        grids.append(grid)
        left = [line for line in left if id(line) not in used]
    return left, grids


def _bands(lines: Sequence[TextLine]) -> list[_TitledBand]:
    """The lines of each column of the page by their baselines."""
    bands: list[_TitledBand] = []
    for line in sorted(lines, key=lambda one: (one.column, one.base, one.left)):
        last = bands[-1].lines[-1] if bands else None
        if last and last.column == line.column and abs(last.base - line.base) < _SAME_BASE:
            bands[-1].lines.append(line)
        else:
            bands.append(_TitledBand([line]))
    for band in bands:
        band.lines.sort(key=lambda line: line.left)
    return bands


def _may_title(bands: Sequence[_TitledBand], place: int) -> bool:
    """Whether bold, short pieces stand side by side, and what is not bold below them."""
    band = bands[place]
    if not band.bold or not all(_is_title(line) for line in band.lines):
        return False
    ahead = bands[place : place + _MOST_TITLE_LINES + 1]
    titles = list(itertools.takewhile(lambda one: one.bold, ahead))
    return len(titles) < len(ahead) and any(len(one.lines) > 1 for one in titles)


def _is_title(line: TextLine) -> bool:
    return len(line.text) <= _LONGEST_TITLE and line.text[-1:] not in ".;:"


def _table_at(
    source: PageText, bands: Sequence[_TitledBand], place: int
) -> tuple[Grid, set[int], int] | None:
    """The table whose titles begin in a band, its lines, and the band behind it."""
    stop = place + 1
    while stop < len(bands) and bands[stop].bold and _is_near(bands[stop - 1], bands[stop], _TIGHT):
        stop += 1
    titles = bands[place:stop]
    body = list(_body(bands, stop))
    if stop - place > _MOST_TITLE_LINES or len(body) < _LEAST_ROWS or body[0].bold:
        return None  # bold above bold is no title: a grid of names with boxes to check
    starts = _columns(source, titles, body)
    if starts is None or len(starts) < _LEAST_COLUMNS:
        return None
    made = _filled(source, body, starts)
    rows = _rows(made, body) if made else []
    full = sum(sum(map(bool, row)) > 1 for row in rows)
    if len(rows) < _LEAST_ROWS or full < max(_LEAST_ROWS, _FULL * len(rows)):
        return None
    head: list[list[TextLine]] = [[] for _ in starts]
    for line in (one for band in titles for one in band.lines):
        for piece in _pieces(source, line, starts, _TITLE_GAP):
            column = _column_of(piece, starts)
            head[column or 0].append(piece)
    if sum(map(bool, head)) < len(starts) - 1:
        return None
    used = {id(line) for band in (*titles, *body[: len(made)]) for line in band.lines}
    return _grid([head, *rows], starts), used, stop + len(made)


def _is_near(above: _TitledBand, below: _TitledBand, sizes: float) -> bool:
    return (
        below.lines[0].column == above.lines[0].column
        and 0 < below.base - above.base < sizes * below.size
    )


def _body(bands: Sequence[_TitledBand], start: int) -> Iterator[_TitledBand]:
    """The bands below titles, up to a wide gap or a line of another size."""
    size = bands[start].size if start < len(bands) else 0.0
    for above, below in itertools.pairwise(bands[start - 1 :]):
        if not _is_near(above, below, _FARTHEST) or not (
            size / _LARGER < below.size < size * _LARGER
        ):
            return
        yield below


def _columns(
    source: PageText, titles: Sequence[_TitledBand], body: Sequence[_TitledBand]
) -> list[float] | None:
    """Where the columns begin: for each title where what stands below it begins, which is right of
    the title before it. Titles may be centered above their columns, or the cells below them.
    """
    named = _titles_at(source, titles)
    begins = sorted(left for band in body for left in _begins(source, band))
    starts: list[float] = []
    right = float("-inf")
    for left, end in named:
        own = [begin for begin in begins if right < begin <= end]
        if own:
            often = _edges(own, len(body))
            starts.append(min([left, *often]) if often else min(left, own[0]))
            right = end
        elif not starts:
            return None
        else:
            right = max(right, end)
    return starts


def _edges(begins: Sequence[float], bands: int) -> list[float]:
    """The places at which several bands begin."""
    least = max(_LEAST_ROWS, _OFTEN * bands)
    return [
        edge
        for edge in clustered(begins, _SAME_EDGE)
        if sum(abs(begin - edge) < _SAME_EDGE for begin in begins) >= least
    ]


def _titles_at(source: PageText, titles: Sequence[_TitledBand]) -> list[tuple[float, float]]:
    """Where the titles stand, those of several lines as one: left and right edges."""
    spans: list[tuple[float, float]] = []
    for band in titles:
        for line in band.lines:
            cuts = [line.left]
            ends: list[float] = []
            right = line.left
            for first, last in words_of(source.text, line):
                left, _, end, _ = source.chars.box(first)
                if first > line.start and left - right > _TITLE_GAP * line.size:
                    cuts.append(left)
                    ends.append(right)
                right = end if last == first else source.chars.box(last)[2]
            spans += zip(cuts, [*ends, line.right], strict=True)
    merged: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged


def _begins(source: PageText, band: _TitledBand) -> Iterator[float]:
    """Where pieces of a band begin."""
    for line in band.lines:
        yield line.left
        for left, gap, _ in _words(source, line):
            if gap > _COLUMN_GAP * line.size:
                yield left


def _words(source: PageText, line: TextLine) -> Iterator[tuple[float, float, int]]:
    """Of every word its left edge, the gap before it and its first character."""
    right = line.left
    for first, last in words_of(source.text, line):
        left, _, end, _ = source.chars.box(first)
        yield left, left - right, first
        right = end if last == first else source.chars.box(last)[2]


def _filled(
    source: PageText, body: Sequence[_TitledBand], starts: Sequence[float]
) -> list[list[list[TextLine]]]:
    """The cells of the bands of a table, up to the first that crosses its columns."""
    made = []
    for band in body:
        cells = _cut(source, band, starts)
        if cells is None:
            break
        made.append(cells)
    return made


def _cut(
    source: PageText, band: _TitledBand, starts: Sequence[float]
) -> list[list[TextLine]] | None:
    """The pieces of a band by column; None where one begins at no column, or reaches into the next
    one.
    """
    cells: list[list[TextLine]] = [[] for _ in starts]
    for line in band.lines:
        for piece in _pieces(source, line, starts, _COLUMN_GAP):
            column = _column_of(piece, starts)
            end = starts[column + 1] if column is not None and column + 1 < len(starts) else None
            if column is None or (end is not None and piece.right > end + _SAME_EDGE):
                return None
            cells[column].append(piece)
    return cells


def _pieces(
    source: PageText, line: TextLine, starts: Sequence[float], wide: float
) -> Iterator[TextLine]:
    """A line cut where words begin at a column, or behind a gap of so many sizes."""
    cuts = [line.start]
    for left, gap, first in _words(source, line):
        known = any(abs(left - start) < _SAME_EDGE for start in starts)
        if first > line.start and (
            gap > wide * line.size or (known and gap > _WORD_GAP * line.size)
        ):
            cuts.append(first)
    if len(cuts) == 1:
        yield line
        return
    for first, stop in itertools.pairwise([*cuts, line.end + 1]):
        yield read_line(source, first, last_printing(source.text, stop))


def _column_of(piece: TextLine, starts: Sequence[float]) -> int | None:
    """The column in which a piece stands; what is left of the first stands in none."""
    if piece.left < starts[0] - _SAME_EDGE:
        return None
    return max(n for n, start in enumerate(starts) if start <= piece.left + _SAME_EDGE)


def _rows(
    made: Sequence[list[list[TextLine]]], body: Sequence[_TitledBand]
) -> list[list[list[TextLine]]]:
    """The bands as rows: one goes on with the row above it where it stands close below it and
    begins no row itself.
    """
    steps = [
        (below.base - above.base) / below.size
        for above, below in itertools.pairwise(body[: len(made)])
    ]
    spaced = bool(steps) and max(steps) > _TIGHT and median(steps) > _TIGHT
    rows: list[list[list[TextLine]]] = []
    for cells, step in zip(made, [_FARTHEST, *steps], strict=True):
        if rows and _goes_on(cells, tight=step <= _TIGHT, spaced=spaced):
            for own, more in zip(rows[-1], cells, strict=True):
                own.extend(more)
        else:
            rows.append([list(cell) for cell in cells])
    return rows


def _goes_on(cells: Sequence[list[TextLine]], *, tight: bool, spaced: bool) -> bool:
    """Whether a band belongs to the row above it: `spaced` where rows stand apart."""
    if spaced:
        return tight
    return tight and (not cells[0] or (not any(cells[1:]) and not CODE.match(cells[0][0].text)))


def _grid(rows: Sequence[list[list[TextLine]]], starts: Sequence[float]) -> Grid:
    inside = [line for cells in rows for cell in cells for line in cell]
    right = max(line.right for line in inside) + 1
    edges = [*(start - 2 for start in starts), right]
    tops = [min(line.top for cell in cells for line in cell) for cells in rows]
    bottom = max(line.bottom for line in inside)
    grid_rows = [
        [
            GridCell((edges[column], top, edges[column + 1], low), column, column, lines=cell)
            for column, cell in enumerate(cells)
        ]
        for cells, (top, low) in zip(rows, itertools.pairwise([*tops, bottom]), strict=True)
    ]
    return Grid(inside[0].page, (edges[0], tops[0], right, bottom), edges, grid_rows)
