"""How much of the coverage part the statements account for, and what of it was left unread."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.documents.traced import Traced
from policy_tracker.extract.structure.sections import HeadedPart
from policy_tracker.record.content import Unread

_WORD = re.compile(r"[^\W_]+")
_LONGEST_UNREAD = 2000


def share_of(
    parts: Sequence[HeadedPart], read: Iterable[Traced], passed: Iterable[Block]
) -> float | None:
    """The share (0 to 1) of the coverage parts' words that is accounted for.

    A word counts where it stands in the characters that a `read` text was made of, or in a block
    `passed` on to another reader (a table of codes). None where there is no coverage part with
    words.
    """
    taken = _Taken()
    for words in (*read, *(words for block in passed for words in texts_of(block))):
        taken.add(words)
    total = accounted = 0
    for block in (block for part in parts if part.is_coverage for block in part.blocks):
        for words in texts_of(block):
            total += len(_WORD.findall(words.text))
            accounted += taken.words_in(words)
    return round(accounted / total, 4) if total else None


class _Taken:
    """The characters of the document of which something was read."""

    def __init__(self) -> None:
        self.runs: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def add(self, words: Traced) -> None:
        for block, start, end in words.spans():
            self.runs[block].append((start, end))

    def words_in(self, words: Traced) -> int:
        """How many words of a text begin in one of these characters."""
        begins = [match.start() for match in _WORD.finditer(words.text)]
        return sum(
            any(
                start <= piece.start + begin - piece.at < end
                for start, end in self.runs[piece.block]
            )
            for piece in words.pieces
            if piece.block in self.runs
            for begin in begins
            if piece.at <= begin < piece.at + piece.length
        )


def texts_of(block: Block) -> Iterator[Traced]:
    """The texts of a block: its own, or those of a table's cells."""
    if block.table is None:
        yield block.traced()
        return
    for row in block.table.rows:
        yield from (line for cell in row.cells for line in cell.traced_lines())


def unread_of(document: Document, left: Iterable[Block]) -> tuple[Unread, ...]:
    """What was not read: parts of the document without readable words, and blocks of the coverage
    part that no reader took.
    """
    return (*unread_parts(document), *(_left(block) for block in left))


def unread_parts(document: Document) -> tuple[Unread, ...]:
    """The parts of a document that could not be read, or that it strikes out or hides."""
    return tuple(
        Unread(page=part.page, why=part.why, text=part.text[:_LONGEST_UNREAD] or None)
        for part in document.unreadable
    )


def _left(block: Block) -> Unread:
    return Unread(
        page=block.page,
        why="table" if block.kind == "table" else "no statement",
        text=block.text[:_LONGEST_UNREAD] or None,
        spans=tuple(span for words in texts_of(block) for span in words.spans()),
    )
