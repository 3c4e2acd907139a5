"""Names that a text gives in full with their abbreviation behind them: "Board of Garden Gates
(BGG)".
"""

from __future__ import annotations

import re

_ABBREVIATED = re.compile(r"\s*\((?P<short>[A-Z][A-Za-z]{0,4}[A-Z])s?\)")
_WORDS = re.compile(r"[A-Za-z]+")


def abbreviated(text: str) -> str:
    """A text with the abbreviation alone, where it stands behind the name whose initials it has."""
    if "(" not in text:
        return text
    found = text
    for match in reversed([*_ABBREVIATED.finditer(text)]):
        before = [*_WORDS.finditer(text, 0, match.start())]
        start = _start_of_name(before, match["short"])
        if start is not None:
            found = f"{found[:start]}{match['short']}{found[match.end() :]}"
    return found


def _start_of_name(before: list[re.Match[str]], short: str) -> int | None:
    """Where the name begins of which an abbreviation has the initials; small words may be left out
    of it.
    """
    letters = [*short.lower()]
    for word in reversed(before[-2 * len(short) :]):
        if word[0][0].lower() == letters[-1]:
            letters.pop()
            if not letters:
                return word.start()
        elif len(word[0]) > 3:
            return None
    return None
