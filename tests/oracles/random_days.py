"""Next versions of random policies in which a code, a range or a statement comes to hold from, or
until, another day: plain JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

Item = dict[str, Any]
_STEPS = (-40, 10, 60, 200, 500)
"""How many days after a version's first one a date inside it may lie; before it, for what has ended
by then already.
"""


def begins(record: Item) -> date:
    """The day on which a version takes effect."""
    return date.fromisoformat(record["dates"]["effective"]["date"])


def fact(day: date, word: str = "through") -> Item:
    """A date as a record holds it."""
    return {"date": str(day), "raw": f"{word} {day:%m/%d/%Y}"}


def day_of(item: Item, name: str) -> date:
    """The day that an item has of its own."""
    return date.fromisoformat(item[name]["date"])


def items(record: Item) -> Iterator[Item]:
    """What may have dates of its own: listed codes, ranges, criteria and limits."""
    for group in record["code_groups"]:
        yield from group["codes"]
        yield from group["ranges"]
    yield from (one for one in record["statements"] if one["role"] in {"criterion", "limit"})


def inner_days(record: Item) -> set[date]:
    """The days on which something in a version begins to hold, and those on which it no longer
    does.
    """
    first = {day_of(one, "effective") for one in items(record) if "effective" in one}
    return first | {
        day_of(one, "ends") + timedelta(days=1) for one in items(record) if "ends" in one
    }


def over(item: Item, record: Item) -> bool:
    """Whether something had ended before the version took effect that still prints it."""
    return "ends" in item and day_of(item, "ends") < begins(record)


def date_some(rng: Random, record: Item) -> None:
    """Let something in a first version have dates of its own."""
    for one in rng.sample(found := list(items(record)), min(2, len(found))):
        _date(rng, record, one, rng.choice(["effective", "ends"]))


def _date(rng: Random, record: Item, item: Item, name: str) -> bool:
    day = begins(record) + timedelta(days=rng.choice(_STEPS))
    other = "ends" if name == "effective" else "effective"
    if other in item and (day > day_of(item, other)) == (name == "effective"):
        return False
    if name in item and day_of(item, name) == day:
        return False
    item[name] = fact(day, "through" if name == "ends" else "effective")
    return True


def _of(record: Item, kind: str) -> list[Item]:
    if kind == "statement":
        return [one for one in record["statements"] if one["role"] in {"criterion", "limit"}]
    return [one for group in record["code_groups"] for one in group[kind]]


def _dated(rng: Random, record: Item, kind: str, name: str) -> bool:
    found = _of(record, kind)
    return bool(found) and _date(rng, record, rng.choice(found), name)


def end_code(rng: Random, record: Item) -> bool:
    """A listed code has a last day, or another one."""
    return _dated(rng, record, "codes", "ends")


def begin_code(rng: Random, record: Item) -> bool:
    """A listed code has a first day, or another one."""
    return _dated(rng, record, "codes", "effective")


def end_range(rng: Random, record: Item) -> bool:
    """A range has a last day, or another one."""
    return _dated(rng, record, "ranges", "ends")


def begin_range(rng: Random, record: Item) -> bool:
    """A range has a first day, or another one."""
    return _dated(rng, record, "ranges", "effective")


def end_statement(rng: Random, record: Item) -> bool:
    """A criterion or limit has a last day, or another one."""
    return _dated(rng, record, "statement", "ends")


def begin_statement(rng: Random, record: Item) -> bool:
    """A criterion or limit has a first day, or another one."""
    return _dated(rng, record, "statement", "effective")


def bring_forward(rng: Random, record: Item) -> bool:
    """A last day comes sooner than was said."""
    found = [one for one in items(record) if "ends" in one and not over(one, record)]
    if not found:
        return False
    one = rng.choice(found)
    day = day_of(one, "ends") - timedelta(days=rng.choice([1, 20]))
    if "effective" in one and day < day_of(one, "effective"):
        return False
    one["ends"] = fact(day)
    return True


def lift_date(rng: Random, record: Item) -> bool:
    """A date inside is no longer printed."""
    found = [(one, name) for one in items(record) for name in ("effective", "ends") if name in one]
    if not found:
        return False
    one, name = rng.choice(found)
    del one[name]
    return True


def other_print(rng: Random, record: Item) -> bool:
    """A date inside is printed in another way, and is the same day."""
    found = [(one, name) for one in items(record) for name in ("effective", "ends") if name in one]
    if not found:
        return False
    one, name = rng.choice(found)
    one[name]["raw"] = f"{day_of(one, name):%B %d, %Y}"
    return True


MUTATIONS = (
    end_code,
    begin_code,
    end_range,
    begin_range,
    end_statement,
    begin_statement,
    bring_forward,
    lift_date,
)
