"""JSON (RFC 8259) to data with line numbers; a name may stand once in an object."""

from __future__ import annotations

import json
import re
from bisect import bisect_right

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

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
_LONGEST_NUMBER = 30
_DECODER = json.JSONDecoder()


class _Scanner:
    """Reads one JSON text from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.slips: list[Slip] = []
        self.values = 0

    def line(self, at: int) -> int:
        return bisect_right(self.breaks, at - 1) + 1

    def stop(self, path: Path, reason: str, at: int | None = None) -> UnreadableError:
        return UnreadableError(Slip(self.line(self.at if at is None else at), path, reason))

    def space(self) -> str:
        """Skips white space; the next character, "" at the end."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def expect(self, character: str, path: Path) -> None:
        if self.space() != character:
            raise self.stop(path, f"the JSON cannot be read here: {character!r} is wanted")
        self.at += 1

    def value(self, path: Path) -> Node:
        first, line = self.space(), self.line(self.at)
        self.values += 1
        if self.values > MOST_VALUES:
            raise self.stop(path, f"stands for more than {MOST_VALUES} values")
        if first and first in "[{" and len(path) >= DEEPEST:
            raise self.stop(path, f"values are nested deeper than {DEEPEST} levels")
        if first == "{":
            return self.mapping(path, line)
        if first == "[":
            return self.sequence(path, line)
        if first == '"':
            return Scalar(self.string(path), line)
        return Scalar(self.word_or_number(path), line)

    def string(self, path: Path) -> str:
        begin = self.at
        try:
            text, self.at = _DECODER.raw_decode(self.text, begin)
        except json.JSONDecodeError as error:
            raise self.stop(
                path,
                "the JSON cannot be read here: a text is not closed or holds a wrong character",
                begin,
            ) from error
        unfit = unfit_character(text)
        if unfit:
            self.slips.append(
                Slip(self.line(begin), path, f"holds the character {unfit}, which is no text")
            )
        return text

    def word_or_number(self, path: Path) -> float | int | bool | None:
        for word, value in _WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        match = _NUMBER.match(self.text, self.at)
        if not match or len(match[0]) > _LONGEST_NUMBER:
            raise self.stop(path, "the JSON cannot be read here: a value is wanted")
        self.at = match.end()
        return float(match[0]) if match[1] or match[2] else int(match[0])

    def sequence(self, path: Path, line: int) -> Sequence:
        node = Sequence(line)
        self.at += 1
        while self.space() != "]":
            if node.items:
                self.expect(",", path)
            node.items.append(self.value((*path, len(node.items))))
        self.at += 1
        return node

    def mapping(self, path: Path, line: int) -> Mapping:
        node = Mapping(line)
        self.at += 1
        begun = False
        while self.space() != "}":
            if begun:
                self.expect(",", path)
            begun = True
            if self.space() != '"':
                raise self.stop(
                    path, "the JSON cannot be read here: a name in double quotes is wanted"
                )
            name_line, name = self.line(self.at), self.string(path)
            self.expect(":", path)
            item = self.value((*path, name))
            if name in node.items:
                self.slips.append(
                    Slip(
                        name_line, (*path, name), f"stands twice, first on line {node.lines[name]}"
                    )
                )
            else:
                node.items[name], node.lines[name] = item, name_line
        self.at += 1
        return node


def read_json(text: str) -> tuple[list[Node], list[Slip]]:
    """The one value of a JSON text, and everything wrong that does not keep the rest from being
    read.

    Raises UnreadableError where it does: broken syntax, too deep or too many values.
    """
    scanner = _Scanner(text)
    if not scanner.space():
        return [], []
    node = scanner.value(())
    if scanner.space():
        raise scanner.stop((), "the JSON cannot be read here: something follows the value")
    return [node], scanner.slips
