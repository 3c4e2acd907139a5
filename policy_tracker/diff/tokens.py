"""Texts as words: for alignment, for telling a rewording from a change, and for the redline."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TYPOGRAPHY = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "­": "", "®": "", "™": "", "†": "", "‡": "", "≥": ">=", "≤": "<="}
)
_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*|[<>=]+|%")
_ENUMERATOR = re.compile(r"^\s*(?:[•●▪◦*·-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+")
_CONNECTOR = re.compile(r"[\s;,.:]*(?:\b(?:and|or)\b)?[\s;,.:]*$", re.IGNORECASE)

NUMBER_WORDS: dict[str, int] = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "once": 1, "twice": 2,
}  # fmt: skip
NEGATIONS = frozenset({"not", "no", "never", "without", "cannot", "none", "neither", "nor"})
TURNING = frozenset(
    {*NEGATIONS, "except", "unless", "only", "all", "any", "either", "both", "and", "or", "less", "more", "least", "most", "each", "every"}
)
"""Words that turn a sentence round: a text in which one of them came or went was not merely reworded."""


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """`text` in one typography: NFKC, lower case, plain quotes and hyphens, white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY)).lower().split())


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The folded words, numbers and comparison signs of `text` in order, without the enumerator before it and the connector ("; and") behind it."""
    return tuple(_WORD.findall(fold(bare(text))))


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """`text` without an enumerator before it (`a.`, `(3)`, a bullet) and a connector behind it (`; AND`): both belong to the list, not to the item."""
    return _CONNECTOR.sub("", _ENUMERATOR.sub("", text)) or text


def decisive(word: str) -> bool:
    """Whether a word alone can turn what a sentence says: a number, a comparison, a negation, a connector."""
    return word in TURNING or word in NUMBER_WORDS or word[0] in "<>=%" or any(map(str.isdigit, word))
