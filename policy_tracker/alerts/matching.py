"""From an event to rows of the outbox: each subscriber whom it concerns, once.

- A new version is told to everybody who followed, confirmed, when it was published, its payer, its
  policy or a code whose answer it
  changes, if anything in it can change how a claim is decided: what is editorial or layout is told
  to nobody. A policy that appears, or ends, is told to the followers of every code that it lists.
- A withdrawal is told to the same people, and to whoever was told of the version that the payer
  took back.
- A correction (we had recorded a version wrongly) is told to whoever was told of that version, and
  to those who would have been told then
  had it been right. Whom the mistake did not reach it does not concern.
- That our rules improved is told to those alone who were told something that is now found wrong
  (`amending`).
- A version that takes effect is told to nobody: who follows it was told when it was published. The
  event marks the day.

A subscriber is told of each difference once. The key of a message rests on its differences, which
name policy, versions, place and content, never on our revisions or rules: a second run, an improved
extractor, a correction of something else find the message there already.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from sqlmodel import col, func, select

from policy_tracker.alerts.corrections import TOLD, amends, correction_key, heard, told_by
from policy_tracker.alerts.subscriptions import active
from policy_tracker.alerts.tables import MatchedEvent, Message, Subscription
from policy_tracker.alerts.topics import (
    codes_of,
    concerns,
    parse_topic,
    systems_of_ranges,
    topics_of,
)
from policy_tracker.record import digest
from policy_tracker.store.database import reading, writing
from policy_tracker.store.events import get_event
from policy_tracker.store.inserting import insert_into
from policy_tracker.store.tables import EventRow

T = TypeVar("T")

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Engine
    from sqlmodel import Session

    from policy_tracker.store.views import Event

AT_ONCE = 500
"""Rows per statement; SQLite allows 32,766 variables in one."""


def enqueue_due(engine: Engine, now: dt.datetime) -> int:
    """Put the messages of every new event into the outbox, each event in its own transaction;
    how many messages are new.

    It may be stopped at any point and run any number of times, several times at once too.
    """
    queued = 0
    while waiting := _waiting(engine):
        for event in waiting:
            with writing(engine) as session:
                queued += enqueue(session, get_event(session, event), now)
    return queued


def enqueue(session: Session, event: Event, now: dt.datetime) -> int:
    """Put the messages of one event into the outbox, unless that was done; how many are new."""
    first = insert_into(session, MatchedEvent).values(event_id=event.id, at=now, messages=0)
    if (
        session.scalar(
            first.on_conflict_do_nothing(index_elements=["event_id"]).returning(
                col(MatchedEvent.event_id)
            )
        )
        is None
    ):
        return 0
    rows = (
        _corrections(session, event, now)
        if event.kind == "reclassified"
        else _messages(session, event, now)
    )
    queued = sum(_insert(session, part) for part in _parts(rows))
    matching_row = session.get_one(MatchedEvent, event.id)
    matching_row.messages = queued
    session.flush()
    return queued


def matching(session: Session, event: Event) -> dict[int, list[int]]:
    """Whom an event concerns: each subscriber's number, with those of its subscriptions that are
    the reason.
    """
    if event.kind == "takes_effect":
        return {}
    if event.kind == "reclassified":
        return {who: subscriptions for who, (_, subscriptions) in _misled(session, event).items()}
    differences, told = set(differences_of(event)), _told(session, about_of(event))
    if event.kind == "published":
        general = bool(differences) or is_news(event)
        found = (
            _followers(session, event, event.at, of_codes_alone=not general)
            if general or event.comparison.concerns
            else {}
        )
        return {
            who: why
            for who, why in found.items()
            if who not in told or not differences <= told[who].differences
        }
    since = event.at if event.kind == "withdrawal" else _published_at(session, event)
    found = _followers(session, event, since) if since else {}
    reached = {
        who: sorted({*found.get(who, ()), *earlier.subscriptions}) for who, earlier in told.items()
    }
    concerned = found | {who: why for who, why in reached.items() if why}
    if event.kind == "withdrawal":
        return concerned
    return {
        who: why
        for who, why in concerned.items()
        if (differences != told[who].differences if who in told else differences)
    }


def differences_of(event: Event) -> tuple[str, ...]:
    """The differences that an event tells: those that could change how a claim is decided, in a
    fixed order.
    """
    return tuple(
        sorted({change.difference for change in event.comparison.changes if change.substantive})
    )


def is_news(event: Event) -> bool:
    """Whether an event is news whatever its changes: a policy appears, ends, or is in force
    again.
    """
    return event.comparison.verdict.change_type not in ("modified", "reviewed_no_change")


def about_of(event: Event) -> str:
    """The version that an event leads to, in one text: `cigna/mm-0300@2025-09-26`."""
    return f"{event.policy.payer}/{event.policy.policy}@{event.to_version}"


def _waiting(engine: Engine) -> list[int]:
    """Occasions that nobody has matched; asked by what is missing, not from a last number on, so
    that none can be passed over.
    """
    with reading(engine) as session:
        missing = select(col(EventRow.id)).outerjoin(
            MatchedEvent, col(MatchedEvent.event_id) == col(EventRow.id)
        )
        found = (
            missing.where(col(MatchedEvent.event_id).is_(None))
            .order_by(col(EventRow.id))
            .limit(AT_ONCE)
        )
        return [number for number in session.scalars(found) if number is not None]


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What a subscriber was told of a version, or will be: which differences, and because of which
    subscriptions that are still active.
    """

    differences: set[str]
    subscriptions: set[int]


