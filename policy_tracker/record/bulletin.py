"""A payer's bulletin: its own list of what it changed in many policies."""

from typing import Literal

from policy_tracker.record.base import FormatVersion, Value
from policy_tracker.record.content import SetAside
from policy_tracker.record.source import Source
from policy_tracker.record.texts import Slug, Text
from policy_tracker.record.time import IsoDate


class BulletinEntry(Value):
    """One row of a bulletin: which policy, and what happened to it."""

    list: str | None = None
    """The list of the bulletin in which the row stands, as printed."""
    policy: Text
    """The policy's title, as printed."""
    policy_number: str | None = None
    """The policy's number, as printed."""
    action: Literal["New", "Updated", "Retired"]
    """What the payer did."""
    posted: IsoDate | None = None
    """When the payer posted it."""
    effective: IsoDate | None = None
    """When it takes effect."""
    severity: Literal["important", "minor", "no_change"] | None = None
    """How much the payer says it matters."""
    items: tuple[Text, ...] = ()
    """The payer's own words on what changed, one text per item."""
    source: Source | None = None
    """Where in the bulletin the row stands."""


class Bulletin(Value):
    """A payer's bulletin: its own list of what it changed in many policies."""

    record: FormatVersion
    """The version of this format."""
    policy_type: Literal["bulletin"]
    """What makes it a bulletin."""
    payer: Slug
    """The payer's short name, which is its folder's name."""
    title: Text
    """The title, as printed."""
    bulletin_date: IsoDate | None = None
    """The bulletin's own date."""
    entries: tuple[BulletinEntry, ...] = ()
    """The rows, in order."""
    set_aside: tuple[SetAside, ...] = ()
    """What directs something and belongs to no row: an introduction, a text behind the lists."""
