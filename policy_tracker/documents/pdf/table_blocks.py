"""From the ruled grids of pages to tables: grids that go on over a page break are one table, repeated headers are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Block, Cell, Place, Row, Table
from policy_tracker.documents.lines_to_blocks import drafts_of, finished, right_margins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.hyphenation import Vocabulary
    from policy_tracker.documents.pdf.tables import Grid, GridCell

_SAME_EDGE = 6.0
_MOST_HEADER_ROWS = 3


def same_columns(above: Grid, below: Grid) -> bool:
    """Whether two grids have their columns at the same edges."""
    return len(above.edges) == len(below.edges) and all(
        abs(one - other) < _SAME_EDGE for one, other in zip(above.edges, below.edges, strict=True)
    )


def goes_on(above: Grid, below: Grid) -> bool:
    """Whether a grid has the columns of the grid on the page before."""
    return (below.continues or below.page == above.page + 1) and same_columns(above, below)


def table_block(grids: Sequence[Grid], words: Vocabulary, size: float) -> Block:
    """One table out of grids that go on from page to page."""
    rows: list[Row] = []
    for number, grid in enumerate(grids):
        made = [_row(row, grid.page, words, size) for row in grid.rows]
        made = [row for row in made if any(cell.lines for cell in row.cells)]
        if number:
            made = _without_header(rows, made)
            if made and _continues(made[0]):
                made[0] = Row(made[0].cells, made[0].page, continues=True)
        rows += made
    table = Table(len(grids[0].edges) - 1, tuple(rows))
    places = tuple(Place(grid.page, *(round(edge, 1) for edge in grid.box)) for grid in grids)
    text = "\n".join(" | ".join(cell.text for cell in row.cells) for row in rows)
    return Block("table", text, indent=round(grids[0].box[0], 1), text_indent=round(grids[0].box[0], 1), places=places, table=table)


def _without_header(rows: list[Row], made: list[Row]) -> list[Row]:
    dropped = 0
    while dropped < min(_MOST_HEADER_ROWS, len(made), len(rows)) and _texts(made[dropped]) == _texts(rows[dropped]):
        dropped += 1
    return made[dropped:]


def _texts(row: Row) -> list[str]:
    return [cell.text.lower() for cell in row.cells]


def _continues(row: Row) -> bool:
    """A row on top of a page goes on with the row before where its first cell is empty, or all its texts begin within a sentence."""
    texts = [cell.text for cell in row.cells]
    filled = [text for text in texts if text]
    return len(row.cells) > 1 and (not texts[0] or all(text[0].islower() for text in filled))


def _row(cells: Sequence[GridCell], page: int, words: Vocabulary, size: float) -> Row:
    return Row(tuple(_cell(cell, page, words, size) for cell in cells), page)


def _cell(cell: GridCell, page: int, words: Vocabulary, size: float) -> Cell:
    lines = cell.lines
    printed_lines: list[str] = []
    base = 0.0
    for line in lines:
        if printed_lines and abs(line.base - base) <= 3.0:
            printed_lines[-1] += f" {line.text}"
        else:
            printed_lines.append(line.text)
            base = line.base
    blocks = finished(drafts_of(lines, dict.fromkeys(right_margins(lines), cell.box[2] - 4)), words, size) if len(lines) > 1 else []
    return Cell(
        lines=tuple(printed_lines),
        first_column=cell.first,
        last_column=cell.last,
        marks=tuple(mark for line in lines for mark in line.marks),
        place=Place(page, *(round(edge, 1) for edge in cell.box)),
        checked=cell.checked,
        bold=bool(lines) and all(line.all_bold for line in lines),
        blocks=tuple(blocks),
    )
