"""What Word counts with: formats of numbers, and patterns such as "%1.%2)" in which the numbers of
several levels stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MOST_ROMAN = 3999
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


def _roman(number: int) -> str:
    if number > _MOST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "ordinal": _ordinal,
    "none": lambda _: "",
}
