"""The outbox: what is due is claimed, handed over, and written down, one message at a time.

A message is claimed by one sender at a time: a lease on its row, taken where no other sender looks
(SQLite: the only writer; PostgreSQL: rows that another holds are skipped). A sender that dies
leaves a lease that ends, and the message is claimed again. Where it died between the mail server's
acceptance and our commit, the mail goes out a second time, with the same Message-ID, by which
mailboxes know it: at least once, and exactly once but for that.

Nothing is attempted while the channel is closed: a mail server that is down costs no message an
attempt, and neither does one that refuses everybody. A message that is refused for good, or given
up, stays `failed` until a person puts it back or dismisses it.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING, Literal

from sqlalchemy import ColumnElement, and_, or_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from policy_tracker.alerts.compose import Claimed, mail_for
from policy_tracker.alerts.keys import secret_key
from policy_tracker.alerts.links import Links
from policy_tracker.alerts.messages import Office
from policy_tracker.alerts.tables import DeliveryAttempt, Message
from policy_tracker.errors import (
    LeaseLostError,
    PermanentDeliveryError,
    RelayError,
    StoppedError,
    TemporaryDeliveryError,
)
from policy_tracker.store.database import reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine
    from sqlmodel import Session

    from policy_tracker.alerts.channels import Channel
    from policy_tracker.settings import Settings

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=180)
RENEWED_EVERY = LEASE / 3
"""A channel may take half an hour for one message; meanwhile its lease is renewed, so that a dead
sender's message waits only for LEASE.
"""
MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
"""Waits double from the first to the longest: twelve attempts take about twenty hours."""
RELAY_WAIT = timedelta(minutes=5)
MOST_RELAY_FAULTS = 3
"""After so many messages in a row on which the mail server refused everybody, the others are left
for the next time.
"""
LONGEST_ERROR = 500

Fate = Literal["sent", "retry", "relay", "stopped", "failed", "dropped", "lost"]
Fault = Literal["recipient", "relay"]
_FATE_WORDS: dict[Fate, str] = {
    "sent": "sent",
    "retry": "to be tried again",
    "relay": "to be tried again, because the mail server refuses everybody",
    "stopped": "interrupted",
    "failed": "failed for good",
    "dropped": "no longer wanted",
    "lost": "taken over by another sender",
}
_OUTCOMES: dict[Fate, str] = {
    "sent": "accepted",
    "retry": "temporary",
    "relay": "relay",
    "stopped": "temporary",
    "failed": "permanent",
    "dropped": "dropped",
}


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the messages that were due."""

    sent: int = 0
    retry: int = 0
    relay: int = 0
    stopped: int = 0
    failed: int = 0
    dropped: int = 0
    lost: int = 0

    @property
    def sentence(self) -> str:
        """The counts in words; what did not happen is left out."""
        told = [
            f"{getattr(self, name)} {said}"
            for name, said in _FATE_WORDS.items()
            if getattr(self, name)
        ]
        return ", ".join(told) or "nothing was due"


def deliver_due(
    engine: Engine,
    channel: Channel,
    settings: Settings,
    clock: Callable[[], datetime],
    owner: str | None = None,
    stop: Event | None = None,
) -> Delivered:
    """Hand over everything that is due, until `stop` is set; one transaction before and one after
    each message.

    Raises TemporaryDeliveryError where the channel cannot be used; what was not handed over then
    stays due, without an attempt counted.
    """
    office = Office(settings, Links(secret_key(settings), settings.public_url))
    name = owner or f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    fates: Counter[str] = Counter()
    relay_faults = 0
    try:
        while (
            relay_faults < MOST_RELAY_FAULTS
            and not (stop and stop.is_set())
            and _is_due(engine, clock())
        ):
            channel.connect()
            with writing(engine) as session:
                claimed = claim(session, name, clock())
            if claimed is None:
                break  # other senders have the rest
            with renewed(engine, claimed, clock):
                fate = _hand_over(engine, channel, office, claimed, clock)
            fates[fate] += 1
            relay_faults = relay_faults + 1 if fate == "relay" else 0
    except TemporaryDeliveryError as error:
        if not fates:
            raise
        message = f"{error} Before that: {Delivered(**fates).sentence}."
        raise TemporaryDeliveryError(message) from error
    finally:
        channel.close()
    return Delivered(**fates)


def claim(session: Session, owner: str, now: datetime, lease: timedelta = LEASE) -> Claimed | None:
    """Claim the message that is due longest, for `owner` until `now + lease`; None where none is
    due or others have them.
    """
    longest = (
        select(col(Message.id))
        .where(_ready(now))
        .order_by(col(Message.due_at), col(Message.id))
        .limit(1)
    )
    taken = (
        update(Message)
        .where(col(Message.id) == longest.with_for_update(skip_locked=True).scalar_subquery())
        .values(
            state="sending",
            owner=owner,
            lease_until=now + lease,
            attempts=col(Message.attempts) + 1,
        )
        .returning(col(Message.id))
        .execution_options(synchronize_session=False)
    )
    number = session.scalar(taken)
    if number is None:
        return None
    row = session.get_one(Message, number, populate_existing=True)
    forgotten = update(DeliveryAttempt).where(
        col(DeliveryAttempt.message_id) == number, col(DeliveryAttempt.outcome).is_(None)
    )
    session.exec(
        forgotten.values(outcome="lost", finished_at=now).execution_options(
            synchronize_session=False
        )
    )
    session.add(
        DeliveryAttempt(message_id=number, number=row.attempts, owner=owner, started_at=now)
    )
    return Claimed(
        id=number,
        subscriber=row.subscriber_id,
        purpose=row.purpose,
        dedupe=row.dedupe,
        key=row.key,
        event=row.event_id,
        subscriptions=tuple(row.subscriptions),
        created_at=row.created_at,
        attempt=row.attempts,
        tries=row.attempts - row.uncounted,
        owner=owner,
    )


