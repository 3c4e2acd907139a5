"""Whether the parts of a record fit each other: keys that repeat, references that lead nowhere,
dates out of order.

The checks read values and plain data alike, so that a file with other faults is checked as far as
it can be.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from policy_tracker.errors import DateError
from policy_tracker.record.time import last_day, parse_iso

INCOHERENT = "incoherent"
"""The type of the validation error that carries such problems, in its context as `problems`."""


class Incoherence(NamedTuple):
    """What does not fit: the path to it, and why."""

    path: tuple[str | int, ...]
    reason: str

    def __str__(self) -> str:
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f"{steps.removeprefix('.')}: {self.reason}"


def problems_of(record: object) -> list[Incoherence]:
    """Everything that does not fit in a Record, or in plain data that shall become one."""
    return [
        *_repeated_keys(record),
        *_dead_references(record),
        *_bases(record),
        *_repeated_codes(record),
        *_dates(record),
        *_dates_inside(record),
    ]


def _get(thing: object, name: str) -> object:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def _each(thing: object, name: str) -> Iterator[tuple[int, object]]:
    items = _get(thing, name)
    return enumerate(items) if isinstance(items, (list, tuple)) else enumerate(())


def _texts(thing: object, name: str) -> set[str]:
    return {text for _, item in _each(thing, name) if isinstance(text := _get(item, "key"), str)}


def _repeated_keys(record: object) -> Iterator[Incoherence]:
    for name in ("sections", "statements", "code_groups"):
        seen: dict[str, int] = {}
        for place, item in _each(record, name):
            key = _get(item, "key")
            if isinstance(key, str) and seen.setdefault(key, place) != place:
                yield Incoherence(
                    (name, place, "key"), f"{key!r} is the key of {name}[{seen[key]}] already"
                )


def _dead_references(record: object) -> Iterator[Incoherence]:
    """A parent has to stand before its children, so that there is no circle."""
    sections, groups = _texts(record, "sections"), _texts(record, "code_groups")
    above: set[object] = set()
    for place, statement in _each(record, "statements"):
        section, parent, key = (_get(statement, name) for name in ("section", "parent", "key"))
        if isinstance(section, str) and section not in sections:
            yield Incoherence(("statements", place, "section"), f"there is no section {section!r}")
        if isinstance(parent, str) and parent not in above:
            yield Incoherence(
                ("statements", place, "parent"), f"no earlier statement has the key {parent!r}"
            )
        if isinstance(key, str):
            above.add(key)
    for place, pairing in _each(record, "pairings"):
        for number, key in _each(pairing, "diagnoses"):
            if isinstance(key, str) and key not in groups:
                yield Incoherence(
                    ("pairings", place, "diagnoses", number), f"there is no code group {key!r}"
                )
    for place, authorization in _each(record, "authorizations"):
        key = _get(authorization, "statement")
        if isinstance(key, str) and key not in above:
            yield Incoherence(
                ("authorizations", place, "statement"), f"there is no statement {key!r}"
            )
    for place, group in _each(record, "code_groups"):
        key = _get(group, "statement")
        if isinstance(key, str) and key not in above:
            yield Incoherence(("code_groups", place, "statement"), f"there is no statement {key!r}")


def _bases(record: object) -> Iterator[Incoherence]:
    for name, position in (("statements", "position"), ("code_groups", "disposition")):
        for place, item in _each(record, name):
            if _get(item, "basis") and _get(item, position) != "not_covered":
                yield Incoherence((name, place, "basis"), "only what is not_covered has a basis")


def _repeated_codes(record: object) -> Iterator[Incoherence]:
    """A code may stand in several groups, and in one group with different qualifiers or dates, but
    not twice alike.
    """
    for place, group in _each(record, "code_groups"):
        seen: dict[Hashable, int] = {}
        for number, listed in _each(group, "codes"):
            when = tuple(repr(_get(listed, name)) for name in ("effective", "ends"))
            alike = (
                _get(listed, "system"),
                _get(listed, "code"),
                repr(_get(listed, "qualifiers")),
                repr(_get(listed, "marker")),
                *when,
            )
            if (
                isinstance(alike[0], str)
                and isinstance(alike[1], str)
                and seen.setdefault(alike, number) != number
            ):
                path = ("code_groups", place, "codes", number, "code")
                yield Incoherence(
                    path, f"{alike[1]} stands in this group already, as codes[{seen[alike]}]"
                )


def _dates(record: object) -> Iterator[Incoherence]:
    """A version cannot end before it begins, and only an effective date is compared with a date of
    a claim.
    """
    dates = _get(record, "dates")
    if not isinstance(dates, Mapping):
        return
    for name, fact in dates.items():
        if name != "effective" and _get(fact, "basis"):
            yield Incoherence(("dates", str(name), "basis"), "only the effective date has a basis")
    for first, *later in (
        ("effective", "superseded_on", "retired"),
        ("notice_start", "notice_end"),
    ):
        begin = _get(dates.get(first), "date")
        for name in later:
            end = _get(dates.get(name), "date")
            if _is_before(end, begin):
                yield Incoherence(
                    ("dates", name, "date"),
                    f"{end} lies before the {first.replace('_', ' ')} date {begin}",
                )


def _dates_inside(record: object) -> Iterator[Incoherence]:
    """A statement, a code or a range cannot end before it takes effect."""
    for path, thing in _dated(record):
        ends, begins = (_get(_get(thing, name), "date") for name in ("ends", "effective"))
        if _is_before(ends, begins):
            yield Incoherence(
                (*path, "ends", "date"),
                f"{ends} is its last day, and lies before {begins}, on which it takes effect",
            )


def _dated(record: object) -> Iterator[tuple[tuple[str | int, ...], object]]:
    for owner in ("statements", "code_groups"):
        for place, item in _each(record, owner):
            if owner == "statements":
                yield (owner, place), item
            for name in ("codes", "ranges"):
                for number, one in _each(item, name):
                    # tables have thousands of rows, few of which have dates
                    if _get(one, "ends") is not None:
                        yield (owner, place, name, number), one


def _is_before(end: object, begin: object) -> bool:
    """Whether all of `end` lies before `begin`; a month is before a day only if its last day is."""
    if not isinstance(end, str) or not isinstance(begin, str):
        return False
    try:
        return last_day(end) < parse_iso(begin)
    except DateError:  # reported where it stands
        return False
