"""The sentences of a document that direct something, found by grammar alone: what must, may not, is
required, limited, covered or denied; what such a sentence governs; and rows of codes.

This is the second pair of eyes. It shares no vocabulary with the reader of statements, and knows
nothing of sections or payers, so that what the reader does not understand is counted all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from policy_tracker.documents.blocks import Block, Row
from policy_tracker.documents.traced import BlockSpan, Traced
from policy_tracker.extract.directives_asides import asides_of, is_dated
from policy_tracker.extract.directives_grammar import (
    announces,
    announces_criteria,
    begins_with_code,
    decides,
    directs,
    goes_on_behind,
    is_clause,
    is_note,
    sentences_in,
    takes_position,
)

UnitKind = Literal["directive", "governed", "code_row"]
"""Whether a unit directs by its own words, stands below one that does, or lists codes."""

_TOKEN = re.compile(r"(?=\D*\d)[\w.*-]{4,12}")
"""What stands alone in a cell; codes there are written in small letters too."""
_FURTHER_IN = 3.0
"""Points by which a text stands further in than another, which is more than print varies."""
_LONGEST_ITEM = 1200
"""Characters of the longest item; what is longer is prose that a list does not hold."""
_LONGEST_FLAT = 240
"""Characters of the longest item of a list without labels and indents."""
_LEAST_WORDS = 3
"""Words of the shortest item that says something by itself; shorter ones are titles of columns."""
_MOST_STRANGERS = 2
"""Texts that may interrupt a list, such as the running lines of a page."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that the document directs, and where it is printed.

    `block` is the block or row that holds it. `spans` are its characters in the document's blocks
    and cells. `decides` is whether its own words, or those that govern it, permit, deny, require
    authorization or limit: of these none may be missed.
    """

    kind: UnitKind
    block: str
    text: str
    page: int | None
    spans: tuple[BlockSpan, ...]
    decides: bool = False


@dataclass(slots=True)
class _Lead:
    """A text that announces others, while these go on."""

    indent: float
    labelled: bool
    heading: bool
    flat: bool = True
    """Whether what it announces may stand on its own edge without labels: until an item came that
    is set in or labelled.
    """
    decides: bool = False
    """Whether it says what is covered, denied or must be authorized, and so what it announces."""
    adjoining: bool = True
    """Whether nothing stood yet between it and what it announces."""
    strangers: int = 0
    """Texts since its last item that are none, such as the running lines of a page."""


def units_of(blocks: Sequence[Block]) -> tuple[Unit, ...]:
    """The directive units of a document's blocks in reading order.

    A unit is a sentence that directs something by its own words, an item, paragraph or table row
    below one that announces it, or a line or row that begins with a code. Lines of a table of
    contents, references and rows of a history are none, by their form.
    """
    found: list[Unit] = []
    leads: list[_Lead] = []
    asides = asides_of(blocks)
    listing = coded = False
    for block, following, aside in zip(blocks, (*blocks[1:], None), asides, strict=True):
        if aside or not re.search(r"[^\W_]", block.text if block.table is None else "x"):
            continue
        governed = _is_governed(leads, block)
        if block.table is not None:
            found += _deciding(_of_table(block, governed=governed), leads, governed=governed)
            coded = False
            continue
        if coded and _goes_on_describing(block):
            continue
        coded = begins_with_code(block.text)
        if coded and leads:  # what it announces are codes, and between them their descriptions
            leads[-1].decides = False
        if block.kind == "heading":
            found += _of_heading(block, governed=governed)
        else:
            listed = governed or (block.label is not None and listing)
            found += _deciding(_of_text(block, governed=listed), leads, governed=governed)
            listing = block.label is not None and (
                goes_on_behind(block.text) or (listing and listed)
            )
        if _leads(block, following):
            above = bool(leads) and leads[-1].decides and governed
            leads.append(
                _Lead(
                    block.indent,
                    block.label is not None,
                    block.kind == "heading",
                    decides=decides(block.text) or above,
                )
            )
    return tuple(found)


def directs_or_announces(text: str) -> bool:
    """Whether words that stand alone direct something."""
    return any(
        directs(text[start:end]) or announces(text[start:end]) or begins_with_code(text[start:end])
        for start, end in sentences_in(text)
    )


def _deciding(units: Iterable[Unit], leads: Sequence[_Lead], *, governed: bool) -> Iterator[Unit]:
    """The units; those that a deciding sentence governs decide with it."""
    decided = governed and bool(leads) and leads[-1].decides
    for unit in units:
        says = unit.kind != "code_row" and len(unit.text.split()) >= _LEAST_WORDS
        yield replace(unit, decides=True) if decided and says else unit


def _goes_on_describing(block: Block) -> bool:
    """Whether a block behind a line that begins with a code goes on with its description."""
    return (
        block.kind == "paragraph"
        and block.label is None
        and not begins_with_code(block.text)
        and (
            block.text[:1].islower()
            or not (decides(block.text) or announces(block.text) or directs(block.text))
        )
    )


def _leads(block: Block, following: Block | None) -> bool:
    """Whether a block announces what stands below it."""
    if following is None:
        return False
    if block.kind == "heading":
        return announces_criteria(block.text) or block.text.rstrip().endswith(":")
    return announces(block.text)


def _is_governed(leads: list[_Lead], block: Block) -> bool:
    """Whether one of the open leads announces a block; those are closed whose list has ended."""
    for place in range(len(leads) - 1, -1, -1):
        if _belongs(leads[place], block):
            del leads[place + 1 :]
            lead = leads[place]
            lead.adjoining, lead.strangers = False, 0
            return True
    for lead in leads:
        lead.adjoining = lead.flat = False
        lead.strangers += 1
    ended = block.kind == "heading"
    leads[:] = [lead for lead in leads if lead.strangers <= _MOST_STRANGERS and not ended]
    return False


def _belongs(lead: _Lead, block: Block) -> bool:
    if block.table is not None:
        lead.flat = False
        return lead.adjoining or lead.strangers == 0
    if block.kind == "heading":
        return False
    further = block.indent > lead.indent + _FURTHER_IN
    on_edge = not lead.labelled and block.indent >= lead.indent - _FURTHER_IN
    if block.label is not None and (further or on_edge):
        lead.flat = False
        return True
    if further and len(block.text) <= _LONGEST_ITEM and lead.strangers == 0:
        return True
    # a list without labels or indents: as long as its texts are no prose
    return lead.flat and on_edge and len(block.text) <= _LONGEST_FLAT and not _is_prose(block.text)


def _of_heading(block: Block, *, governed: bool) -> Iterator[Unit]:
    """A heading is a unit where it is a sentence that directs."""
    if is_clause(block.text) and directs(block.text):
        yield _unit("governed" if governed else "directive", block, block.traced())


def _of_text(block: Block, *, governed: bool) -> Iterator[Unit]:
    words = block.traced()
    if begins_with_code(block.text):
        yield _unit("code_row", block, words)
        return
    sentences = sentences_in(block.text)
    directing = [
        directs(block.text[start:end]) or announces(block.text[start:end])
        for start, end in sentences
    ]
    item = block.label is not None and (governed or any(directing))
    if item or is_note(block.text) or (governed and len(sentences) == 1):
        yield _unit("directive" if any(directing) else "governed", block, words)
        return
    # the sentences of a paragraph that decides something belong together
    decided = any(takes_position(block.text[start:end]) for start, end in sentences)
    for (start, end), directive in zip(sentences, directing, strict=True):
        if directive or governed or decided:
            yield _unit("directive" if directive else "governed", block, words.cut(start, end))


def _is_prose(text: str) -> bool:
    return len(sentences_in(text)) > 1


def _unit(kind: UnitKind, block: Block, words: Traced) -> Unit:
    words = words.stripped()
    decided = kind != "code_row" and decides(words.text)
    return Unit(kind, block.id, words.text, block.page, words.spans(), decided)


def _of_table(block: Block, *, governed: bool) -> Iterator[Unit]:
    rows = block.table.rows if block.table else ()
    dated = [
        is_dated(next((cell.text for cell in row.cells if cell.text.strip()), "")) for row in rows
    ]
    history = sum(dated) > len(rows) / 2
    coded = sum(_is_of_codes(row) for row in rows)
    listed = 2 * coded >= len(rows)
    for row, has_date in zip(rows, dated, strict=True):
        titles = listed or (coded > 0 and row is rows[0])
        title = titles and not _is_of_codes(row) and not decides(_said(row))
        if not (title or (history and has_date)):
            yield from _of_row(row, block, governed=governed and not history and not listed)


def _said(row: Row) -> str:
    return " | ".join(cell.text for cell in row.cells if cell.text.strip())


def _is_of_codes(row: Row) -> bool:
    return any(
        begins_with_code(cell.text)
        or (_TOKEN.fullmatch(cell.text.strip()) and begins_with_code(cell.text.upper()))
        for cell in row.cells
    )


def _of_row(row: Row, block: Block, *, governed: bool) -> Iterator[Unit]:
    text = _said(row)
    if not re.search(r"[^\W_]", text):
        return
    spans = tuple(
        span for cell in row.cells for line in cell.traced_lines() for span in line.spans()
    )
    page = row.page or block.page
    if _is_of_codes(row):
        yield Unit("code_row", row.id, text, page, spans)
    elif directs(text):
        yield Unit("directive", row.id, text, page, spans, decides(text))
    elif governed:
        yield Unit("governed", row.id, text, page, spans)
