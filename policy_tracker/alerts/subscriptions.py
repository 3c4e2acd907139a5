"""Who follows what: asked for, confirmed, looked at, ended.

Nothing is sent before the owner of an address has confirmed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func
from sqlmodel import col, select

from policy_tracker.alerts.links import LIFETIMES
from policy_tracker.alerts.tables import MailRequest, Message, Subscriber, Subscription
from policy_tracker.errors import InputError, LinkError
from policy_tracker.store.inserting import insert_into
from policy_tracker.store.limits import Limits, free_at, when_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlmodel import Session

    from policy_tracker.alerts.addresses import Address
    from policy_tracker.alerts.topics import Topic

MOST_TOPICS = 100
"""A subscriber cannot follow more at once; somebody who wants more follows a payer or everything.
"""
PER_ADDRESS: Limits = ((timedelta(hours=1), 4), (timedelta(days=1), 10))
"""So many mails that were asked for go to one address: within an hour, within a day."""
PER_REMOTE: Limits = ((timedelta(hours=1), 30), (timedelta(days=1), 100))
"""So many requests are taken from one client."""
IN_ALL: Limits = ((timedelta(hours=1), 1_000), (timedelta(days=1), 5_000))
"""So many requests are taken from everybody together: a mail server that sends more at a stranger's
wish is soon blocked.
"""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a mail: the address it would go to, the client's own, and the installation's key
    under which both are counted.
    """

    address: Address
    remote: str
    key: str


class TooManyRequestsError(InputError):
    """More mails were asked for than may be; `free_at` says when to ask again."""

    def __init__(self, message: str, free_at: datetime) -> None:
        self.free_at = free_at
        super().__init__(message)


def subscribe(session: Session, asker: Asker, topic: Topic, now: datetime) -> None:
    """Ask the owner of an address to confirm that alerts about `topic` are wanted, by putting a
    mail into the outbox.

    Who asks learns nothing: somebody who follows the topic already gets the link to manage instead,
    an address that was written to too often gets nothing. Raises TooManyRequestsError where one
    client, or all together, ask too often; that does not depend on the address.
    """
    if not _counted(session, asker, now):
        return
    subscriber = _subscriber(session, asker.address, now)
    subscription = _subscription(session, subscriber, topic, now)
    if subscription is None or (subscription.confirmed_at and not subscription.ended_at):
        _put(session, subscriber, "manage", f"manage:{secrets.token_hex(8)}", now)
        return
    if subscription.ended_at or subscription.requested_at != now:
        subscription.generation += 1
        subscription.requested_at, subscription.confirmed_at, subscription.ended_at = (
            now,
            None,
            None,
        )
        session.flush()
    _put(
        session,
        subscriber,
        "confirm",
        f"confirm:{subscription.id}:{subscription.generation}",
        now,
        [subscription.id or 0],
    )


def ask_to_manage(session: Session, asker: Asker, now: datetime) -> None:
    """Send the link to manage to an address, if it follows or followed anything; who asks learns
    nothing. Raises TooManyRequestsError.
    """
    if not _counted(session, asker, now):
        return
    known = session.scalar(
        select(col(Subscriber.id)).where(col(Subscriber.address_key) == asker.address.key)
    )
    if known is not None:
        _put(session, known, "manage", f"manage:{secrets.token_hex(8)}", now)


def requested(session: Session, numbers: tuple[int, ...]) -> Subscription:
    """The request that a confirmation link (`numbers` of `Links.read`) was made for.

    Raises LinkError where a newer request or an ending made it void.
    """
    number, generation = numbers if len(numbers) == 2 else (0, 0)
    subscription = session.get(Subscription, number)
    if subscription is None or subscription.generation != generation or subscription.ended_at:
        message = (
            "This confirmation link is no longer needed: the request was renewed, ended or "
            "forgotten since it was sent."
        )
        raise LinkError(message)
    return subscription


def confirm(session: Session, numbers: tuple[int, ...], now: datetime) -> Subscription:
    """Make a request count from `now`; doing it twice changes nothing.

    Raises LinkError as `requested` does.
    """
    subscription = requested(session, numbers)
    if subscription.confirmed_at is None:
        subscription.confirmed_at = now
        session.flush()
    return subscription


def active(session: Session, subscriber: int) -> list[Subscription]:
    """What a subscriber follows, in the order of its topics."""
    following = select(Subscription).where(col(Subscription.subscriber_id) == subscriber, *_ACTIVE)
    return list(session.scalars(following.order_by(col(Subscription.topic))))


def subscriber_of(session: Session, numbers: tuple[int, ...]) -> Subscriber:
    """The subscriber of a manage link.

    Raises LinkError where nothing is known of that subscriber any more.
    """
    subscriber = session.get(Subscriber, numbers[0]) if len(numbers) == 1 else None
    if subscriber is None:
        message = "Nothing is kept here any more that this link could manage."
        raise LinkError(message)
    return subscriber


def brought(session: Session, numbers: tuple[int, ...]) -> tuple[Message, list[Subscription]]:
    """The mail of an unsubscribe link, and which of the subscriptions that brought it are still
    active.

    Raises LinkError for a mail that is not known here.
    """
    message = session.get(Message, numbers[0]) if len(numbers) == 1 else None
    if message is None:
        sentence = "Nothing is kept here any more that this link could end."
        raise LinkError(sentence)
    return message, [
        kept for kept in active(session, message.subscriber_id) if kept.id in message.subscriptions
    ]


