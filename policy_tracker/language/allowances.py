"""How much a row of a list allows of its code: "maximum 20 units per day", "Max units 4"."""

from __future__ import annotations

import re

from policy_tracker.language.quantities.read import read_quantities
from policy_tracker.language.remembered import remembered
from policy_tracker.record import Quantity

_MOST = re.compile(
    r"\b(?:max(?:imum)?\.?|limit(?:ed to)?)(?: (?:allowed|daily|quantity|number of|of))?"
    r"(?: units?(?: allowed)?)?:? (?P<number>\d{1,5})(?: units?)?(?=$|[;,.)])",
    re.IGNORECASE,
)
"""A number that stands behind its title, without a time."""


@remembered
def allowances(text: str) -> tuple[Quantity, ...]:
    """The rates that a text allows, else the number that it calls the most; a number without
    either may be a strength.
    """
    rates = tuple(found for found in read_quantities(text, "limit") if found.per is not None)
    if rates:
        return rates
    return tuple(
        Quantity(kind="units", comparator="<=", value=float(match["number"]), unit="unit")
        for match in _MOST.finditer(text)
    )
