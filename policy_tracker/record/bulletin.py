"""A payer's bulletin: its own list of what it changed in many policies."""

from typing import Literal

from policy_tracker.record.base import Value
from policy_tracker.record.content import Slug
from policy_tracker.record.source import Source
from policy_tracker.record.time import IsoDate


class BulletinEntry(Value):
    """One row: which policy, what happened to it, when it was posted and takes effect, and the payer's own words."""

    list: str | None = None
    policy: str
    policy_number: str | None = None
    action: Literal["New", "Updated", "Retired"]
    posted: IsoDate | None = None
    effective: IsoDate | None = None
    severity: Literal["important", "minor", "no_change"] | None = None
    items: tuple[str, ...] = ()
    source: Source | None = None


class Bulletin(Value):
    """A bulletin as a record."""

    record: Literal[1]
    policy_type: Literal["bulletin"]
    payer: Slug
    title: str
    bulletin_date: IsoDate | None = None
    entries: tuple[BulletinEntry, ...] = ()
