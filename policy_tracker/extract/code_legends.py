"""What a document says that its marks at codes mean: "(E/I) = Experimental", "N: not covered"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policy_tracker.language.disposition import disposition_of
from policy_tracker.record.vocabulary import Position

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block

Legend = dict[str, Position]
"""Marks in capitals, without brackets, and the position that each stands for."""
NO_LEGEND: Mapping[str, Position] = MappingProxyType({})
"""What stands for marks where the document explains none."""
_MARK = r"[A-Z](?:[A-Z]|[/&-](?=[A-Z])){0,5}"
_EXPLAINED = re.compile(
    rf"(?:^|[;,|(•]|\s)\s*(?:[(\[](?P<closed>{_MARK})[)\]]\s*(?:[=:–—-]|means|indicates|denotes|is)"
    rf"|[\"“']?(?P<open>{_MARK})[\"”']?\s*(?:=|means\b|indicates\b|denotes\b))"
    r"\s*(?P<words>[^;|=•]{3,80}?)(?=\s*(?:[;|•]|,\s*[\"“(\[]?[A-Z][A-Z/&-]{0,5}[\"”)\]]?\s*=|$))"
)
_IN_FRONT = re.compile(
    rf"(?:[(\[](?P<closed>{_MARK})[)\]]|(?P<open>{_MARK}))(?=\s|$)[\s:–—-]*(?P<rest>.*)$",
    re.DOTALL,
)
_BEHIND = re.compile(
    rf"(?:^|.*?\s)(?:[(\[](?P<closed>{_MARK})[)\]]|(?P<open>{_MARK}))\W*$", re.DOTALL
)


def legend_of(blocks: Iterable[Block]) -> Legend:
    """The marks that the lines of a document explain, as far as they stand for a position."""
    found: Legend = {}
    for mark, words in explained_marks(blocks):
        if position := disposition_of(words):
            found.setdefault(mark, position)
    return found


def explained_marks(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """The marks that the lines of a document explain, each with the words that say what it means,
    whatever that is.
    """
    for block in blocks:
        for text in _texts(block):
            for match in _EXPLAINED.finditer(text):
                yield match["closed"] or match["open"], match["words"]


def explains_marks(block: Block) -> bool:
    """Whether a line tells what marks stand for, and so nothing of the codes below it."""
    return block.table is None and bool(legend_of([block]))


def _texts(block: Block) -> list[str]:
    label = f"{block.label} " if block.label else ""
    if block.table is None:
        return [label + block.text] if "=" in block.text or "(" in label + block.text else []
    return [cell.text for row in block.table.rows for cell in row.cells if "=" in cell.text]


def status_in_front(words: str, legend: Mapping[str, Position]) -> tuple[Position | None, str]:
    """The position of a mark right behind a code, and the words that follow the mark.

    A mark in brackets that no legend explains counts where its letters say it themselves ("(E/I)").
    """
    match = _IN_FRONT.match(words)
    if match is None:
        return None, words
    mark = match["closed"] or match["open"]
    position = legend.get(mark) or (disposition_of(mark) if "/" in mark else None)
    return (position, match["rest"]) if position else (None, words)


def status_at_end(words: str, legend: Mapping[str, Position]) -> Position | None:
    """The position of a mark that the words behind a code end with."""
    match = _BEHIND.match(words)
    return legend.get(match["closed"] or match["open"]) if match else None


_SEVERAL = re.compile(r"\s*[,;+&]\s*|\s*\n\s*|\s+and\s+")
_AUTHORIZED = frozenset({"PA", "PAR", "PRECERT", "AUTH"})
"""Marks that say everywhere that an authorization is needed."""


def marks_in(text: str) -> tuple[str, ...]:
    """The marks of a cell that holds nothing else: "MN, PA"; none for any other cell."""
    marks = tuple(mark.strip(" ()[].*") for mark in _SEVERAL.split(text.strip()))
    return marks if all(re.fullmatch(_MARK, mark) for mark in marks) else ()


def position_of_several(text: str, legend: Mapping[str, Position]) -> Position | None:
    """The one position that the marks of a cell stand for; None where they stand for two."""
    found = {legend[mark] for mark in marks_in(text) if mark in legend}
    return found.pop() if len(found) == 1 else None


def asks_authorization(text: str) -> bool:
    """Whether one of the marks of a cell says that an authorization is needed."""
    return any(mark in _AUTHORIZED for mark in marks_in(text))
