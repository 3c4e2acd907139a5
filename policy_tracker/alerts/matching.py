"""From an occasion to rows of the outbox: each subscriber whom it concerns, once.

- A new edition or a withdrawal is told to everybody who followed one of its topics, confirmed, when it was published.
- A correction is told only to those who were told of that edition before: our mistake concerns whom it reached.
- An edition that takes effect is told to nobody: who follows it was told when it was published; the occasion marks the day.
- What cannot change how a claim is decided (editorial, layout) is told to nobody, nor is history: an edition whose time was over when we
  learned of it.

A subscriber is told of each edit once. The key of a message rests on its edits, which name policy, editions, place and content, never on
our revisions or rules: a second run, an improved extractor, a correction of something else find the message there already.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from sqlmodel import col, select

from policy_tracker.alerts.tables import MatchedOccasion, Message, Subscription
from policy_tracker.alerts.topics import topics_of
from policy_tracker.record import digest
from policy_tracker.store.database import reading, writing
from policy_tracker.store.inserting import insert_into
from policy_tracker.store.occasions import get_occasion
from policy_tracker.store.queries import get_edition
from policy_tracker.store.tables import OccasionRow

T = TypeVar("T")

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Engine
    from sqlmodel import Session

    from policy_tracker.store.views import Occasion

AT_ONCE = 500
"""Rows per statement; SQLite allows 32,766 variables in one."""


def enqueue_due(engine: Engine, now: dt.datetime) -> int:
    """Put the messages of every new occasion into the outbox, each occasion in its own transaction; how many messages are new.

    It may be stopped at any point and run any number of times, several times at once too.
    """
    queued = 0
    while waiting := _waiting(engine):
        for occasion in waiting:
            with writing(engine) as session:
                queued += enqueue(session, get_occasion(session, occasion), now)
    return queued


def enqueue(session: Session, occasion: Occasion, now: dt.datetime) -> int:
    """Put the messages of one occasion into the outbox, unless that was done; how many are new."""
    first = insert_into(session, MatchedOccasion).values(occasion_id=occasion.id, at=now, messages=0)
    if session.scalar(first.on_conflict_do_nothing(index_elements=["occasion_id"]).returning(col(MatchedOccasion.occasion_id))) is None:
        return 0
    matched = matching(session, occasion)
    queued = sum(_insert(session, rows) for rows in _parts(_messages(occasion, matched, now)))
    matching_row = session.get_one(MatchedOccasion, occasion.id)
    matching_row.messages = queued
    session.flush()
    return queued


def matching(session: Session, occasion: Occasion) -> dict[int, list[int]]:
    """Whom an occasion concerns: each subscriber's number, with those of its subscriptions that match."""
    edits = set(edits_of(occasion))
    if occasion.kind == "takes_effect" or (occasion.kind != "correction" and (not edits or _is_history(session, occasion))):
        return {}
    told = _told(session, about_of(occasion))
    concerned = _followers(session, occasion)
    if occasion.kind == "correction":
        return {who: what for who, what in concerned.items() if who in told}
    return {who: what for who, what in concerned.items() if not edits <= told.get(who, set())}


def edits_of(occasion: Occasion) -> tuple[str, ...]:
    """The edits that an occasion tells: those that could change how a claim is decided, in a fixed order."""
    return tuple(sorted({change.edit for change in occasion.comparison.changes if change.substantive}))


def about_of(occasion: Occasion) -> str:
    """The edition that an occasion leads to, in one text: `cigna/mm-0300@2025-09-26`."""
    return f"{occasion.policy.payer}/{occasion.policy.policy}@{occasion.to_edition}"


def _waiting(engine: Engine) -> list[int]:
    """Occasions that nobody has matched; asked by what is missing, not from a last number on, so that none can be passed over."""
    with reading(engine) as session:
        missing = select(col(OccasionRow.id)).outerjoin(MatchedOccasion, col(MatchedOccasion.occasion_id) == col(OccasionRow.id))
        found = missing.where(col(MatchedOccasion.occasion_id).is_(None)).order_by(col(OccasionRow.id)).limit(AT_ONCE)
        return [number for number in session.scalars(found) if number is not None]


def _is_history(session: Session, occasion: Occasion) -> bool:
    until = get_edition(session, occasion.policy.payer, occasion.policy.policy, occasion.to_edition).until
    return until is not None and until <= occasion.at.date()


def _told(session: Session, about: str) -> dict[int, set[str]]:
    """Which edits of an edition each subscriber has been told, or will be."""
    told: dict[int, set[str]] = defaultdict(set)
    sent = select(col(Message.subscriber_id), col(Message.edits)).where(col(Message.about) == about, col(Message.purpose) == "change")
    for subscriber, edits in session.exec(sent):
        told[subscriber].update(edits)
    return told


def _followers(session: Session, occasion: Occasion) -> dict[int, list[int]]:
    """Subscriptions to any topic of the occasion, by subscriber, that were confirmed when it was published and have not ended."""
    followers: dict[int, list[int]] = defaultdict(list)
    for topics in _parts(sorted(topic.text for topic in topics_of(occasion.comparison))):
        found = (
            select(col(Subscription.subscriber_id), col(Subscription.id))
            .where(col(Subscription.topic).in_(topics), col(Subscription.confirmed_at) <= occasion.at, col(Subscription.ended_at).is_(None))
            .order_by(col(Subscription.id))
        )
        for subscriber, subscription in session.exec(found):
            followers[subscriber].append(subscription)
    return followers


def _messages(occasion: Occasion, matched: dict[int, list[int]], now: dt.datetime) -> Iterator[dict[str, object]]:
    about, edits = about_of(occasion), list(edits_of(occasion))
    dedupe = digest("change", about, edits, length=32)
    for subscriber, subscriptions in sorted(matched.items()):
        yield {
            "subscriber_id": subscriber,
            "purpose": "change",
            "dedupe": dedupe,
            "key": secrets.token_hex(16),
            "occasion_id": occasion.id,
            "about": about,
            "edits": edits,
            "subscriptions": subscriptions,
            "created_at": now,
            "due_at": now,
            "state": "due",
            "attempts": 0,
        }


def _insert(session: Session, rows: list[dict[str, object]]) -> int:
    new = insert_into(session, Message).values(rows).on_conflict_do_nothing(index_elements=["subscriber_id", "dedupe"])
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
