"""From the ruled grids of pages to tables: grids that go on over a page break are one table,
repeated headers are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Block, Cell, Place, Row, Table
from policy_tracker.documents.lines_to_blocks import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.pdf.tables import Grid, GridCell
    from policy_tracker.documents.text_lines import TextLine

_SAME_EDGE = 6.0
"""Points by which a column's edge may move from one page to the next: borders are drawn anew there,
in other widths.
"""
_SAME_BASE = 3.0
"""Points between the baselines of pieces that stand on one line of a cell: raised and bold words
sit a little apart.
"""
_MOST_HEADER_ROWS = 3


def same_columns(above: Grid, below: Grid) -> bool:
    """Whether two grids have their columns at the same edges."""
    return len(above.edges) == len(below.edges) and all(
        abs(one - other) < _SAME_EDGE for one, other in zip(above.edges, below.edges, strict=True)
    )


def goes_on(above: Grid, below: Grid) -> bool:
    """Whether a grid has the columns of the grid on the page before."""
    return (below.continues or below.page == above.page + 1) and same_columns(above, below)


def table_block(grids: Sequence[Grid]) -> Block:
    """One table out of grids that go on from page to page."""
    rows: list[Row] = []
    for number, grid in enumerate(grids):
        made = [_row(row, grid.page) for row in grid.rows]
        made = [row for row in made if any(cell.lines for cell in row.cells)]
        if number:
            made = _without_header(rows, made)
            if made and _continues(made[0]):
                made[0] = Row(made[0].cells, made[0].page, continues=True)
        rows += made
    table = Table(len(grids[0].edges) - 1, tuple(rows))
    places = tuple(Place(grid.page, *(round(edge, 1) for edge in grid.box)) for grid in grids)
    text = "\n".join(" | ".join(cell.text for cell in row.cells) for row in rows)
    return Block(
        "table",
        text,
        indent=round(grids[0].box[0], 1),
        text_indent=round(grids[0].box[0], 1),
        places=places,
        table=table,
    )


def _without_header(rows: list[Row], made: list[Row]) -> list[Row]:
    dropped = 0
    while dropped < min(_MOST_HEADER_ROWS, len(made), len(rows)) and _texts(
        made[dropped]
    ) == _texts(rows[dropped]):
        dropped += 1
    return made[dropped:]


def _texts(row: Row) -> list[str]:
    return [cell.text.lower() for cell in row.cells]


def _continues(row: Row) -> bool:
    """A row on top of a page goes on with the row before where its first cell is empty, or all its
    texts begin within a sentence.
    """
    texts = [cell.text for cell in row.cells]
    filled = [text for text in texts if text]
    return len(row.cells) > 1 and (not texts[0] or all(text[0].islower() for text in filled))


def _row(cells: Sequence[GridCell], page: int) -> Row:
    return Row(tuple(_cell(cell, page) for cell in cells), page)


def _cell(cell: GridCell, page: int) -> Cell:
    lines = cell.lines
    rows: list[list[TextLine]] = []
    for line in lines:
        if rows and abs(line.base - rows[-1][0].base) <= _SAME_BASE:
            rows[-1].append(line)
        else:
            rows.append([line])
    return Cell(
        lines=tuple(" ".join(piece.text for piece in row) for row in rows),
        first_column=cell.first,
        last_column=cell.last,
        marks=tuple(mark for line in lines for mark in line.marks),
        place=Place(page, *(round(edge, 1) for edge in cell.box)),
        checked=cell.checked,
        bold=bool(lines) and all(line.all_bold for line in lines),
        line_places=tuple(places_of(row)[0] for row in rows),
    )
