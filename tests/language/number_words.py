"""A writer of numbers in words, for tests: it knows nothing of how they are read."""

from __future__ import annotations

ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(
    value: int, *, hyphen: bool = True, conjunction: bool = False, article: bool = False
) -> str:
    """A number below a thousand million in words.

    `hyphen`: "twenty-four", else "twenty four". `conjunction`: "two hundred and fifty". `article`:
    "a hundred" for "one hundred", at the beginning.
    """
    said = _words(value, "-" if hyphen else " ", " and " if conjunction else " ")
    for scale in ("hundred", "thousand", "million"):
        if article and (said == f"one {scale}" or said.startswith(f"one {scale} ")):
            return f"a{said[3:]}"
    return said


def _words(value: int, hyphen: str, conjunction: str) -> str:
    if value < 20:
        return ONES[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return TENS[tens] + (hyphen + ONES[ones] if ones else "")
    for scale, name in ((1_000_000, "million"), (1_000, "thousand"), (100, "hundred")):
        if value >= scale:
            many, rest = divmod(value, scale)
            said = f"{_words(many, hyphen, conjunction)} {name}"
            if not rest:
                return said
            gap = conjunction if rest < 100 else " "
            return said + gap + _words(rest, hyphen, conjunction)
    raise AssertionError(value)
