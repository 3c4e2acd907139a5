"""YAML to data with line numbers, read safely and without surprises.

No tag is obeyed, aliases are counted as what they stand for, and a name may stand once. Unquoted
values follow the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), narrowed:
`no`, `on` and dates are texts, and whatever some YAML reader would turn into another number
(`0691`, `1e5`, `0x1A`, `1_000`, `12:30`) is refused with the advice to quote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from policy_tracker.recordfiles.located import (
    DEEPEST,
    MOST_VALUES,
    Mapping,
    Node,
    Path,
    Scalar,
    Sequence,
    Slip,
    UnreadableError,
    unfit_character,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# libyaml where it is compiled in: 20 times faster
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_LOST_ZERO = re.compile(r"[-+]?0[0-9_]+(\.[0-9_]*)?")
_OTHER_NUMBER = re.compile(
    r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?"  # 1_000, 1e5, +3, 12.
    r"|[-+]?\.[0-9][0-9_]*([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
    r"|[-+]?0[xob][0-9a-fA-F_]+"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"  # sexagesimal, YAML 1.1
)


class _OpenNode:
    """A list or mapping that is being read; `name` is the name whose value comes next."""

    def __init__(self, node: Sequence | Mapping, anchor: str | None) -> None:
        self.node, self.anchor = node, anchor
        self.name: str | None = None
        self.name_line = 0
        self.skips = False  # the value that comes belongs to a name that was refused

    def step(self) -> str | int | None:
        return len(self.node.items) if isinstance(self.node, Sequence) else self.name


class _YamlReader:
    """Builds values from the events of a YAML stream, and notes what is wrong with them."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []
        self.documents: list[Node] = []
        self.frames: list[_OpenNode] = []
        self.anchors: dict[str, Node] = {}

    def path(self) -> Path:
        return tuple(step for frame in self.frames if (step := frame.step()) is not None)

    def note(self, line: int, reason: str) -> None:
        self.slips.append(Slip(line, self.path(), reason))

    def stop(self, line: int, reason: str) -> None:
        raise UnreadableError(Slip(line, self.path(), reason))

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        line = _line(event)
        self.refuse_tag(event.tag, line)
        if len(self.frames) >= DEEPEST:
            self.stop(line, f"values are nested deeper than {DEEPEST} levels")
        if self.awaits_name():
            self.stop(line, "a name has to be a single text")
        node = Sequence(line) if isinstance(event, yaml.SequenceStartEvent) else Mapping(line)
        self.frames.append(_OpenNode(node, event.anchor))

    def end(self) -> None:
        frame = self.frames.pop()
        self.place(frame.node, frame.anchor)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        line = _line(event)
        if self.awaits_name():
            self.take_name(event.value, line)
            return
        self.refuse_tag(event.tag, line)
        unfit = unfit_character(event.value)
        if unfit:
            self.note(line, f"holds the character {unfit}, which is no text")
        self.place(
            Scalar(self.resolve(event.value, line) if event.implicit[0] else event.value, line),
            event.anchor,
        )

    def alias(self, event: yaml.AliasEvent) -> None:
        line = _line(event)
        node = self.anchors.get(event.anchor)
        if node is None:
            self.stop(
                line, f"the alias *{event.anchor} stands for nothing that is complete before it"
            )
        elif self.awaits_name():
            self.stop(line, "a name has to be a single text")
        else:
            self.place(node, None)

    def awaits_name(self) -> bool:
        return (
            bool(self.frames)
            and isinstance(self.frames[-1].node, Mapping)
            and self.frames[-1].name is None
        )

    def take_name(self, name: str, line: int) -> None:
        frame = self.frames[-1]
        mapping = frame.node
        frame.name, frame.name_line = name, line
        if isinstance(mapping, Mapping) and name in mapping.items:
            self.note(line, f"stands twice, first on line {mapping.lines[name]}")
            frame.skips = True

    def place(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if not self.frames:
            self.documents.append(node)
            return
        frame = self.frames[-1]
        frame.node.size += node.size
        if frame.node.size > MOST_VALUES:
            self.stop(frame.node.line, f"stands for more than {MOST_VALUES} values")
        if isinstance(frame.node, Sequence):
            frame.node.items.append(node)
            return
        name = str(frame.name)
        if not frame.skips:
            frame.node.items[name], frame.node.lines[name] = node, frame.name_line
        frame.name, frame.skips = None, False

    def refuse_tag(self, tag: str | None, line: int) -> None:
        if tag not in (None, "!"):
            self.note(line, "carries a tag (!), and tags are not read: leave it out")

    def resolve(self, text: str, line: int) -> str | int | float | bool | None:
        """The value of an unquoted text."""
        if text in _NOTHING:
            return None
        if text in _TRUTH:
            return _TRUTH[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        if _LOST_ZERO.fullmatch(text):
            self.note(
                line,
                (
                    f'quote it ("{text}"): unquoted it is a number, and the zero at its beginning '
                    f"would be lost"
                ),
            )
        elif _OTHER_NUMBER.fullmatch(text):
            self.note(
                line, f'quote it ("{text}") if it is a text, or write the number in plain digits'
            )
        return text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = f"the YAML cannot be read here: {error.problem or error.context}"
        raise UnreadableError(Slip(mark.line + 1 if mark else None, (), reason)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableError(Slip(None, (), "the YAML cannot be read")) from error


def read_yaml(text: str) -> tuple[list[Node], list[Slip]]:
    """The documents of a YAML stream, and everything wrong that does not keep the rest from being
    read.

    Raises UnreadableError where it does: broken syntax, too deep or too many values, aliases of
    themselves.
    """
    reader = _YamlReader()
    for event in _events(text):
        if isinstance(event, yaml.ScalarEvent):
            reader.scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            reader.alias(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            reader.begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            reader.end()
        elif isinstance(event, yaml.DocumentStartEvent):
            reader.anchors.clear()
    return reader.documents, reader.slips
