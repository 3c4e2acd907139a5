"""A document beside what was read of it: for each of its passages, what in the records says the same.

Records do not keep from which passage they came, only its page; so a passage is found again by its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.language.code_forms import ANY_FORM
from policy_tracker.record import Bulletin, Record

UseKind = Literal["statement", "codes", "entry", "history", "head", "heading", "unread"]
_WORD = re.compile(r"[^\W_]+")
_HEAD_PASSAGES = 60
_LONGEST_HEAD = 400
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Use:
    """What became of a passage: `record` is the record's place in the file's list, `key` a statement's or code group's key, or a reason."""

    kind: UseKind
    record: int
    key: str = ""


@dataclass(slots=True)
class Passage:
    """A block of the document, or one row of a table, with its uses; `indent` in points."""

    page: int | None
    kind: str
    label: str | None
    text: str
    indent: float
    uses: list[Use] = field(default_factory=list)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Said:
    """Words in a record, and on which page they stand."""

    use: Use
    words: str
    page: int | None


def explain(document: Document, records: Sequence[Record | Bulletin], first: int = 0) -> list[Passage]:
    """The passages of a document in reading order, with what the records read from it made of them.

    `first` is the number of the first of the records in the list of the whole file.
    """
    passages = list(_passages(document))
    for number, record in enumerate(records, first):
        if isinstance(record, Bulletin):
            _place(passages, list(_entries(record, number)))
            continue
        _place(passages, list(_statements(record, number)))
        _place_history(passages, record, number)
        _place_codes(passages, record, number)
        _place_rest(passages, record, number)
    return passages


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _passages(document: Document) -> Iterator[Passage]:
    for block in document.blocks:
        if block.table is None:
            text = f"{block.text} {block.connector.upper()}" if block.connector else block.text
            yield Passage(block.page, block.kind, block.label, text, block.indent, words=_plain(block.text))
        else:
            yield from _rows(block)
    for part in document.unreadable:
        yield Passage(part.page, "unreadable", None, part.why, 0.0, [Use("unread", -1, part.why)])


def _rows(block: Block) -> Iterator[Passage]:
    for row in block.table.rows if block.table else ():
        text = " | ".join(cell.text for cell in row.cells)
        if text.strip(" |"):
            yield Passage(row.page or block.page, "row", None, text, block.indent, words=_plain(text))


def _statements(record: Record, number: int) -> Iterator[_Said]:
    for statement in record.statements:
        yield _Said(Use("statement", number, statement.key), _plain(statement.text), statement.source.page if statement.source else None)


def _entries(bulletin: Bulletin, number: int) -> Iterator[_Said]:
    for place, entry in enumerate(bulletin.entries):
        page = entry.source.page if entry.source else None
        for text in (entry.policy, *entry.items):
            yield _Said(Use("entry", number, str(place)), _plain(text), page)


def _place(passages: Sequence[Passage], said: Iterable[_Said]) -> None:
    """Gives each text the first passage, from the last one found on, that holds it; else the passages of which it was put together."""
    here = 0
    for one in said:
        if not one.words.strip():
            continue
        order = (*range(here, len(passages)), *range(here))
        found = next((i for i in order if _fits(passages[i], one) and one.words in passages[i].words), None)
        if found is not None:
            passages[found].uses.append(one.use)
            here = found
            continue
        pieces = [i for i in order[:40] if not passages[i].uses and _near(passages[i], one) and _is_piece(passages[i].words, one.words)]
        for i in pieces:
            passages[i].uses.append(one.use)
        here = pieces[-1] if pieces else here


def _fits(passage: Passage, one: _Said) -> bool:
    return one.page is None or passage.page is None or passage.page == one.page


def _near(passage: Passage, one: _Said) -> bool:
    return one.page is None or passage.page is None or passage.page - one.page in (0, 1)


def _is_piece(part: str, whole: str) -> bool:
    return len(part.split()) >= _FEWEST_WORDS and part in whole


def _place_history(passages: Sequence[Passage], record: Record, number: int) -> None:
    for row in record.revision_history:
        one = _Said(Use("history", number, row.date or ""), _plain(row.text), row.source.page if row.source else None)
        for passage in passages:
            if not passage.uses and one.words.strip() and _near(passage, one) and _same_row(passage.words, one.words):
                passage.uses.append(one.use)


def _same_row(passage: str, row: str) -> bool:
    """Whether a row stands in a passage, or a passage is a part of it, dates and types apart."""
    return row in passage or _is_piece(passage, row)


def _place_codes(passages: Sequence[Passage], record: Record, number: int) -> None:
    """A passage on the page of a list of codes that prints one of its codes belongs to the list."""
    if not record.code_groups:
        return
    others = [passage for passage in passages if not any(use.kind == "history" for use in passage.uses)]
    printed = [(passage, named) for passage in others if (named := set(ANY_FORM.findall(passage.text)))]
    for group in record.code_groups:
        page = group.source.page if group.source else None
        pages = {code.source.page if code.source else page for code in group.codes} | ({page} if group.ranges else set())
        codes = {code.code for code in group.codes} | {end for span in group.ranges for end in (span.first, span.last)}
        for passage, named in printed:
            on_page = passage.page is None or not pages - {None} or passage.page in pages
            if on_page and codes & named:
                passage.uses.append(Use("codes", number, group.key))


def _place_rest(passages: Sequence[Passage], record: Record, number: int) -> None:
    """Headings, the head with title, number and dates, and what the reader itself says that it left."""
    headings = {_plain(text): key for key, text in ((part.key, part.heading) for part in record.sections)}
    headings |= {_plain(text): group.key for group in record.code_groups for text in group.heading.split(" > ")}
    left = {_plain(part.text): part.why for part in record.extraction.unread if part.text} if record.extraction else {}
    marks = _head_marks(record)
    for place, passage in enumerate(passages):
        if passage.uses:
            continue
        if place < _HEAD_PASSAGES and len(passage.text) <= _LONGEST_HEAD and any(mark in passage.words for mark in marks):
            passage.uses.append(Use("head", number))
        elif passage.words in headings:
            passage.uses.append(Use("heading", number, headings[passage.words]))
        elif why := left.get(passage.words):
            passage.uses.append(Use("unread", number, why))


def _head_marks(record: Record) -> list[str]:
    """The words by which the head is known: title, number, version and dates as printed."""
    facts = [record.title, record.policy_number, record.version_label, *(fact.raw for fact in record.dates.values())]
    return [words for fact in facts if fact and (words := _plain(fact)).strip()]
