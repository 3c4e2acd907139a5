"""Plain data that remembers on which line of its file each value stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
"""A place inside of data: field names and list positions from the top."""

DEEPEST = 60
"""How deep values may be nested; a record needs ten."""
MOST_VALUES = 500_000
"""How many values one file may stand for, aliases written out; a record with 5,000 codes has about
40,000.
"""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: text, number, true or false, or nothing."""

    value: str | int | float | bool | None
    line: int
    size: int = 1


@dataclass(slots=True)
class Sequence:
    """A list of values."""

    line: int
    items: list[Node] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True)
class Mapping:
    """Named values; `lines` holds the line of each name."""

    line: int
    items: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    size: int = 1


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Slip:
    """Something wrong at a place of a file: line counted from 1 (None: unknown), path and
    reason.
    """

    line: int | None
    path: Path
    reason: str


class UnreadableError(Exception):
    """The rest of a file cannot be read because of `slip`."""

    def __init__(self, slip: Slip) -> None:
        self.slip = slip
        super().__init__(slip.reason)


def plain(node: Node) -> object:
    """The data alone, as dicts, lists and single values."""
    if isinstance(node, Mapping):
        return {name: plain(item) for name, item in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value


def line_of(node: Node, path: Path) -> int:
    """The line on which the value at `path` begins: that of its name, or of its innermost
    surrounding value where there is none such.
    """
    line = node.line
    for step in path:
        if isinstance(node, Mapping) and step in node.items:
            line, node = node.lines[str(step)], node.items[str(step)]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line = node.line
        else:
            break
    return line


def written(path: Path) -> str:
    """A path as people write it: `statements[2].role`; on one line, whatever names a file holds."""
    text = ""
    for step in path:
        name = f"[{step}]" if isinstance(step, int) else one_line(step, 80)
        text += f".{name}" if text and isinstance(step, str) else name
    return text


def one_line(text: str, most: int) -> str:
    """`text` with what cannot be printed written out, and at most so many characters of it."""
    shown = "".join(
        character if character.isprintable() else ascii(character)[1:-1]
        for character in text[:most]
    )
    return shown if len(text) <= most else f"{shown}…"


def unfit_character(text: str) -> str | None:
    """The first character of `text` that no record may hold (control characters, lone surrogates),
    as `U+0000`; None where all are fit.
    """
    match = _UNFIT.search(text)
    return f"U+{ord(match[0]):04X}" if match else None
