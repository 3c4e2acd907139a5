"""Lists of what needs authorization that are printed without rules: each row is a line that begins
with a code and ends with what it requires, perhaps with days behind it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.language.code_forms import CODE
from policy_tracker.language.dates import DATE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_tracker.documents.blocks import Document

_AUTH = r"(?:prior |pre-?)?(?:auth\w*|cert\w*|PA)"
_SAID = (
    rf"(?:(?:no|yes)\b[,:]? ?(?:{_AUTH})?(?: ?(?:is )?(?:not )?(?:required|needed))?"
    rf"|(?:{_AUTH} )?(?:is )?(?:not )?required|notification(?: only)?|[YNX])"
)
_BEGINS = re.compile(rf"(?:\W{{0,2}}){CODE}(?![\w-])")
_ROW = re.compile(
    rf"(?P<code>\W{{0,2}}{CODE}\S*(?:\s*[-–,]\s*{CODE})*)\s+(?P<words>\S.*?)\s+(?P<said>{_SAID})"
    rf"(?P<dates>(?:\s+{DATE_PATTERN}){{0,2}})\s*",
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(DATE_PATTERN, re.IGNORECASE)
_ENDS = re.compile(r"\b(?:end|term|expir)", re.IGNORECASE)
_LEAST_ROWS, _LEAST_SHARE = 5, 0.6
_TITLES = ("Code", "Description", "Authorization")


def with_lines_as_tables(document: Document) -> Document:
    """The document with such lines as tables; as it is where most lines that begin with a code do
    not end so.
    """
    begun = [block for block in document.blocks if _is_line(block)]
    rows = [block for block in begun if _ROW.fullmatch(block.text)]
    if len(rows) < _LEAST_ROWS or len(rows) < _LEAST_SHARE * len(begun):
        return document
    return replace(document, blocks=tuple(_grouped(document.blocks)))


def _is_line(block: Block) -> bool:
    return block.table is None and block.label is None and _BEGINS.match(block.text) is not None


def _grouped(blocks: Sequence[Block]) -> Iterator[Block]:
    waiting: list[Block] = []
    ends = any(_ENDS.search(block.text) for block in blocks if _is_title(block))
    for block in blocks:
        if _is_line(block):
            waiting.append(block)
            continue
        if waiting:
            yield _table(waiting, ends)
            waiting = []
        yield block
    if waiting:
        yield _table(waiting, ends)


def _is_title(block: Block) -> bool:
    return block.table is None and len(block.text) < len("Authorization end date") * 4


def _table(blocks: Iterable[Block], ends: bool) -> Block:
    parts = [_cells(block) for block in blocks]
    most = max(len(cells) for cells, _ in parts)
    dates = (
        ("Effective date", "End date")
        if most > len(_TITLES) + 1
        else (("End date",) if ends else ("Effective date",))
    )
    titles = [*_TITLES, *dates][:most]
    rows = [
        Row(tuple(Cell((title,), place, place) for place, title in enumerate(titles))),
        *(Row(tuple(cells), page=block.page) for cells, block in parts),
    ]
    first = parts[0][1]
    return Block("table", first.text, places=first.places, table=Table(most, tuple(rows)))


def _cells(block: Block) -> tuple[list[Cell], Block]:
    words = block.traced()
    match = _ROW.fullmatch(words.text)
    if match is None:
        code = _BEGINS.match(words.text)
        end = code.end() if code else 0
        spans = [(0, end), (end, len(words.text))]
    else:
        spans = [match.span(name) for name in ("code", "words", "said")]
        start = match.start("dates")
        spans += [
            (start + date.start(), start + date.end()) for date in _DATE.finditer(match["dates"])
        ]
    cut = [words.cut(*span).stripped() for span in spans]
    return [Cell((one.text,), place, place, pieces=(one,)) for place, one in enumerate(cut)], block
