"""A document beside what was read of it: for each of its passages, what the records made of it.

Records name the blocks from which they come, and the passages are these blocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policy_tracker.documents.blocks import Block, Document, Standing
from policy_tracker.extract.ledger import Fate, ledger_of, row_of
from policy_tracker.record import Bulletin, Record
from policy_tracker.record.source import Source, Spans

UseKind = Literal["statement", "codes", "entry", "history", "head", "heading", "unread"]


@dataclass(frozen=True, slots=True)
class Use:
    """What became of a passage: `record` is the record's place in the file's list, `key` a
    statement's or code group's key, or a reason.
    """

    kind: UseKind
    record: int
    key: str = ""


@dataclass(slots=True)
class Passage:
    """A block of the document, or one row of a table, with its id and its uses; `indent` in
    points. `fate` is what became of it in the ledger of the document, `fate_why` why, and
    `standing` how it stands there.
    """

    page: int | None
    kind: str
    label: str | None
    text: str
    indent: float
    uses: list[Use] = field(default_factory=list)
    id: str = ""
    standing: Standing = "shown"
    fate: Fate = "unaccounted"
    fate_why: str = ""


def explain(
    document: Document, records: Sequence[Record | Bulletin], first: int = 0
) -> list[Passage]:
    """The passages of a document in reading order, with what the records read from it made of them.

    `first` is the number of the first of the records in the list of the whole file.
    """
    uses: dict[str, dict[Use, None]] = defaultdict(dict)
    for number, record in enumerate(records, first):
        named = (
            _of_bulletin(record, number)
            if isinstance(record, Bulletin)
            else _of_record(record, number)
        )
        for use, spans in named:
            for block, _, _ in spans:
                uses[row_of(block)][use] = None
    passages = list(_passages(document))
    entries = {entry.id: entry for entry in ledger_of(document, records)}
    for passage in passages:
        passage.uses += uses.get(passage.id, ())
        if entry := entries.get(passage.id):
            passage.standing, passage.fate, passage.fate_why = entry.standing, entry.fate, entry.why
    return passages


def _passages(document: Document) -> Iterator[Passage]:
    for block in document.blocks:
        if block.table is None:
            text = f"{block.text} {block.connector.upper()}" if block.connector else block.text
            yield Passage(block.page, block.kind, block.label, text, block.indent, id=block.id)
        else:
            yield from _rows(block)
    for number, part in enumerate(document.unreadable, 1):
        use = Use("unread", -1, part.why)
        yield Passage(part.page, "unreadable", None, part.why, 0.0, [use], f"u{number}")


def _rows(block: Block) -> Iterator[Passage]:
    for row in block.table.rows if block.table else ():
        text = " | ".join(cell.text for cell in row.cells)
        if text.strip(" |"):
            yield Passage(row.page or block.page, "row", None, text, block.indent, id=row.id)


def _of_bulletin(bulletin: Bulletin, number: int) -> Iterator[tuple[Use, Spans]]:
    for place, entry in enumerate(bulletin.entries):
        yield Use("entry", number, str(place)), _spans(entry.source)


def _of_record(record: Record, number: int) -> Iterator[tuple[Use, Spans]]:
    """The uses that a record makes of the document: of one passage the first counts most."""
    for statement in record.statements:
        yield Use("statement", number, statement.key), _spans(statement.source)
    for row in record.revision_history:
        yield Use("history", number, row.date or ""), _spans(row.source)
    for group in record.code_groups:
        yield Use("codes", number, group.key), _all(code.source for code in group.codes)
        yield Use("codes", number, group.key), _spans(group.source)
    for section in record.sections:
        yield Use("heading", number, section.key), section.spans
    if record.extraction:
        yield Use("head", number), record.extraction.spans
        yield from (
            (Use("unread", number, part.why), part.spans) for part in record.extraction.unread
        )


def _spans(source: Source | None) -> Spans:
    return source.spans if source else ()


def _all(sources: Iterable[Source | None]) -> Spans:
    return tuple(span for source in sources for span in _spans(source))
