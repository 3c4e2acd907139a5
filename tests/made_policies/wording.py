"""Compares texts: forgiving about typography, strict about words that turn a sentence round."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache

_TOKEN = re.compile(r"[a-z0-9]+(?:\.\d+)*|[<>=]+")
_TURNING = frozenset(
    tuple(  # what these words do to a sentence, no likeness may hide
        re.findall(
            r"\w+",
            "not no never except unless and or any all only without cannot none neither nor either "
            "both less more one two three four",
        )
    )
)
LEAST = 0.85
"""Below this likeness two texts are not one statement."""


@lru_cache(maxsize=100_000)
def tokens(text: str) -> tuple[str, ...]:
    """Words, numbers and signs, without a connector that hangs on the end."""
    found = _TOKEN.findall(text.lower().replace("≥", ">=").replace("≤", "<="))
    while found and found[-1] in ("and", "or"):
        found.pop()
    return tuple(found)


@lru_cache(maxsize=100_000)
def _turning(words: tuple[str, ...]) -> frozenset[tuple[str, int]]:
    counted = Counter(word for word in words if word in _TURNING or word[0].isdigit())
    return frozenset(counted.items())


@lru_cache(maxsize=400_000)
def likeness(left: str, right: str) -> float:
    """From 0 to 1; 0 where they are no one statement."""
    a, b = tokens(left), tokens(right)
    if not a or not b or _turning(a) != _turning(b):
        return 0.0
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return ratio if ratio >= LEAST else 0.0


def plain(text: object) -> str:
    """Letters and digits alone."""
    return re.sub(r"[^a-z0-9]+", "", str(text or "").lower())


def pairs(scores: dict[tuple[int, int], float], wanted: int, given: int) -> dict[int, int]:
    """One-to-one pairs: the best alignment that keeps both orders."""
    best = [[0.0] * (given + 1) for _ in range(wanted + 1)]
    for i in range(wanted - 1, -1, -1):
        for j in range(given - 1, -1, -1):
            value = scores.get((i, j), 0.0)
            taken = value + best[i + 1][j + 1] if value else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    found: dict[int, int] = {}
    i = j = 0
    while i < wanted and j < given:
        value = scores.get((i, j), 0.0)
        if value and best[i][j] == value + best[i + 1][j + 1]:
            found[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
