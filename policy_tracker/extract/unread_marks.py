"""What a document prints and a record does not have: codes that begin lines, and a labelled policy
number.

It shares no words with the readers: a code is known by its form and its place alone, so that what a
reader does not understand shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.extract.directives_asides import is_reference
from policy_tracker.extract.history import is_history
from policy_tracker.extract.quality import CODES_UNREAD, NUMBER_UNREAD
from policy_tracker.extract.structure.parts import parts_of
from policy_tracker.language.code_forms import CODE
from policy_tracker.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Block, Document
    from policy_tracker.record import CodeRange

_AT_START = re.compile(
    rf"[\W_]{{0,3}}(?P<code>{CODE})(?!-\d{{3,4}}-)(?=[\s,;:*†‡^)–-]|$)"
    r"(?!\s+(?:units?|mg|mcg|ml|iu|patients?|people|persons)\b)"
)
_DIGIT = re.compile(r"\d")
"""What every code has, and most texts have not."""
_NOT_CODES = frozenset({"history", "references"})
_MOST_UNREAD = 0.05
"""The part of the codes at the beginning of lines that may be missing: readers of good documents
miss none, and a number that opens a line for another reason is rare.
"""
_MANY = 10
"""Beside so many codes one number may open a line for another reason, as an address does."""
_FOLLOWING = re.compile(rf"[\s,;]+(?P<code>{CODE})(?=[\s,;]|$)")
"""A code behind another one, as they stand in rows of bare codes."""
_WITHIN = re.compile(
    rf"(?<![\w./$#-])(?P<code>{CODE})(?:\s?[–-]\s?(?P<last>{CODE}))?"
    r"(?![\w/%]|[.-]\w|\s+(?:units?|mg|mcg|ml|iu|patients?)\b)"
)
"""A code or range within a line of a part of codes: "E0650-E0652 (rental only), E0676 not paid"."""
_NUMBER_LABEL = re.compile(
    (
        r"\b(?:policy|guideline|document|bulletin|criteria) "
        r"?(?:number|no\.?|#|id)\s*[:#]?\s*(?P<number>[A-Z]{0,8}[-. ]?\d[\w.-]*)"
    ),
    re.IGNORECASE,
)
_NUMBER_IN_TITLE = re.compile(r"(?<![\w-])(?![CF]Y)[A-Z]{2,4}-?\d{3,5}$")
"""A number behind a title: "Lumen Vein Mapping MP1234"; a calendar or fiscal year is none."""
_HEAD_LINES = 40


def unread_warnings(document: Document, records: Sequence[Record]) -> tuple[str, ...]:
    """What the records of a document lack although the document prints it, in the words that
    `quality` holds them for.
    """
    return (*_codes(document, records), *_number(document, records))


def _codes(document: Document, records: Sequence[Record]) -> Iterator[str]:
    printed = printed_codes(document)
    held = frozenset(code for record in records for code in _held(record))
    ranges = [span for record in records for span in _ranges(record)]
    missing = sorted(
        code
        for code in printed - held
        if not any(span.first <= code <= span.last for span in ranges)
    )
    stray = len(missing) == 1 and len(printed) >= _MANY
    if len(missing) > _MOST_UNREAD * len(printed) and not stray:
        yield f"{CODES_UNREAD}: {len(missing)} of {len(printed)} ({', '.join(missing[:5])}{', …' if len(missing) > 5 else ''})"  # noqa: E501


def printed_codes(document: Document) -> frozenset[str]:
    """The codes with which a line or a cell begins, outside of histories and references, and in
    parts of codes those that stand further on in it; the pages of a journal are none.
    """
    found: set[str] = set()
    for part in parts_of(document.blocks):
        if part.kind in _NOT_CODES:
            continue
        for block in part.blocks:
            if block.table is None and not _DIGIT.search(block.text):
                continue
            if is_reference(block) or (block.table is not None and is_history(block.table)):
                continue
            for line in _lines(block):
                found.update(_codes_at_start(line.strip()))
                if part.kind == "coding" and block.table is None:
                    found.update(_codes_within(line))
    return frozenset(found)


def _codes_within(line: str) -> Iterator[str]:
    """The codes of a line of a part of codes; a bare number counts only beside another code, since
    alone it may be a number of anything.
    """
    ends = [match.groups() for match in _WITHIN.finditer(line)]
    codes = [code for first_and_last in ends for code in first_and_last if code]
    yield from (code for code in codes if len(codes) > 1 or not code.isdigit())


def _codes_at_start(line: str) -> Iterator[str]:
    """The codes with which a line begins: one before its description, or a row of them."""
    match = _AT_START.match(line)
    while match:
        yield match["code"]
        match = _FOLLOWING.match(line, match.end())


def _lines(block: Block) -> Iterator[str]:
    if block.table is None:
        starts = [piece.at for piece in block.pieces] or [0]
        for start, end in zip(starts, [*starts[1:], len(block.text)], strict=True):
            yield from block.text[start:end].split("\n")
        return
    yield from (line for row in block.table.rows for cell in row.cells for line in cell.lines)


def _held(record: Record) -> Iterator[str]:
    """The codes that a record has anywhere in its structure."""
    for part in (*record.code_groups, *record.statements, *record.authorizations):
        yield from (one.code for one in part.codes)
    for pairing in record.pairings:
        yield from (one.code for one in pairing.procedures)


def _ranges(record: Record) -> Iterator[CodeRange]:
    for part in (*record.code_groups, *record.statements):
        yield from part.ranges


def _number(document: Document, records: Sequence[Record]) -> Iterator[str]:
    if any(record.policy_number for record in records):
        return
    head = [*(line.text for line in document.header[:_HEAD_LINES]), *document.running]
    found = next((match["number"] for text in head if (match := _NUMBER_LABEL.search(text))), None)
    found = found or next(
        (match[0] for record in records if (match := _NUMBER_IN_TITLE.search(record.title))), None
    )
    if found:
        yield f"{NUMBER_UNREAD}: {found[:40]}"
