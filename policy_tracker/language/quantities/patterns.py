"""The forms of words that state a quantity, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policy_tracker.language.comparators import OPERATOR
from policy_tracker.language.numbers import NUMBER
from policy_tracker.language.prefilter import Hinted
from policy_tracker.language.quantities import readers as read
from policy_tracker.language.quantities.readers import IN_WORDS, MEASURE, PER, PERIOD, THING, WINDOW, QuantityScan
from policy_tracker.record.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern for lower-case text, and the function that reads its matches."""

    words: Hinted
    reader: Callable[[QuantityScan, re.Match[str]], Iterable[Quantity]]


_AGE_UNIT = r"(?P<unit>years?|months?|weeks?|days?)"
_VALUE = rf"(?P<value>{NUMBER})"
_LOW = rf"(?P<low>{NUMBER})"
_HIGH = rf"(?P<high>{NUMBER})"
_ABOVE = r"(?:≥|>=|>|at least|greater than or equal to|greater than|older than|from) ?"
_BELOW = r"≤|<=|<|less than or equal to|less than|younger than|under|up to"
_AGE_HINTS = ("age", "old", "young")
_SCALE = r"(?:scores?|index|bmi|ahi|rdi|scale|level|counts?|e?gfr|edss|das28|pasi|easi|karnofsky|ecog)"
_SIDE = "more|fewer|greater|less|higher|lower|larger|smaller|longer|shorter|above|below|over|under|worse"
_PERCENT_HINTS = ("%", "percent")
_MASS = r"(?P<unit>mg/kg|mg/m2|mcg/kg|mg|mcg|g|grams?|kg|kilograms|lbs|pounds|ml|milliliters)"
_MASS_HINTS = ("mg", "mcg", "g", "kg", "lbs", "pounds", "ml", "milli", "cm", "mm", "centi")
_TIME_HINTS = ("hour", "day", "week", "month", "year", "quarter")


