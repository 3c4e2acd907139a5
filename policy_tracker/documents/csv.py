"""Values separated by commas: one table, whose cells hold the text as it stands (which may be
HTML).
"""

from __future__ import annotations

import csv
import io

from policy_tracker.documents.blocks import Block, Cell, Document, Line, Place, Row, Table
from policy_tracker.errors import DamagedDocumentError, TooLargeDocumentError

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
LONGEST_CELL = 5_000_000


def read_csv(text: str, file: str = "") -> Document:
    """A table of values (RFC 4180).

    Raises TooLargeDocumentError, or DamagedDocumentError where quotes are not closed.
    """
    csv.field_size_limit(LONGEST_CELL)
    rows: list[Row] = []
    widest = cells = 0
    try:
        for values in csv.reader(io.StringIO(text, newline=""), strict=False):
            if not any(value.strip() for value in values):
                continue
            widest, cells = max(widest, len(values)), cells + len(values)
            if len(rows) >= MOST_ROWS or widest > MOST_COLUMNS or cells > MOST_CELLS:
                raise TooLargeDocumentError(
                    file,
                    f"has more than {MOST_ROWS} rows, {MOST_COLUMNS} columns or {MOST_CELLS} cells",
                )
            rows.append(
                Row(
                    tuple(
                        Cell((value.strip(),), column, column)
                        for column, value in enumerate(values)
                    )
                )
            )
    except csv.Error as error:
        raise DamagedDocumentError(file, f"cannot be read as a table of values: {error}") from error
    header = tuple(
        Line(" | ".join(cell.text for cell in row.cells)[:1000], Place(1)) for row in rows[:20]
    )
    # the block's text is the column titles: whatever is read, is read from the cells
    titles = " | ".join(cell.text for cell in rows[0].cells) if rows else ""
    return Document(
        "csv",
        1,
        (Block("table", titles, table=Table(widest, tuple(rows))),) if rows else (),
        header,
    )
