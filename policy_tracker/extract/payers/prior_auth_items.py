"""Lists of what needs authorization that are no tables: codes as items, or at the beginning of
lines, below headings that say what they need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.extract.payers.prior_auth_columns import said_above
from policy_tracker.language.asked import authorization_said
from policy_tracker.language.code_forms import CODE, TO

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.documents.blocks import Document
    from policy_tracker.record.vocabulary import Requirement

_CODES = re.compile(
    rf"(?P<codes>{CODE}(?:(?:{TO}|\s*[,;/&]\s*|\s+and\s+|\s+){CODE})*)"
    rf"(?:\s*[-–—:.(|]\s*|\s+|$)(?P<words>.*)",
    re.DOTALL,
)
_LEAST_ITEMS, _LEAST_SHARE = 3, 0.6
_UNRANKED, _SPEAKING = 90, 50
"""Levels of headings whose rank is not printed: one that speaks of authorization stands above those
that name services.
"""


@dataclass(slots=True)
class HeadingPath:
    """The headings that a block stands under, and the nearest thing they say of authorization."""

    above: list[tuple[int, str]] = field(default_factory=list)
    line: str = ""
    """The last line below them that speaks of authorization for what follows it."""

    def pass_over(self, block: Block) -> None:
        """Go on behind a block: below a heading, or behind a line that speaks of authorization."""
        if block.kind == "heading":
            self.take(block)
        elif block.table is None and not _CODES.fullmatch(block.text):
            said = authorization_said(block.text)
            self.line = block.text if said in ("required", "not_required") else self.line

    def take(self, heading: Block) -> None:
        """Go on below a heading; those of its rank and below are left."""
        level = heading.heading_level or (_SPEAKING if said_above(heading.text) else _UNRANKED)
        self.above = [one for one in self.above if one[0] < level]
        self.above.append((level, heading.text))
        self.line = ""

    @property
    def text(self) -> str:
        """The nearest heading."""
        return self.above[-1][1] if self.above else self.line

    @property
    def said(self) -> Requirement | None:
        """What the nearest of them that speaks of authorization says."""
        if self.line:
            return authorization_said(self.line)
        told = (said_above(text) for _, text in reversed(self.above))
        return next((one for one in told if one), None)


def with_items_as_tables(document: Document) -> Document:
    """The document with runs of items as tables, where headings say what their codes need and most
    of the items below those begin with one; as it is elsewhere.
    """
    path, told = HeadingPath(), []
    for block in document.blocks:
        path.pass_over(block)
        told.append(path.said is not None and _is_item(block))
    items = [block for block, one in zip(document.blocks, told, strict=True) if one]
    coded = sum(_CODES.fullmatch(block.text) is not None for block in items)
    if coded < _LEAST_ITEMS or coded < _LEAST_SHARE * len(items):
        return document
    return replace(document, blocks=tuple(_grouped(document.blocks, told)))


def _is_item(block: Block) -> bool:
    return block.table is None and (block.kind == "item" or bool(_CODES.fullmatch(block.text)))


def _grouped(blocks: Sequence[Block], told: Sequence[bool]) -> Iterator[Block]:
    waiting: list[Block] = []
    for block, is_item in zip(blocks, told, strict=True):
        if is_item:
            waiting.append(block)
            continue
        yield from _as_table(waiting)
        waiting = []
        yield block
    yield from _as_table(waiting)


def _as_table(items: Sequence[Block]) -> Iterator[Block]:
    """Items as one table; as they are where none of them begins with a code."""
    if not any(_CODES.fullmatch(block.text) for block in items):
        yield from items
        return
    titles = Row((Cell(("Code",), 0, 0), Cell(("Description",), 1, 1)))
    rows = (Row(_cells(block), page=block.page) for block in items)
    first = items[0]
    yield Block("table", first.text, places=first.places, table=Table(2, (titles, *rows)))


def _cells(block: Block) -> tuple[Cell, ...]:
    words = block.traced()
    match = _CODES.fullmatch(words.text)
    if match is None:
        return (Cell(("",), 0, 0), Cell((words.text,), 1, 1, pieces=(words,)))
    cut = (words.cut(*match.span("codes")), words.cut(*match.span("words")).stripped())
    return tuple(Cell((one.text,), place, place, pieces=(one,)) for place, one in enumerate(cut))
