"""Laws that hold of the ledger of any document, whatever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.extract.directives import units_of
from policy_tracker.extract.ledger import doubts_of, ledger_of, row_of
from policy_tracker.extract.ledger_blocks import parts_printed
from policy_tracker.record import Bulletin, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Document


def broken_laws(document: Document, read: Sequence[Record | Bulletin]) -> list[str]:
    """What is wrong with the ledger of a document, given what was read of it; nothing where each
    part has one fate and a reason, and each directive sentence is in the record or told by name.
    """
    entries = ledger_of(document, read)
    found = []
    if [entry.id for entry in entries] != ids_of(document):
        found.append("parts have no fate, or more than one")
    found += [f"{entry.id} has a fate without a reason" for entry in entries if not entry.why]
    if len(read) == 1:
        (one,) = read
        lost = _untold(document, one) if isinstance(one, Record) else _untold_beside(document, one)
        found += [f"directs something and is nowhere: {text}" for text in lost]
    return found


def ids_of(document: Document) -> list[str]:
    """The names of all parts that have a fate, in their order."""
    return [
        *(part.id for part in parts_printed(document)),
        *(f"f{number}" for number, _ in enumerate(document.running, 1)),
        *(f"u{number}" for number, _ in enumerate(document.unreadable, 1)),
    ]


def _untold(document: Document, record: Record) -> Iterator[str]:
    if record.extraction is None or record.extraction.text_coverage is None:
        return
    extraction, coverage = record.extraction, record.extraction.text_coverage
    if coverage.units != coverage.recorded + coverage.set_aside + coverage.unread:
        yield "the sum of the units is wrong"
    told = {
        row_of(block)
        for part in (*extraction.set_aside, *extraction.unread)
        for block, _, _ in part.spans
    }
    for doubt in doubts_of(units_of(document.blocks), record, document.blocks):
        if row_of(doubt.unit.block) not in told:
            yield doubt.unit.text


def _untold_beside(document: Document, bulletin: Bulletin) -> Iterator[str]:
    told = {
        row_of(block)
        for part in (*(entry.source for entry in bulletin.entries), *bulletin.set_aside)
        if part
        for block, _, _ in part.spans
    }
    yield from (unit.text for unit in units_of(document.blocks) if row_of(unit.block) not in told)
