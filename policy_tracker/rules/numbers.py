"""Which numbers of a statement became others: those that the record holds, else those that stand in
the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import Side, sign_of
from policy_tracker.language.duty_cases import differ_in_case
from policy_tracker.language.formatting import limit_words, measure, number
from policy_tracker.language.lexer import Token, measured, tokens
from policy_tracker.language.paced_duties import paces_duty
from policy_tracker.language.tokens import bare, words
from policy_tracker.record import Quantity, Statement
from policy_tracker.record.quantities import TIMES, in_common_unit
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.bounds import compared, growth, longer
from policy_tracker.rules.changes import QuantityChange
from policy_tracker.rules.questions import DECIDING, Matter, matter, statements
from policy_tracker.rules.reach import bounds_age, reach_of_both
from policy_tracker.rules.registry import (
    BROADENED,
    INDETERMINATE,
    MIRRORED,
    NARROWED,
    Measured,
    Numbers,
    RuleMatch,
)
from policy_tracker.rules.turned_times import runs_the_other_way

Sort = Literal["review", "period", "reach", "frequency", "units", "dose", "age", "other"]

_FINITE = re.compile(r"\b(?:is|are|may|can|will|should|must|shall)\b", re.IGNORECASE)
"""Verbs that make a whole sentence of what would name a case."""
_NAMING = re.compile(
    r"\b(?:modifier|type|grade|stage|level|category|class|tier|phase|group|schedule|section"
    r"|appendix|table|nccn)s? $",
    re.IGNORECASE,
)
_NAMED = re.compile(r" modifiers?\b", re.IGNORECASE)
_EXCEEDS = re.compile(
    r"\b(?:exceed\w*|in excess of|beyond|(?:more|greater) than) (?:\w+ ){0,2}"
    r"(?:following|limits?|these|those|below)\b",
    re.IGNORECASE,
)
"""What a lead-in says of amounts that it lists as allowed."""
_ASKING = frozenset({"criterion", "documentation"})
_COUNTED = frozenset({"count", "units", "score", "frequency"})
"""Kinds of quantities that count things; what they are called matters less than how many."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A number of a statement that became another; a side without it is None."""

    sort: Sort
    before: Quantity | None
    after: Quantity | None
    direction: Direction


@lru_cache(maxsize=16)  # many rules ask this of one difference
def shifts(difference: Difference) -> tuple[Shift, ...]:
    """The numbers that differ between the two sides of a statement's difference, each with its
    direction.
    """
    one, two = statements(difference)
    about = matter(difference)
    if one is None or two is None or about is None or words(one.text) == words(two.text):
        # numbers are read from the words: equal words state equal numbers, whatever was read
        return ()
    if "quantities" in difference.fields:
        pairs = list(_pairs(one.quantities, two.quantities))
    elif "text" in difference.fields:
        pairs = _stated(one, two)
    else:
        return ()
    if _is_name(one, two):
        return tuple(Shift("other", b, a, INDETERMINATE) for b, a in pairs)
    asked = reach_of_both(one.text, two.text)
    return tuple(
        Shift("reach", b, a, _reaching(b, a, asked))
        if asked is not None and (_bounds_cases(b, a) or bounds_age(one.text, two.text))
        else Shift(_sort(about, b, a, one.text), b, a, _direction(difference, about, b, a))
        for b, a in pairs
    )


def _bounds_cases(before: Quantity | None, after: Quantity | None) -> bool:
    """Whether numbers say of which cases something holds: times may also say when or how long."""
    kinds = {quantity.kind for quantity in (before, after) if quantity}
    return kinds.isdisjoint({"duration", "interval", "frequency"})


def _reaching(before: Quantity | None, after: Quantity | None, sign: int) -> Direction:
    """The direction of a number that bounds for whom authorization is asked.

    Of things that are counted, "at most" may stand for a number that the text does not compare.
    """
    if before is None or after is None:
        return direction.along(-sign if after else sign)
    plain = before.kind in ("count", "units", "dose") and before.comparator in ("<=", "=")
    held = compared(before, after, limit=False)
    return INDETERMINATE if plain else direction.of_cases(held, sign)


def _pairs(
    before: Iterable[Quantity], after: Iterable[Quantity]
) -> Iterable[tuple[Quantity | None, Quantity | None]]:
    """Quantities of one matter side by side; those that say the same in another unit are left
    out.
    """
    old, new = sorted(before, key=repr), sorted(after, key=repr)
    for alike in (_equal, _same_bound, _same_kind):
        for one in [*old]:
            two = next((q for q in new if alike(one, q)), None)
            if two is not None:
                old.remove(one)
                new.remove(two)
                if alike is not _equal:
                    yield one, two
    yield from ((one, None) for one in old)
    yield from ((None, two) for two in new)


