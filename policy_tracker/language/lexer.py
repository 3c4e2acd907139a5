"""A sentence as tokens: numbers, units, comparisons, dates, codes, connectors, negations, and other
words.

Each token has a value that does not depend on how it is written, and its span in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from policy_tracker.language.code_forms import BEFORE, BEHIND, CODE
from policy_tracker.language.comparators import ANY, SIDE, comparator_of, side_of
from policy_tracker.language.dates import dates_in
from policy_tracker.language.numbers import CHOICE, ORDINALS
from policy_tracker.language.plain import digits
from policy_tracker.language.prefilter import lowered
from policy_tracker.language.tokens import CONNECTORS, NEGATIONS
from policy_tracker.language.units import MASS, RATIO, THING, TIME, unit_of
from policy_tracker.record.vocabulary import Comparator

Kind = Literal[
    "number", "ordinal", "unit", "comparator", "date", "code", "connector", "negation", "word"
]


class Token(NamedTuple):
    """A token: what it is, what it says, and the span of the printed text that says it.

    `value` is a float for a number and an ordinal, the singular for a unit, a sign such as ">=" for
    a comparator, the ISO form of a date, a code in capitals, else the word in lower case.
    """

    kind: Kind
    value: float | str
    start: int
    end: int


class Measured(NamedTuple):
    """A number with the comparison and the unit that its neighbours give it."""

    value: float
    comparator: Comparator
    unit: str | None


_NUMBER = r"\d+(?:\.\d+)?"
_TOKEN = re.compile(
    rf"(?P<before>(?<![a-z])(?:{ANY})(?![a-z]))(?=\s?(?:(?:an?|the|of)\s)?-?\d)"
    rf"|(?P<behind>(?<![a-z])(?:or|and)\s(?P<side>{SIDE})(?![a-z]))"
    rf"|(?P<nth>(?<![\w.])\d+)(?:st|nd|rd|th)(?!\w)"
    rf"|(?P<number>(?:(?<![\w)])[-–−])?(?<![\w.]){_NUMBER})(?![\d/]|\.\d)"
    r"|(?P<word>[^\W_]+(?:[.'’/][^\W_]+)*|%)"
)
_UNIT = re.compile(rf"{RATIO}|{MASS}|{TIME}|{THING}|time|%|percent")
_CODE = re.compile(rf"{BEFORE}{CODE}{BEHIND}")
_CODES_NAMED = re.compile(r"\b(?:codes?|cpt|hcpcs|icd-?10|modifiers?)\b", re.IGNORECASE)
_FARTHEST = 3
"""So many tokens stand at most between a number and a comparison behind it: "18 years of age or
older".
"""
_BETWEEN = frozenset({"a", "an", "the", "of"})


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text, in order, punctuation left out.

    "One of the following" says how a list combines and states no number: its "one" is a connector.
    """
    plain = digits(text)
    found: list[Token] = []
    claimed = sorted(_claimed(plain.text), key=lambda token: token.start)
    place = 0
    for token in [*claimed, None]:
        stop = token.start if token else len(plain.text)
        for match in _TOKEN.finditer(lowered(plain.text), place, stop):
            kind, value = _read(match, found)
            found.append(Token(kind, value, *match.span()))
        if token:
            found.append(token)
            place = token.end
    return tuple(
        Token(token.kind, token.value, *plain.span(token.start, token.end)) for token in found
    )


def measured(found: tuple[Token, ...], place: int) -> Measured:
    """The number at a place among tokens, with its comparison and its unit."""
    before = next((token for token in reversed(found[:place]) if token.value not in _BETWEEN), None)
    behind = next(
        (
            token
            for token in found[place + 1 : place + 2 + _FARTHEST]
            if token.kind in ("comparator", "number")
        ),
        None,
    )
    sides = {
        str(token.value)
        for token in (before, behind)
        if token and token.kind == "comparator" and not _is_next(found, token)
    }
    if before and before.kind == "comparator":
        sides.add(str(before.value))
    comparator = comparator_of(sides.pop(), "=") if len(sides) == 1 else "="
    return Measured(
        float(found[place].value),
        comparator,
        next(map(_unit, filter(_may_be_unit, found[place + 1 :])), None),
    )


def _may_be_unit(token: Token) -> bool:
    return token.kind == "unit" or (
        token.kind == "word" and str(token.value).isalpha() and token.value not in _BETWEEN
    )


def _unit(token: Token) -> str:
    return str(token.value) if token.kind == "unit" else unit_of(str(token.value))


def _is_next(found: tuple[Token, ...], comparator: Token) -> bool:
    """Whether a comparison stands before a number, and so belongs to that one."""
    following = next(
        (token for token in found if token.start >= comparator.end and token.value not in _BETWEEN),
        None,
    )
    return following is not None and following.kind == "number"


def _claimed(text: str) -> Iterator[Token]:
    """The dates and codes of a text, whose digits are no numbers."""
    end = 0
    for date in dates_in(text):
        end = date.end
        yield Token("date", date.iso, date.start, date.end)
    named = bool(_CODES_NAMED.search(text))
    dates = [(date.start, date.end) for date in dates_in(text)] if end else []
    for match in _CODE.finditer(text):
        if (named or not match[0].isdigit()) and not any(
            a < match.end() and match.start() < b for a, b in dates
        ):
            yield Token("code", match[0].upper(), *match.span())


def _read(match: re.Match[str], before: list[Token]) -> tuple[Kind, float | str]:
    """What a match says, behind the tokens before it."""
    if match["before"]:
        return "comparator", comparator_of(match["before"], "=")
    if match["behind"] and any(token.kind == "number" for token in before[-1 - _FARTHEST :]):
        return "comparator", side_of(match["side"])
    if match["nth"]:
        return "ordinal", float(match["nth"])
    if number := match["number"]:
        if number == "1" and CHOICE.match(match.string, match.end()):
            return "connector", "1"
        return "number", float(re.sub(r"^[–−]", "-", number))
    return _word(match[0], before)


def _word(word: str, before: list[Token]) -> tuple[Kind, float | str]:
    if word in NEGATIONS:
        return "negation", word
    if word in CONNECTORS:
        return "connector", word
    if before and before[-1].kind == "number" and _UNIT.fullmatch(word):
        return "unit", unit_of(word)
    if word in ORDINALS:
        return "ordinal", ORDINALS[word]
    return "word", word
