"""One sheet of a workbook, row by row, as a person sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from policy_tracker.documents.archives import local, refuse_entities
from policy_tracker.documents.blocks import HIDDEN, STRUCK
from policy_tracker.documents.lookalikes import plain
from policy_tracker.documents.xlsx.formats import shown
from policy_tracker.documents.xlsx.styles import PLAIN, CellStyle
from policy_tracker.documents.xlsx.workbook import SharedText, shared_text
from policy_tracker.errors import TooLargeDocumentError

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from policy_tracker.documents.xlsx.workbook import SheetPart, Workbook

MOST_ROWS = 100_000
MOST_CELLS = 2_000_000
MOST_COLUMNS = 500
_MOST_MERGED = 1000
"""Rows over which one cell is merged, at most."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_UNSEEN = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")
_ON = ("1", "true")
NO_VALUE = "a formula whose value the file does not hold"
ERROR = "a formula that failed"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell with words: its column from 0, and the last one where cells are merged."""

    column: int
    text: str
    last_column: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with words, by the number that the sheet gives it."""

    number: int
    cells: tuple[SheetCell, ...]


@dataclass(slots=True)
class SheetContent:
    """What a sheet shows, and what it holds besides: (why, row, words).

    `covered` are the places (row, column) over which the cell of a row above is merged.
    """

    rows: list[SheetRow] = field(default_factory=list)
    aside: list[tuple[str, int, str]] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    covered: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class _Reading:
    """A sheet in the reading."""

    book: Workbook
    may_be_pale: bool
    content: SheetContent = field(default_factory=SheetContent)
    hidden_columns: set[int] = field(default_factory=set)
    cells: int = 0

    def row(self, element: Element, number: int, file: str) -> None:
        hidden = element.get("hidden", "0") in _ON
        kept: list[SheetCell] = []
        column = -1
        for cell in element:
            if local(cell) != "c":
                continue
            column = _column(cell.get("r", "")) if cell.get("r") else column + 1
            if column is None or column >= MOST_COLUMNS:
                raise TooLargeDocumentError(file, f"has more than {MOST_COLUMNS} columns")
            self.cells += 1
            style = self.style(cell)
            for why, words in self.texts(cell, style):
                gone = HIDDEN if hidden or column in self.hidden_columns else why
                if gone is None:
                    kept.append(SheetCell(column, words, column, style.bold))
                else:
                    self.content.aside.append((gone, number, words))
        if self.cells > MOST_CELLS:
            raise TooLargeDocumentError(file, f"has more than {MOST_CELLS} cells")
        if kept:
            self.content.rows.append(SheetRow(number, tuple(kept)))

    def style(self, cell: Element) -> CellStyle:
        number = cell.get("s", "0")
        place = int(number) if number.isdecimal() else -1
        return self.book.styles[place] if 0 <= place < len(self.book.styles) else PLAIN

    def texts(self, cell: Element, style: CellStyle) -> Iterator[tuple[str | None, str]]:
        """The words of a cell, and why they are not read, if so."""
        why = style.why or (HIDDEN if style.pale and self.may_be_pale else None)
        value = next((one.text or "" for one in cell if local(one) == "v"), None)
        kind = cell.get("t", "n")
        struck = ""
        if kind == "e":
            yield ERROR, value or "?"
            return
        if value is None and any(local(one) == "f" for one in cell):
            formula = next(one.text or "" for one in cell if local(one) == "f")
            yield NO_VALUE, f"={formula}"[:200]
            return
        text = value or ""
        if kind == "s":
            found = self.shared(text)
            text, struck = found.text, found.struck
        elif kind == "inlineStr":
            inline = next((one for one in cell if local(one) == "is"), None)
            found = shared_text(inline) if inline is not None else SharedText("")
            text, struck = found.text, found.struck
        elif kind == "b":
            text = "TRUE" if text == "1" else "FALSE"
        elif kind in ("n", "d"):
            text = self.number(text, style)
        if clean := _clean(text):
            yield why, clean
        if gone := _clean(struck):
            yield STRUCK, gone

    def shared(self, number: str) -> SharedText:
        place = int(number) if number.isdecimal() else -1
        return self.book.texts[place] if 0 <= place < len(self.book.texts) else SharedText("")

    def number(self, text: str, style: CellStyle) -> str:
        try:
            value = float(text)
        except ValueError:
            return text
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - no number
            return text
        return shown(value, style.code, from_1904=self.book.from_1904)


