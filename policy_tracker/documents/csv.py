"""Values separated by commas, semicolons, tabs or bars: one table, whose cells hold the text as it
stands (which may be HTML), below the lines that stand above its column titles.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import dropwhile, takewhile

from policy_tracker.documents.blocks import Block, Cell, Document, Line, Place, Row, Table
from policy_tracker.errors import DamagedDocumentError, TooLargeDocumentError

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 2_000_000
MOST_SNIFFED = 4096
"""The characters at the beginning by which a text is told to be a table of values."""
LONGEST_CELL = 5_000_000
_DELIMITERS = ",;\t|^~"
_SAID = re.compile(r"\A\ufeff?\"?sep=(?P<delimiter>[^\r\n])\"?[ ,;\t]*\r?(?:\n|\Z)", re.IGNORECASE)
"""The line with which a spreadsheet is told the delimiter; it is no row there."""
_TOP_ROWS = 12
_LEAST_TITLES = 3
_LEAST_PAIRS, _TOP_PAIRS = 4, 3
"""Rows from which a text of two values in each line is a table, and lines of a title above them."""
_LEAST_EVEN = 0.9
"""The part of the rows below the titles that must not be wider than these, where the first line
alone does not tell a table.
"""
_LONGEST_NAME = 60
_SENTENCE = re.compile(r"[.;:!]\s*$|\w+(?:\W+\w+){4,}\s*\?\s*$")
"""How a sentence ends; "PA required?" is a title."""
_AS_TEXT = re.compile(r"=\"(?P<quoted>[^\"]*)\"|'(?P<marked>\d\S*)")
"""How spreadsheets are told that a number is text: `="00100"`, `'00100`."""
_UNSEEN = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")


def delimiter_of(start: str) -> str | None:
    """What separates the values of a text that begins so; None where it is no table of values.

    The first line tells where it holds at least three names separated by commas; for other
    delimiters, and below lines of a title, the rows must be even too.
    """
    if said := _SAID.match(start):
        return said["delimiter"]
    text = start.lstrip("\ufeff")
    first = text.lstrip().split("\n", 1)
    if len(first) == 2 and _are_titles(first[0].split(",")) and _goes_on(first[1]):
        return ","
    # the last line may be cut
    lines = text.rsplit("\n", 1)[0] if len(text) > MOST_SNIFFED // 4 else text
    return next(
        (one for fits in (_is_even, _are_pairs) for one in _DELIMITERS if fits(lines, one)), None
    )


def _goes_on(below: str) -> bool:
    """Whether values stand below a line of titles: a postal address at the head of a letter has
    commas too, and lines of prose below it.
    """
    rows = [row for row in _rows_of(below, ",")[:_TOP_ROWS] if any(row)]
    wide = sum(len(row) >= _LEAST_TITLES for row in rows)
    return len(rows) < _LEAST_TITLES or 2 * wide >= len(rows)


def _are_pairs(text: str, delimiter: str) -> bool:
    """Whether each line of a text but those of a title holds two values, which prose does not."""
    rows = [row for row in _rows_of(text, delimiter) if any(value.strip() for value in row)]
    body = list(dropwhile(lambda row: _filled(row) < 2, rows))
    return (
        len(body) >= _LEAST_PAIRS
        and len(rows) - len(body) <= _TOP_PAIRS
        and all(len(row) == 2 and row[0].strip() and len(row[0]) <= _LONGEST_NAME for row in body)
        and not any(_SENTENCE.search(value) for value in body[0])
    )


def _are_titles(values: list[str]) -> bool:
    """At least three names without sentences in them; titles at the end may be empty."""
    names = [value.strip().strip('"') for value in values]
    while names and not names[-1]:
        names.pop()
    return len(names) >= _LEAST_TITLES and all(
        0 < len(name) <= _LONGEST_NAME and not _SENTENCE.search(name) for name in names
    )


def _is_even(text: str, delimiter: str) -> bool:
    """Whether titles and at least one row as wide stand in a text, below lines of one or two
    values at most.
    """
    rows = [row for row in _rows_of(text, delimiter) if any(value.strip() for value in row)]
    top = len(list(takewhile(lambda row: _filled(row) < _LEAST_TITLES, rows[:_TOP_ROWS])))
    if top >= len(rows) or not _are_titles(rows[top]):
        return False
    width, below = len(rows[top]), rows[top + 1 :]
    even = sum(_filled(rows[top]) <= len(row) <= width + 1 for row in below)
    return bool(below) and even >= _LEAST_EVEN * len(below)


def _rows_of(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def _filled(row: list[str]) -> int:
    return sum(bool(value.strip()) for value in row)


def _value(printed: str) -> str:
    """A value without blanks around it and characters that nobody sees."""
    value = printed.translate(_UNSEEN).strip()
    told = _AS_TEXT.fullmatch(value)
    return (told["quoted"] or told["marked"] or "").strip() if told else value


def read_csv(text: str, file: str = "") -> Document:
    """A table of values (RFC 4180).

    Raises TooLargeDocumentError, or DamagedDocumentError where quotes are not closed.
    """
    csv.field_size_limit(LONGEST_CELL)
    delimiter = delimiter_of(text[:MOST_SNIFFED]) or ","
    text = _SAID.sub("", text, count=1)
    rows: list[Row] = []
    widest = cells = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
        for number, values in enumerate(reader, 1):
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
                        Cell((_value(value),), column, column)
                        for column, value in enumerate(values)
                    ),
                    number=number,
                )
            )
    except csv.Error as error:
        raise DamagedDocumentError(file, f"cannot be read as a table of values: {error}") from error
    header = tuple(Line(line_of(row)[:1000], Place(1)) for row in rows[:20])
    above, rows = above_titles(rows)
    # the block's text is the column titles: whatever is read, is read from the cells
    titles = " | ".join(cell.text for cell in rows[0].cells) if rows else ""
    table = (Block("table", titles, table=Table(widest, tuple(rows))),) if rows else ()
    return Document(
        "csv", 1, (*(Block("paragraph", line_of(row)) for row in above), *table), header
    )


def line_of(row: Row) -> str:
    """The values of a row as one line."""
    return " | ".join(cell.text for cell in row.cells if cell.text)


def above_titles(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The lines above the column titles, and the rows from these on."""
    filled = [sum(bool(cell.text) for cell in row.cells) for row in rows]
    least = min(_LEAST_TITLES, max(filled, default=0))
    number = next((place for place, count in enumerate(filled[:_TOP_ROWS]) if count >= least), 0)
    return rows[:number], rows[number:]
