"""From a row of the outbox to its letter, with what the database says at that moment; None where it
is no longer wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import col, select

from policy_tracker.alerts.change_summary import ChangeSummary
from policy_tracker.alerts.corrections import NEVER_TOLD, TOLD, UNDER_WAY, amends, told_by
from policy_tracker.alerts.links import LIFETIMES
from policy_tracker.alerts.messages import (
    Asked,
    Office,
    Post,
    Recipient,
    change_mail,
    confirm_mail,
    correction_mail,
    manage_mail,
)
from policy_tracker.alerts.naming import occurrence_words, reach_words, topic_words
from policy_tracker.alerts.subscriptions import active
from policy_tracker.alerts.tables import Message, Subscriber, Subscription
from policy_tracker.alerts.topics import parse_topic
from policy_tracker.errors import TemporaryDeliveryError
from policy_tracker.pages.formatting import review_words
from policy_tracker.store.events import get_event
from policy_tracker.store.queries import get_version

if TYPE_CHECKING:
    import datetime as dt
    from email.message import EmailMessage

    from sqlmodel import Session

    from policy_tracker.store.views import Event


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that one sender has claimed, for its `attempt`-th attempt; of these `tries` count
    towards giving up.
    """

    id: int
    subscriber: int
    purpose: str
    dedupe: str
    key: str
    event: int | None
    subscriptions: tuple[int, ...]
    created_at: dt.datetime
    attempt: int
    tries: int
    owner: str


def mail_for(
    session: Session, office: Office, claimed: Claimed, now: dt.datetime
) -> EmailMessage | None:
    """The letter of a message: None where what it was for has ended in the meantime."""
    subscriber = session.get_one(Subscriber, claimed.subscriber)
    to = Recipient(subscriber.address, claimed.subscriber)
    if claimed.purpose == "confirm":
        return _confirm(session, office, claimed, to, now)
    if claimed.purpose == "manage":
        topics = [
            topic_words(session, parse_topic(kept.topic))
            for kept in active(session, claimed.subscriber)
        ]
        return manage_mail(office, to, topics, key=claimed.key, at=claimed.created_at)
    if claimed.purpose == "correction":
        return _correction(session, office, claimed, to, now)
    return _change(session, office, claimed, to, now)


def _confirm(
    session: Session, office: Office, claimed: Claimed, to: Recipient, now: dt.datetime
) -> EmailMessage | None:
    request = session.get(Subscription, claimed.subscriptions[0])
    lifetime = LIFETIMES["confirm"]
    if (
        request is None
        or request.confirmed_at
        or request.ended_at
        or claimed.dedupe != f"confirm:{request.id}:{request.generation}"
    ):
        return None
    if lifetime is not None and now - claimed.created_at > lifetime:
        return None
    topic = parse_topic(request.topic)
    words = topic_words(session, topic)
    numbers = (claimed.subscriptions[0], request.generation)
    said = Asked(words, occurrence_words(topic, words), reach_words(session, topic))
    return confirm_mail(office, to, said, numbers=numbers, key=claimed.key, at=claimed.created_at)


def _change(
    session: Session, office: Office, claimed: Claimed, to: Recipient, now: dt.datetime
) -> EmailMessage | None:
    following = [
        kept for kept in active(session, claimed.subscriber) if kept.id in claimed.subscriptions
    ]
    if not following or claimed.event is None:
        return None
    event = get_event(session, claimed.event)
    version = get_version(session, event.policy.payer, event.policy.policy, event.to_version)
    topics = tuple(parse_topic(kept.topic) for kept in following)
    news = ChangeSummary(
        event.policy,
        version.record,
        version.start,
        event.comparison,
        correction=_corrects(session, claimed, event),
        review=review_words(version.review_state),
        gap=event.gap,
        checked_on=version.checked_on,
        followed=topics,
    )
    reasons = [topic_words(session, topic) for topic in topics]
    return change_mail(
        office,
        news,
        to,
        reasons,
        number=claimed.id,
        key=claimed.key,
        at=claimed.created_at,
        now=now,
    )


def _correction(
    session: Session, office: Office, claimed: Claimed, to: Recipient, now: dt.datetime
) -> EmailMessage | None:
    """The correction of what the subscriber was told last, as of now; None where no mail told it,
    or a later correction takes its place.

    Raises TemporaryDeliveryError while the mail that it corrects is under way.
    """
    following = active(session, claimed.subscriber)
    wanted = [kept for kept in following if kept.id in claimed.subscriptions]
    this = session.get_one(Message, claimed.id)
    mails = _mails_about(session, this)
    place = mails.index(this)
    earlier, later = mails[:place], mails[place + 1 :]
    if not wanted or any(
        mail.purpose == "correction" and mail.state not in NEVER_TOLD for mail in later
    ):
        return None
    if any(mail.state in UNDER_WAY for mail in earlier):
        message = "It waits for the mail that it corrects."
        raise TemporaryDeliveryError(message)
    sent = [mail for mail in earlier if mail.state == "sent"]
    if not sent:
        return None
    event = told_by(session, this)
    found = amends(
        told_by(session, sent[-1]), event, (parse_topic(kept.topic) for kept in following)
    )
    if not found:
        return None
    version = get_version(session, event.policy.payer, event.policy.policy, event.to_version)
    news = ChangeSummary(
        event.policy,
        version.record,
        version.start,
        event.comparison,
        review=review_words(version.review_state),
        gap=event.gap,
        checked_on=version.checked_on,
    )
    reasons = [topic_words(session, parse_topic(kept.topic)) for kept in wanted]
    post = Post(number=claimed.id, key=claimed.key, at=claimed.created_at, now=now)
    return correction_mail(office, news, found, to, reasons, told_at=sent[-1].settled_at, post=post)


def _mails_about(session: Session, message: Message) -> list[Message]:
    """What the subscriber of a message was sent, or is to be sent, about the same version, oldest
    first.
    """
    query = select(Message).where(
        Message.subscriber_id == message.subscriber_id,
        Message.about == message.about,
        col(Message.purpose).in_(TOLD),
    )
    return list(session.exec(query.order_by(col(Message.id))))


def _corrects(session: Session, claimed: Claimed, event: Event) -> bool:
    """Whether a message corrects an earlier one to the same subscriber; who hears of the version
    for the first time needs no correction.
    """
    if event.kind != "correction":
        return False
    this = session.get_one(Message, claimed.id)
    earlier = select(Message.id).where(
        Message.subscriber_id == claimed.subscriber,
        Message.about == this.about,
        col(Message.id) < claimed.id,
    )
    return session.exec(earlier.limit(1)).first() is not None
