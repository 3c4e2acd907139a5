"""How much of the coverage part the statements account for, and what of it was left unread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.extract.structure.sections import HeadedPart
from policy_tracker.record.content import Unread

_WORD = re.compile(r"[^\W_]+")


def words_in(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(_WORD.findall(text.lower()))


def share_of(parts: Sequence[HeadedPart], read: Iterable[str], passed: Iterable[Block]) -> float | None:
    """The share (0 to 1) of the coverage parts' words that is accounted for.

    A word counts where it stands in the `read` texts, or in a block `passed` on to another reader (a table of codes). None where there
    is no coverage part with words.
    """
    printed: Counter[str] = Counter()
    for part in parts:
        if part.is_coverage:
            for block in part.blocks:
                printed.update(words_in(block.text))
    accounted: Counter[str] = Counter()
    for text in read:
        accounted.update(words_in(text))
    for block in passed:
        accounted.update(words_in(block.text))
    total = printed.total()
    return round((printed & accounted).total() / total, 4) if total else None


def unread_of(document: Document, left: Iterable[Block]) -> tuple[Unread, ...]:
    """What was not read: parts of the document without readable words, and blocks of the coverage part that no reader took."""
    pictures = [Unread(page=part.page, why=part.why) for part in document.unreadable]
    blocks = [
        Unread(page=block.page, why="table" if block.kind == "table" else "no statement", text=block.text[:2000] or None) for block in left
    ]
    return tuple(pictures + blocks)
