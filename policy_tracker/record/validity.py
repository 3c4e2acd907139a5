"""From when a payer applies an edition, and on what that rests."""

from datetime import date
from typing import Literal

from policy_tracker.record.base import Value
from policy_tracker.record.content import Record
from policy_tracker.record.vocabulary import DateBasis

StatedAs = Literal["effective", "issued", "published", "first_observed", "unknown"]


class Start(Value):
    """From when an edition applies: `day` (None: start unknown), which of its dates says so, and the date of a claim compared with it."""

    day: date | None
    stated_as: StatedAs
    basis: DateBasis


def start_of(record: Record, first_observed: date) -> Start:
    """The start of an edition: its effective date, else issued, else published, else the day on which it was first observed.

    An edition that is known only to have been replaced (`superseded_on`) began at some unknown earlier time: the day on which somebody
    wrote it down says nothing about that.
    """
    effective = record.dates.get("effective")
    basis: DateBasis = (effective.basis if effective else None) or "unknown"
    for name in ("effective", "issued", "published"):
        fact = record.dates.get(name)
        if fact and fact.first_day:
            return Start(day=fact.first_day, stated_as=name, basis=basis)
    if record.dates.get("superseded_on") or (effective and effective.status == "undated" and record.dates.get("retired")):
        return Start(day=None, stated_as="unknown", basis=basis)
    return Start(day=first_observed, stated_as="first_observed", basis=basis)
