"""A history in one line: a label and the dates of all revisions behind it, with notes in brackets
("Revised: 6/23 (new limits), 12/23 (codes)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policy_tracker.extract.history_openers import DATE_ENTRY, iso_of_entry
from policy_tracker.extract.history_rows import HistoryDraft

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block
    from policy_tracker.documents.traced import Traced

_LABEL = re.compile(
    r"(?<![A-Za-z])(?P<label>Revised|Revisions?|Updated|Amended|REVISED|REVISIONS?|UPDATED"
    r"|Reviewed|Reviews?(?= [Dd]ates)|REVIEWED)"
    r"(?:\s(?:[Dd]ates?|[Oo]n|[Ee]ffective [Dd]ates?))?(?:\(s\))?\s*:?\s+(?=\d|[A-Z][a-z]{2,8} \d)"
)
_ITEM = re.compile(
    rf"(?P<date>{DATE_ENTRY})\s*(?:[(\[](?P<note>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]])?"
    r"\s*(?:[,;&]|\band\b)?\s*"
)
_LEAST = 2


def series_in(blocks: Sequence[Block]) -> Iterator[HistoryDraft]:
    """The revisions that labels in blocks list, each with its note."""
    for number, block in enumerate(blocks):
        cells = [cell for row in block.table.rows for cell in row.cells] if block.table else [block]
        for printed in cells:
            if _LABEL.search(printed.text):
                yield from _listed(printed.traced(), _following(blocks, number), block.page)


def _following(blocks: Sequence[Block], number: int) -> Traced | None:
    """The next block, where a series that a comma or semicolon leaves open goes on there."""
    following = blocks[number + 1 : number + 2]
    ends = blocks[number].text.rstrip().endswith((",", ";"))
    return following[0].traced() if ends and following and not following[0].table else None


def _listed(words: Traced, following: Traced | None, page: int | None) -> Iterator[HistoryDraft]:
    for label in _LABEL.finditer(words.text):
        items = [(words, item) for item in _items(words.text, label.end())]
        if following and items and items[-1][1].end() == len(words.text):
            items += [(following, item) for item in _items(following.text, 0)]
        for source, item in items if len(items) >= _LEAST else ():
            note = source.cut(*item.span("note")) if item["note"] else source.cut(0, 0)
            yield HistoryDraft(
                iso_of_entry(item["date"]),
                label["label"].capitalize(),
                note.stripped(),
                page,
                source.cut(*item.span("date")),
            )


def _items(text: str, at: int) -> Iterator[re.Match[str]]:
    while match := _ITEM.match(text, at):
        if iso_of_entry(match["date"]) is None:
            return
        yield match
        at = match.end()
