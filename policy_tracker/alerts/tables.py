"""Tables of alerts.

    subscriber ─┬─ subscription                     who follows what; a request counts from its confirmation to its end
                └─ message ── delivery_attempt      the outbox: what is to be sent to whom, and every attempt to hand it over
    event ──────── matched_event                    which events are in the outbox already
                   mail_request                     who asked for mails lately, as keyed hashes; only to bound their number

Addresses are kept only here: a person who ends everything can be forgotten by deleting rows of
these tables.
"""  # noqa: E501

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

import policy_tracker.store.tables  # noqa: F401 - foreign keys lead to them
from policy_tracker.store.metadata import BIG, TableRow, key, link, plain


class Subscriber(TableRow, table=True):
    """Somebody who asked for alerts: the address as typed, and in the spelling by which it is one
    person's.
    """

    __tablename__ = "subscriber"
    id: int | None = key()
    address: str
    address_key: str = Field(unique=True)
    created_at: datetime


class Subscription(TableRow, table=True):
    """A subscriber follows a topic (`topics.Topic.text`).

    Active where `confirmed_at` is set and `ended_at` is not. `generation` grows with each new
    request after an ending: the links of older ones are void.
    """

    __tablename__ = "subscription"
    __table_args__ = (
        UniqueConstraint("subscriber_id", "topic"),
        Index("ix_subscription_topic", "topic"),
    )
    id: int | None = key()
    subscriber_id: int = link("subscriber.id", index=False)
    topic: str
    generation: int = 1
    requested_at: datetime
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None


class Message(TableRow, table=True):
    """A mail in the outbox.

    `purpose` is `change`, `correction` (our rules had told it wrongly), `confirm` or `manage`;
    `dedupe` what it is about, once per subscriber; `differences` and `about`
    (`payer/policy@version`) say what of a change it tells. `subscriptions` are those that brought
    it. `state`: `due`, `sending` (by `owner` until `lease_until`), `sent`, `failed` (until a person
    acts), `dismissed` (by `resolved_by` at `resolved_at`, because of `resolution`), or `dropped`
    (no longer wanted). `key` makes the Message-ID. `error` is why the last attempt failed, `fault`
    whose fault it was: `recipient` (refused for good), `relay` (the mail server refuses everybody),
    else nothing. `uncounted` are the attempts that do not count towards giving up: those on a
    relay's fault, and those before a person put it back.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("subscriber_id", "dedupe"),
        Index("ix_message_due", "state", "due_at"),
        Index("ix_message_about", "about"),
    )
    id: int | None = key()
    subscriber_id: int = link("subscriber.id", index=False)
    purpose: str
    dedupe: str
    key: str = Field(unique=True)
    event_id: int | None = link("event.id", default=None)
    about: str | None = None
    differences: list[str] = plain(default_factory=list)
    subscriptions: list[int] = plain(default_factory=list)
    created_at: datetime
    due_at: datetime
    state: str = "due"
    attempts: int = 0
    owner: str | None = None
    lease_until: datetime | None = None
    settled_at: datetime | None = None
    error: str | None = None
    fault: str | None = None
    uncounted: int = 0
    resolved_at: datetime | None = None
    resolved_by: str | None = None
    resolution: str | None = None


class DeliveryAttempt(TableRow, table=True):
    """One attempt to hand a message over.

    `outcome`: None while it runs, `accepted`, `temporary`, `relay`, `permanent`, or `lost` (nobody
    knows).
    """

    __tablename__ = "delivery_attempt"
    __table_args__ = (UniqueConstraint("message_id", "number"),)
    id: int | None = key()
    message_id: int = link("message.id", index=False)
    number: int
    owner: str
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str | None = None
    detail: str | None = None


class MatchedEvent(TableRow, table=True):
    """An event whose messages are in the outbox, and how many they are."""

    __tablename__ = "matched_event"
    event_id: int = Field(
        primary_key=True,
        foreign_key="event.id",
        sa_type=BIG,
        sa_column_kwargs={"autoincrement": False},
    )
    at: datetime
    messages: int


class MailRequest(TableRow, table=True):
    """Somebody asked for a mail to an address; both are kept as keyed hashes, for as long as the
    limits look back.
    """

    __tablename__ = "mail_request"
    __table_args__ = (
        Index("ix_mail_request_address", "address_hash", "at"),
        Index("ix_mail_request_remote", "remote_hash", "at"),
    )
    id: int | None = key()
    address_hash: str
    remote_hash: str
    at: datetime = Field(index=True)
