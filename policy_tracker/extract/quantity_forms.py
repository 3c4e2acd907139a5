"""The forms of words that state a quantity, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policy_tracker.extract import quantity_readers as read
from policy_tracker.extract.comparators import OPERATOR
from policy_tracker.extract.hinted import Hinted
from policy_tracker.extract.numbers import NUMBER
from policy_tracker.extract.quantity_readers import IN_WORDS, PER, PERIOD, THING, WINDOW, Reading
from policy_tracker.record.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern for lower-case text, and the function that reads its matches."""

    words: Hinted
    reader: Callable[[Reading, re.Match[str]], Iterable[Quantity]]


_AGE_UNIT = r"(?P<unit>years?|months?|weeks?|days?)"
_VALUE = rf"(?P<value>{NUMBER})"
_AGE_HINTS = ("age", "old", "young")
_PERCENT_HINTS = ("%", "percent")
_MASS = r"(?P<unit>mg/kg|mg/m2|mcg/kg|mg|mcg|g|grams?|kg|kilograms|lbs|pounds|ml|milliliters)"
_MASS_HINTS = ("mg", "mcg", "g", "kg", "lbs", "pounds", "ml", "milli")
_TIME_HINTS = ("hour", "day", "week", "month", "year", "quarter")


def _form(pattern: str, reader: Callable[[Reading, re.Match[str]], Iterable[Quantity]], hints: tuple[str, ...] = ()) -> Form:
    return Form(Hinted(pattern, hints), reader)


FORMS: tuple[Form, ...] = (
    _form(
        rf"\b(?:ages?d? |between )(?:the ages of )?(?P<low>{NUMBER})(?: years?)? ?(?:-|–|to|and"
        rf"|through) ?(?P<high>{NUMBER}) {_AGE_UNIT}(?: of age| old)?",
        read.age_span,
        _AGE_HINTS,
    ),
    _form(rf"\b(?P<low>{NUMBER}) ?(?:-|–|to|through) ?(?P<high>{NUMBER}) {_AGE_UNIT} (?:of age|old)\b", read.age_span, _AGE_HINTS),
    _form(
        rf"\b{_VALUE}[- ]{_AGE_UNIT}(?: of age)?(?: old)? (?:of age )?(?:or|and) (?P<side>older|younger|greater|above"
        r"|over|up|less|below|under)\b",
        read.age,
        _TIME_HINTS,
    ),
    _form(rf"{OPERATOR} ?(?:the age of )?{_VALUE} {_AGE_UNIT}(?: of age| old)\b", read.age_compared, _AGE_HINTS),
    _form(rf"\bages? {_VALUE}(?: {_AGE_UNIT})? (?:and|or) (?P<side>older|above|younger|over|up|under|below)\b", read.age, _AGE_HINTS),
    _form(rf"\b(?:age|aged|ages) (?:is |of )?{OPERATOR} ?{_VALUE}(?: {_AGE_UNIT})?", read.age_compared, _AGE_HINTS),
    _form(rf"(?<![\d.])(?P<low>{NUMBER})(?: ?%)?(?: ?[-–] ?| to )(?P<high>{NUMBER}) ?(?:%|percent\b)", read.percent_span, _PERCENT_HINTS),
    _form(rf"(?:{OPERATOR} ?(?:\([≤≥<>]\) ?)?|(?<![\w.])){_VALUE} ?(?:%|percent\b)", read.percent, _PERCENT_HINTS),
    _form(rf"(?<=[%]) and {_VALUE} (?P<unit>milliliters?|ml)\b", read.second_measure, _PERCENT_HINTS),
    _form(rf"{OPERATOR} ?{_VALUE} ?{_MASS}\b(?!/)", read.measure, _MASS_HINTS),
    _form(
        rf"(?<![\w.]){_VALUE} ?(?P<unit>kg|kilograms|pounds|lbs|mg|ml) or (?P<side>more|greater|less|above|below)\b",
        read.measure_or_more,
        _MASS_HINTS,
    ),
    _form(
        rf"\b(?P<list>(?:{NUMBER}, ){{0,8}}{NUMBER},? and {NUMBER}) (?P<unit>weeks?|months?|days?) after\b", read.weeks_after, ("after",)
    ),
    _form(
        rf"\b(?:no more (?:frequently|often) than )?(?P<times>once|twice|{NUMBER} times?) (?:per|every|each"
        rf"|in) (?:(?P<span>{NUMBER})[- ])?(?P<period>{PERIOD})",
        read.once_every,
        ("once", "twice", "time"),
    ),
    _form(
        r"\bno more (?:frequently|often) than (?P<times>once|twice) (?P<adverb>weekly|daily|monthly|annually|yearly)\b",
        read.adverb,
        ("than",),
    ),
    _form(
        rf"(?:{OPERATOR} (?:a (?:total|maximum) of )?)?(?<![\w.-]){_VALUE}{IN_WORDS} (?!or\b|and\b)"
        rf"(?P<thing>(?:(?!per\b|every\b)[A-Za-z/-]+ ){{0,5}}?[A-Za-z/-]+)(?: \(?[a-z]?\d[^)]*\))?"
        rf" per (?:calendar |benefit |rolling )?(?:(?P<span>{NUMBER})[- ](?P<period>{PERIOD})|(?P<one>year|lifetime))\b",
        read.per_year,
        ("per ",),
    ),
    _form(rf"\b{_VALUE}{IN_WORDS} annual\b", read.annual, ("annual",)),
    _form(
        rf"(?:{OPERATOR} (?:of )?)?(?<![\w.-]){_VALUE}{IN_WORDS} (?:(?:additional|prefilled|pre-filled|total"
        rf"|[a-z/-]+) )?(?P<thing>{THING})\b(?: {PER})?",
        read.things,
    ),
    _form(rf"(?:{OPERATOR} (?:the |a )?)?(?<![\w.]){_VALUE}{IN_WORDS}[- ]?(?P<unit>{PERIOD})\b", read.duration, _TIME_HINTS),
    _form(rf"{OPERATOR} ?{_VALUE}(?: ?\(\d+\))?(?![\w.]|,\d| ?\(\d+\)|[- ]?{PERIOD}\b)", read.compared),
    _form(rf"\((?:or|i\.e\.,) {_VALUE}(?= [a-z])", read.alternative, ("(or", "(i.e")),
    _form(rf"(?<![\d.,-]){_VALUE}{IN_WORDS} ?or (?P<side>more|fewer|greater|less)\b", read.or_more, (" or ",)),
    _form(r"\b(?P<value>two|three|four|five)(?: \(\d\))? of the (?:following|these)\b", read.several_of, (" of the ",)),
    _form(WINDOW, read.window, _TIME_HINTS),
    _form(r"\bboth (?=preferred\b)", read.both, ("both ",)),
    _form(
        r"\b(?:has|have) (?:already )?tried (?:at least )?(?P<value>one|two|three|four)(?: \(\d\))? (?!of\b|or\b)", read.tried, ("tried",)
    ),
)
"""What one form has read is not read again by those behind it, so that "80 units per 12 months" is one frequency and no duration."""
