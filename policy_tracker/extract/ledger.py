"""The ledger of a document: for every block and table row what became of it, exactly once, and how
much of what the document directs stands in the record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policy_tracker.extract.directives import units_of
from policy_tracker.extract.directives_asides import is_contents, is_reference
from policy_tracker.extract.directives_grammar import announces, begins_with_code, decides
from policy_tracker.extract.ledger_blocks import PrintedPart, parts_printed
from policy_tracker.extract.ledger_others import others_told
from policy_tracker.record import Bulletin, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policy_tracker.documents.blocks import Block, Document, Standing
    from policy_tracker.extract.directives import Unit
    from policy_tracker.record.source import Source, Spans
    from policy_tracker.record.vocabulary import SectionKind

Fate = Literal[
    "identity",
    "coverage",
    "limits",
    "codes",
    "history",
    "background",
    "references",
    "boilerplate",
    "unaccounted",
]
"""What became of a block or row of the document."""

_RANK: tuple[Fate, ...] = ("coverage", "limits", "codes", "history", "identity")
"""Which use of a block counts where it has several."""
_OF_SECTION: dict[SectionKind, Fate] = {
    "background": "background",
    "references": "references",
    "history": "history",
}
"""What becomes of that which nobody reads in a section of a kind that the reader knows."""
_OPEN: frozenset[SectionKind] = frozenset({"coverage", "documentation", "coding"})
"""Sections of which nothing that directs may be left."""


_LONGEST_TITLE = 90
_NEAR = 3
"""Blocks within which a list of codes begins below the words that give its status."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one block or row, and why; `id` is its name in the document.

    `section` is the kind of section in which it stands, None before the first heading.
    """

    id: str
    standing: Standing
    fate: Fate
    why: str
    page: int | None
    text: str
    section: SectionKind | None = None


@dataclass(frozen=True, slots=True)
class _Use:
    """One thing that a record made of the document: what, and of which characters."""

    fate: Fate
    why: str
    spans: Spans


def ledger_of(document: Document, records: Sequence[Record | Bulletin]) -> tuple[LedgerEntry, ...]:
    """The fate of every block, table row, running line and unreadable part of a document, given
    what was read of it; each stands in it once.
    """
    uses: dict[str, dict[Fate, str]] = defaultdict(dict)
    headings: dict[str, tuple[SectionKind, str]] = {}
    for record in records:
        for use in _uses_of(record):
            for block, _, _ in use.spans:
                uses[row_of(block)].setdefault(use.fate, use.why)
        if isinstance(record, Record):
            headings |= _headings_of(record)
    directing = {unit.block for unit in units_of(document.blocks)}
    shown = list(_of_blocks(document, uses, headings, directing))
    running = (
        LedgerEntry(f"f{number}", "furniture", "boilerplate", "runs along the pages", None, text)
        for number, text in enumerate(document.running, 1)
    )
    aside = (
        LedgerEntry(f"u{number}", part.standing, "unaccounted", part.why, part.page, part.text)
        for number, part in enumerate(document.unreadable, 1)
    )
    return (*shown, *running, *aside)


def row_of(block: str) -> str:
    """The id of the block, or of the table row, of which a block, a cell or what its markup holds
    is a part.
    """
    return ".".join(block.split(".")[:2])


def _uses_of(record: Record | Bulletin) -> Iterator[_Use]:
    if isinstance(record, Bulletin):
        for entry in record.entries:
            yield _Use("coverage", "is an entry of the bulletin", _spans(entry.source))
        return
    for statement in record.statements:
        fate: Fate = "limits" if statement.role == "limit" else "coverage"
        yield _Use(fate, f"is the statement {statement.key}", _spans(statement.source))
    if record.residual:
        yield _Use("coverage", "is the position of the rest", _spans(record.residual.source))
    for group in record.code_groups:
        codes = tuple(span for code in group.codes for span in _spans(code.source))
        yield _Use("codes", f"is in the list {group.key}", (*codes, *_spans(group.source)))
    for row in record.revision_history:
        yield _Use("history", "is a row of the history", _spans(row.source))
    if record.extraction:
        yield _Use("identity", "names the policy or its version", record.extraction.spans)


def _headings_of(record: Record) -> dict[str, tuple[SectionKind, str]]:
    """By the id of the block that prints it, each heading's kind of section and its words."""
    return {
        re.sub(r"\.c\d+$", "", section.spans[0][0]): (section.kind, section.heading)
        for section in record.sections
        if section.spans
    }


def _of_blocks(
    document: Document,
    uses: Mapping[str, Mapping[Fate, str]],
    headings: Mapping[str, tuple[SectionKind, str]],
    directing: frozenset[str] | set[str],
) -> Iterator[LedgerEntry]:
    kind: SectionKind | None = None
    name = ""
    for part in parts_printed(document):
        if part.id in headings:
            kind, name = headings[part.id]
        used = uses.get(part.id, {})
        fate: Fate | None = next((one for one in _RANK if one in used), None)
        if fate:
            why = used[fate]
        elif part.id in headings:
            fate, why = _of_heading(kind), "is a heading"
        else:
            fate, why = _of_unused(part, kind, name, directs=part.id in directing)
        yield LedgerEntry(part.id, "shown", fate, why, part.page, part.text, kind)


def _of_heading(kind: SectionKind | None) -> Fate:
    if kind == "coding":
        return "codes"
    if kind in ("coverage", "documentation"):
        return "coverage"
    return _OF_SECTION.get(kind, "boilerplate") if kind else "boilerplate"


