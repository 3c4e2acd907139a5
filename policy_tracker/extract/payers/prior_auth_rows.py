"""The rows of a prior-authorization list: their codes with modifiers and days, and what of them was
not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policy_tracker.documents.blocks import Block, Cell, Row
from policy_tracker.documents.traced import glued, join_traced
from policy_tracker.errors import CodeError
from policy_tracker.extract.codes_dated import dated
from policy_tracker.extract.dates_inside import NOTHING, Inside, merged, of_cell
from policy_tracker.extract.payers.prior_auth_cells import CellCodes, read_cell, unread_reason
from policy_tracker.extract.payers.prior_auth_columns import Layout, cell_at, title_in
from policy_tracker.language.allowances import allowances
from policy_tracker.record import CodeRange, CodeRef, ListedCode
from policy_tracker.record.codes import numeric_members
from policy_tracker.record.content import Unread
from policy_tracker.record.source import Source

_MOST_MEMBERS, _LONGEST_LIMIT = 1000, 120
_NO_CODE = re.compile(
    r"(?:n/?a|none|various|see (?:notes?|comments?|description)|[-–—*]*)\.?", re.IGNORECASE
)
"""What stands in a column of codes where there is none."""
_MODIFIER = re.compile(r"(?<![A-Z0-9])(?:[A-Z][A-Z0-9]|[2-9]\d)(?![A-Z0-9])")
"""Modifiers of HCPCS and CPT: two letters, a letter and a digit, or a number from 22."""


@dataclass(slots=True)
class ListGroup:
    """The codes of one category, as they are gathered."""

    codes: list[ListedCode] = field(default_factory=list)
    ranges: list[CodeRange] = field(default_factory=list)
    placed: list[Source] = field(default_factory=list)
    page: int | None = None
    seen: set[tuple[str, ...]] = field(default_factory=set)
    unwritten: list[str] = field(default_factory=list)
    """Ranges whose codes cannot be written out one by one, as an authorization needs them."""


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A cell of codes below its title."""

    cell: Cell
    title: str
    page: int | None


@dataclass(slots=True)
class RowCodes:
    """What was read of a row's cells of codes, and what was not."""

    codes: list[CellCodes] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def is_ragged(row: Row, titles: Row) -> bool:
    """Whether a row has values beyond the titles: one that holds the delimiter itself stands in
    more columns than its own, and nothing tells which.
    """
    last = max(cell.last_column for cell in titles.cells)
    return any(cell.text.strip() and cell.first_column > last for cell in row.cells)


def code_cells(row: Row, layout: Layout) -> list[CodeCell]:
    """The cells of codes of a row; none where the cell above spans it, as merged ones do."""
    ends = layout.ends_of_ranges()
    return [
        CodeCell(
            _range_of(cell, cell_at(row, ends[1].place)) if ends and column is ends[0] else cell,
            title_in(row, column, layout),
            row.page,
        )
        for column in layout.of("code")
        if not (ends and column is ends[1]) and (cell := cell_at(row, column.place)) is not None
    ]


def _range_of(first: Cell, last: Cell | None) -> Cell:
    """One cell that holds a range, from the cells of its first and its last code."""
    one, two = (
        join_traced(line for line in cell.traced_lines() if line.text.strip()) if cell else None
        for cell in (first, last)
    )
    if one is None or two is None or not two.text or two.text == one.text:
        return first
    whole = glued([("", one), ("-", two)])
    return Cell((whole.text,), first.first_column, first.last_column, pieces=(whole,))


def row_codes(cells: Sequence[CodeCell], row: Row, block: Block) -> RowCodes:
    """The codes of a row's cells; what was not read is told with the number of the row."""
    taken = RowCodes()
    for one in cells:
        text = " ".join(one.cell.text.split())
        if _NO_CODE.fullmatch(text):
            continue
        if found := read_cell(one.cell, one.title, one.page):
            taken.codes.append(found)
        else:
            why = f"“{text[:60]}” {unread_reason(text, one.title)}"
            taken.unread.append(row_unread(row, block, why))
    if not taken.codes and not taken.unread:
        taken.unread.append(row_unread(row, block, "prints no code"))
    return taken