def _equal(one: Quantity, two: Quantity) -> bool:
    return _spelled(one) == _spelled(two)


def _spelled(quantity: Quantity) -> tuple:
    per = in_common_unit(quantity.per.value, quantity.per.unit) if quantity.per else None
    return quantity.kind, quantity.comparator, in_common_unit(quantity.value, quantity.unit), per


def _same_bound(one: Quantity, two: Quantity) -> bool:
    return (one.kind, one.comparator[0], in_common_unit(1, one.unit)[1]) == (
        two.kind,
        two.comparator[0],
        in_common_unit(1, two.unit)[1],
    )


def _same_kind(one: Quantity, two: Quantity) -> bool:
    return one.kind == two.kind


def _sort(about: Matter, before: Quantity | None, after: Quantity | None, text: str) -> Sort:
    quantity = after or before
    kind = quantity.kind if quantity else None
    if about == "review_interval":
        return "review"
    if about == "prior_auth":
        return "period"
    if kind == "frequency" or (kind == "interval" and about in DECIDING):
        return "other" if paces_duty(text) else "frequency"
    named: dict[str | None, Sort] = {"units": "units", "dose": "dose", "age": "age"}
    return named.get(kind, "other")


def _direction(
    difference: Difference, about: Matter, before: Quantity | None, after: Quantity | None
) -> Direction:
    sides = difference.side_before, difference.side_after
    if about == "review_interval":
        return _review(before, after)
    if sides[0] is None or sides[1] is None:
        return INDETERMINATE
    proven = about == "documentation" and sides[0].sign == sides[1].sign == 1
    if about not in DECIDING and not proven:
        return INDETERMINATE
    if _bounds_duty((sides[0], sides[1])):
        held = compared(before, after, limit=False) if before and after else None
        return direction.of_cases(held, -1) if held else direction.along(1 if after else -1)
    if before and after and _is_allowed(before, after, (sides[0], sides[1])):
        return direction.along(growth(before, after, limit=True))
    if _allowance(sides[0]) and _allowance(sides[1]):
        about = "limit"
    if about != "limit" and sides[0].sign != sides[1].sign:
        return INDETERMINATE
    if before and after:
        found = direction.quantity_change(before, after, sides[1], limit=about == "limit")
        if runs_the_other_way(before, after, (sides[0], sides[1])):
            return MIRRORED.get(found, found)
        return found
    sign = 1 if about == "limit" else sides[1].sign
    return direction.along(-sign if after else sign)


def _bounds_duty(sides: tuple[Side, Side]) -> bool:
    """Whether a number says in which case a duty under an approval holds ("when more than two are
    worn, the chart must list each"): the rarer the case, the less is asked.
    """
    met = all(side.sign > 0 and side.statement.role in _ASKING for side in sides)
    return met and differ_in_case(sides[0].statement.text, sides[1].statement.text)


def _is_allowed(before: Quantity, after: Quantity, sides: tuple[Side, Side]) -> bool:
    """Whether both numbers are a rate that a sentence allows, whatever it stands under: "should be
    done once per lifetime" limits among what is denied too.
    """
    rates = all(q.kind == "frequency" and q.comparator in ("=", "<=") for q in (before, after))
    return rates and all(_FINITE.search(side.statement.text) for side in sides)


def _allowance(side: Side) -> bool:
    """Whether a statement says how much is allowed, below a sentence that denies what exceeds
    that.
    """
    lead = side.parent
    return lead is not None and sign_of(side.position) < 0 and bool(_EXCEEDS.search(lead.text))


def _review(before: Quantity | None, after: Quantity | None) -> Direction:
    """A shorter interval between re-reviews is more to do, a longer one less; to have any where
    there was none is more.
    """
    if before is None or after is None:
        return NARROWED if after else BROADENED
    return direction.along(longer((before.value, before.unit), (after.value, after.unit)))


def _stated(one: Statement, two: Statement) -> list[tuple[Quantity | None, Quantity | None]]:
    """The one number in which two otherwise equal texts differ, as a count with the bound that the
    words around it name.
    """
    if (found := _one_number(one, two)) is None:
        return []
    old, new, place = found
    return [(_quantity(old, place), _quantity(new, place))]


def _one_number(
    one: Statement, two: Statement
) -> tuple[tuple[Token, ...], tuple[Token, ...], int] | None:
    """The tokens of two texts that differ in one number alone, or in its unit, and its place."""
    old, new = tokens(bare(one.text)), tokens(bare(two.text))
    differing = [
        i
        for i, (a, b) in enumerate(zip(old, new, strict=False))
        if (a.kind, a.value) != (b.kind, b.value)
    ]
    if len(old) != len(new) or len(differing) != 1:
        return None
    place = differing[0]
    if place and {old[place].kind, new[place].kind} == {"unit"} and _rescaled(old, new, place):
        place -= 1
    numbers = old[place].kind == new[place].kind == "number"
    return (old, new, place) if numbers else None


