"""Of a long sentence in which several things changed: the stretch that a reading of its words is
about, as it is printed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from rapidfuzz.distance import Indel

from policy_tracker.language.plain import digits
from policy_tracker.language.tokens import words

_TOKEN = re.compile(r"\S+")
MOST_CONTEXT = 12
"""So many words stay at most around the stretch, so that it can be understood; fewer where the
clause ends before.
"""
_JOINS = frozenset({"and", "or", "but", "unless", "except", "if", "when"})
Spelled = tuple[str, ...]


def excerpt(
    before: str, after: str, says: Callable[[Spelled], bool], *, fold_marks: bool = True
) -> tuple[str, str]:
    """The stretch of both texts from the first to the last run of words that differ and for which
    `says` holds, literally as printed.

    `says` gets the words of a run, from both texts; with `fold_marks` words that differ in signs
    alone are the same. Both texts as they are where there is no such run.
    """
    tokens = [_tokens(text) for text in (before, after)]
    spelled = [
        [" ".join(word) if fold_marks else text[start:stop] for start, stop, word in side]
        for text, side in zip((before, after), tokens, strict=True)
    ]
    runs = [
        op
        for op in Indel.opcodes(*spelled)
        if op.tag != "equal"
        and says(
            _words(tokens[0], op.src_start, op.src_end)
            + _words(tokens[1], op.dest_start, op.dest_end)
        )
    ]
    if not runs:
        return before, after
    ends = ((runs[0].src_start, runs[-1].src_end), (runs[0].dest_start, runs[-1].dest_end))
    borders = [
        _borders(text, [start for start, _, _ in side])
        for text, side in zip((before, after), tokens, strict=True)
    ]
    left = min(_room(border, start, -1) for border, (start, _) in zip(borders, ends, strict=True))
    right = min(_room(border, stop, 1) for border, (_, stop) in zip(borders, ends, strict=True))
    parts = [
        text[side[max(0, start - left)][0] : side[min(len(side), stop + right) - 1][1]]
        if stop + right > start - left
        else text
        for text, side, (start, stop) in zip((before, after), tokens, ends, strict=True)
    ]
    return parts[0], parts[1]


def _tokens(text: str) -> list[tuple[int, int, Spelled]]:
    """What stands between white space, with its place and its words; a number of several words is
    one.
    """
    plain = digits(text)
    return [(*plain.span(*match.span()), words(match[0])) for match in _TOKEN.finditer(plain.text)]


def _words(tokens: list[tuple[int, int, Spelled]], start: int, stop: int) -> Spelled:
    return tuple(word for _, _, said in tokens[start:stop] for word in said)


def _borders(text: str, starts: list[int]) -> list[bool]:
    """Whether a clause ends before each token, and behind the last; within parentheses none
    does.
    """
    found = [True]
    for start, following in itertools.pairwise(starts):
        token, rest = text[start:following].rstrip(), text[following:]
        depth = text[:following].count("(") - text[:following].count(")")
        joins = token.endswith(",") and (re.match(r"\w+", rest) or [""])[0].lower() in _JOINS
        found.append(depth <= 0 and (token.endswith((".", ";", ":")) or joins))
    return [*found, True]


def _room(borders: list[bool], place: int, step: int) -> int:
    """How many tokens lie between a place and the next border, at most MOST_CONTEXT."""
    room = 0
    while (
        room < MOST_CONTEXT
        and 0 <= place + step * room < len(borders)
        and not borders[place + step * room]
    ):
        room += 1
    return room
