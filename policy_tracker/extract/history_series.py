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
    from policy_tracker.documents.blocks import Block, Cell

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
    for block in blocks:
        cells = [cell for row in block.table.rows for cell in row.cells] if block.table else [block]
        for printed in cells:
            if _LABEL.search(printed.text):
                yield from _listed(printed, block.page)


def _listed(printed: Block | Cell, page: int | None) -> Iterator[HistoryDraft]:
    words = printed.traced()
    for label in _LABEL.finditer(printed.text):
        items = list(_items(printed.text, label.end()))
        for item in items if len(items) >= _LEAST else ():
            note = words.cut(*item.span("note")) if item["note"] else words.cut(0, 0)
            yield HistoryDraft(
                iso_of_entry(item["date"]),
                label["label"].capitalize(),
                note.stripped(),
                page,
                words.cut(*item.span("date")),
            )


def _items(text: str, at: int) -> Iterator[re.Match[str]]:
    while match := _ITEM.match(text, at):
        if iso_of_entry(match["date"]) is None:
            return
        yield match
        at = match.end()
