"""Tables in a plain text: rows whose cells stand in columns, with blanks or bars between.

A column is known by the river of blanks that runs down between it and the next one: prose has
single blanks, and those of two lines do not stand under each other for long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Cell, Row, Table
from policy_tracker.documents.labels import CODE, LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_GAP = re.compile(r" {2,}")
_RIVER = re.compile(rb"(?<=\x01)\x00{2,}(?=\x01)")
_FEWEST = 2
"""Rows of a table, and columns."""
_LEAST_CUT = 15
"""Characters of a cell from which its words may go on in the next line; codes never do."""
_ENUMERATOR = re.compile(
    r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Za-z]|[ivxIVX]{1,5})[.)]?|[^\w\s]{0,2}"
)
"""What stands before the items of a list: "1.2.1", "(a)", a dash; a gap behind it parts nothing."""
_LABEL_ALONE = re.compile(rf"(?:{LABEL.pattern})$", re.VERBOSE)
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}|_{4,}")
_NAMES = 0.5
"""The share of first cells that end in a colon from which rows are names and their values."""
_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?|[-=+|_ ]{5,}")
_GRID_RULE = re.compile(r"\+(?:[-=]+\+)+")
_BAR = re.compile(r"\s*\|\s*")


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line as printed; whether an empty one stands before it, and its page."""

    raw: str
    apart: bool
    page: int


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table, and the lines that are its rows: the first, and the one behind the last."""

    start: int
    end: int
    table: Table


def tables_in(lines: Sequence[RawLine]) -> Iterator[FoundTable]:
    """The tables that stand in lines, in order."""
    place = 0
    while place < len(lines):
        tried = (form(lines, place) for form in (_ruled, _barred, _spaced, _aligned))
        found = next((table for table in tried if table), None)
        if found is None:
            place += 1
            continue
        yield found
        place = found.end


def _ruled(lines: Sequence[RawLine], start: int) -> FoundTable | None:
    """Rows between rules of dashes and pluses, whose cells stand between bars: each as many lines
    as it has, over as many columns as no bar parts.
    """
    if not _GRID_RULE.fullmatch(lines[start].raw.strip()):
        return None
    end = start
    while end < len(lines) and lines[end].raw.strip()[:1] in ("+", "|"):
        if end > start and lines[end].apart and _GRID_RULE.fullmatch(lines[end].raw.strip()):
            break  # the next table
        end += 1
    rules = [line.raw for line in lines[start:end] if _GRID_RULE.fullmatch(line.raw.strip())]
    edges = sorted({place for raw in rules for place, sign in enumerate(raw) if sign == "+"})
    rows: list[Row] = []
    gathered: list[RawLine] = []
    for line in lines[start:end]:
        if not _GRID_RULE.fullmatch(line.raw.strip()):
            gathered.append(line)
        elif gathered:
            rows.append(_between_bars(gathered, edges))
            gathered = []
    return FoundTable(start, end, Table(len(edges) - 1, tuple(rows))) if rows else None


def _between_bars(lines: Sequence[RawLine], edges: Sequence[int]) -> Row:
    bars = [place for place in edges if all(line.raw[place : place + 1] == "|" for line in lines)]
    cells = []
    for begin, end in pairwise(bars):
        texts = (" ".join(line.raw[begin + 1 : end].split()) for line in lines)
        cells.append(
            Cell(tuple(filter(None, texts)) or ("",), edges.index(begin), edges.index(end) - 1)
        )
    return Row(tuple(cells), lines[0].page)


def _barred(lines: Sequence[RawLine], start: int) -> FoundTable | None:
    """Rows whose cells have bars between them, as many in each."""
    rows: list[tuple[int, list[str]]] = []
    end = start
    while end < len(lines) and (end == start or not lines[end].apart):
        raw = lines[end].raw.strip(" ")
        cells = _cells(raw)
        if cells and (not rows or len(cells) == len(rows[0][1])):
            rows.append((lines[end].page, cells))
        elif not rows or not _RULE.fullmatch(raw):
            break
        end += 1
    if len(rows) < _FEWEST or not _are_rows([cells for _, cells in rows]):
        return None
    table = Table(
        len(rows[0][1]), tuple(_row(page, [(text,) for text in cells]) for page, cells in rows)
    )
    return FoundTable(start, end, table)


def _cells(raw: str) -> list[str]:
    if raw.count("|") >= _FEWEST and raw.startswith("|") and raw.endswith("|"):
        return [] if _RULE.fullmatch(raw) else _BAR.split(raw.strip("|").strip())
    return []


def _spaced(lines: Sequence[RawLine], start: int) -> FoundTable | None:
    """Rows whose cells have the same blanks between them in each, wherever these stand; twice as
    many blanks are a cell without words.
    """
    end = start + 1
    while end < len(lines) and not lines[end].apart:
        end += 1
    if not all(_may_be_row(line.raw) for line in lines[start:end]):
        return None
    gap = min(len(match[0]) for line in lines[start:end] for match in _gaps(line.raw))
    rows = [_parted(line.raw.strip(), gap) for line in lines[start:end]]
    if len(rows) < _FEWEST or len({len(row) for row in rows}) > 1 or not _are_rows(rows):
        return None
    table = Table(
        len(rows[0]),
        tuple(
            _row(line.page, [(text,) for text in row])
            for line, row in zip(lines[start:end], rows, strict=True)
        ),
    )
    return FoundTable(start, end, table)


def _gaps(raw: str) -> Iterator[re.Match[str]]:
    return _GAP.finditer(raw.strip())


def _parted(text: str, gap: int) -> list[str]:
    """The cells of a row whose gaps are so many blanks, or a multiple of these."""
    cells: list[str] = []
    begin = 0
    for match in _gaps(text):
        cells += [text[begin : match.start()], *[""] * (len(match[0]) // gap - 1)]
        begin = match.end()
    return [*cells, text[begin:]]


def _are_rows(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are those of a table rather than names with their values, or codes that each
    stand before their description, without titles above them.
    """
    if _are_names(row[0] for row in rows) or all(_ENUMERATOR.fullmatch(row[0]) for row in rows):
        return False
    listed = all(CODE.match(f"{row[0]} ") for row in rows)
    return not (listed and len(rows[0]) == _FEWEST)


