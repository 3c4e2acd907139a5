"""Texts with every number in digits, so that one pattern reads "24 months" and "twenty-four
months".

The places of what was rewritten are kept: whatever is found in the rewritten text is known by its
span in the text as it is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from policy_tracker.language.inflection import plural
from policy_tracker.language.numbers import (
    NUMBER,
    ORDINALS,
    Number,
    has_number_word,
    numbers,
    one_of,
)
from policy_tracker.language.prefilter import lowered
from policy_tracker.language.remembered import remembered
from policy_tracker.language.units import LETTERS, TIME, unit_of

_ORDINAL_WORDS = {value: word for word, value in reversed(ORDINALS.items()) if value <= 12}
_EVERY_NTH = re.compile(
    rf"(?<![a-z\d])(?P<lead>every\s+)(?P<nth>other|{one_of(ORDINALS)}|\d{{1,2}}(?:nd|rd|th))\s+(?P<unit>{TIME})(?![a-z])"
)
_AND_A_HALF = re.compile(
    rf"(?<![\w.,-])(?P<count>an?|[a-z]+|\d+)[ ](?P<unit>{TIME}) and (?:an?|one)[ -]half(?![a-z-])"
)
_Q = re.compile(
    rf"(?<![\w.-])q ?(?P<value>\d{{1,3}})[\s-]?(?P<unit>{TIME}|{one_of(LETTERS)})(?![a-z\d])"
)
_IN_DIGITS = re.compile(
    r"\d(?:,\d{3}|[/⁄][2-4]|\s*\(\s*\w|st\b|nd\b|rd\b|th\b)|[½⅓⅔¼¾⅛⅜⅝⅞]|q ?\d"
    r"|every\s+(?:other\b|[a-z]+(?:d|th)\b|\d+(?:n|r)d\b|\d+th\b)"
)
"""A text without any of these, and without a number word, stands already as it would be rewritten.
"""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with its numbers in digits.

    `edits` are the stretches that were rewritten: where in `text`, and where in `printed`.
    """

    text: str
    printed: str
    differences: tuple[tuple[int, int, int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of `printed` that a span of `text` stands for; of a rewritten stretch always
        all.
        """
        return self._place(start, begin=True), self._place(end, begin=False)

    def _place(self, place: int, *, begin: bool) -> int:
        index = (
            bisect_right(
                self.differences,
                place if begin else place - 1,
                key=lambda difference: difference[0],
            )
            - 1
        )
        if index < 0:
            return place
        _, end, start_printed, end_printed = self.differences[index]
        if place < end or (place == end and not begin):
            return start_printed if begin else end_printed
        return end_printed + place - end


@remembered
def digits(text: str) -> Plain:
    """A text with every number in one form.

    "Twenty-four (24) months" is "24 months", "1,500" is "1500", "one half" is "0.5", "twice" is "2
    times", "21st" stays, "3rd" is "third", "every other week" and "q2 weeks" are "every 2 weeks".
    """
    plain = lowered(text)
    if not (_IN_DIGITS.search(plain) or has_number_word(plain)):
        return Plain(text, text)
    parts: list[str] = []
    differences: list[tuple[int, int, int, int]] = []
    written = place = 0
    for start, end, said in sorted(
        _replacements(plain), key=lambda difference: (difference[0], -difference[1])
    ):
        if start < place:
            continue  # a number of a schedule that was rewritten as a whole
        parts += [text[place:start], said]
        written += start - place
        differences.append((written, written + len(said), start, end))
        written += len(said)
        place = end
    parts.append(text[place:])
    return Plain("".join(parts), text, tuple(differences))


def _replacements(plain: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a text that are written in another way, each with its new words."""
    for match in _Q.finditer(plain):
        unit = LETTERS.get(match["unit"]) or unit_of(match["unit"])
        yield (
            match.start(),
            match.end(),
            f"every {match['value']} {_counted(unit, float(match['value']))}",
        )
    for match in _EVERY_NTH.finditer(plain):
        nth = (
            2.0
            if match["nth"] == "other"
            else ORDINALS.get(match["nth"]) or float(match["nth"][:-2])
        )
        if nth > 1:
            yield (
                match.start("nth"),
                match.end(),
                f"{nth:g} {_counted(unit_of(match['unit']), nth)}",
            )
    for match in _AND_A_HALF.finditer(plain) if "half" in plain else ():
        whole = _whole(match["count"])
        if whole:
            yield (
                match.start(),
                match.end(),
                f"{whole + 0.5:g} {_counted(unit_of(match['unit']), 2)}",
            )
    for number in numbers(plain):
        said = _written(number) + ("-" if plain.startswith("fold", number.end) else "")
        if not _stands(plain[number.start : number.end], number):
            yield number.start, number.end, said


def _whole(count: str) -> float | None:
    """The number before "years and a half"; "a year" is one of it."""
    if count in ("a", "an"):
        return 1.0
    found = numbers(count)
    return found[0].value if found and found[0].kind == "cardinal" else None


def _counted(unit: str, value: float) -> str:
    return unit if value == 1 else plural(unit)


def _stands(printed: str, number: Number) -> bool:
    """Whether a number is printed in digits already; "2.50" is left as it is."""
    if number.kind in ("ordinal", "times"):
        return printed == _written(number)
    return re.fullmatch(NUMBER, printed) is not None and "," not in printed


def _written(number: Number) -> str:
    value = f"{number.value:.4f}".rstrip("0").rstrip(".")
    match number.kind:
        case "times":
            return f"{value} {_counted('time', number.value)}"
        case "ordinal":
            return _ORDINAL_WORDS.get(number.value) or f"{value}{_suffix(int(number.value))}"
        case _:
            return value


def _suffix(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
