"""How much of what a document directs stands in its record: the coverage of the text, what was set
aside, and what was left unread.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.html.fragments import blocks_in, is_markup
from policy_tracker.extract.account_doubts import doubts_in
from policy_tracker.extract.directives import directs_or_announces, units_of
from policy_tracker.extract.head.head_tables import head_rows
from policy_tracker.extract.ledger import Doubt, doubts_of, row_of
from policy_tracker.extract.quality import CODE_ROW_UNREAD, NOTE_UNREAD, UNIT_UNREAD
from policy_tracker.record import Bulletin, Record
from policy_tracker.record.content import Extraction, SetAside, TextCoverage, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Block, Document
    from policy_tracker.extract.directives import Unit

_LONGEST = 2000


def with_account(
    document: Document, records: Sequence[Record | Bulletin]
) -> list[Record | Bulletin]:
    """The records of a document, each with the account of its text."""
    blocks = _read_apart(document.blocks)
    head = head_rows(blocks)
    units = tuple(unit for unit in units_of(blocks) if row_of(unit.block) not in head)
    alone = sum(isinstance(record, Record) and bool(record.extraction) for record in records) == 1
    return [
        _accounted(
            record,
            units if alone else _of_rows(units, record),
            blocks,
            document if alone else replace(document, unreadable=()),
        )
        if isinstance(record, Record)
        else _with_rest(record, units)
        for record in records
    ]


def _with_rest(bulletin: Bulletin, units: Sequence[Unit]) -> Bulletin:
    """A bulletin with what its document directs beside the entries, such as an introduction."""
    taken = {
        row_of(block)
        for entry in bulletin.entries
        if entry.source
        for block, _, _ in entry.source.spans
    }
    rest = (Doubt(unit, "unaccounted", inside=False) for unit in units if unit.block not in taken)
    return bulletin.model_copy(update={"set_aside": tuple(_set_aside(one) for one in rest)})


def _read_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with what the markup in cells of a table of values holds in place of these
    tables.
    """
    found: list[Block] = []
    for block in blocks:
        marked = [
            cell
            for row in (block.table.rows if block.table else ())
            for cell in row.cells
            if is_markup(cell.text)
        ]
        found += [one for cell in marked for one in blocks_in(cell)] if marked else [block]
    return found


def _of_rows(units: Sequence[Unit], record: Record) -> tuple[Unit, ...]:
    """The units in the rows of a table of values from which a record was read."""
    rows = {
        row_of(span[0])
        for statement in record.statements
        if statement.source
        for span in statement.source.spans
    }
    return tuple(unit for unit in units if row_of(unit.block) in rows)


def _accounted(
    record: Record, units: Sequence[Unit], blocks: Sequence[Block], document: Document
) -> Record:
    if record.extraction is None:
        return record
    doubts = doubts_of(units, record, blocks)
    unread = [doubt for doubt in doubts if doubt.inside]
    aside = [doubt for doubt in doubts if not doubt.inside]
    lost = sum(_counts(part.text) for part in document.unreadable) + _told_alone(record, units)
    extraction = record.extraction.model_copy(
        update={
            "text_coverage": TextCoverage(
                units=len(units) + lost,
                recorded=len(units) - len(doubts),
                set_aside=len(aside),
                unread=len(unread) + lost,
            ),
            "set_aside": tuple(_set_aside(doubt) for doubt in aside),
            "unread": (*record.extraction.unread, *_unread(unread, record.extraction)),
            "warnings": tuple(
                dict.fromkeys((*record.extraction.warnings, *doubts_in(record, blocks)))
            ),
        }
    )
    return record.model_copy(update={"extraction": extraction})


def _told_alone(record: Record, units: Sequence[Unit]) -> int:
    """How many rows a reader of lists left that have no unit: their codes are in no known form."""
    rows = {row_of(unit.block) for unit in units}
    return sum(
        not any(row_of(block) in rows for block, _, _ in part.spans)
        for part in (record.extraction.unread if record.extraction else ())
        if part.why.startswith("row ") or part.spans
    )


def _counts(text: str) -> bool:
    """Whether a part that is no part of what was read may direct something: words that do, or
    something without words.
    """
    return directs_or_announces(text) if text else True


def _set_aside(doubt: Doubt) -> SetAside:
    return SetAside(
        page=doubt.unit.page,
        text=doubt.unit.text[:_LONGEST],
        why=doubt.fate,
        decides=doubt.unit.decides and not doubt.foreign,
        spans=doubt.unit.spans,
    )


def _why(doubt: Doubt) -> str:
    if doubt.unit.kind == "code_row":
        return CODE_ROW_UNREAD
    return NOTE_UNREAD if doubt.fate == "codes" else UNIT_UNREAD


def _unread(doubts: Sequence[Doubt], extraction: Extraction) -> Iterator[Unread]:
    """The units that no other reason tells of already."""
    told = {row_of(block) for part in extraction.unread for block, _, _ in part.spans}
    for doubt in doubts:
        if row_of(doubt.unit.block) in told:
            continue
        yield Unread(
            page=doubt.unit.page,
            why=_why(doubt),
            text=doubt.unit.text[:_LONGEST],
            decides=doubt.unit.decides,
            spans=doubt.unit.spans,
        )
