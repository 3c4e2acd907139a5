"""What the kinds of documents are told by: the parts of a page, and what makes a text a policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.directives_grammar import (
    begins_with_code,
    decides,
    directs,
    sentences_in,
)
from policy_tracker.record import Record

_HEAD_ROWS = 8
_LONGEST_HEAD_ROW = 120


@dataclass(frozen=True, slots=True)
class KindFound:
    """A kind of document that is no policy: `reason` says what tells so, as the end of a sentence
    that begins with "it". `certain` is whether nothing speaks for a policy.
    """

    reason: str
    certain: bool


@dataclass(frozen=True)
class Examined:
    """A document with what was read of it, taken apart into what kinds are told by."""

    document: Document
    record: Record

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The texts that stand each for itself: blocks, and lines of cells."""
        return tuple(part for part in _parts(self.document) if re.search(r"[^\W_]|_{3}", part))

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows of all tables, and each other block as a row of one cell."""
        found: list[tuple[str, ...]] = []
        for block in self.document.blocks:
            if block.table is None:
                found.append((block.text,))
            else:
                found += [tuple(cell.text for cell in row.cells) for row in block.table.rows]
        return tuple(row for row in found if any(cell.strip() for cell in row))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The physical lines of blocks, and the rows of tables as a line each."""
        found: list[str] = []
        for block in self.document.blocks:
            if block.table is not None:
                found += [" | ".join(cell.text for cell in row.cells) for row in block.table.rows]
                continue
            starts = [piece.at for piece in block.pieces] or [0]
            ends = [*starts[1:], len(block.text)]
            lines = [block.text[a:b] for a, b in zip(starts, ends, strict=True)]
            if block.label:
                lines[0] = f"{block.label} {lines[0]}"
            found += lines
        return tuple(line.strip() for line in found if re.search(r"\w", line))

    @cached_property
    def words(self) -> int:
        """How many words the document has, at least one."""
        return max(1, sum(len(part.split()) for part in self.parts))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """All sentences."""
        return tuple(part[start:end] for part in self.parts for start, end in sentences_in(part))

    @cached_property
    def decisions(self) -> int:
        """How many sentences say what is covered, denied or must be authorized."""
        return sum(decides(sentence) for sentence in self.sentences)

    @cached_property
    def directives(self) -> int:
        """How many sentences direct something."""
        return sum(directs(sentence) for sentence in self.sentences)

    @cached_property
    def codes(self) -> int:
        """How many parts begin with a code."""
        return sum(begins_with_code(part) for part in self.parts)

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The short lines with which a document names itself."""
        rows = [line.text for line in self.document.header[:_HEAD_ROWS]]
        blocks = [block.text for block in self.document.blocks[:3] if block.table is None]
        named = [*rows, *blocks, *self.document.running, self.document.title or ""]
        return tuple(
            dict.fromkeys(" ".join(one.split()) for one in named if len(one) < _LONGEST_HEAD_ROW)
        )

    @property
    def numbered(self) -> bool:
        """Whether the document prints a number that names a policy."""
        return self.record.policy_number is not None

    @property
    def dated(self) -> bool:
        """Whether it says when it takes effect or was issued."""
        return any(
            (fact := self.record.dates.get(name)) is not None and fact.date
            for name in ("effective", "issued", "published", "original_effective")
        )


def _parts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if block.table is None:
            yield f"{block.label} {block.text}" if block.label else block.text
        else:
            for row in block.table.rows:
                for cell in row.cells:
                    yield from cell.lines


def per_hundred(count: int, words: int) -> float:
    """How many in a hundred words."""
    return 100 * count / words
