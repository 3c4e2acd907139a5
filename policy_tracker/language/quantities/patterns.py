"""The forms of words that state a quantity, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policy_tracker.language.comparators import AGE_SIDE, LOWER, OPERATOR, SIDE, UPPER
from policy_tracker.language.numbers import NUMBER, ORDINALS, one_of
from policy_tracker.language.prefilter import Hinted
from policy_tracker.language.quantities import readers as read
from policy_tracker.language.quantities.readers import (
    IN_PARENTHESES,
    PER,
    PERIOD,
    WINDOW,
    QuantityScan,
)
from policy_tracker.language.quantities.terse import age_of_cell, bare_per
from policy_tracker.language.units import ADVERBS, AGE, CALENDAR_TIME, MASS, RATIO, THING
from policy_tracker.record.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern for lower-case text, and the function that reads its matches."""

    words: Hinted
    reader: Callable[[QuantityScan, re.Match[str]], Iterable[Quantity]]


_AGE_UNIT = rf"(?P<unit>{AGE})"
_VALUE = rf"(?P<value>{NUMBER})"
_LOW = rf"(?P<low>{NUMBER})"
_HIGH = rf"(?P<high>{NUMBER})"
_ABOVE = rf"(?:{LOWER}|from) ?"
_BELOW = UPPER
_SCALE = (
    r"(?:scores?|index|bmi|ahi|rdi|scale|level|counts?|e?gfr|edss|das28|pasi|easi|karnofsky|ecog)"
)
_PERCENT_AGAIN = r"(?: ?\((?P=value) ?(?:%|percent)\))?"
"""The same percentage once more, as in "fifty percent (50%)"."""
_NTH = rf"(?:{one_of(ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th)|{NUMBER})"
_MASS = rf"(?P<unit>{MASS})"


def _form(
    pattern: str,
    reader: Callable[[QuantityScan, re.Match[str]], Iterable[Quantity]],
) -> Form:
    return Form(Hinted(pattern), reader)


