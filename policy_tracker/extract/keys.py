"""Short names for sections and statements, made of their words: unique in a version, and untouched
by new numbers and labels.
"""

from __future__ import annotations

import re
import unicodedata

from policy_tracker.language.stopwords import NOT_IN_KEYS

LONGEST = 400
"""What a record allows for a key."""

_WORD = re.compile(r"[a-z][a-z0-9]*")


def slug(text: str, longest: int = 48) -> str:
    """The telling words of a text joined with "-", at most `longest` characters; numbers and filler
    words are left out. May be empty.
    """
    folded = (
        unicodedata.normalize("NFKD", text)
        .encode("ascii", "ignore")
        .decode()
        .lower()
        .replace("'", "")
    )
    words = _WORD.findall(folded)
    telling = [word for word in words if word not in NOT_IN_KEYS and len(word) > 1] or words
    name = ""
    for word in telling:
        longer = f"{name}-{word}" if name else word[:longest]
        if len(longer) > longest:
            break
        name = longer
    return name


class Keys:
    """Gives out keys, each once: the second of a name becomes `name-2`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def free(self, name: str) -> str:
        """`name` if it is free, else with the first free number behind it; shortened to what a
        record allows.
        """
        wanted = name if len(name) <= LONGEST - 6 else name[: LONGEST - 6].rstrip("-/")
        key, number = wanted, self._next.get(wanted, 2)
        while key in self._taken:
            key, number = f"{wanted}-{number}", number + 1
        self._next[wanted] = number
        self._taken.add(key)
        return key
