"""Texts as words: for alignment, and for telling a rewording from a change."""

import re
import unicodedata
from functools import lru_cache

from policy_tracker.language.plain import digits

_TYPOGRAPHY = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "―": "-",
        "−": "-",
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

NEGATIONS = frozenset({"not", "no", "never", "without", "cannot", "none", "neither", "nor"})
CONNECTORS = frozenset(
    {"and", "or", "except", "unless", "only", "all", "any", "either", "both", "each", "every"}
)
"""Words that say how the parts of a sentence combine."""
TURNING = NEGATIONS | CONNECTORS | {"less", "more", "least", "most"}
"""Words that turn a sentence round: a text in which one of them came or went was not merely
reworded.
"""


@lru_cache(maxsize=_TEXTS_KEPT)
def fold(text: str) -> str:
    """`text` in one typography: NFKC, lower case, plain quotes and hyphens, white space as one
    space.
    """
    return " ".join(unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY)).lower().split())


@lru_cache(maxsize=_TEXTS_KEPT)
def bare(text: str) -> str:
    """`text` without an enumerator before it (`a.`, `(3)`, a bullet) and a connector behind it (`;
    AND`): both belong to the list.
    """
    said = _ENUMERATOR.sub("", text)
    return _CONNECTOR.sub("", said) or said or text


def without_label(text: str) -> str:
    """`text` without an enumerator or a bullet before it."""
    return _ENUMERATOR.sub("", text)


@lru_cache(maxsize=_TEXTS_KEPT)
def words(text: str) -> tuple[str, ...]:
    """The folded words, numbers and comparison signs of `text` in order, enumerator and connector
    left out.

    Numbers stand in digits, however they are written. A text without any such word (another script,
    a lone sign) counts as one word.
    """
    return spelled(digits(bare(text)).text)


def spelled(text: str) -> tuple[str, ...]:
    """The words of `text` as `words` finds them, but with its numbers as they are printed."""
    plain = fold(bare(text))
    return tuple(_WORD.findall(plain)) or (plain,)


def decisive(word: str) -> bool:
    """Whether a word of `words` alone can turn what a sentence says: a number, a comparison, a
    negation, a connector.
    """
    return word in TURNING or word[:1] in tuple("<>=%") or any(map(str.isdigit, word))
