"""Rows of a revision history that stands in lines, bullets and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.documents.traced import Traced, join_traced
from policy_tracker.extract.history_columns import (
    are_titles,
    date_titles,
    last_titles_in,
    titles_before_rows,
)
from policy_tracker.extract.history_grids import rows_of_grid
from policy_tracker.extract.history_openers import STATUS, Opener, in_order, openers_in
from policy_tracker.extract.history_rows import AFTERWORD, FURNITURE, TITLES, HistoryDraft, type_of
from policy_tracker.extract.structure.parts import kind_of_heading, stands_inside

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block

_STATUS_LAST = re.compile(rf"(?:(?<=[.)]) |^)({STATUS})$")
_LEFT_OUT = re.compile(r"(?:page\s*:?\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?", re.IGNORECASE)
_LABEL = re.compile(r"[A-Z](?:[\w/]*\s){1,4}[Dd]ates?\s*:|[A-Z][a-z]+\s(?:[Rr]eview|[Uu]pdate)\s*:")
_TITLE_LIKE = re.compile(
    r"(?:[A-Z][\w/’'&()-]*|\b(?:of|and|or|the|for|to|in|on|by|an?)\b|\s|[-–—:,/])+"
)
_RUN_IN = re.compile(r"[^:\d]{3,60}:\s+")
_LONGEST_TITLE = 70
_LEAST_GOING_ON = 3
"""So many blocks the last of few rows may go on over."""
_ROWS_THAT_TELL = 4
_FEW = 2
_LONGEST_HEAD = 250
"""Characters from the heading within which the titles of the columns end."""
_DATE_LAST = re.compile(r"\bdates?\W*$", re.IGNORECASE)
_SOON = 12
"""So many blocks below the heading the titles of the columns stand at the latest."""
_RUNNING = 160
"""Characters that the running lines of a page can have in a text layer."""


@dataclass(frozen=True, slots=True)
class Begin:
    """A row's beginning: the number of its block, and where in it."""

    block: int
    opener: Opener


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the head of a history ends, and the titles of its columns."""

    block: int
    end: int
    titles: str


@dataclass(slots=True)
class _Open:
    """A row with the lines that were put to it so far."""

    date: str | None
    kind: str | None
    page: int | None
    dated: Traced
    labelled: bool
    lines: list[Traced] = field(default_factory=list)

    def is_label(self) -> bool:
        """Whether it is the label of a date and no row: "Revised: 1/5/2026", and nothing but a
        heading behind it.
        """
        rest = [line.text for line in self.lines if line.text]
        bare = not rest or kind_of_heading(" ".join(rest)) == "history"
        return bare and self.labelled

    def draft(self) -> HistoryDraft:
        words = join_traced(line for line in self.lines if line.text).stripped(" •●▪◦*–-—|")
        return HistoryDraft(
            self.date, self.kind or type_of(words.text), words, self.page, self.dated
        )


def begins_of(blocks: Sequence[Block], *, headed: bool = True) -> list[Begin]:
    """The beginnings of rows in blocks; `headed`: the first of these is a heading.

    Dates before the titles of the columns, such as those of approvals, begin none.
    """
    found: list[Begin] = []
    titled = False
    for number, block in enumerate(blocks):
        if block.table is not None:
            continue
        skipped = 0 if number or not headed else _behind_heading(block.text)
        lines = [piece.at - skipped for piece in block.pieces]
        openers = openers_in(block.text[skipped:], lines)
        titles = titles_before_rows(block.text) if openers and number <= _SOON else None
        if titles:
            openers = [one for one in openers if one.start + skipped >= titles.end]
            openers[0] = openers[0].begun()
        if not titled and number <= _SOON and (titles or are_titles(block.text)):
            found, titled = [], True  # those of the next page part no rows from others
        found += [Begin(number, opener.moved(skipped)) for opener in openers]
    kept = in_order([one.opener for one in found])
    return [one for one, keep in zip(found, kept, strict=True) if keep]


def _behind_heading(text: str) -> int:
    """Where the words behind a heading begin that stands on one line with them ("History: 1/2026
    New limits"); the end of the text where it is nothing but a heading.
    """
    titles = titles_before_rows(text)
    label = _RUN_IN.match(text)
    return titles.end if titles else label.end() if label else len(text)


def rows_of(blocks: Sequence[Block], begins: Sequence[Begin] | None = None) -> list[HistoryDraft]:
    """The rows that blocks print, the first of which is the history's heading.

    `begins` are the beginnings of its rows, where they are known already.
    """
    begins = begins_of(blocks) if begins is None else begins
    if not begins:
        return []
    if grid := rows_of_grid(blocks, begins):
        return grid
    head = _head_of(blocks, begins[0])
    titles, columns = head.titles, date_titles(head.titles)
    behind = _stand_behind(blocks, begins, head)
    rows: list[_Open] = []
    for number, begin in enumerate(begins):
        after = begins[number + 1] if number + 1 < len(begins) else None
        rows.append(_opened(blocks[begin.block], begin, columns))
        if behind:
            before = begins[number - 1] if number else None
            rows[-1].lines += _before(blocks, begin, *_end_of(before, head))
        else:
            rows[-1].lines += _from(blocks, begin, after, _most_going_on(begins))
        rows[-1].lines = [_without_titles(line, titles) for line in rows[-1].lines]
        if not behind:
            _take_status(rows)
    if not behind:
        _hand_out(rows)
    return [row.draft() for row in rows if not row.is_label()]


def _head_of(blocks: Sequence[Block], first: Begin) -> _Head:
    """Where the head of a history ends: behind the titles of its columns, which may stand on lines
    of their own, else behind its heading.
    """
    skipped = _behind_heading(blocks[0].text) if first.block else 0
    texts, starts, length = [], [], 0
    for number, block in enumerate(blocks[: first.block + 1]):
        end = first.opener.start if number == first.block else len(block.text)
        text = block.text[skipped if number == 0 else 0 : end] if block.table is None else ""
        starts.append(length)
        texts.append(text)
        length += len(text) + 1
    titles = last_titles_in(" ".join(texts)[:_LONGEST_HEAD])
    if titles is None:
        return _Head(0, _behind_heading(blocks[0].text), "")
    number = max(n for n, start in enumerate(starts) if start <= titles.end)
    at = titles.end - starts[number] + (0 if number else skipped)
    return _Head(number, min(at, len(blocks[number].text)), titles.words)


def _end_of(before: Begin | None, head: _Head) -> tuple[int, int]:
    """Behind which character of which block the words of a row begin whose date follows them."""
    return (before.block, before.opener.words) if before else (head.block, head.end)


def _stand_behind(blocks: Sequence[Block], begins: Sequence[Begin], head: _Head) -> bool:
    """Whether the dates stand behind the words of their rows: the column of dates is the last, or
    words stand before the first date and none behind the last.
    """
    first, last = begins[0], begins[-1]
    words = _before(blocks, first, head.block, head.end)
    if not words or (len(begins) >= _FEW and re.fullmatch(STATUS, words[-1].text)):
        return False
    if len(head.titles.split()) > 1 and _DATE_LAST.search(head.titles):
        return True
    if len(begins) < _FEW or blocks[last.block].text[last.opener.words :].strip(" ."):
        return False
    return last.block == len(blocks) - 1


def _before(blocks: Sequence[Block], begin: Begin, at: int, start: int) -> list[Traced]:
    """What stands between a character of a block and the date of a row."""
    block = blocks[begin.block].traced()
    if at == begin.block:
        lines = [block.cut(start, begin.opener.start).stripped()]
    else:
        lines = [blocks[at].traced().cut(start).stripped()]
        lines += [one.traced() for one in blocks[at + 1 : begin.block] if _is_of_a_row(one)]
        lines.append(block.cut(0, begin.opener.start).stripped())
    return [line for line in lines if line.text]


def _is_of_a_row(block: Block) -> bool:
    text = block.text.strip()
    return (
        block.table is None
        and not _LEFT_OUT.fullmatch(text)
        and not TITLES.match(text)
        and not FURNITURE.search(text)
    )


def _without_titles(line: Traced, titles: str) -> Traced:
    """A row's words without the titles of the columns that the next page repeats, and without the
    running lines before these.
    """
    at = line.text.find(titles) if len(titles.split()) > 1 else -1
    if at < 0:
        return line
    before = line.cut(0, at).stripped()
    return line.cut(at + len(titles)).stripped() if len(before.text) < _RUNNING else before


def _most_going_on(begins: Sequence[Begin]) -> int:
    """How many blocks the last row may go on over: as many as another row does, where there are
    enough of these to tell.
    """
    most = max((after.block - before.block - 1 for before, after in pairwise(begins)), default=0)
    return most if len(begins) >= _ROWS_THAT_TELL else max(most, _LEAST_GOING_ON)


def _opened(block: Block, begin: Begin, columns: Sequence[str]) -> _Open:
    opener = begin.opener
    return _Open(
        _date_of(opener, columns),
        opener.kind,
        block.page,
        block.traced().cut(opener.start, opener.words).stripped(" -–—:|"),
        ":" in block.text[opener.start : opener.words],
    )


def _date_of(opener: Opener, columns: Sequence[str]) -> str:
    """The date of a row that prints several: that of the column of effective dates, else the
    first.
    """
    if len(opener.dates) > 1 and len(opener.dates) == len(columns) and "effective" in columns:
        return opener.dates[columns.index("effective")] or opener.date
    return opener.date


def _take_status(rows: list[_Open]) -> None:
    """Gives the last row the status that columns without rules left at the end of the row
    before.
    """
    if len(rows) < _FEW or rows[-1].kind or not rows[-2].lines:
        return
    last = rows[-2].lines[-1]
    match = _STATUS_LAST.search(last.text)
    if match is None or type_of(rows[-1].lines[0].text):
        return
    rows[-2].lines[-1] = last.cut(0, match.start()).stripped()
    rows[-1].kind = match[1]


def _from(blocks: Sequence[Block], begin: Begin, end: Begin | None, limit: int) -> list[Traced]:
    """The words of a row: what stands behind its date, and what goes on with it in the blocks up to
    the next row; the last row takes no more than `limit` of these.
    """
    words = blocks[begin.block].traced()
    if end and end.block == begin.block:
        return [words.cut(begin.opener.words, end.opener.start).stripped()]
    found = [words.cut(begin.opener.words).stripped()]
    for block in blocks[begin.block + 1 : end.block if end else len(blocks)]:
        inside = begin.block > 0 and stands_inside(block, blocks[0])
        if end is None and (
            AFTERWORD.search(block.text) or (not inside and _ends(block, found, limit))
        ):
            break
        if _is_of_a_row(block) and (block.kind != "heading" or inside):
            found.append(block.traced())
    if end and end.opener.start:
        found.append(blocks[end.block].traced().cut(0, end.opener.start).stripped())
    return found


def _ends(block: Block, found: Sequence[Traced], limit: int) -> bool:
    """Whether a block no longer belongs to the last row: a label, a title, or more of them than any
    other row has.
    """
    text = block.text.strip()
    if block.kind == "item" or text[:1].islower():
        return False
    titled = len(text) <= _LONGEST_TITLE and _TITLE_LIKE.fullmatch(text) is not None
    return len(found) > limit or _LABEL.match(text) is not None or titled


def _hand_out(rows: list[_Open]) -> None:
    """Gives the texts of a column to their dates, where a text layer prints the column of dates
    first and that of the texts behind it.
    """
    bare = 0
    for row in rows:
        if not any(line.text for line in row.lines[:1]) and len(row.lines) == 1:
            bare += 1
            continue
        texts = [line for line in row.lines if line.text]
        at = rows.index(row)
        if bare >= 2 and not row.lines[0].text and len(texts) == bare + 1:
            for other, text in zip(rows[at - bare : at + 1], texts, strict=True):
                other.lines = [text]
        bare = 0
