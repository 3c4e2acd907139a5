"""Labels of list items: the pattern of a level and a place in the list make the printed label."""

from __future__ import annotations

import re

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_COUNTED = re.compile(r"^(\(?)([1aAiI])([.)])$")


def printed(pattern: str, place: int) -> str:
    """The label of the item at this place, counted from 0: `(a)` and 2 give `(c)`; bullets stay."""
    found = _COUNTED.match(pattern)
    if not found:
        return pattern
    return f"{found[1]}{counted(found[2], place)}{found[3]}"


def counted(first: str, place: int) -> str:
    """The bare number, letter or Roman numeral."""
    if first == "1":
        return str(place + 1)
    if first in "iI":
        word = _ROMAN[place]
        return word if first == "i" else word.upper()
    return chr(ord(first) + place)


def counter_of(pattern: str) -> str | None:
    """The first number, letter or numeral of a counted pattern; None of a bullet."""
    found = _COUNTED.match(pattern)
    return found[2] if found else None
