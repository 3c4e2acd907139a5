"""How common English words are: which of two ways to write a word is the usual one.

The shipped list has fifty thousand words, the most frequent first; scripts/build_common_words.py
makes it. It says nothing of what words mean.
"""

from __future__ import annotations

import lzma
from functools import lru_cache
from pathlib import Path

from policy_tracker.language.remembered import remembered

_PREFIXES = frozenset(("anti", "co", "multi", "non", "post", "pre", "self", "semi"))
SHIPPED = Path(__file__).with_name("common_words.xz")


@remembered
def rank_of(word: str) -> int | None:
    """How many letters of the list stand before a word of small letters, a measure of how rare it
    is; None for one that is not in it.
    """
    place = _words().find(f"\n{word}\n")
    return place if place >= 0 else None


def is_joined(head: str, tail: str) -> bool:
    """Whether two parts, in small letters, are rather one word than two with a hyphen: the whole is
    known, and more common than the rarer part.

    What may stand before any word with a hyphen ("anti-", "pre-") is no sign of one.
    """
    whole = None if head in _PREFIXES else rank_of(head + tail)
    if whole is None:
        return False
    return any(part is None or whole < part for part in (rank_of(head), rank_of(tail)))


@lru_cache(maxsize=1)
def _words() -> str:
    return lzma.decompress(SHIPPED.read_bytes()).decode("ascii")