FORMS: tuple[Form, ...] = (
    _form(
        r"\b(?:age|ages|age limits?|al)(?: ?[:=(]|: ?\()+ ?"
        rf"(?:(?P<bound>min|minimum|max|maximum)\.? |{OPERATOR} ?)?(?:of )?{_VALUE}"
        rf"(?: ?(?:-|–|to|through|thru) ?{_HIGH}(?![\w%.]))?(?:[- ]{_AGE_UNIT}\b)?(?: of age| old)?"
        rf"(?: (?:and|or|&) (?P<side>{AGE_SIDE})\b|(?P<plus> ?\+))?(?! ?(?:mg|ml|%))",
        age_of_cell,
    ),
    _form(
        rf"(?<![\w.,/$-]){_VALUE}(?P<thing>)(?: per | every | each | ?/ ?(?:per )?)"
        rf"(?:(?P<span>{NUMBER})[- ]?)?(?P<period>(?:plan |contract |policy )?"
        rf"(?:{PERIOD}|lifetime))\b(?! of age| old)",
        bare_per,
    ),
    _form(
        r"\b(?:ages?d? (?:range )?(?:of |from )?|between (?=the ages of |[^.;]{0,80}\b(?:age|old"
        r"|young)))(?:the ages of )?"
        rf"(?P<low>{NUMBER})(?: years?)? ?(?:-|–|to|and"
        rf"|through) ?(?P<high>{NUMBER}) {_AGE_UNIT}(?: of age| old)?",
        read.age_span,
    ),
    _form(
        (
            rf"\b(?P<low>{NUMBER}) ?(?:-|–|to|through) ?(?P<high>{NUMBER}) {_AGE_UNIT} (?:of "
            rf"age|old)\b"
        ),
        read.age_span,
    ),
    _form(
        rf"(?P<above>{_ABOVE})?(?<![\w.]){_LOW} (?P<first>{AGE})(?: of age| old)? ?(?:-|–|to"
        rf"|and|through|but)"
        rf" ?(?:(?P<below>{_BELOW}) ?)?{_HIGH} {_AGE_UNIT}(?P<said> of age| old)?",
        read.age_from_to,
    ),
    _form(
        rf"(?P<above>{_ABOVE})(?P<first>){_LOW} ?(?:-|–|to|and|through|but) "
        rf"?(?P<below>{_BELOW}) ?{_HIGH}"
        rf" {_AGE_UNIT}(?P<said> of age| old)",
        read.age_from_to,
    ),
    _form(
        (
            rf"(?<![\w.])(?P<above>){_LOW}(?P<first>) ?(?:-|–|to) ?(?P<below>{_BELOW}) ?{_HIGH} "
            rf"{_AGE_UNIT}(?P<said> of age| old)?"
        ),
        read.age_from_to,
    ),
    _form(
        rf"\b(?:ages|aged)(?: of| between)? {_LOW} ?(?:-|–|to|and|through) ?{_HIGH}(?![\w%.])",
        read.age_span,
    ),
    _form(
        (
            rf"\b{_VALUE}[- ]{_AGE_UNIT}(?: of age)?(?: old)? (?:of age )?(?:or|and) "
            rf"(?P<side>{AGE_SIDE})\b"
        ),
        read.age,
    ),
    _form(
        rf"{OPERATOR} ?(?:the age of )?{_VALUE} {_AGE_UNIT}(?: of age| old)\b",
        read.age_compared,
    ),
    _form(
        rf"\b(?P<operator>(?:(?:no|not) )?(?:younger|older) than) {_VALUE}[- ]{_AGE_UNIT}\b",
        read.younger_or_older,
    ),
    _form(
        rf"\bage[sd]? {_VALUE}(?: {_AGE_UNIT})? (?:and|or) (?P<side>{AGE_SIDE})\b",
        read.age,
    ),
    _form(
        rf"\b(?:age|aged|ages) (?:is |of )?{OPERATOR} ?{_VALUE}(?: {_AGE_UNIT})?",
        read.age_compared,
    ),
    _form(
        (
            rf"\b(?:adults?|adolescents?|child(?:ren)?|infants?|patients?|members?|individuals?) "
            rf"\({OPERATOR} ?{_VALUE} {_AGE_UNIT}\b"
        ),
        read.age_compared,
    ),
    _form(
        rf"{OPERATOR} (?:the )?age(?: of)? {_VALUE}(?:[- ]{_AGE_UNIT}(?: old)?)?(?![\w%/]|\.\d)",
        read.age_compared,
    ),
    _form(
        r"\b(?P<operator>minimum|maximum) age(?: limit)?(?::| is| of)*"
        rf" {_VALUE}(?:[- ]{_AGE_UNIT})?(?![\w%/]|\.\d)",
        read.age_bound,
    ),
    _form(
        rf"\b(?:attain(?:s|ed)?|reach(?:es|ed)?|turn(?:s|ed)) (?:the )?(?:age(?: of)? )?{_VALUE}"
        rf"(?![\w%/]|\.\d)(?: {_AGE_UNIT}(?: of age| old)?)?",
        read.age_reached,
    ),
    _form(rf"(?<![\w.-]){_VALUE}[- ]{_AGE_UNIT} of age\b", read.age_itself),
    _form(
        rf"\bbetween {_LOW} ?(?:%|percent) and {_HIGH} ?(?:%|percent\b)",
        read.percent_span,
    ),
    _form(
        rf"(?<![\d.])(?P<low>{NUMBER})(?: ?%)?(?: ?[-–] ?| to )(?P<high>{NUMBER}) ?(?:%|percent\b)",
        read.percent_span,
    ),
    _form(
        rf"(?<![\w.]){_VALUE} ?(?:%|percent){_PERCENT_AGAIN}(?: stenosis)? or (?P<side>{SIDE})\b",
        read.percent_or_more,
    ),
    _form(
        rf"(?:{OPERATOR} ?(?:an? )?(?:\([≤≥<>]\) ?)?|(?<![\w.])){_VALUE} ?(?:%|percent\b)"
        rf"{_PERCENT_AGAIN}",
        read.percent,
    ),
    _form(
        rf"\bbetween (?:the )?(?P<low>{_NTH}) and (?:the )?(?P<high>{_NTH}) percentiles?\b",
        read.percentile_span,
    ),
    _form(
        rf"(?:{OPERATOR} ?(?:the )?)?(?<![\w.])(?P<value>{_NTH}) percentile"
        rf"(?:(?: for age)? or (?P<side>{SIDE}))?\b",
        read.percentile,
    ),
    _form(rf"(?<=[%]) and {_VALUE} (?P<unit>milliliters?|ml)\b", read.second_measure),
    _form(
        rf"(?:{OPERATOR} ?)?(?<![\w.]){_VALUE} ?{_MASS}(?: {PER}| ?/ ?(?P<slash>{PERIOD}))\b",
        read.dose_per,
    ),
    _form(rf"{OPERATOR} ?{_VALUE} ?{_MASS}\b(?!/)", read.measure),
    _form(rf"(?<![\w.]){_LOW} ?(?:-|–|to) ?{_HIGH} ?{_MASS}\b(?!/)", read.dose_span),
    _form(
        (
            rf"(?<![\w.]){_VALUE} "
            rf"?(?P<unit>kg|kilograms|pounds|lbs|mg|ml|cm|mm|centimeters|millimeters) or "
            rf"(?P<side>{SIDE})\b"
        ),
        read.measure_or_more,
    ),
    _form(
        (
            rf"\b(?<!between )(?P<list>(?:{NUMBER}, ){{0,8}}{NUMBER},? and {NUMBER}) "
            rf"(?P<unit>{CALENDAR_TIME}) after\b"
        ),
        read.weeks_after,
    ),
    _form(
        rf"(?:{OPERATOR} )?\b(?:no (?:more|less) (?:frequently|often) than "
        rf")?(?P<times>{NUMBER}{IN_PARENTHESES} times?)"
        rf"(?: (?:per|every|each|in(?: an?| any)?)|,? an?) (?:(?P<span>{NUMBER})[- ])?(?P<period>{PERIOD}|lifetime)\b",  # noqa: E501
        read.once_every,
    ),
    _form(
        (
            rf"\b(?:no|not) more (?:frequently|often) than(?P<times>) (?:every|each) "
            rf"(?:(?P<span>{NUMBER})[- ])?(?P<period>{PERIOD})\b"
        ),
        read.once_every,
    ),
    _form(
        rf"\b(?:no|not) more (?:frequently|often) than (?P<adverb>{'|'.join(ADVERBS)})\b",
        read.at_most_once,
    ),
    _form(
        rf"\bfor the (?:first|next|following) {_VALUE}[- ](?P<unit>{PERIOD})\b",
        read.for_the_first,
    ),
    _form(
        rf"(?:{OPERATOR} )?\b(?:no more (?:frequently|often) than )?(?P<times>{NUMBER} "
        rf"times?)[ -]a?[ -]?"
        rf"(?P<adverb>{'|'.join(ADVERBS)})\b",
        read.adverb,
    ),
    _form(
        rf"(?:{OPERATOR} (?:a (?:total|maximum) of )?)?(?<![\w.-]){_VALUE}{IN_PARENTHESES} "
        rf"(?!or\b|and\b)"
        rf"(?P<thing>(?:(?!per\b|every\b)[A-Za-z/-]+ ){{0,5}}?[A-Za-z/-]+)(?: \(?[a-z]?\d[^)]*\))?"
        rf"(?: per|,? each| in a) (?:calendar |benefit |rolling |plan |contract |policy "
        rf")?(?:(?P<span>{NUMBER})[- ](?P<period>{PERIOD})"
        r"|(?P<one>year|lifetime|benefit period|pregnancy))\b",
        read.per_year,
    ),
    _form(rf"\b{_VALUE}{IN_PARENTHESES} annual\b", read.annual),
    _form(
        rf"(?:{OPERATOR} )?(?<![\w.-]){_VALUE}{IN_PARENTHESES} (?P<thing>{THING})"
        rf" (?P<adverb>{'|'.join(ADVERBS)})\b",
        read.things_by_adverb,
    ),
    _form(
        rf"(?:{OPERATOR} (?:of )?)?(?<![\w.-]){_VALUE}{IN_PARENTHESES} "
        rf"(?:(?:additional|prefilled|pre-filled|total"
        rf"|[a-z/-]+) )?(?P<thing>{THING})\b(?: {PER}| ?/ ?(?:(?P<times>{NUMBER})[- ])?(?P<slash>{PERIOD})\b)?",  # noqa: E501
        read.things,
    ),
    _form(
        rf"(?<![\w.,/$-]){_VALUE} (?P<thing>[a-z]{{3,14}})(?: per |/)"
        rf"(?:(?P<span>{NUMBER})[- ]?)?(?P<period>{PERIOD})\b",
        bare_per,
    ),
    _form(
        rf"(?<![\w.]){_LOW} ?(?:-|–|to|and) ?{_HIGH} (?P<unit>{PERIOD})\b",
        read.duration_span,
    ),
    _form(
        rf"\b(?:every|each) {_VALUE}{IN_PARENTHESES}[- ](?P<unit>{PERIOD})\b",
        read.interval,
    ),
    _form(
        rf"(?<![\w.]){_VALUE}{IN_PARENTHESES} or (?P<side>{SIDE}) (?P<unit>{PERIOD})\b",
        read.duration_or_more,
    ),
    _form(
        r"\b(?P<operator>minimum|maximum) (?:\w+ )?(?:interval|duration|period|length|course|trial"
        rf"|time|gap)(?: of|:| is)+ {_VALUE}{IN_PARENTHESES}[- ](?P<unit>{PERIOD})\b",
        read.duration_bound,
    ),
    _form(
        rf"(?:{OPERATOR} (?:the |a )?)?(?<![\w.]){_VALUE}{IN_PARENTHESES}[- ]?(?P<unit>{PERIOD})\b",
        read.duration,
    ),
    _form(
        r"(?<![\w.,/-])(?<!between )(?P<low>\d{1,2}) ?(?:-|–|to) ?(?P<high>\d{1,3}) "
        r"(?P<thing>copies|episodes|attacks|lesions|relapses|falls|nodes|joints|teeth"
        r"|lymph nodes|exacerbations|migraines|headaches|seizures|agents|drugs|medications)\b",
        read.thing_span,
    ),
    _form(rf"(?:{OPERATOR} (?:an? )?)?(?<![\w.]){_VALUE}[- ]?fold\b", read.fold),
    _form(
        rf"\bbetween (?:a )?{_LOW}(?: and | to |-|–){_HIGH}\b(?! ?(?:%|{PERIOD}|weeks|[/.]))",
        read.between,
    ),
    _form(
        (
            rf"\b{_SCALE}\)? (?:score )?(?:of |is |was |from )?(?:a )?{_LOW}(?: to |-|–)"
            rf"{_HIGH}(?![\w%/]|\.\d| ?{PERIOD})"
        ),
        read.between,
    ),
    _form(
        (
            rf"{OPERATOR} ?(?P<value>(?:[-–−](?=\d))?{NUMBER})(?: ?\(\d+\))?"
            rf"(?:(?P<measured>{RATIO})(?!\w))?(?!\w|\.\d|,\d| ?\(\d+\)|[- ]?{PERIOD}\b)"
        ),
        read.compared,
    ),
    _form(rf"\((?:or|i\.e\.,) {_VALUE}(?= [a-z])", read.alternative),
    _form(
        rf"(?<![\d.,/-]){_VALUE}{IN_PARENTHESES} ?(?:(?P<measured>{RATIO}) )?or (?P<side>{SIDE})\b",
        read.or_more,
    ),
    _form(
        r"(?<![\w.,-])(?P<value>[2-9]|\d\d)(?: \(\d\))? of the (?:following|these)\b",
        read.several_of,
    ),
    _form(WINDOW, read.window),
    _form(
        r"\bwith (?P<value>\d+) (?=(?:\w+ )?(?:drugs|agents|medications|products|therapies)\b)",
        read.tried_with,
    ),
    _form(r"\bboth (?=preferred\b)", read.both),
    _form(
        r"\b(?:(?:has|have|had|patient|member|individual) (?:already )?(?:tried|failed)|tried "
        r"and failed|trials? of|failure (?:of|to|with)"
        r"|(?:response|intolerance|contraindications?) to) (?:at least )?(?P<value>\d+)(?: "
        r"\(\d\))? (?!of\b|or\b|to\b)"
        rf"(?!{PERIOD}\b|[a-z]+ (?:{PERIOD})\b|mg\b)",
        read.tried,
    ),
)
"""What one form has read is not read again by those behind it, so that "80 units per 12 months" is
one frequency and no duration.
"""
