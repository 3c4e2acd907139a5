"""Facts beside statements and codes: dates, titles, scope, plans, authorizations, pairings, other
policies, standing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from policy_tracker.diff.authorizations import codes_named, differing_authorizations
from policy_tracker.diff.differences import Content, Joint, Listed, Phrase, Subject, VersionStanding
from policy_tracker.diff.keyed import differing, differing_fields, plain
from policy_tracker.diff.pairings import pairing_differences
from policy_tracker.record import Record
from policy_tracker.record.base import Value
from policy_tracker.record.content import AppliesTo, Authorization, Specialty

_BOOKKEEPING = frozenset({"superseded_on", "retired"})
"""Dates that are no statement of the text: when the next version took over is ours, and a retired
policy is told as its standing.
"""
Entry = TypeVar("Entry", bound=Value)


@dataclass(frozen=True, slots=True)
class FactDifference:
    """One fact that differs; a side without it is None."""

    subject: Subject
    place: str
    before: Content | None
    after: Content | None
    fields: frozenset[str] = frozenset()


def fact_differences(
    before: Record, after: Record, group_pairs: dict[str, str], statement_pairs: dict[str, str]
) -> Iterator[FactDifference]:
    """All facts that differ, in a fixed order.

    `group_pairs` and `statement_pairs` lead from earlier to later keys.
    """
    yield from _standing(before, after)
    yield from _phrases(before, after)
    yield from _dates(before, after)
    yield from _plans(before.applies_to, after.applies_to)
    yield from _residual(before, after)
    yield from _authorizations(before, after, statement_pairs)
    for place, (one, two), fields in pairing_differences(before, after, group_pairs):
        yield FactDifference("pairing", place, one, two, fields)
    yield from _keyed(
        "related_policy",
        "related_policies",
        before.related_policies,
        after.related_policies,
        lambda r: (r.payer, r.policy, r.relation),
    )
    yield from _keyed(
        "specialty", "specialties", _printed(before), _printed(after), lambda s: s.name.lower()
    )
    yield from _keyed(
        "history",
        "revision_history",
        before.revision_history,
        after.revision_history,
        lambda h: (h.date or "", h.type or "", " ".join(h.text.split())),
    )


def _printed(record: Record) -> tuple[Specialty, ...]:
    """The specialties that the payer itself names; those that somebody assigned are no part of the
    version.
    """
    return tuple(s for s in record.specialties if s.stated_by == "payer")


def _standing(before: Record, after: Record) -> Iterator[FactDifference]:
    old, new = standing(before), standing(after)
    if old.state != new.state:
        yield FactDifference("standing", "standing", old, new)


def standing(record: Record) -> VersionStanding:
    """Whether a version is in force: withdrawn, retired, or neither."""
    if record.withdrawn:
        return VersionStanding("withdrawn", record.withdrawn.why)
    retired = record.dates.get("retired")
    return (
        VersionStanding("retired", retired.raw or retired.date)
        if retired
        else VersionStanding("in_force")
    )


def _phrases(before: Record, after: Record) -> Iterator[FactDifference]:
    """Scalar texts of the record itself."""
    subjects: dict[str, Subject] = {
        "title": "title",
        "policy_number": "identity",
        "policy_type": "policy_type",
        "scope": "scope",
    }
    old, new = ({name: getattr(record, name) for name in subjects} for record in (before, after))
    for name in differing(old, new):
        sides = [Phrase(name, side[name]) if side[name] else None for side in (old, new)]
        yield FactDifference(subjects[name], name, sides[0], sides[1])


def _dates(before: Record, after: Record) -> Iterator[FactDifference]:
    old, new = (
        {str(n): f for n, f in record.dates.items() if n not in _BOOKKEEPING}
        for record in (before, after)
    )
    for name in differing(old, new):
        sides = [Joint(side[name], name) if name in side else None for side in (old, new)]
        one, two = old.get(name), new.get(name)
        yield FactDifference(
            "date",
            f"dates/{name}",
            sides[0],
            sides[1],
            differing_fields(one, two) if one and two else frozenset(),
        )


def _plans(before: AppliesTo, after: AppliesTo) -> Iterator[FactDifference]:
    for one, two in zip(plans(before), plans(after), strict=True):
        if set(one.items) != set(two.items):
            yield FactDifference("applies_to", f"applies_to/{one.name}", one, two)


def plans(found: AppliesTo) -> tuple[Listed, ...]:
    """What narrows the plans that something applies to, list by list."""
    states = found.states
    lists = {
        "lines_of_business": found.lines_of_business,
        "funding": found.funding,
        "states/include": states.include,
        "states/exclude": states.exclude,
        "governed_by": found.governed_by,
    }
    return tuple(Listed(name, tuple(sorted(items)), tuple(items)) for name, items in lists.items())


def _residual(before: Record, after: Record) -> Iterator[FactDifference]:
    old, new = before.residual, after.residual
    fields = differing_fields(old, new) if old and new else frozenset()
    if fields or (old is None) != (new is None):
        yield FactDifference("residual", "residual", old, new, fields)


def _authorizations(
    before: Record, after: Record, statement_pairs: dict[str, str]
) -> Iterator[FactDifference]:
    by_key = tuple({s.key: s for s in record.statements} for record in (before, after))

    def joint(entry: Authorization | None, side: int) -> Joint | None:
        return Joint(entry, statement=by_key[side].get(entry.statement or "")) if entry else None

    pairs = differing_authorizations(before.authorizations, after.authorizations, statement_pairs)
    for one, two in pairs:
        fields = (
            differing_fields(one, two, frozenset({"statement"})) if one and two else frozenset()
        )
        if fields or one is None or two is None:
            entry = two or one
            said = entry.statement if entry and entry.statement else codes_named(entry)
            yield FactDifference(
                "authorization", f"authorizations/{said}", joint(one, 0), joint(two, 1), fields
            )


def _keyed(
    subject: Subject,
    place: str,
    before: Sequence[Entry],
    after: Sequence[Entry],
    key: Callable[[Entry], Hashable],
) -> Iterator[FactDifference]:
    """Entries by their key: those that only one side has, and those that differ."""
    old, new = _numbered(before, key), _numbered(after, key)
    for name in sorted({*old, *new}, key=_spelled):
        one, two = old.get(name), new.get(name)
        fields = differing_fields(one, two) if one and two else frozenset()
        if fields or one is None or two is None:
            yield FactDifference(subject, f"{place}/{_spelled(name)}", one, two, fields)  # ty: ignore[invalid-argument-type]


def _numbered(entries: Sequence[Entry], key: Callable[[Entry], Hashable]) -> dict[Hashable, Entry]:
    """Entries by their key; of several different ones with one key, the further ones are numbered,
    so that none hides another.
    """
    found: dict[Hashable, Entry] = {}
    times: dict[Hashable, int] = {}
    different = {repr(plain(entry)): entry for entry in entries}
    for _, entry in sorted(different.items()):
        name = key(entry)
        times[name] = times.get(name, 0) + 1
        found[name if times[name] == 1 else (name, times[name])] = entry
    return found


def _spelled(name: Hashable) -> str:
    """A key in one spelling, whatever the order of a set."""
    if isinstance(name, frozenset):
        return "+".join(sorted(":".join(map(str, item)) for item in name))
    return "|".join(_spelled(part) for part in name) if isinstance(name, tuple) else str(name)
