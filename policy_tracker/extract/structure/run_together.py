"""Lists that are printed in one paragraph, "met: (1) the lamp is old; and (2) it is dark", as the
items that they are.

A number counts where a list of its kind begins with one and goes on with two, in the same brackets,
each behind a sentence, a clause or a colon: "criterion (1) above" counts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from policy_tracker.documents.blocks import Block, LabelKind
from policy_tracker.documents.levels import STEP
from policy_tracker.language.sentences import sentence_spans

_FIRST = re.compile(
    r"(?<![^\s])(?:(?P<closed>\((?:1|a|A|i|I)\))|(?P<open>(?:1|a|A|i|I)[.)]))(?=\s+[^\s)])"
)
_OPENED = re.compile(r"[:;.—–]$")
_PARTED = re.compile(r"(?:[.;:,]|\b(?:and|or|and/or))$", re.IGNORECASE)
_WORD = re.compile(r"(?!(?:and|or)\b)\b[A-Za-z]{3}")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_KINDS: dict[str, LabelKind] = {
    "1": "number",
    "a": "lower",
    "A": "upper",
    "i": "roman",
    "I": "upper_roman",
}
_LEAST, _MOST = 2, 12


@dataclass(frozen=True, slots=True)
class _Marker:
    """An enumerator within a text: where it begins and ends, and what it is."""

    start: int
    end: int
    label: str


def spread(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with the items of lists within their text as blocks of their own."""
    for block, below in pairwise([*blocks, None]):
        if block is not None:
            yield from _spread(block, below)


def _spread(block: Block, below: Block | None) -> Iterator[Block]:
    found = _list_in(block, below) if block.kind in ("item", "paragraph") else None
    if not found:
        yield block
        return
    kind = _KINDS[found[0].label.strip("().")]
    yield replace(block.part(0, found[0].start), connector=None)
    edge = block.indent + STEP
    rest: Block | None = None
    for number, marker in enumerate(found):
        is_last = number + 1 == len(found)
        end = len(block.text) if is_last else found[number + 1].start
        if is_last and len(found) > 1:
            end = _end_of_list(block.text, marker.end)
            rest = block.part(end) if block.text[end:].strip() else None
        item = replace(
            block.part(marker.end, end),
            kind="item",
            label=marker.label,
            label_kind=kind,
            indent=edge,
            text_indent=edge + STEP,
            connector=block.connector if is_last and rest is None else None,
            marks=(),
        )
        yield from _spread(item, below if is_last else None)
    if rest is not None:
        yield replace(rest, kind="paragraph", label=None, label_kind=None, marks=())


def _end_of_list(text: str, start: int) -> int:
    """Where the last item ends: with its sentence; what follows is about the whole."""
    spans = sentence_spans(text[start:])
    return start + spans[0][1] if spans else len(text)


def _list_in(block: Block, below: Block | None) -> list[_Marker] | None:
    """The enumerators of the list within a block; the block below it may go on with the list."""
    for first in _FIRST.finditer(block.text):
        label = first[0]
        if not _may_begin(block, first):
            continue
        found = [_Marker(first.start(), first.end(), label), *_following(block.text, first)]
        if not all(_WORD.search(block.text[one.end : two.start]) for one, two in pairwise(found)):
            continue
        if not _WORD.search(block.text[found[-1].end :]):
            continue
        if len(found) >= _LEAST or (below is not None and _goes_on(found[0], below)):
            return found
    return None


def _may_begin(block: Block, first: re.Match[str]) -> bool:
    """Whether a list may begin here: behind a colon, or in an item that counts otherwise."""
    before = block.text[: first.start()].rstrip()
    if not before or not _OPENED.search(before):
        return False
    if before[-1] == ":":
        return True
    own = block.label or ""
    return bool(first["closed"] or own) and _form(own) != _form(first[0])


def _following(text: str, first: re.Match[str]) -> Iterator[_Marker]:
    """The second enumerator and those behind it, each where the text before it has ended."""
    at = first.end()
    for number in range(2, _MOST + 1):
        label = _label(first[0], number)
        found = next(
            (
                match
                for match in re.finditer(rf"(?<!\S){re.escape(label)}(?=\s+\S)", text[at:])
                if _PARTED.search(text[at : at + match.start()].rstrip())
            ),
            None,
        )
        if found is None:
            return
        yield _Marker(at + found.start(), at + found.end(), label)
        at += found.end()


def _goes_on(first: _Marker, below: Block) -> bool:
    """Whether the next block is the second item of the list that a marker begins."""
    return below.kind == "item" and below.label == _label(first.label, _LEAST)


def _label(first: str, number: int) -> str:
    """The `number`-th label of a list that begins with `first`."""
    core = first.strip("().")
    if core == "1":
        shown = str(number)
    elif core.lower() == "i":
        shown = _NUMERALS[number - 1]
    else:
        shown = chr(ord("a") + number - 1)
    return first.replace(core, shown.upper() if core.isupper() else shown)


def _form(label: str) -> tuple[str, str]:
    """How a label counts, and the brackets around it."""
    core = label.strip("().")
    kind = "digits" if core.isdigit() else "capitals" if core.isupper() else "letters"
    return kind, label.replace(core, "") if core else label
