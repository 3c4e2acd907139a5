"""Texts as words: for alignment, and for telling a rewording from a change."""

import re
import unicodedata
from functools import lru_cache

from policy_tracker.language.plain import digits

_TYPOGRAPHY = {
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
_UNUSUAL = re.compile(f"[{''.join(_TYPOGRAPHY)}]")
_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*|[<>=]+|%")
_ENUMERATOR = re.compile(r"\s*(?:[•●▪◦*·-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s+")
_SEPARATORS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000;,.:"
)
"""White space, and the signs that part the members of a list."""
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
    if not text.isascii():
        plain = _UNUSUAL.sub(lambda sign: _TYPOGRAPHY[sign[0]], text)
        text = unicodedata.normalize("NFKC", plain)
    return " ".join(text.lower().split())


@lru_cache(maxsize=_TEXTS_KEPT)
def bare(text: str) -> str:
    """`text` without an enumerator before it (`a.`, `(3)`, a bullet) and a connector behind it (`;
    AND`): both belong to the list.
    """
    said = without_label(text)
    return _without_connector(said) or said or text


def without_label(text: str) -> str:
    """`text` without an enumerator or a bullet before it."""
    label = _ENUMERATOR.match(text)
    return text[label.end() :] if label else text


def _without_connector(text: str) -> str:
    """`text` without an "and" or "or" at its end, and without the signs around that."""
    said = text.rstrip(_SEPARATORS)
    for connector in ("and", "or"):
        if said[-len(connector) :].lower() == connector:
            before = said[: -len(connector)]
            if not (before[-1:].isalnum() or before.endswith("_")):  # a word of its own
                return before.rstrip(_SEPARATORS)
    return said


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
