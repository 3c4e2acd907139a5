"""Units of time, mass, volume and of things that are counted, with their short forms."""

from __future__ import annotations

import re

from policy_tracker.language import inflection

_TIMES: dict[str, str] = {
    "second": "seconds?|secs?",
    "minute": "minutes?|mins?",
    "hour": "hours?|hrs?",
    "day": "days?",
    "week": "weeks?|wks?",
    "month": "months?|mos?",
    "quarter": "quarters?",
    "year": "years?|yrs?",
}
_TIME = {name: re.compile(forms) for name, forms in _TIMES.items()}


def _forms(*names: str) -> str:
    return "(?:" + "|".join(_TIMES[name] for name in names) + ")"


TIME = _forms(*_TIMES)
"""A regular expression for a unit of time, in full or short, one or several of it."""
CALENDAR_TIME = _forms("day", "week", "month", "quarter", "year")
"""A regular expression for a unit of time of a day or more."""
LIMIT_TIME = _forms("hour", "day", "week", "month", "quarter", "year")
"""A regular expression for a unit in which limits are set: minutes and seconds belong to names of
tests ("6-minute walk test").
"""
AGE = _forms("year", "month", "week", "day")
"""A regular expression for a unit in which an age is said."""
LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}
"""The units that stand as one letter in a schedule such as "q12h"."""
ADVERBS = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "annually": "year",
    "yearly": "year",
}
"""Adverbs that say how often, with the unit of time in which it happens once."""
MASS = r"(?:mg/kg|mg/m2|mcg/kg|mg|mcg|g|grams?|kg|kilograms|lbs|pounds|ml|milliliters)"
"""A regular expression for a unit of mass or volume in which doses and weights are said."""
RATIO = (
    r"(?:(?:mg|mcg|ng|pg|g|kg|iu|u|miu|meq|mmol|nmol|pmol|µmol|umol|ml)/(?:mmol|min|dl|ml|l|kg|m2"
    r"|g)(?:/1\.73 "
    r"?m2)?|msec|mmhg|mm hg|cm|mm|kpa"
    r"|events?/h(?:ou)?r|cells?/(?:mm3|mcl|µl|μl|ul))"
)
"""A regular expression for a unit of a measured value: a concentration, a pressure, a length."""
THING = (
    r"units?|doses?|syringes?(?:/pens?)?|pens?|visits?|injections?|tests?|infusions?|vials?"
    r"|tablets?|capsules?"
    r"|kits?|packs?|cartons?|treatments?|sessions?|procedures?|services?|fills?"
    r"|patch(?:es)?|inhalers?|bottles?|autoinjectors?|screenings?|exam(?:ination)?s?|refills?"
    r"|applications?|cartridges?"
    r"|packets?|stud(?:y|ies)|scans?|times|cycles?|courses?|devices?|pairs?|evaluations?|consultations?"
)
"""A regular expression for a thing of which payers allow a number."""
HALVED = (
    rf"{TIME}|{MASS}|l|liters?|milligrams?|micrograms?|ounces?|oz|inch(?:es)?|feet|foot|cm|mm"
    rf"|cc|teaspoons?|tsp|tablespoons?|tbsp"
    rf"|{THING}|tabs?|pills?|drops?|times?|strength|life|lives|normal"
)
"""A regular expression for what stands behind a fraction, so that "1/2 tablet" is one and "type
1/2" is none.
"""


def singular(unit: str) -> str:
    """A unit in the singular, lower-case: "months" is month, "doses" dose."""
    return inflection.singular(" ".join(unit.lower().split()))


def unit_of(words: str) -> str:
    """The name of a unit, singular and in full: "yrs" is year, "calendar months" month, "visits"
    visit.
    """
    last = words.rsplit(maxsplit=1)[-1].lower()
    return next((name for name, forms in _TIME.items() if forms.fullmatch(last)), "") or singular(
        last
    )