def read_sheet(book: Workbook, sheet: SheetPart, file: str) -> SheetContent:
    """What a sheet shows. Raises TooLargeDocumentError, ValueError or ElementTree.ParseError."""
    data = book.archive.read(sheet.part)
    refuse_entities(data)
    # what colours cells besides their own style makes white words seen
    reading = _Reading(book, b"<tablePart" not in data and b"<conditionalFormatting" not in data)
    del data
    merged: dict[tuple[int, int], int] = {}
    number = 0
    with book.archive.open(sheet.part) as part:
        for _, element in ElementTree.iterparse(part, events=("end",)):  # noqa: S314 - no entities
            name = local(element)
            if name == "row":
                given = element.get("r", "")
                number = int(given) if given.isdecimal() else number + 1
                reading.row(element, number, file)
                if len(reading.content.rows) > MOST_ROWS:
                    raise TooLargeDocumentError(file, f"has more than {MOST_ROWS} rows")
                element.clear()
            elif name == "col" and element.get("hidden", "0") in _ON:
                reading.hidden_columns.update(_columns(element.attrib))
            elif name == "mergeCell" and len(reading.content.covered) < MOST_ROWS:
                span = _span(element.get("ref", ""))
                if span:
                    first, column, last, end = span
                    merged[first, column] = end
                    reading.content.covered.update(
                        (row, place)
                        for row in range(first + 1, min(last, first + _MOST_MERGED) + 1)
                        for place in range(column, end + 1)
                    )
            elif name in ("oddHeader", "oddFooter", "firstHeader", "firstFooter"):
                reading.content.running += _running(element.text or "")
    return _with_merged(reading.content, merged)


def rows_in(archive: zipfile.ZipFile, sheet: SheetPart) -> int:
    """How many rows a sheet has, as its file says."""
    return archive.read(sheet.part).count(b"<row ")


def _column(reference: str) -> int | None:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _columns(attributes: dict[str, str]) -> range:
    first, last = attributes.get("min", ""), attributes.get("max", "")
    if not (first.isdecimal() and last.isdecimal()):
        return range(0)
    return range(int(first) - 1, min(int(last), MOST_COLUMNS))


def _span(reference: str) -> tuple[int, int, int, int] | None:
    """The first row and column of merged cells, and the last ones."""
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    left, right = _column(first), _column(last)
    if not start or not end or left is None or right is None or left > right:
        return None
    return int(start[2]), left, int(end[2]), min(right, MOST_COLUMNS)


def _with_merged(content: SheetContent, merged: dict[tuple[int, int], int]) -> SheetContent:
    if merged:
        content.rows = [
            SheetRow(
                row.number,
                tuple(
                    SheetCell(
                        cell.column,
                        cell.text,
                        merged.get((row.number, cell.column), cell.last_column),
                        cell.bold,
                    )
                    for cell in row.cells
                ),
            )
            for row in content.rows
        ]
    return content


def _clean(text: Any) -> str:  # noqa: ANN401 - what a broken part holds
    lines = [" ".join(line.split()) for line in plain(str(text).translate(_UNSEEN)).split("\n")]
    return "\n".join(line for line in lines if line)


_SECTION = re.compile(r"&(?:[LCR]|\"[^\"]*\"|[BIUESXY]|\d{1,3}|K[0-9A-F]{6})")
_VALUE = re.compile(r"&[PNDTFAGZ]")


def _running(text: str) -> list[str]:
    """The words of a header or footer of pages, without its codes for place, look and values."""
    parts = _SECTION.sub("\n", _VALUE.sub(" ", text)).replace("&&", "&").split("\n")
    return [words for part in parts if re.search(r"\w", words := " ".join(part.split()))]
