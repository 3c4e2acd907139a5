"""Texts that remember where the document prints them: cut, joined or folded, each run keeps its
block and its characters there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policy_tracker.documents.hyphenation import NO_WORDS, Vocabulary, seam

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_tracker.documents.blocks import Place

BlockSpan = tuple[str, int, int]
"""The id of a block, row or cell, and the first character of its text and the one behind the last.
"""
_WORD = re.compile(r"\S+")
_NOT_FOLDED = re.compile(r"\s{2,}|[^\S ]|^\s|\s$")
_OPEN_HYPHEN = re.compile(r"\S-$")


class Piece(NamedTuple):
    """A run of a text that the document prints in one place.

    `at` is where it begins in the text, `block` the id of the block or cell that prints it, `start`
    where it begins in the text of that, `length` its characters. `place` is its line's box, or the
    block's where the source knows no lines.
    """

    at: int
    block: str
    start: int
    length: int
    place: Place | None = None


class Traced(NamedTuple):
    """A text, and the pieces of the document of which it is made; what no piece covers was put in
    by the reader (a blank, a dash).
    """

    text: str
    pieces: tuple[Piece, ...] = ()

    def cut(self, start: int, end: int | None = None) -> Traced:
        """The text from `start` to `end`, both counted from its beginning."""
        stop = len(self.text) if end is None else min(end, len(self.text))
        if start <= 0 and stop == len(self.text):
            return self
        return Traced(self.text[start:stop], tuple(_within(self.pieces, max(start, 0), stop)))

    def stripped(self, characters: str | None = None) -> Traced:
        """The text without white space (or these characters) at its ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        return self.cut(left, len(self.text.rstrip(characters)))

    def folded(self) -> Traced:
        """The text with each run of white space as one blank, and none at its ends."""
        if not _NOT_FOLDED.search(self.text):
            return self
        return glued(
            [
                (" " if number else "", self.cut(*match.span()))
                for number, match in enumerate(_WORD.finditer(self.text))
            ]
        )

    def spans(self, start: int = 0, end: int | None = None) -> tuple[BlockSpan, ...]:
        """Where the document prints the text from `start` to `end`: in the text's order, runs with
        one blank between them as one.
        """
        found: list[BlockSpan] = []
        for piece in _within(self.pieces, start, len(self.text) if end is None else end):
            stop = piece.start + piece.length
            if (
                found
                and found[-1][0] == piece.block
                and found[-1][2] <= piece.start <= found[-1][2] + 1
            ):
                found[-1] = (piece.block, found[-1][1], stop)
            else:
                found.append((piece.block, piece.start, stop))
        return tuple(found)

    def places(self, start: int = 0, end: int | None = None) -> tuple[Place, ...]:
        """The boxes of the lines that print the text from `start` to `end`."""
        found = _within(self.pieces, start, len(self.text) if end is None else end)
        return tuple(dict.fromkeys(piece.place for piece in found if piece.place is not None))


UNPRINTED = Traced("")
"""No words."""


def _within(pieces: Sequence[Piece], start: int, stop: int) -> Iterator[Piece]:
    """The parts of pieces that lie between two characters, counted from the first of these."""
    for piece in pieces:
        at = piece.at
        begin, end = max(at, start), min(at + piece.length, stop)
        if begin < end:
            yield Piece(
                begin - start, piece.block, piece.start + begin - at, end - begin, piece.place
            )


def _moved(pieces: Sequence[Piece], by: int) -> Iterable[Piece]:
    """Pieces of a text that stands so many characters further on."""
    if not by:
        return pieces
    return [
        Piece(piece.at + by, piece.block, piece.start, piece.length, piece.place)
        for piece in pieces
    ]


def glued(parts: Iterable[tuple[str, Traced]]) -> Traced:
    """Texts as one, each behind the words that the reader puts in front of it."""
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for glue, part in parts:
        length += len(glue)
        pieces += _moved(part.pieces, length)
        length += len(part.text)
        texts += [glue, part.text]
    return Traced("".join(texts), tuple(pieces))


def join_traced(lines: Iterable[Traced]) -> Traced:
    """Lines as one text; a hyphen at a line's end is kept and nothing put behind it."""
    parts: list[tuple[str, Traced]] = []
    text = ""
    for line in lines:
        glue = "" if not text or _OPEN_HYPHEN.search(text) else " "
        parts.append((glue, line.stripped()))
        # what follows hangs on the last two characters
        text = f"{text}{glue}{parts[-1][1].text}"[-2:]
    return glued(parts).folded()


def joined_lines(lines: Iterable[Traced], words: Vocabulary = NO_WORDS) -> Traced:
    """Physical lines as one text, as `hyphenation.joined` makes it."""
    text = ""
    pieces: list[Piece] = []
    for line in lines:
        kept, glue = seam(text, line.text, words)
        if kept < len(text):
            text, pieces = text[:kept], list(_within(pieces, 0, kept))
        text += glue
        pieces += _moved(line.pieces, len(text))
        text += line.text
    return Traced(text, tuple(pieces))