def row_unread(row: Row, block: Block, why: str) -> Unread:
    """A row that was not read, and why."""
    return Unread(
        page=row.page or block.page,
        why=f"row {row.number or _number_of(row, block)} {why}",
        text=" | ".join(cell.text for cell in row.cells if cell.text.strip()),
        spans=tuple(
            span for cell in row.cells for line in cell.traced_lines() for span in line.spans()
        ),
    )


def _number_of(row: Row, block: Block) -> int:
    """The number of a row in its table, titles included."""
    rows = block.table.rows if block.table is not None else ()
    return next((number for number, one in enumerate(rows, 1) if one is row), 0)


def kept(
    taken: RowCodes, row: Row, layout: Layout, group: ListGroup, inside: Inside
) -> Iterator[CodeRef]:
    """Put the codes of a row into its group; each of them, members of ranges included."""
    described = layout.of("description")
    cell = cell_at(row, described[0].place) if described else None
    words = " ".join(cell.text.split()) if cell else ""
    allowed = _allowed(row, layout)
    for found in taken.codes:
        beside = " ".join(part for part in (words, found.words) if part)
        beside = "; ".join(part for part in (beside, *allowed) if part)
        for code in dated(_modified(found.codes.codes, row, layout), inside):
            days = (fact.raw or "" if fact else "" for fact in (code.effective, code.ends))
            key = (code.code, *code.qualifiers.modifiers, *days)
            if key not in group.seen:
                group.seen.add(key)
                group.codes.append(code.model_copy(update={"description": beside or None}))
            yield CodeRef(system=code.system, code=code.code)
        group.placed += found.codes.placed
        for span in dated(found.codes.ranges, inside):
            group.ranges.append(span)
            members = _members(span)
            if not members:
                group.unwritten.append(span.raw)
            yield from members


def _allowed(row: Row, layout: Layout) -> list[str]:
    """What further cells of a row say of how much is allowed, a bare number with its title."""
    found: list[str] = []
    for column in (*layout.of("notes"), *layout.of("other")):
        cell = cell_at(row, column.place)
        text = " ".join(cell.text.split()) if cell else ""
        if not text or len(text) > _LONGEST_LIMIT:
            continue
        if text.isdecimal():
            text = f"{column.title} {text}"
        found += [text] if allowances(text) else []
    return found


def _modified(codes: Sequence[ListedCode], row: Row, layout: Layout) -> tuple[ListedCode, ...]:
    """The codes with the modifiers that a column of the row names."""
    cells = (cell_at(row, column.place) for column in layout.of("modifiers"))
    named = tuple(found for cell in cells if cell for found in _MODIFIER.findall(cell.text.upper()))
    if not named:
        return tuple(codes)
    return tuple(
        code.model_copy(
            update={
                "qualifiers": code.qualifiers.model_copy(
                    update={"modifiers": tuple(dict.fromkeys((*code.qualifiers.modifiers, *named)))}
                )
            }
        )
        for code in codes
    )


def inside_of(row: Row, layout: Layout) -> Inside:
    """From when until when a row holds, by its columns of dates."""
    return merged(
        NOTHING,
        *(
            of_cell(column.dates, cell.text)
            for column in layout.of("dates")
            if column.dates and (cell := cell_at(row, column.place))
        ),
    )


def _members(span: CodeRange) -> tuple[CodeRef, ...]:
    """The codes of a range, which an authorization can only name one by one; none where it is no
    run of numbers, or a long one.
    """
    try:
        members = numeric_members(span)
    except CodeError:
        return ()
    if len(members) > _MOST_MEMBERS:
        return ()
    return tuple(CodeRef(system=span.system, code=code) for code in members)