def _aligned(lines: Sequence[RawLine], start: int) -> FoundTable | None:
    """Rows whose cells begin under each other."""
    if not _may_be_row(lines[start].raw):
        return None
    taken = bytearray()
    rivers: list[tuple[int, int]] = []
    end = start
    while end < len(lines) and (end == start or not lines[end].apart):
        wider = _with(taken, lines[end].raw)
        found = _rivers(wider)
        if not _all_run_on(rivers, found):
            break
        taken, rivers = wider, found or rivers
        end += 1
    while end < len(lines) and not lines[end].apart and not _may_be_row(lines[end - 1].raw):
        end -= 1
    rows = [_cut(line.raw, rivers) for line in lines[start:end]]
    if not _is_table(rows) or not _are_rows(rows):
        return None
    columns = len(rows[0])
    return FoundTable(
        start, end, Table(columns, tuple(_whole_rows(lines[start:end], rows, rivers)))
    )


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most rows fill two columns, or titles stand above three and more."""
    if len(rows) < _FEWEST:
        return False
    full = sum(sum(map(bool, row)) >= _FEWEST for row in rows)
    return (full >= _FEWEST and full * 2 >= len(rows)) or sum(map(bool, rows[0])) > _FEWEST


def _may_be_row(raw: str) -> bool:
    """Whether a gap stands in a line, other than one behind a label or before a page's number."""
    first, *rest = _GAP.split(raw.strip())
    if not rest or _LEADERS.search(raw):
        return False
    return len(rest) > 1 or not (_LABEL_ALONE.match(first))


def _with(taken: bytearray, raw: str) -> bytearray:
    """The columns in which a line, or one before it, has a letter."""
    wider = bytearray(taken) + bytes(max(0, len(raw.rstrip()) - len(taken)))
    for match in re.finditer(r"\S+", raw):
        wider[match.start() : match.end()] = b"\1" * len(match[0])
    return wider


def _rivers(taken: bytearray) -> list[tuple[int, int]]:
    """The runs of columns without a letter, between those with some."""
    return [match.span() for match in _RIVER.finditer(bytes(taken))]


def _all_run_on(before: Sequence[tuple[int, int]], now: Sequence[tuple[int, int]]) -> bool:
    """Whether each river between the columns so far runs on beside one more line."""
    return all(any(a < d and c < b for c, d in now) for a, b in before)


def _cut(raw: str, rivers: Sequence[tuple[int, int]]) -> list[str]:
    edges = [0, *((a + b) // 2 for a, b in rivers), len(raw) + 1]
    return [" ".join(raw[begin:end].split()) for begin, end in pairwise(edges)]


def _are_names(firsts: Iterable[str]) -> bool:
    texts = [text for text in firsts if text]
    return sum(text.endswith(":") for text in texts) > _NAMES * len(texts)


def _whole_rows(
    lines: Sequence[RawLine], rows: Sequence[list[str]], rivers: Sequence[tuple[int, int]]
) -> Iterator[Row]:
    """The rows, each with the lines on which its cells go on."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    gathered: list[list[str]] = []
    page = 0
    last: list[str] = []
    for line, row in zip(lines, rows, strict=True):
        if gathered and _goes_on(last, row, widths):
            for cell, text in zip(gathered, row, strict=True):
                cell.extend([text] if text else [])
            last = [new or old for new, old in zip(row, last, strict=True)]
            continue
        if gathered:
            yield _row(page, [tuple(cell) for cell in gathered])
        gathered, page, last = [[text] if text else [] for text in row], line.page, row
    if gathered:
        yield _row(page, [tuple(cell) for cell in gathered])


def _goes_on(last: Sequence[str], row: Sequence[str], widths: Sequence[int]) -> bool:
    """Whether a line goes on with cells of the one before: each of its words stands under a cell
    that had no room for it, and has not ended.
    """
    return not row[0] and all(
        not text or _is_cut(above, text, width)
        for above, text, width in zip(last, row, widths, strict=True)
    )


def _is_cut(above: str, text: str, width: int) -> bool:
    filled = len(above) + 1 + len(text.split(" ", 1)[0]) > width
    ended = above[-1:] in ".;:" and not text[0].islower()
    return filled and not ended and len(above) >= _LEAST_CUT


def _row(page: int, cells: Sequence[tuple[str, ...]]) -> Row:
    return Row(
        tuple(Cell(lines or ("",), number, number) for number, lines in enumerate(cells)), page
    )
