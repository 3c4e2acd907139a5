"""The large parts of a policy that the readers of codes and histories ask for, told by the words of
headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from policy_tracker.documents.blocks import Block
from policy_tracker.documents.traced import Traced
from policy_tracker.language.lexicon import PartKind, entries_of

_NUMBERED = r"^(?:[IVX]{1,4}\.|[A-Z]\.|\d{1,2}(?:\.\d)?\.?)?\s*"
_END = r"\s*:?\s*(?:\(continued\))?$"
_RUN_IN = re.compile(
    (
        r"^(?:policy (?:history|implementation/update information)|document history|revision "
        r"details|references?|history)\s*:\s+\S"
    ),
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"\.{4,}\s*\d+$|\s\d{1,3}$")
LONGEST_HEADING = 130
_IN_A_COLUMN = 30.0


@dataclass(frozen=True, slots=True)
class Part:
    """A run of blocks under one large heading.

    `number` is the place of its first block (the heading) in the document.
    """

    kind: PartKind
    heading: str
    blocks: tuple[Block, ...]
    number: int

    @property
    def title(self) -> Traced:
        """The heading as the document prints it."""
        first = self.blocks[0] if self.heading and self.blocks else None
        return first.traced() if first and first.text == self.heading else Traced(self.heading)


def kind_of_heading(text: str, extra: Sequence[tuple[PartKind, str]] = ()) -> PartKind | None:
    """The kind of part that a heading opens, None where it opens none; `extra` are a format's own
    words, asked first.
    """
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_HEADING:
        return None
    for kind, pattern in extra:
        if re.fullmatch(
            _NUMBERED.lstrip("^") + f"(?:{pattern})" + _END.rstrip("$"), words, re.IGNORECASE
        ):
            return kind
    return next((kind for kind, pattern in _patterns() if pattern.search(words)), None)


@cache
def _patterns() -> tuple[tuple[PartKind, re.Pattern[str]], ...]:
    """For each kind, in the order of the lexicon, its headings with a number before them or not."""
    words: dict[PartKind, list[str]] = {}
    for entry in entries_of("parts"):
        if entry.meaning.part:
            words.setdefault(entry.meaning.part, []).append(entry.pattern)
    return tuple(
        (kind, re.compile(_NUMBERED + f"(?:{'|'.join(said)})" + _END, re.IGNORECASE))
        for kind, said in words.items()
    )


def opens_part(block: Block, extra: Sequence[tuple[PartKind, str]] = ()) -> PartKind | None:
    """The kind of part that a block opens: a heading, a short line in bold or capitals, a run-in
    heading of a history or references.
    """
    if block.table is not None or _CONTENTS.search(block.text):
        return None
    text = (
        f"{block.label} {block.text}"
        if block.label and block.label_kind != "bullet"
        else block.text
    )
    looks = block.kind == "heading" or (
        block.kind in ("paragraph", "item")
        and (
            block.style.bold == "all"
            or block.style.banner
            or text.isupper()
            or text.rstrip().endswith(":")
        )
    )
    if looks and (kind := kind_of_heading(text, extra)):
        return kind
    if block.label is None and (match := _RUN_IN.match(text)):
        return kind_of_heading(match[0][:-1], extra)
    return None


def stands_inside(block: Block, heading: Block) -> bool:
    """Whether a heading stands in a row of a history: further in than the history's own heading,
    and smaller than that.

    Summaries of changes name the changed sections in bold, and where a table's row goes on over a
    page they look like headings.
    """
    smaller = block.style.size < heading.style.size - 0.4 or (
        heading.style.banner and not block.style.banner
    )
    return smaller and heading.indent > 0 and block.indent > heading.indent + _IN_A_COLUMN


def parts_of(blocks: Sequence[Block], extra: Sequence[tuple[PartKind, str]] = ()) -> Iterator[Part]:
    """The document cut at its large headings; what stands before the first is a part of kind
    `other` without a heading.
    """
    start, kind, heading = 0, "other", ""
    for number, block in enumerate(blocks):
        opened = (
            None
            if kind == "history" and stands_inside(block, blocks[start])
            else opens_part(block, extra)
        )
        if opened is None or (opened == "history" and kind == "history" and number - start < 3):
            continue
        if number > start:
            yield Part(kind, heading, tuple(blocks[start:number]), start)
        start, kind, heading = number, opened, block.text
    yield Part(kind, heading, tuple(blocks[start:]), start)
