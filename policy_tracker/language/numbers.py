"""Numbers as digits and in words."""

from __future__ import annotations

import re

_WORDS = {
    word: float(number)
    for number, word in enumerate(
        [
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
            "twenty",
        ]
    )
} | {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "ninety": 90.0, "once": 1.0, "twice": 2.0, "single": 1.0}

NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w-])(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|ninety)(?!\w))"
)
"""A regular expression for a number that is not a part of a larger one when it is used with boundaries."""


def number_of(text: str) -> float:
    """The number that digits (thousands separated by commas) or a word say. Raises ValueError where it is neither."""
    plain = re.sub(r"^[-–−]", "-", text.lower().replace(",", ""))
    return _WORDS[plain] if plain in _WORDS else float(plain)


def singular(unit: str) -> str:
    """A unit in the singular, lower-case: "months" is month, "doses" dose."""
    plain = re.sub(r"\s+", " ", unit.lower()).strip()
    if plain.endswith("ies"):
        return f"{plain[:-3]}y"
    if plain.endswith(("ches", "shes", "xes")):
        return plain[:-2]
    return plain[:-1] if plain.endswith("s") and not plain.endswith(("ss", "is", "us")) else plain