def _of_unused(
    part: PrintedPart, kind: SectionKind | None, name: str, *, directs: bool
) -> tuple[Fate, str]:
    """The fate of what no record has, by the section in which it stands and by its form."""
    where = f"under “{name[:60]}”" if name else "before the first heading"
    if part.block is not None and is_contents(part.block):
        return "boilerplate", "is a line of a table of contents"
    if part.block is not None and is_reference(part.block):
        return "references", "has the form of a reference"
    if kind in _OF_SECTION:
        return _OF_SECTION[kind], f"stands in the {kind} of the document, {where}"
    if directs:
        return "unaccounted", f"directs something, {where}, and is not in the record"
    if kind in _OPEN:
        fate: Fate = "codes" if kind == "coding" else "coverage"
        return fate, f"directs nothing, {where}"
    return "boilerplate", f"directs nothing, {where}"


def _spans(source: Source | None) -> Spans:
    return source.spans if source else ()


# --- The account


@dataclass(frozen=True, slots=True)
class Doubt:
    """A directive unit that is not in the record: `inside` says whether it stands in the coverage
    part or a list of codes, else it was set aside with its section.
    """

    unit: Unit
    fate: Fate
    inside: bool
    foreign: bool = False
    """Whether it stands in what the document tells of another authority's coverage."""


def recorded_spans(record: Record) -> dict[str, list[tuple[int, int]]]:
    """By block, the characters of which a record made a statement, a quantity, a code, a row of its
    history, or the policy's name and dates.
    """
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for use in _uses_of(record):
        for block, start, end in use.spans:
            found[block].append((start, end))
    for section in record.sections:  # what a heading says governs the statements below it
        if section.kind in _OPEN:
            for block, start, end in section.spans:
                found[block].append((start, end))
    return found


def doubts_of(units: Iterable[Unit], record: Record, blocks: Iterable[Block]) -> tuple[Doubt, ...]:
    """The units that a record does not have, in the order of the document; `blocks` are those in
    which they were found.
    """
    taken = recorded_spans(record)
    blocks = list(blocks)
    headings = _headings_of(record)
    sections = _sections_of(blocks, headings)
    foreign = others_told(blocks, headings)
    heads = _heads_of_lists(blocks, taken) | _title_rows(blocks, taken)
    used = {
        row_of(block): use.fate
        for use in _uses_of(record)
        if use.fate in ("history", "identity")
        for block, _, _ in use.spans
    }
    return tuple(
        Doubt(
            unit,
            _fate_of(kind, used.get(row_of(unit.block))),
            kind in _OPEN,
            row_of(unit.block).partition(".")[0] in foreign,
        )
        for unit in units
        if not (_is_recorded(unit, taken) or unit.block in heads)
        for kind in (sections.get(unit.block),)
    )


def _fate_of(kind: SectionKind | None, used: Fate | None) -> Fate:
    """The name of the part that keeps a unit out of the record."""
    if kind == "coding":
        return "codes"
    return (_OF_SECTION.get(kind) if kind else None) or used or "unaccounted"


def _heads_of_lists(
    blocks: Sequence[Block], taken: Mapping[str, Sequence[tuple[int, int]]]
) -> frozenset[str]:
    """The blocks that announce what stands below them, and below which codes were read: what they
    say is the status of these codes.
    """
    read = {row_of(block).partition(".")[0] for block in taken}
    return frozenset(
        block.id
        for place, block in enumerate(blocks)
        if block.table is None
        # what is near is asked first: a file of many policies has far more blocks than codes
        and any(
            below.id in read and (below.table is not None or begins_with_code(below.text))
            for below in blocks[place + 1 : place + 1 + _NEAR]
        )
        and (announces(block.text) or _is_title(block.text))
    )


def _title_rows(
    blocks: Sequence[Block], taken: Mapping[str, Sequence[tuple[int, int]]]
) -> frozenset[str]:
    """The rows above the codes of a table of which codes were read: they are its titles."""
    read = {row_of(block) for block in taken}
    found: set[str] = set()
    for block in blocks:
        rows = block.table.rows if block.table else ()
        coded = [any(begins_with_code(cell.text) for cell in row.cells) for row in rows]
        if any(row.id in read and has for row, has in zip(rows, coded, strict=True)):
            found |= {row.id for row in rows[: coded.index(True)]}
    return frozenset(found)


def _is_title(text: str) -> bool:
    """Whether a text says what holds for something in a few words that are no sentence."""
    return decides(text) and len(text) <= _LONGEST_TITLE and not text.rstrip().endswith(".")


def _sections_of(
    blocks: Iterable[Block], headings: Mapping[str, tuple[SectionKind, str]]
) -> dict[str, SectionKind | None]:
    """By the id of each block and row, the kind of section in which it stands."""
    found: dict[str, SectionKind | None] = {}
    kind: SectionKind | None = None
    for block in blocks:
        for name in (block.id, *(row.id for row in (block.table.rows if block.table else ()))):
            if name in headings:
                kind = headings[name][0]
            found[name] = kind
    return found


def _is_recorded(unit: Unit, taken: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """Whether half of a unit's characters, or one character of a line of codes, are in the
    record.
    """
    whole = sum(end - start for _, start, end in unit.spans)
    found = sum(_overlap(start, end, taken.get(block, ())) for block, start, end in unit.spans)
    return found > 0 if unit.kind == "code_row" else 2 * found >= whole > 0


def _overlap(start: int, end: int, runs: Sequence[tuple[int, int]]) -> int:
    """How many characters from `start` to `end` lie in one of these runs."""
    count = 0
    at = start
    for first, last in sorted(runs):
        low, high = max(first, at), min(last, end)
        if low < high:
            count += high - low
            at = high
    return count
