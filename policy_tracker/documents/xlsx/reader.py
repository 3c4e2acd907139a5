"""A workbook (ECMA-376) as a document: each sheet that is shown is a heading with its name, the
lines above its column titles, and a table whose rows keep the numbers of the sheet.

Numbers are written as their cells show them: a date as a date, 100 in the format `00000` as 00100.
What is struck out, hidden or lies over the sheets is told.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from policy_tracker.documents.archives import check
from policy_tracker.documents.blocks import (
    HIDDEN,
    Block,
    Cell,
    Document,
    Line,
    Place,
    Row,
    Table,
    Unreadable,
    as_told,
)
from policy_tracker.documents.csv import above_titles, line_of
from policy_tracker.documents.xlsx.sheets import read_sheet
from policy_tracker.documents.xlsx.workbook import WORKBOOK, loose_texts, open_workbook
from policy_tracker.errors import DamagedDocumentError, DocumentError, TooLargeDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.documents.xlsx.sheets import SheetContent, SheetRow
    from policy_tracker.documents.xlsx.workbook import SheetPart, Workbook

_HEAD_ROWS = 20
_LOOSE = {"drawing": "a text box laid over the sheet", "comments": "a note laid over the sheet"}
_MOST_SHEET = 80_000_000
"""Bytes of one sheet, which is read row by row: a hundred thousand rows have thirty million."""


def read_xlsx(data: bytes, file: str = "") -> Document:
    """A workbook. Raises TooLargeDocumentError, EncryptedDocumentError, DamagedDocumentError or
    UnsupportedDocumentError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check(archive, file, WORKBOOK, "a workbook", _MOST_SHEET)
            return _document(open_workbook(archive), file)
    except DocumentError:
        raise
    except MemoryError as error:
        raise TooLargeDocumentError(file, "needs more memory than a document may take") from error
    except RecursionError as error:
        raise TooLargeDocumentError(file, "nests its parts too deeply") from error
    except Exception as error:  # whatever a broken archive or tree leads to
        raise DamagedDocumentError(file, "cannot be taken apart as a workbook") from error


def _document(book: Workbook, file: str) -> Document:
    blocks: list[Block] = []
    header: list[Line] = []
    aside: list[Unreadable] = []
    running: dict[str, None] = {}
    read = [(sheet, read_sheet(book, sheet, file)) for sheet in book.sheets]
    named = sum(bool(content.rows) and not sheet.hidden for sheet, content in read) > 1
    for number, (sheet, content) in enumerate(read, 1):
        if sheet.hidden:
            aside += _hidden_sheet(sheet, content, number)
            continue
        rows = [_row(row, number, content.covered) for row in content.rows]
        if named and rows:
            blocks.append(Block("heading", sheet.name, heading_level=2, places=(Place(number),)))
        blocks += _blocks(rows, number)
        header += [Line(line_of(row)[:1000], Place(number)) for row in rows[:_HEAD_ROWS]]
        aside += _asides(content, number)
        aside += [
            Unreadable(number, _LOOSE[kind], text=as_told(words))
            for kind, words in loose_texts(book.archive, sheet.part)
        ]
        running.update(dict.fromkeys(content.running))
    return Document(
        "xlsx",
        max(1, len(book.sheets)),
        tuple(blocks),
        tuple(header[: 2 * _HEAD_ROWS]),
        running=tuple(running),
        unreadable=tuple(aside),
    )


def _row(row: SheetRow, sheet: int, covered: set[tuple[int, int]]) -> Row:
    """The row with empty cells where it has none, so that titles and values stand in step; with no
    cell at all where one of a row above is merged over it.
    """
    cells: list[Cell] = []
    for cell in row.cells:
        last = cells[-1].last_column if cells else -1
        cells += [
            Cell((), column, column)
            for column in range(last + 1, cell.column)
            if (row.number, column) not in covered
        ]
        if cell.column <= last:  # covered by merged cells
            continue
        cells.append(
            Cell(tuple(cell.text.split("\n")), cell.column, cell.last_column, bold=cell.bold)
        )
    return Row(tuple(cells), page=sheet, number=row.number)


def _blocks(rows: list[Row], sheet: int) -> Iterator[Block]:
    above, below = above_titles(rows)
    place = (Place(sheet),)
    yield from (Block("paragraph", line_of(row), places=place) for row in above)
    if below:
        widest = max(cell.last_column + 1 for row in below for cell in row.cells)
        yield Block("table", line_of(below[0]), places=place, table=Table(widest, tuple(below)))


def _asides(content: SheetContent, sheet: int) -> Iterator[Unreadable]:
    """What is not read of a sheet, the words of one row and reason together."""
    told: dict[tuple[str, int], list[str]] = {}
    for why, row, words in content.aside:
        told.setdefault((why, row), []).append(words)
    for (why, row), parts in told.items():
        yield Unreadable(sheet, why, text=as_told(f"row {row}: {' | '.join(parts)}"))


def _hidden_sheet(sheet: SheetPart, content: SheetContent, number: int) -> Iterator[Unreadable]:
    rows = [" | ".join(cell.text for cell in row.cells) for row in content.rows]
    if rows:
        words = f"sheet “{sheet.name}” of {len(rows)} rows: {'; '.join(rows)}"
        yield Unreadable(number, HIDDEN, text=as_told(words))
