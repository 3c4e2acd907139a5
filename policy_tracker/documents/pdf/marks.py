"""Marks that only geometry tells: an underlined ">" (print for "≥"), raised footnote numbers,
underlined lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policy_tracker.documents.pdf.chars import Chars
    from policy_tracker.documents.pdf.shapes import Shapes
    from policy_tracker.documents.text_lines import TextLine

RAISED = 0.16
"""How far a raised mark's foot stands above the baseline at least, in sizes of the line."""
_SIDE = 0.35
"""Of a sign's width that a rule may leave uncovered at either side: rules begin and end at the
letters' own edges, not at their boxes.
"""
_LONGER, _CAPS = 2.2, 2.0
"""Sign's widths, and points, up to which a rule is the sign's own; longer ones underline words or
border cells.
"""
_ABOVE_FOOT, _BELOW_FOOT = 0.45, 0.9
"""Of a sign's height, above and below its foot, between which its rule lies: signs have no
descender, and fonts set rules apart.
"""
_OVER_BASE, _UNDER_BASE = 1.0, 4.0
"""Points above and below the baseline between which an underline lies; a table's border lies lower.
"""
_SHORT_OF = 3.0
"""Points by which an underline may end short of its line: side bearings and the stop behind the
words.
"""
_WIDER, _BLANKS = 1.12, 6.0
"""Of the line's width, and points, up to which a rule is an underline, with the blanks around it;
longer ones part sections.
"""

_SIGN = re.compile(r"[<>]")
_OR_EQUAL = {">": "≥", "<": "≤"}
# Numbers ("12,14-16") behind a word or a stop.
_NUMBERS = re.compile(
    r"(?=[ \d])(?<=[A-Za-z.):;,\]”’\"%®™])(?: ?)(\d{1,3}(?:[-–,] ?\d{1,3})*[-–]?)(?![\w(/%])"
)
_NUMBER = re.compile(r"(?<![\w.,])\d{2,4}(?![\w.,%])")
_POWER = re.compile(r"10(?<![\d.]10)([-+−]?\d{1,2})(?!\d)")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
EXPONENT = re.compile(r"(?:\b[cdmkµ]?m|10)$")
"""What a raised 2 or 3 belongs to: it is no mark of a footnote there."""


class FootnoteMark(NamedTuple):
    """A raised footnote mark: its first character (a blank in front included), the one behind it,
    and what it says.
    """

    start: int
    stop: int
    text: str


def with_signs(chars: Chars, text: str, shapes: Shapes) -> str:
    """The page's text with "≥" for every underlined ">" and "≤" for every underlined "<".

    A rule counts where it lies close below the sign, covers it, and is hardly longer: borders of
    tables and underlined words are not meant.
    """
    signs = [match.start() for match in _SIGN.finditer(text)]
    if not signs or not shapes.across:
        return text
    letters = list(text)
    for index in signs:
        left, top, right, bottom = chars.box(index)
        width, height = right - left, bottom - top
        for start, end, y in shapes.across:
            covers = (
                start <= left + _SIDE * width
                and end >= right - _SIDE * width
                and end - start <= _LONGER * width + _CAPS
            )
            if covers and bottom - _ABOVE_FOOT * height <= y <= bottom + _BELOW_FOOT * height:
                letters[index] = _OR_EQUAL[letters[index]]
                break
    return "".join(letters)


def with_powers(chars: Chars, text: str) -> str:
    """The page's text with raised digits behind a ten as what they are: "10⁹"."""
    letters: list[str] | None = None
    for match in _POWER.finditer(text):
        first, ten = match.start(1), match.start()
        size = chars.size(ten)[0]
        if chars.base(ten) - chars.base(first) >= RAISED * size and chars.is_small(first, size):
            letters = letters or list(text)
            letters[first : match.end()] = match[1].translate(_RAISED)
    return "".join(letters) if letters else text


def raised_numbers(chars: Chars, text: str) -> list[FootnoteMark]:
    """The raised numbers of the page, in order; an exponent behind a unit ("mm2") is none."""
    marks = []
    for match in _NUMBERS.finditer(text):
        first, word = match.start(1), match.start() - 1
        rise = chars.base(word) - chars.base(first)
        if rise <= 0.0:  # most numbers
            continue
        size = chars.size(word)[0]
        if rise < RAISED * size or not chars.is_small(first, size):
            continue
        if (
            match.group(1) in {"2", "3"}
            and match.start() == first
            and EXPONENT.search(text, max(0, word - 4), first)
        ):
            continue
        marks.append(FootnoteMark(match.start(), match.end(), match.group(1)))
    glued = [mark for match in _NUMBER.finditer(text) if (mark := _behind_number(chars, match))]
    return sorted([*marks, *glued]) if glued else marks


def _behind_number(chars: Chars, number: re.Match[str]) -> FootnoteMark | None:
    """The raised mark that stands close behind a number: "12" and a small "1" are no 121."""
    first, last = number.start(), number.end() - 1
    base = chars.base(first)
    if base - chars.base(last) <= 0.0:  # most numbers
        return None
    size = chars.size(first)[0]
    raised = [
        place
        for place in range(first + 1, last + 1)
        if base - chars.base(place) >= RAISED * size and chars.is_small(place, size)
    ]
    if not raised:
        return None
    text = number[0][raised[0] - first :]
    return FootnoteMark(raised[0], number.end(), text)


def underline(lines: list[TextLine], shapes: Shapes) -> None:
    """Tells lines that have a rule under their whole length."""
    if not shapes.across:
        return
    by_base: dict[int, list[TextLine]] = {}
    for line in lines:
        by_base.setdefault(int(line.base), []).append(line)
    for start, end, y in shapes.across:
        for near in range(int(y - _UNDER_BASE), int(y + _OVER_BASE) + 1):
            for line in by_base.get(near, ()):
                width = line.right - line.left
                is_under = -_OVER_BASE <= y - line.base <= _UNDER_BASE
                reaches = start <= line.left + _SHORT_OF and end >= line.right - _SHORT_OF
                if is_under and reaches and end - start <= width * _WIDER + _BLANKS:
                    line.underlined = True