def _told(session: Session, about: str) -> dict[int, _Earlier]:
    """What each subscriber was told of a version; without those who have ended every subscription
    that was the reason.
    """
    told: dict[int, _Earlier] = {}
    sent = select(
        Message.subscriber_id, Message.purpose, Message.differences, Message.subscriptions
    )
    for subscriber, purpose, differences, subscriptions in session.exec(
        sent.where(Message.about == about, col(Message.purpose).in_(TOLD)).order_by(col(Message.id))
    ):
        earlier = told.setdefault(subscriber, _Earlier(set(), set()))
        if purpose == "correction":  # it takes back what was told before
            earlier.differences.clear()
        earlier.differences.update(differences)
        earlier.subscriptions.update(subscriptions)
    still = _still_active(
        session, {number for earlier in told.values() for number in earlier.subscriptions}
    )
    return {
        who: _Earlier(earlier.differences, earlier.subscriptions & still)
        for who, earlier in told.items()
    }


def _still_active(session: Session, numbers: Iterable[int]) -> set[int]:
    """Those of some subscriptions that have not ended."""
    found: set[int] = set()
    for part in _parts(numbers):
        still = select(Subscription.id).where(
            col(Subscription.id).in_(part), col(Subscription.ended_at).is_(None)
        )
        found.update(number for number in session.exec(still) if number is not None)
    return found


def _misled(session: Session, event: Event) -> dict[int, tuple[Message, list[int]]]:
    """Who was told what is now found wrong: the mail that told it, and those of its subscriptions
    that are still active.
    """
    newest = heard(session, about_of(event))
    still = _still_active(
        session, sorted({number for message in newest.values() for number in message.subscriptions})
    )
    events: dict[int, Event] = {}
    found: dict[int, tuple[Message, list[int]]] = {}
    for who, message in newest.items():
        number = message.event_id or 0
        events[number] = told = events.get(number) or told_by(session, message)
        mine = sorted(still.intersection(message.subscriptions))
        if mine and amends(told, event, (parse_topic(kept.topic) for kept in active(session, who))):
            found[who] = (message, mine)
    return found


def _published_at(session: Session, event: Event) -> dt.datetime | None:
    """When the event's version was first told as news; None where it never was."""
    this = session.get_one(EventRow, event.id)
    first = select(func.min(EventRow.at)).where(
        EventRow.to_version_id == this.to_version_id, EventRow.kind == "published"
    )
    return session.exec(first).one()


def _followers(
    session: Session, event: Event, confirmed_by: dt.datetime, *, of_codes_alone: bool = False
) -> dict[int, list[int]]:
    """Subscriptions to any topic of the event, by subscriber, that were confirmed by a moment
    and have not ended.

    `of_codes_alone`: where nothing decides a claim in general, but a range that was printed
    otherwise leaves out some codes.
    """
    followers: dict[int, list[int]] = defaultdict(list)
    standing = (
        col(Subscription.confirmed_at) <= confirmed_by,
        col(Subscription.ended_at).is_(None),
    )
    comparison = event.comparison
    wanted = {
        topic.text
        for topic in (
            codes_of(comparison) if of_codes_alone else topics_of(comparison) | codes_of(comparison)
        )
    }
    for system in sorted(systems_of_ranges(comparison)):
        followed = select(Subscription.topic).where(
            col(Subscription.topic).startswith(f"code:{system}:", autoescape=True), *standing
        )
        wanted.update(
            topic
            for topic in session.exec(followed.distinct())
            if concerns(comparison, parse_topic(topic))
        )
    for topics in _parts(sorted(wanted)):
        found = (
            select(Subscription)
            .where(col(Subscription.topic).in_(topics), *standing)
            .order_by(col(Subscription.id))
        )
        for subscription in session.exec(found):
            followers[subscription.subscriber_id].append(subscription.id or 0)
    return {who: sorted(why) for who, why in followers.items()}


def _messages(session: Session, event: Event, now: dt.datetime) -> Iterator[dict[str, object]]:
    about, common = about_of(event), _common(event, "change", now)
    differences = common["differences"]
    dedupe = (
        digest("withdrawal", about, length=32)
        if event.kind == "withdrawal"
        else digest("change", about, differences, length=32)
    )
    for subscriber, subscriptions in sorted(matching(session, event).items()):
        yield common | _own(subscriber, subscriptions, dedupe)


def _corrections(session: Session, event: Event, now: dt.datetime) -> Iterator[dict[str, object]]:
    about, common = about_of(event), _common(event, "correction", now)
    for subscriber, (message, subscriptions) in sorted(
        _misled(session, event).items(), key=itemgetter(0)
    ):
        yield common | _own(
            subscriber, subscriptions, correction_key(about, message, event.comparison)
        )


def _common(event: Event, purpose: str, now: dt.datetime) -> dict[str, object]:
    """What the messages of one event have in common."""
    return {
        "purpose": purpose,
        "event_id": event.id,
        "about": about_of(event),
        "differences": list(differences_of(event)),
        "created_at": now,
        "due_at": now,
        "state": "due",
        "attempts": 0,
    }


def _own(subscriber: int, subscriptions: list[int], dedupe: str) -> dict[str, object]:
    """What a message has of its own."""
    return {
        "subscriber_id": subscriber,
        "subscriptions": subscriptions,
        "dedupe": dedupe,
        "key": secrets.token_hex(16),
    }


def _insert(session: Session, rows: list[dict[str, object]]) -> int:
    new = (
        insert_into(session, Message)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["subscriber_id", "dedupe"])
    )
    return len(session.scalars(new.returning(col(Message.id))).all())


def _parts(items: Iterable[T]) -> Iterator[list[T]]:
    part: list[T] = []
    for item in items:
        part.append(item)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part
