"""Where a history stands that no known heading opens: behind a line that calls itself one, behind
the titles of its columns, or at the end of the document as a run of dated lines.

The rows are the evidence: two below such a heading, more where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from policy_tracker.extract.history_columns import titles_before_rows
from policy_tracker.extract.history_openers import openers_in
from policy_tracker.extract.history_prose import begins_of
from policy_tracker.extract.history_rows import HISTORY_HEADING
from policy_tracker.extract.structure.parts import opens_part

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block, Cell
    from policy_tracker.documents.traced import Traced
    from policy_tracker.extract.history_prose import Begin

_LONGEST_HEADING = 90
_SOON = 12
"""So many blocks below a heading its first row begins at the latest."""
_NEAR, _NEAR_BARE = 80, 6
"""So many blocks lie at most between the beginnings of two rows: below a heading, and without."""
_LEAST_HEADED, _LEAST_BARE = 2, 4
_OF_CHANGES = re.compile(
    r"\b(?:chang|revis|amend|updat|modif|histor|version|edition|log\b|record\b|what['’]s new)",
    re.IGNORECASE,
)
"""In a heading: what follows may tell of changes, where every line begins with a date."""
_RUN_IN = re.compile(r"(?P<name>[^:\d]{3,60}):\s+(?=\d|[A-Z][a-z]{2,8}\.? \d)")
"""A heading on one line with its first row."""
_SAYS_HISTORY = re.compile(r"\b(?:history|log|changes):", re.IGNORECASE)
"""What is no label of a series of dates, such as "Revised: 6/23, 12/23"."""
_AT_ONCE = 2
_TITLE = 24
"""So many blocks below such a heading its first row begins at the latest."""
_LAST_PART = 0.6
"""The share of a document behind which dated lines can be a history without a heading."""


def with_cells_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with the lines of a cell in which a history stands (as where a page is drawn as
    one table) as paragraphs.
    """
    apart: list[Block] = []
    for block in blocks:
        cells = [cell for row in block.table.rows for cell in row.cells] if block.table else []
        held = [cell for cell in cells if _holds_history(cell)]
        apart += [_paragraph(line, block) for cell in held for line in cell.traced_lines()]
        apart += [] if held else [block]
    return apart


def _holds_history(cell: Cell) -> bool:
    lines = [line.strip() for line in cell.lines]
    heads = [n for n, line in enumerate(lines) if line and HISTORY_HEADING.fullmatch(line)]
    return any(openers_in(line) for line in lines[heads[0] + 1 :]) if heads else False


def _paragraph(line: Traced, block: Block) -> Block:
    return replace(block, kind="paragraph", table=None, text=line.text, pieces=line.pieces)


def histories_in(blocks: Sequence[Block]) -> Iterator[tuple[Sequence[Block], list[Begin]]]:
    """The runs of blocks that are a history, the first of each being or holding its heading, and
    the beginnings of their rows.
    """
    at = 0
    while at < len(blocks):
        found = _headed(blocks, at)
        if found:
            yield found
        at += len(found[0]) if found else 1


def _headed(blocks: Sequence[Block], at: int) -> tuple[Sequence[Block], list[Begin]] | None:
    """The history whose heading block `at` is, or that begins within it behind its columns'
    titles.
    """
    block = blocks[at]
    if block.table is not None:
        return None
    text = block.text.strip()
    titles = titles_before_rows(block.text)
    heading = _RUN_IN.match(text) if _SAYS_HISTORY.search(text, 0, _LONGEST_HEADING) else None
    name = heading["name"] if heading else text
    named = len(name) <= _LONGEST_HEADING and HISTORY_HEADING.fullmatch(name) is not None
    dated = not named and titles is None and len(text) <= _LONGEST_HEADING and _tells(text)
    if not named and titles is None and not dated:
        return None
    first = block.part(titles.start) if titles else block
    run = [first, *_until_next_part(blocks[at + 1 :])]
    if dated and not any(openers_in(one.text) for one in run[1 : _at_once(run) + 1]):
        return None
    begins = _close(begins_of(run))
    if len(begins) < _LEAST_HEADED or begins[0].block > (_at_once(run) if dated else _SOON):
        return None
    if dated and any(begin.opener.start for begin in _first_of_blocks(begins)):
        return None
    return run[: begins[-1].block + _NEAR], begins


def _at_once(run: Sequence[Block]) -> int:
    """How many blocks below a heading its first row begins at the latest: behind lines of a few
    words, which are the titles of its columns and the number of the first row.
    """
    short = takewhile(lambda one: one.table is None and len(one.text) <= _TITLE, run[1:_SOON])
    return _AT_ONCE + sum(not openers_in(one.text) for one in short)


def _tells(text: str) -> bool:
    """Whether a line is a heading that speaks of changes: no sentence, and no date in it."""
    return _OF_CHANGES.search(text) is not None and text[-1:] not in ".;," and not openers_in(text)


def _first_of_blocks(begins: Sequence[Begin]) -> Iterator[Begin]:
    """The first row that begins in each block."""
    block = -1
    for begin in begins:
        if begin.block != block:
            yield begin
        block = begin.block


def _until_next_part(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if opens_part(block) not in (None, "history"):
            return
        yield block


def _close(begins: Sequence[Begin], most: int = _NEAR) -> list[Begin]:
    """The beginnings up to the first gap."""
    kept = list(begins[:1])
    for before, after in pairwise(begins):
        if after.block - before.block > most:
            break
        kept.append(after)
    return kept


def bare_history(blocks: Sequence[Block]) -> tuple[Sequence[Block], list[Begin]] | None:
    """A run of dated lines at the end of a document that nothing announces."""
    start = int(len(blocks) * _LAST_PART)
    last = blocks[start:]
    begins = [
        one
        for one in begins_of(last, headed=False)
        if one.opener.start == 0 and one.opener.weight > 2 and len(last[one.block].text) > 25
    ]
    for number in range(len(begins)):
        run = _close(begins[number:], _NEAR_BARE)
        if len(run) >= _LEAST_BARE and run[-1].block - run[0].block < 3 * len(run):
            return last, run
    return None