def _form(pattern: str, reader: Callable[[QuantityScan, re.Match[str]], Iterable[Quantity]], hints: tuple[str, ...] = ()) -> Form:
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
        rf"(?P<above>{_ABOVE})?(?<![\w.]){_LOW} (?P<first>years?|months?|weeks?|days?)(?: of age| old)? ?(?:-|–|to|and|through|but)"
        rf" ?(?:(?P<below>{_BELOW}) ?)?{_HIGH} {_AGE_UNIT}(?P<said> of age| old)?",
        read.age_from_to,
        _AGE_HINTS,
    ),
    _form(
        rf"(?P<above>{_ABOVE})(?P<first>){_LOW} ?(?:-|–|to|and|through|but) ?(?P<below>{_BELOW}) ?{_HIGH}"
        rf" {_AGE_UNIT}(?P<said> of age| old)",
        read.age_from_to,
        _AGE_HINTS,
    ),
    _form(
        rf"(?<![\w.])(?P<above>){_LOW}(?P<first>) ?(?:-|–|to) ?(?P<below>{_BELOW}) ?{_HIGH} {_AGE_UNIT}(?P<said> of age| old)",
        read.age_from_to,
        _AGE_HINTS,
    ),
    _form(rf"\b(?:ages|aged)(?: of| between)? {_LOW} ?(?:-|–|to|and|through) ?{_HIGH}(?![\w%.])", read.age_span, _AGE_HINTS),
    _form(
        rf"\b{_VALUE}[- ]{_AGE_UNIT}(?: of age)?(?: old)? (?:of age )?(?:or|and) (?P<side>older|younger|greater|above"
        r"|over|up|less|below|under)\b",
        read.age,
        _TIME_HINTS,
    ),
    _form(rf"{OPERATOR} ?(?:the age of )?{_VALUE} {_AGE_UNIT}(?: of age| old)\b", read.age_compared, _AGE_HINTS),
    _form(rf"\bage[sd]? {_VALUE}(?: {_AGE_UNIT})? (?:and|or) (?P<side>older|above|younger|over|up|under|below)\b", read.age, _AGE_HINTS),
    _form(rf"\b(?:age|aged|ages) (?:is |of )?{OPERATOR} ?{_VALUE}(?: {_AGE_UNIT})?", read.age_compared, _AGE_HINTS),
    _form(
        rf"\b(?:adults?|adolescents?|child(?:ren)?|infants?|patients?|members?|individuals?) \({OPERATOR} ?{_VALUE} {_AGE_UNIT}\b",
        read.age_compared,
        _TIME_HINTS,
    ),
    _form(rf"(?<![\w.-]){_VALUE}[- ]{_AGE_UNIT} of age\b", read.age_itself, _AGE_HINTS),
    _form(rf"(?<![\d.])(?P<low>{NUMBER})(?: ?%)?(?: ?[-–] ?| to )(?P<high>{NUMBER}) ?(?:%|percent\b)", read.percent_span, _PERCENT_HINTS),
    _form(rf"(?<![\w.]){_VALUE} ?(?:%|percent)(?: stenosis)? or (?P<side>{_SIDE})\b", read.percent_or_more, _PERCENT_HINTS),
    _form(rf"(?:{OPERATOR} ?(?:an? )?(?:\([≤≥<>]\) ?)?|(?<![\w.])){_VALUE} ?(?:%|percent\b)", read.percent, _PERCENT_HINTS),
    _form(rf"(?<=[%]) and {_VALUE} (?P<unit>milliliters?|ml)\b", read.second_measure, _PERCENT_HINTS),
    _form(rf"(?:{OPERATOR} ?)?(?<![\w.]){_VALUE} ?{_MASS}(?: {PER}| ?/ ?(?P<slash>{PERIOD}))\b", read.dose_per, _TIME_HINTS),
    _form(rf"{OPERATOR} ?{_VALUE} ?{_MASS}\b(?!/)", read.measure, _MASS_HINTS),
    _form(
        rf"(?<![\w.]){_VALUE} ?(?P<unit>kg|kilograms|pounds|lbs|mg|ml|cm|mm|centimeters|millimeters) or (?P<side>{_SIDE})\b",
        read.measure_or_more,
        _MASS_HINTS,
    ),
    _form(
        rf"\b(?P<list>(?:{NUMBER}, ){{0,8}}{NUMBER},? and {NUMBER}) (?P<unit>weeks?|months?|days?) after\b", read.weeks_after, ("after",)
    ),
    _form(
        rf"(?:{OPERATOR} )?\b(?:no (?:more|less) (?:frequently|often) than )?(?P<times>once|twice|{NUMBER}{IN_WORDS} times?)"
        rf"(?: (?:per|every|each|in(?: an?| any)?)|,? an?) (?:(?P<span>{NUMBER})[- ])?(?P<period>{PERIOD}|lifetime)\b",
        read.once_every,
        ("once", "twice", "time"),
    ),
    _form(
        rf"\bno more (?:frequently|often) than(?P<times>) (?:every|each) (?:(?P<span>{NUMBER})[- ])?(?P<period>{PERIOD})\b",
        read.once_every,
        ("frequently", "often"),
    ),
    _form(
        rf"(?:{OPERATOR} )?\b(?:no more (?:frequently|often) than )?(?P<times>once|twice|{NUMBER} times?)[ -]a?[ -]?"
        r"(?P<adverb>weekly|daily|monthly|quarterly|annually|yearly)\b",
        read.adverb,
        ("weekly", "daily", "monthly", "quarterly", "annually", "yearly"),
    ),
    _form(
        rf"(?:{OPERATOR} (?:a (?:total|maximum) of )?)?(?<![\w.-]){_VALUE}{IN_WORDS} (?!or\b|and\b)"
        rf"(?P<thing>(?:(?!per\b|every\b)[A-Za-z/-]+ ){{0,5}}?[A-Za-z/-]+)(?: \(?[a-z]?\d[^)]*\))?"
        rf"(?: per|,? each| in a) (?:calendar |benefit |rolling |plan |contract |policy )?(?:(?P<span>{NUMBER})[- ](?P<period>{PERIOD})"
        r"|(?P<one>year|lifetime|benefit period|pregnancy))\b",
        read.per_year,
        ("per ", "each ", "in a "),
    ),
    _form(rf"\b{_VALUE}{IN_WORDS} annual\b", read.annual, ("annual",)),
    _form(
        rf"(?:{OPERATOR} (?:of )?)?(?<![\w.-]){_VALUE}{IN_WORDS} (?:(?:additional|prefilled|pre-filled|total"
        rf"|[a-z/-]+) )?(?P<thing>{THING})\b(?: {PER}| ?/ ?(?:(?P<times>{NUMBER})[- ])?(?P<slash>{PERIOD})\b)?",
        read.things,
    ),
    _form(rf"(?<![\w.]){_LOW} ?(?:-|–|to|and) ?{_HIGH} (?P<unit>{PERIOD})\b", read.duration_span, _TIME_HINTS),
    _form(rf"\b(?:every|each) {_VALUE}{IN_WORDS}[- ](?P<unit>{PERIOD})\b", read.interval, ("every", "each")),
    _form(rf"(?:{OPERATOR} (?:the |a )?)?(?<![\w.]){_VALUE}{IN_WORDS}[- ]?(?P<unit>{PERIOD})\b", read.duration, _TIME_HINTS),
    _form(rf"(?:{OPERATOR} (?:an? )?)?(?<![\w.]){_VALUE}[- ]?fold\b", read.fold, ("fold",)),
    _form(rf"\bbetween (?:a )?{_LOW}(?: and | to |-|–){_HIGH}\b(?! ?(?:%|{PERIOD}|weeks|[/.]))", read.between, ("between",)),
    _form(
        rf"\b{_SCALE}\)? (?:score )?(?:of |is |was |from )?(?:a )?{_LOW}(?: to |-|–){_HIGH}(?![\w%/]|\.\d| ?{PERIOD})",
        read.between,
        ("score", "index", "bmi", "ahi", "scale", "level", "count", "gfr"),
    ),
    _form(rf"{OPERATOR} ?(?P<value>(?:[-–−](?=\d))?{NUMBER})(?: ?\(\d+\))?(?![\w.]|,\d| ?\(\d+\)|[- ]?{PERIOD}\b)", read.compared),
    _form(rf"\((?:or|i\.e\.,) {_VALUE}(?= [a-z])", read.alternative, ("(or", "(i.e")),
    _form(rf"(?<![\d.,/-]){_VALUE}{IN_WORDS} ?(?:{MEASURE} )?or (?P<side>{_SIDE})\b", read.or_more, (" or ",)),
    _form(r"\b(?P<value>two|three|four|five)(?: \(\d\))? of the (?:following|these)\b", read.several_of, (" of the ",)),
    _form(WINDOW, read.window, _TIME_HINTS),
    _form(r"\bboth (?=preferred\b)", read.both, ("both ",)),
    _form(
        r"\b(?:(?:has|have|had|patient|member|individual) (?:already )?(?:tried|failed)|tried and failed|trials? of|failure (?:of|to|with)"
        r"|(?:response|intolerance|contraindications?) to) (?:at least )?(?P<value>one|two|three|four|\d)(?: \(\d\))? (?!of\b|or\b|to\b)"
        rf"(?!{PERIOD}\b|[a-z]+ (?:{PERIOD})\b|mg\b)",
        read.tried,
        ("tried", "failed", "trial", "failure", "response", "intolerance", "contraindication"),
    ),
)
"""What one form has read is not read again by those behind it, so that "80 units per 12 months" is one frequency and no duration."""
