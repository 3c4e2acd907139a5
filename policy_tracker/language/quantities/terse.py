"""Quantities as cells and marks print them: "60 per 30 days", "QL = 9/30 days", "Age: 18+"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.language.comparators import comparator_of, side_of
from policy_tracker.language.numbers import number_of
from policy_tracker.language.units import singular, unit_of
from policy_tracker.record.quantities import Quantity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.language.quantities.readers import QuantityScan

_OPENS = re.compile(
    r"(?:^|[(=:;|—–]|\b(?:ql|qll|mql|limits?|limited to|limit of|max(?:imum)?(?: of)?|up to"
    r"|to exceed|at most|more than|total of|only))[.,]? ?$"
)
"""What may stand before a bare number that a limit sets: nothing, a sign, or a word of limits."""


def bare_per(reading: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "60 per 30 days", "1 every 5 years", "1 box per month": so many units or things, or
    one time, within a period.
    """
    if not _OPENS.search(reading.before(match, 20)):
        return
    value = number_of(match["value"])
    span = number_of(match["span"]) if match["span"] else 1.0
    kind, unit = ("frequency", "time") if value == 1 else ("count", "item")
    if match["thing"]:
        kind, unit = "count", singular(match["thing"])
    yield Quantity(
        kind=kind,
        comparator="<=",
        value=value,
        unit=unit,
        per=Span(value=span, unit=unit_of(match["period"].split()[-1])),
    )


def age_of_cell(_: QuantityScan, match: re.Match[str]) -> Iterable[Quantity]:
    """Of "Age: 18+", "AL (max 18 years)", "Age: 5 through 17", "Age: under 21"."""
    unit = unit_of(match["unit"]) if match["unit"] else "year"
    value = number_of(match["value"])
    if match["high"]:
        yield Quantity(kind="age", comparator=">=", value=value, unit=unit)
        yield Quantity(kind="age", comparator="<=", value=number_of(match["high"]), unit=unit)
    elif match["bound"]:
        side = ">=" if match["bound"].startswith("min") else "<="
        yield Quantity(kind="age", comparator=side, value=value, unit=unit)
    elif match["side"]:
        yield Quantity(kind="age", comparator=side_of(match["side"]), value=value, unit=unit)
    elif match["plus"]:
        yield Quantity(kind="age", comparator=">=", value=value, unit=unit)
    elif match["operator"]:
        compared = comparator_of(match["operator"], ">=")
        yield Quantity(kind="age", comparator=compared, value=value, unit=unit)
