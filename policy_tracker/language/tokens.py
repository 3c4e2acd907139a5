"""Texts as words: for alignment, and for telling a rewording from a change."""

import re
import unicodedata
from functools import lru_cache

_TYPOGRAPHY = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "\u00ad": "",
        "®": "",
        "™": "",
        "†": "",
        "‡": "",
        "≥": ">=",
        "≤": "<=",
    }
)
_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*|[<>=]+|%")
_ENUMERATOR = re.compile(r"^\s*(?:[•●▪◦*·-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+")
_CONNECTOR = re.compile(r"[\s;,.:]*(?:\b(?:and|or)\b)?[\s;,.:]*$", re.IGNORECASE)
_TEXTS_KEPT = 8_192  # the statements of some twenty policies

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER_WORDS: dict[str, int] = {**{word: value for value, word in enumerate(_COUNTS, 1)}, "once": 1, "twice": 2}
NEGATIONS = frozenset({"not", "no", "never", "without", "cannot", "none", "neither", "nor"})
_CONNECTORS = {"except", "unless", "only", "all", "any", "either", "both", "and", "or", "less", "more", "least", "most", "each", "every"}
TURNING = NEGATIONS | _CONNECTORS
"""Words that turn a sentence round: a text in which one of them came or went was not merely reworded."""


@lru_cache(maxsize=_TEXTS_KEPT)
def fold(text: str) -> str:
    """`text` in one typography: NFKC, lower case, plain quotes and hyphens, white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY)).lower().split())


@lru_cache(maxsize=_TEXTS_KEPT)
def bare(text: str) -> str:
    """`text` without an enumerator before it (`a.`, `(3)`, a bullet) and a connector behind it (`; AND`): both belong to the list."""
    said = _ENUMERATOR.sub("", text)
    return _CONNECTOR.sub("", said) or said or text


@lru_cache(maxsize=_TEXTS_KEPT)
def words(text: str) -> tuple[str, ...]:
    """The folded words, numbers and comparison signs of `text` in order, enumerator and connector left out.

    A text without any such word (another script, a lone sign) counts as one word.
    """
    return tuple(_WORD.findall(fold(bare(text)))) or (fold(text),)


def decisive(word: str) -> bool:
    """Whether a word alone can turn what a sentence says: a number, a comparison, a negation, a connector."""
    return word in TURNING or word in NUMBER_WORDS or word[:1] in tuple("<>=%") or any(map(str.isdigit, word))
