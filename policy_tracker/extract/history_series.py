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

_LABEL = re.compile(
    r"(?<![A-Za-z])(?P<label>Revised|Revisions?|Updated|Amended|REVISED|REVISIONS?|UPDATED)"
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
        if block.table is not None or not _LABEL.search(block.text):
            continue
        words = block.traced()
        for label in _LABEL.finditer(block.text):
            items = list(_items(block.text, label.end()))
            if len(items) < _LEAST:
                continue
            for item in items:
                note = words.cut(*item.span("note")) if item["note"] else words.cut(0, 0)
                yield HistoryDraft(
                    iso_of_entry(item["date"]),
                    label["label"].capitalize(),
                    note.stripped(),
                    block.page,
                    words.cut(*item.span("date")),
                )


def _items(text: str, at: int) -> Iterator[re.Match[str]]:
    while match := _ITEM.match(text, at):
        if iso_of_entry(match["date"]) is None:
            return
        yield match
        at = match.end()
