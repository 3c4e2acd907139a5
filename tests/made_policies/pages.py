"""The neutral page: what a policy prints, in order, before it takes a physical form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Heading:
    """A heading; 0 is the title of the whole page."""

    level: int
    text: str


@dataclass(frozen=True)
class Para:
    """A paragraph of prose."""

    text: str


@dataclass(frozen=True)
class Item:
    """An item of a list with its printed label; `depth` counts from 0."""

    depth: int
    label: str
    text: str


@dataclass(frozen=True)
class TitleItem(Item):
    """An item that is a title, and stands apart from those below it."""


@dataclass(frozen=True)
class Inside(Para):
    """A paragraph or note within the item before it, whose depth it has; `is_level` where items
    within that item stand on the same edge.
    """

    depth: int = 0
    is_level: bool = False


@dataclass(frozen=True)
class Logo:
    """A picture of a name, which only a page of HTML says in words."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table; `header` is None where it has none."""

    header: tuple[str, ...] | None
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Ruled(Grid):
    """A table with rules round its cells, each with its first and last column and its lines."""

    cells: tuple[tuple[tuple[int, int, tuple[str, ...]], ...], ...]


@dataclass(frozen=True)
class Row:
    """A short line that stands for itself, such as a code and its description."""

    text: str


Element = Heading | Para | Item | Grid | Row | Logo


@dataclass
class Written:
    """A policy in the words of a payer, and the truth about it."""

    way: str
    seed: int
    payer: str
    number: str
    elements: list[Element] = field(default_factory=list)
    truth: dict[str, Any] = field(default_factory=dict)
    running: str = ""
    """What stands at the head of each page instead of the payer and the number."""
