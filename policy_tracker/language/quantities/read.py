"""The numeric limits in a statement: ages, frequencies, durations, doses, counts, percentages,
scores.

What is a number but no limit (strengths, codes, years, "one of the following") matches no form.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from policy_tracker.language.plain import digits
from policy_tracker.language.prefilter import lowered
from policy_tracker.language.quantities.patterns import FORMS
from policy_tracker.language.quantities.readers import QuantityScan
from policy_tracker.language.word_index import WordIndex
from policy_tracker.record.quantities import Quantity, Span
from policy_tracker.record.vocabulary import Comparator, Role

_NUMBER = re.compile(r"\d|\bboth\b|\bpercentile|\b(?:often|frequently) than\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?:[ -]?[a-z%]+)?", re.IGNORECASE)
_LONGEST = 8_000
"""Of a longer statement only so many characters are read: it is no statement but a page that lost
its structure.
"""
_OVER = re.compile(r"\bexceeds? the following\b", re.IGNORECASE)


class Located(NamedTuple):
    """A quantity, and the span of the statement's text that says it."""

    quantity: Quantity
    span: tuple[int, int]


def read_quantities(text: str, role: Role) -> tuple[Quantity, ...]:
    """The limits that a statement of this role sets, in the order of the text."""
    return tuple(found.quantity for found in locate_quantities(text, role))


def locate_quantities(text: str, role: Role) -> tuple[Located, ...]:
    """The limits that a statement of this role sets, in the order of the text, with their places in
    it.

    Two ends of one range have one span.
    """
    plain = digits(text[:_LONGEST])
    if not _NUMBER.search(plain.text):
        return ()
    reading = QuantityScan(lowered(plain.text), plain.text, role)
    for place in _may_match().places_in(reading.text):
        form = FORMS[place]
        for match in form.words.each(reading.text):
            if reading.free(*match.span()) and (quantities := tuple(form.reader(reading, match))):
                reading.add(match, *quantities)
    in_order = sorted(reading.found, key=lambda pair: pair[0][0])
    return tuple(Located(quantity, plain.span(*place)) for place, quantity in in_order)


def without_quantities(text: str, role: Role) -> str:
    """The text with one mark in the place of each limit that it sets, whatever words say that, and
    of each other number with the word that it counts.
    """
    said, end = [], 0
    for start, stop in sorted({found.span for found in locate_quantities(text, role)}):
        if start >= end:
            said += [text[end:start], "#"]
            end = stop
    return _COUNTED.sub("#", digits("".join([*said, text[end:]])).text)


@cache
def _may_match() -> WordIndex:
    """The forms by the words that their matches have."""
    return WordIndex(
        (word, place) for place, form in enumerate(FORMS) for word in form.words.hints or ("",)
    )


def under_limit(
    quantities: tuple[Quantity, ...],
    lead: str,
    lead_role: Role,
    lead_quantities: tuple[Quantity, ...],
) -> tuple[Quantity, ...]:
    """The limits of an item under a lead-in.

    "exceeds the following limits" turns "at most" into "more than"; the period that a lead-in about
    limits names is that of its items.
    """
    over = _OVER.search(lead)
    if not over and lead_role != "limit":
        return quantities
    period = next((quantity for quantity in lead_quantities if quantity.kind == "duration"), None)
    per = Span(value=period.value, unit=period.unit) if period else None
    return tuple(_limited(quantity, per, over=bool(over)) for quantity in quantities)


def _limited(quantity: Quantity, per: Span | None, *, over: bool) -> Quantity:
    if quantity.kind not in {"units", "count", "dose", "frequency"}:
        return quantity
    side: Comparator = ">" if over and quantity.comparator in {"<=", "="} else quantity.comparator
    return quantity.model_copy(update={"comparator": side, "per": quantity.per or per})
