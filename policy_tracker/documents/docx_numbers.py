"""What Word counts with: formats of numbers, and patterns such as "%1.%2)" in which the numbers of
several levels stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from policy_tracker.documents.roman import roman

_PLACE = re.compile(r"%([1-9])")
_LETTERS = 26


def shown(pattern: str, formats: Sequence[str], numbers: Sequence[int], *, legal: bool) -> str:
    """The label that a pattern makes of the numbers of its level and those above it, each written
    in the format of its own level; `legal` writes all of them in digits.
    """

    def of_level(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if place >= len(numbers):
            return ""
        return written(numbers[place], "decimal" if legal else formats[place])

    return _PLACE.sub(of_level, pattern).strip()


def written(number: int, form: str) -> str:
    """A number as Word writes it in a format; formats that are not known are written in digits."""
    how = _FORMATS.get(form)
    return how(number) if how and number > 0 else str(number)


def _letters(number: int) -> str:
    """Behind z come aa, bb and so on, not ab."""
    times, place = divmod(number - 1, _LETTERS)
    return chr(ord("a") + place) * (times + 1)


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "ordinal": _ordinal,
    "none": lambda _: "",
}