def _rescaled(old: tuple[Token, ...], new: tuple[Token, ...], place: int) -> bool:
    """Whether two units measure the same, so that one number of each can be compared."""
    units = [in_common_unit(1, str(side[place].value)) for side in (old, new)]
    (_, one), (_, two) = units
    return units[0] != units[1] and (one == two or {one, two} == TIMES)


def _is_name(one: Statement, two: Statement) -> bool:
    """Whether the one number in which two texts differ names something: a modifier, a type, a
    stage.
    """
    if (found := _one_number(one, two)) is None:
        return False
    old, _, place = found
    text = bare(one.text)
    ahead, behind = text[: old[place].start], text[old[place].end :]
    return bool(_NAMING.search(ahead) or _NAMED.match(behind))


def _quantity(found: tuple[Token, ...], place: int) -> Quantity:
    said = measured(found, place)
    return Quantity(
        kind="count", comparator=said.comparator, value=said.value, unit=said.unit or "count"
    )


def told(
    difference: Difference, wanted: Direction, *sorts: Sort, whole: bool | None = True
) -> RuleMatch | bool:
    """Whether the numbers of these sorts moved this way, with what to say of them.

    `whole` True asks for numbers that both sides have, False for those that one side lacks, None
    for either. Numbers of one difference that move both ways are told with both; one that is open
    makes all of them so.
    """
    found = [
        s
        for s in shifts(difference)
        if s.sort in sorts
        and (whole is None or (s.before is not None and s.after is not None) == whole)
    ]
    found = _going(found, wanted)
    if not found:
        return False
    first = found[0]
    quantity = None
    if first.before and first.after:
        (old, unit), (new, _) = (
            in_common_unit(first.before.value, first.before.unit),
            in_common_unit(first.after.value, first.after.unit),
        )
        same = first.before.unit == first.after.unit
        if old != new:  # a rate may differ in its period alone
            quantity = QuantityChange(
                before=first.before.value if same else old,
                after=first.after.value if same else new,
                unit=first.after.unit if same else unit,
            )
    values = {
        "before": described(first.before),
        "after": described(first.after),
        "was": _was(first),
    }
    return RuleMatch(
        values,
        quantity,
        numbers=frozenset((_measured(s.before), _measured(s.after)) for s in found),
    )


def _measured(quantity: Quantity | None) -> Measured | None:
    if quantity is None:
        return None
    value, unit = in_common_unit(quantity.value, quantity.unit)
    per = in_common_unit(quantity.per.value, quantity.per.unit) if quantity.per else None
    return value, "" if quantity.kind in _COUNTED and unit not in TIMES else unit, per


def same_numbers(one: frozenset[Numbers], two: frozenset[Numbers], difference: Difference) -> bool:
    """Whether the first numbers are all among the second.

    Where the texts of the statement differ in one number alone there is no other, whatever unit
    each reading took it in.
    """
    if not one or one <= two:
        return bool(one)
    sides = statements(difference)
    if sides[0] is None or sides[1] is None or len(_stated(sides[0], sides[1])) != 1:
        return False
    return all(any(_in_proportion(a, b) for b in two) for a in one)


def _in_proportion(one: Numbers, two: Numbers) -> bool:
    """Whether both numbers changed by one factor, as one number does in every unit."""
    if None in one or None in two:
        return False
    (a, b), (c, d) = ([side[0] for side in pair if side] for pair in (one, two))
    return a * d == b * c


def _going(found: list[Shift], wanted: Direction) -> list[Shift]:
    """The numbers that go one way."""
    ways = {shift.direction for shift in found}
    if INDETERMINATE in ways:
        return found if wanted == INDETERMINATE else []
    if wanted not in (BROADENED, NARROWED):
        return found if ways == {wanted} else []
    return [shift for shift in found if shift.direction == wanted]


def _was(shift: Shift) -> str:
    """The former number beside the new one.

    24 beside 12 months, 50 % beside at least 60 %; in full where anything but the number differs.
    """
    one, two = shift.before, shift.after
    if (
        one
        and two
        and one.per is None
        and two.per is None
        and (one.unit, one.comparator) == (two.unit, two.comparator)
    ):
        bare = one.unit == "count" or in_common_unit(one.value, one.unit)[1] in TIMES
        return number(one.value) if bare else measure(one.value, one.unit)
    return described(one)


def described(quantity: Quantity | None) -> str:
    """A quantity in words: 12 months, at least 18 years, up to 80 units per 12 months."""
    return "no number" if quantity is None else limit_words(quantity)
