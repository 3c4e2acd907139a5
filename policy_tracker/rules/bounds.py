"""Of which cases a number holds, and whether another number holds of more of them, of fewer, or of
others.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from policy_tracker.record import Quantity
from policy_tracker.record.quantities import TIMES, in_common_unit

Held = Literal["same", "more", "fewer", "others", "unknown"]
"""What a number holds of, beside another one; "others": some that the other does not hold of, and
not all of those that it does.
"""

LIFETIME = 1200.0
"""A lifetime in months, longer than any other period of a limit."""
_DAYS_OF_A_MONTH = (28, 31)


class _Bound(NamedTuple):
    """A number in a common unit, between the least and the most that it may be; `sense` is +1 for
    an upper bound, -1 for a lower one, 0 for a number that is neither.
    """

    least: float
    most: float
    unit: str
    sense: int
    open: bool


def compared(before: Quantity, after: Quantity, *, limit: bool) -> Held:
    """Of which cases a number holds that took another one's place.

    A lower bound (`>=`, an interval that must pass) holds of more cases when it falls, an upper
    bound (`<=`, a frequency, a number of units) when it rises; a lower and an upper bound of one
    measure hold of other cases. A bare number is an upper bound in a limit, and a lower bound of an
    interval; anywhere else a bare number cannot be compared.
    """
    if before.kind != after.kind or bool(before.per) != bool(after.per):
        return "unknown"
    one, two = _together(_bound(before, limit=limit), _bound(after, limit=limit))
    if one.unit != two.unit:
        return "unknown"
    if one.sense * two.sense < 0:
        return "others"
    if one.sense != two.sense or not one.sense:
        return "unknown"
    if two.least > one.most or two.most < one.least:
        return "more" if (two.least > one.most) == (one.sense > 0) else "fewer"
    if (one.least, one.most) != (two.least, two.most):
        return "unknown"
    return "same" if one.open == two.open else "more" if one.open else "fewer"


def growth(before: Quantity, after: Quantity, *, limit: bool) -> int:
    """Whether a bound holds of more cases (+1), fewer (-1) or cannot be compared (0)."""
    return {"more": 1, "fewer": -1}.get(compared(before, after, limit=limit), 0)


def longer(before: tuple[float, str], after: tuple[float, str]) -> int:
    """Whether a time became longer (+1) or shorter (-1); 0 where it did neither, or the text does
    not tell: a month may be as long as 30 days.
    """
    one, two = (
        Quantity(kind="duration", comparator="<=", value=value, unit=unit)
        for value, unit in (before, after)
    )
    return growth(one, two, limit=False)


def _bound(quantity: Quantity, *, limit: bool) -> _Bound:
    value, unit = in_common_unit(quantity.value, quantity.unit)
    sense = _sense(quantity, limit=limit)
    is_open = quantity.comparator in ("<", ">")
    if quantity.per is None:
        return _Bound(value, value, unit, sense, is_open)
    period, family = in_common_unit(quantity.per.value, quantity.per.unit)
    if family == "lifetime":
        period, family = period * LIFETIME, "month"
    if not period:
        return _Bound(value, value, f"{unit} per nothing", sense, is_open)
    rate = value / period
    return _Bound(rate, rate, f"{unit} per {family}", sense, is_open)


def _sense(quantity: Quantity, *, limit: bool) -> int:
    if quantity.kind == "interval":
        return 1 if quantity.comparator in ("<", "<=") else -1
    if quantity.comparator == "=":
        return 1 if limit or quantity.kind in ("frequency", "units", "dose", "duration") else 0
    return 1 if quantity.comparator in ("<", "<=") else -1


def _together(one: _Bound, two: _Bound) -> tuple[_Bound, _Bound]:
    """Both in days where one counts days and the other months: a month has no fixed number of them,
    but more than 28 days are always more than none of its lengths.
    """
    (left, said), (right, other) = (_times(bound.unit) for bound in (one, two))
    if said != other and left == right and {said, other} == TIMES:
        return _in_days(one, f"{left}day"), _in_days(two, f"{left}day")
    return one, two


def _times(unit: str) -> tuple[str, str]:
    """A unit as what stands before its measure of time, and that."""
    head, _, last = unit.rpartition(" ")
    return f"{head} " if head else "", last


def _in_days(bound: _Bound, unit: str) -> _Bound:
    if not bound.unit.endswith("month"):
        return bound
    if " per " in bound.unit:
        least, most = (bound.least / days for days in reversed(_DAYS_OF_A_MONTH))
    else:
        least, most = (bound.least * days for days in _DAYS_OF_A_MONTH)
    return bound._replace(least=least, most=most, unit=unit)
