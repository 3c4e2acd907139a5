"""Who was told something that better rules find wrong, and what of it: the one kind of mail that
our own improvement may cause.

- A mail counts as told from the moment it is in the outbox, unless it failed for good or was
  dropped. The correction waits for one that is
  still under way, and is dropped with it.
- What a subscriber was told is what the newest of these mails says, be it a correction itself. Its
  number is in the key of the correction,
  so that each state of what they know is corrected once, whatever is run again.
- It is wrong where a change that they were told is gone or reads otherwise, where the verdict goes
  another way, or where a change was
  missing that concerns what they follow. Whom no mail reached is told nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import col, select

from policy_tracker.alerts.tables import Message
from policy_tracker.alerts.topics import Topic, changes_for
from policy_tracker.record import digest
from policy_tracker.record.vocabulary import AXES
from policy_tracker.rules.reclassification import findings, turned
from policy_tracker.store.events import get_event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

    from policy_tracker.record.vocabulary import Axis
    from policy_tracker.rules.changes import Change, Comparison
    from policy_tracker.rules.reclassification import Finding
    from policy_tracker.store.views import Event

TOLD = ("change", "correction")
"""Purposes of messages that tell of a comparison."""
UNDER_WAY = ("due", "sending")
NEVER_TOLD = ("failed", "dismissed", "dropped")


@dataclass(frozen=True, slots=True)
class Correction:
    """What one subscriber has to be told: what they were told (and when), and what of it is
    wrong.
    """

    told: Event
    findings: tuple[Finding, ...]
    turned: tuple[Axis, ...]

    def __bool__(self) -> bool:
        return bool(self.findings or self.turned)


def amends(told: Event, now: Event, topics: Iterable[Topic]) -> Correction:
    """What of an event's news is wrong for somebody who follows `topics`; nothing where both are
    not about the same two versions.
    """
    if told.from_version != now.from_version or told.kind == "withdrawal":
        return Correction(told, (), ())
    followed = frozenset(topics)
    found = findings(told.comparison, now.comparison)
    concerning = tuple(
        one
        for one in found
        if one.what != "missing"
        or any(_concerns(now.comparison, change, followed) for change in one.now)
    )
    return Correction(told, concerning, turned(told.comparison, now.comparison))


def heard(session: Session, about: str) -> dict[int, Message]:
    """The newest mail about a version by subscriber, sent or under way."""
    query = select(Message).where(
        Message.about == about,
        col(Message.purpose).in_(TOLD),
        col(Message.state).not_in(NEVER_TOLD),
        col(Message.event_id).is_not(None),
    )
    return {
        message.subscriber_id: message for message in session.exec(query.order_by(col(Message.id)))
    }


def told_by(session: Session, message: Message) -> Event:
    """The event that a message tells."""
    return get_event(session, message.event_id or 0)


def correction_key(about: str, corrected: Message, now: Comparison) -> str:
    """The key of a correction: the mail that it corrects, and what is right now."""
    says = sorted(
        (change.difference, change.kind, change.axis or "", change.direction)
        for change in now.changes
        if change.substantive
    )
    ways = [now.verdict.direction.along(axis) for axis in AXES]
    return digest("correction", about, now.from_version, corrected.id, says, ways, length=32)


def _concerns(comparison: Comparison, change: Change, topics: frozenset[Topic]) -> bool:
    """Whether a change concerns what somebody follows; only a code is narrower than the policy
    whose change it is.
    """
    return any(topic.kind != "code" or change in changes_for(comparison, topic) for topic in topics)