def renew(session: Session, claimed: Claimed, now: datetime, lease: timedelta = LEASE) -> None:
    """Keep a claimed message for another `lease`.

    Raises LeaseLostError where another sender has claimed it since.
    """
    held = (
        update(Message)
        .where(*_mine(claimed))
        .values(lease_until=now + lease)
        .returning(col(Message.id))
    )
    if session.scalar(held.execution_options(synchronize_session=False)) is None:
        raise _lost(claimed)


@contextmanager
def renewed(
    engine: Engine,
    claimed: Claimed,
    clock: Callable[[], datetime],
    every: timedelta = RENEWED_EVERY,
) -> Iterator[None]:
    """Keep a message claimed while the body works on it, however long that takes."""
    done = Event()

    def keep() -> None:
        while not done.wait(every.total_seconds()):
            try:
                with writing(engine) as session:
                    renew(session, claimed, clock())
            except LeaseLostError as lost:
                log.warning("%s", lost)
                return
            except (
                SQLAlchemyError
            ):  # the next renewal may succeed; else the lease runs out, and settling tells
                log.warning(
                    "The lease of message %s could not be renewed", claimed.id, exc_info=True
                )

    keeper = Thread(target=keep, name=f"lease of message {claimed.id}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()
        keeper.join()


def _mine(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    mine = (
        col(Message.id) == claimed.id,
        col(Message.owner) == claimed.owner,
        col(Message.attempts) == claimed.attempt,
    )
    return (*mine, col(Message.state) == "sending")


def _lost(claimed: Claimed) -> LeaseLostError:
    return LeaseLostError(f"Message {claimed.id} was taken over by another sender.")


def settle(
    session: Session,
    claimed: Claimed,
    fate: Fate,
    now: datetime,
    error: str | None = None,
    fault: Fault | None = None,
) -> None:
    """Write down what became of an attempt.

    Raises LeaseLostError where another sender has claimed the message since.
    """
    values: dict[str, object] = {"owner": None, "lease_until": None, "error": error, "fault": fault}
    if fate == "retry":
        values |= {"state": "due", "due_at": now + wait_after(claimed.tries)}
    elif fate in ("relay", "stopped"):
        due = now + RELAY_WAIT if fate == "relay" else now
        values |= {"state": "due", "due_at": due, "uncounted": col(Message.uncounted) + 1}
    else:
        values |= {"state": fate, "settled_at": now}
    held = update(Message).where(*_mine(claimed)).values(**values).returning(col(Message.id))
    if session.scalar(held.execution_options(synchronize_session=False)) is None:
        raise _lost(claimed)
    attempt = update(DeliveryAttempt).where(
        col(DeliveryAttempt.message_id) == claimed.id,
        col(DeliveryAttempt.number) == claimed.attempt,
    )
    ended = {"finished_at": now, "outcome": _OUTCOMES[fate], "detail": error}
    session.exec(attempt.values(**ended).execution_options(synchronize_session=False))


def wait_after(attempt: int) -> timedelta:
    """How long to wait after the `attempt`-th attempt failed: one minute, doubled each time, six
    hours at most.
    """
    return min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)


def _ready(now: datetime) -> ColumnElement[bool]:
    """What may be claimed: also what a clock that was ahead put off, or leased, for longer than any
    wait or lease can be.
    """
    due = or_(col(Message.due_at) <= now, col(Message.due_at) > now + LONGEST_WAIT + LEASE)
    free = or_(col(Message.lease_until) < now, col(Message.lease_until) > now + 2 * LEASE)
    return or_(and_(col(Message.state) == "due", due), and_(col(Message.state) == "sending", free))


def _is_due(engine: Engine, now: datetime) -> bool:
    with reading(engine) as session:
        return session.scalar(select(col(Message.id)).where(_ready(now)).limit(1)) is not None


def _hand_over(
    engine: Engine,
    channel: Channel,
    office: Office,
    claimed: Claimed,
    clock: Callable[[], datetime],
) -> Fate:
    fate, error, fault = _attempt(engine, channel, office, claimed, clock)
    try:
        with writing(engine) as session:
            settle(session, claimed, fate, clock(), error[:LONGEST_ERROR] if error else None, fault)
    except LeaseLostError as lost:
        log.warning("%s", lost)
        return "lost"
    return fate


def _attempt(
    engine: Engine,
    channel: Channel,
    office: Office,
    claimed: Claimed,
    clock: Callable[[], datetime],
) -> tuple[Fate, str | None, Fault | None]:
    """Write one letter and hand it over; how that went, why it did not, and whose fault that is."""
    if claimed.tries > MOST_ATTEMPTS:
        return "failed", "Its sender fell silent at every attempt.", None
    again: Fate = "retry" if claimed.tries < MOST_ATTEMPTS else "failed"
    try:
        with reading(engine) as session:
            letter = mail_for(session, office, claimed, clock())
    except TemporaryDeliveryError as error:
        return again, str(error), None
    except Exception as error:  # one letter that cannot be written must not keep the others back
        log.exception("Message %s could not be written", claimed.id)
        return again, f"The mail could not be written: {type(error).__name__}: {error}", None
    if letter is None:
        return "dropped", None, None
    try:
        channel.send(letter)
    except PermanentDeliveryError as error:
        return "failed", str(error), "recipient"
    except RelayError as error:
        return "relay", str(error), "relay"
    except StoppedError as error:
        return "stopped", str(error), None
    except TemporaryDeliveryError as error:
        return again, str(error), None
    return "sent", None, None