def end(session: Session, subscriber: int, numbers: Collection[int] | None, now: datetime) -> int:
    """End a subscriber's active subscriptions, those with the `numbers` given or all (None); how
    many. Others' are never touched.
    """
    ending = [kept for kept in active(session, subscriber) if numbers is None or kept.id in numbers]
    for subscription in ending:
        subscription.ended_at = now
    session.flush()
    return len(ending)


def forget(session: Session, now: datetime) -> int:
    """Delete requests that were never confirmed once their links have expired, and subscribers of
    whom nothing is left; how many requests.

    Also forgets who asked for mails, as far back as no limit looks.
    """
    session.exec(
        delete(MailRequest).where(
            col(MailRequest.at) < now - max(span for span, _ in PER_ADDRESS + PER_REMOTE + IN_ALL)
        )
    )
    lifetime = LIFETIMES["confirm"] or timedelta(0)
    stale = select(Subscription).where(
        col(Subscription.confirmed_at).is_(None), col(Subscription.requested_at) < now - lifetime
    )
    requests = list(session.scalars(stale))
    for request in requests:
        session.delete(request)
    session.flush()
    for subscriber in {request.subscriber_id for request in requests}:
        _forget_subscriber(session, subscriber)
    return len(requests)


_ACTIVE = (col(Subscription.confirmed_at).is_not(None), col(Subscription.ended_at).is_(None))


def _forget_subscriber(session: Session, subscriber: int) -> None:
    """Delete a subscriber who neither follows nor followed anything, with the mails that asked for
    confirmation.
    """
    from policy_tracker.alerts.tables import DeliveryAttempt

    if session.scalar(
        select(func.count())
        .select_from(Subscription)
        .where(col(Subscription.subscriber_id) == subscriber)
    ):
        return
    mails = select(col(Message.id)).where(col(Message.subscriber_id) == subscriber)
    session.exec(
        delete(DeliveryAttempt)
        .where(col(DeliveryAttempt.message_id).in_(mails))
        .execution_options(synchronize_session=False)
    )
    session.exec(
        delete(Message)
        .where(col(Message.subscriber_id) == subscriber)
        .execution_options(synchronize_session=False)
    )
    session.exec(
        delete(Subscriber)
        .where(col(Subscriber.id) == subscriber)
        .execution_options(synchronize_session=False)
    )


def _counted(session: Session, asker: Asker, now: datetime) -> bool:
    """Count a request; whether a mail may be sent to its address.

    Raises TooManyRequestsError for the client, or for all.
    """
    address, remote = keyed_hash(asker.key, asker.address.key), keyed_hash(asker.key, asker.remote)
    at = col(MailRequest.at)
    mine, all_of_us = (
        free_at(session, at, [col(MailRequest.remote_hash) == remote], PER_REMOTE, now),
        free_at(session, at, [], IN_ALL, now),
    )
    if moment := max((one for one in (mine, all_of_us) if one), default=None):
        where = "from here" if mine else "of this site"
        message = (
            f"So many mails were asked for {where} that no more are sent for now. Please try "
            f"again {when_words(moment, now)}."
        )
        raise TooManyRequestsError(message, moment)
    quiet = (
        free_at(session, at, [col(MailRequest.address_hash) == address], PER_ADDRESS, now)
        is not None
    )
    session.add(MailRequest(address_hash=address, remote_hash=remote, at=now))
    session.flush()
    return not quiet


def keyed_hash(key: str, text: str) -> str:
    """A hash from which nobody without the key can tell the text, short enough for a column."""
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def _subscriber(session: Session, address: Address, now: datetime) -> int:
    session.exec(
        insert_into(session, Subscriber)
        .values(address=address.spec, address_key=address.key, created_at=now)
        .on_conflict_do_nothing(index_elements=["address_key"])
    )
    subscriber = session.exec(
        select(Subscriber).where(col(Subscriber.address_key) == address.key)
    ).one()
    assert subscriber.id is not None, "it is stored"  # noqa: S101
    return subscriber.id


def _subscription(
    session: Session, subscriber: int, topic: Topic, now: datetime
) -> Subscription | None:
    """The subscriber's row for `topic`, made where it is missing; None where there are too many
    already.
    """
    wanted = select(Subscription).where(
        col(Subscription.subscriber_id) == subscriber, col(Subscription.topic) == topic.text
    )
    found = session.scalar(wanted.with_for_update())
    if found is not None:
        return found
    following = (
        select(func.count())
        .select_from(Subscription)
        .where(col(Subscription.subscriber_id) == subscriber)
    )
    if (session.scalar(following.where(col(Subscription.ended_at).is_(None))) or 0) >= MOST_TOPICS:
        return None
    session.exec(
        insert_into(session, Subscription)
        .values(subscriber_id=subscriber, topic=topic.text, generation=1, requested_at=now)
        .on_conflict_do_nothing(index_elements=["subscriber_id", "topic"])
    )
    return session.scalars(wanted).one()


def _put(
    session: Session,
    subscriber: int,
    purpose: str,
    dedupe: str,
    now: datetime,
    subscriptions: list[int] | None = None,
) -> None:
    """A mail that somebody asked for, into the outbox."""
    session.exec(
        insert_into(session, Message)
        .values(
            subscriber_id=subscriber,
            purpose=purpose,
            dedupe=dedupe,
            key=secrets.token_hex(16),
            differences=[],
            subscriptions=subscriptions or [],
            created_at=now,
            due_at=now,
            state="due",
            attempts=0,
        )
        .on_conflict_do_nothing(index_elements=["subscriber_id", "dedupe"])
    )
