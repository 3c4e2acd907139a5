"""The outbox: what is due is claimed, handed over, and written down, one message at a time.

A message is claimed by one sender at a time: a lease on its row, taken where no other sender looks (SQLite: the only writer; PostgreSQL:
rows that another holds are skipped). A sender that dies leaves a lease that ends, and the message is claimed again. Where it died between
the mail server's acceptance and our commit, the mail goes out a second time, with the same Message-ID, by which mailboxes know it: at
least once, and exactly once but for that.

Nothing is attempted while the channel is closed: a mail server that is down costs no message an attempt.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import col, select

from policy_tracker.alerts.desk import Claimed, letter_for
from policy_tracker.alerts.keys import secret_key
from policy_tracker.alerts.letters import Office
from policy_tracker.alerts.links import Links
from policy_tracker.alerts.tables import DeliveryAttempt, Message
from policy_tracker.errors import LeaseLostError, PermanentDeliveryError, TemporaryDeliveryError
from policy_tracker.store.database import reading, writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine
    from sqlmodel import Session

    from policy_tracker.alerts.channels import Channel
    from policy_tracker.settings import Settings

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=180)
"""Longer than any channel takes for one message."""
MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
"""Waits double from the first to the longest: twelve attempts take about twenty hours."""
LONGEST_ERROR = 500

Fate = Literal["sent", "retry", "failed", "dropped", "lost"]
_FATE_WORDS: dict[Fate, str] = {
    "sent": "sent",
    "retry": "to be tried again",
    "failed": "failed for good",
    "dropped": "no longer wanted",
    "lost": "taken over by another sender",
}
_OUTCOMES: dict[Fate, str] = {"sent": "accepted", "retry": "temporary", "failed": "permanent", "dropped": "dropped"}


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the messages that were due."""

    sent: int = 0
    retry: int = 0
    failed: int = 0
    dropped: int = 0
    lost: int = 0

    @property
    def sentence(self) -> str:
        """The counts in words; what did not happen is left out."""
        told = [f"{getattr(self, name)} {said}" for name, said in _FATE_WORDS.items() if getattr(self, name)]
        return ", ".join(told) or "nothing was due"


def deliver_due(engine: Engine, channel: Channel, settings: Settings, clock: Callable[[], datetime], owner: str | None = None) -> Delivered:
    """Hand over everything that is due; one transaction before and one after each message.

    Raises TemporaryDeliveryError where the channel cannot be used; what was not handed over then stays due, without an attempt counted.
    """
    office = Office(settings, Links(secret_key(settings), settings.public_url))
    name = owner or f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    fates: Counter[str] = Counter()
    try:
        while _is_due(engine, clock()):
            channel.connect()
            with writing(engine) as session:
                claimed = claim(session, name, clock())
            if claimed is None:
                break  # other senders have the rest
            fates[_hand_over(engine, channel, office, claimed, clock)] += 1
    except TemporaryDeliveryError as error:
        if not fates:
            raise
        message = f"{error} Before that: {Delivered(**fates).sentence}."
        raise TemporaryDeliveryError(message) from error
    finally:
        channel.close()
    return Delivered(**fates)


def claim(session: Session, owner: str, now: datetime, lease: timedelta = LEASE) -> Claimed | None:
    """Claim the message that is due longest, for `owner` until `now + lease`; None where none is due or others have them."""
    longest = select(col(Message.id)).where(_ready(now)).order_by(col(Message.due_at), col(Message.id)).limit(1)
    taken = (
        update(Message)
        .where(col(Message.id) == longest.with_for_update(skip_locked=True).scalar_subquery())
        .values(state="sending", owner=owner, lease_until=now + lease, attempts=col(Message.attempts) + 1)
        .returning(col(Message.id))
        .execution_options(synchronize_session=False)
    )
    number = session.scalar(taken)
    if number is None:
        return None
    row = session.get_one(Message, number, populate_existing=True)
    forgotten = update(DeliveryAttempt).where(col(DeliveryAttempt.message_id) == number, col(DeliveryAttempt.outcome).is_(None))
    session.exec(forgotten.values(outcome="lost", finished_at=now).execution_options(synchronize_session=False))
    session.add(DeliveryAttempt(message_id=number, number=row.attempts, owner=owner, started_at=now))
    return Claimed(
        id=number,
        subscriber=row.subscriber_id,
        purpose=row.purpose,
        dedupe=row.dedupe,
        key=row.key,
        occasion=row.occasion_id,
        subscriptions=tuple(row.subscriptions),
        created_at=row.created_at,
        attempt=row.attempts,
        owner=owner,
    )


def settle(session: Session, claimed: Claimed, fate: Fate, now: datetime, error: str | None = None) -> None:
    """Write down what became of an attempt. Raises LeaseLostError where another sender has claimed the message since."""
    values: dict[str, object] = {"owner": None, "lease_until": None, "error": error}
    if fate == "retry":
        values |= {"state": "due", "due_at": now + wait_after(claimed.attempt)}
    else:
        values |= {"state": fate, "settled_at": now}
    mine = (col(Message.id) == claimed.id, col(Message.owner) == claimed.owner, col(Message.attempts) == claimed.attempt)
    held = update(Message).where(*mine, col(Message.state) == "sending").values(**values).returning(col(Message.id))
    if session.scalar(held.execution_options(synchronize_session=False)) is None:
        message = f"Message {claimed.id} was taken over by another sender."
        raise LeaseLostError(message)
    attempt = update(DeliveryAttempt).where(col(DeliveryAttempt.message_id) == claimed.id, col(DeliveryAttempt.number) == claimed.attempt)
    ended = {"finished_at": now, "outcome": _OUTCOMES[fate], "detail": error}
    session.exec(attempt.values(**ended).execution_options(synchronize_session=False))


def wait_after(attempt: int) -> timedelta:
    """How long to wait after the `attempt`-th attempt failed: one minute, doubled each time, six hours at most."""
    return min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)


def _ready(now: datetime) -> ColumnElement[bool]:
    return or_(
        (col(Message.state) == "due") & (col(Message.due_at) <= now),
        (col(Message.state) == "sending") & (col(Message.lease_until) < now),
    )


def _is_due(engine: Engine, now: datetime) -> bool:
    with reading(engine) as session:
        return session.scalar(select(col(Message.id)).where(_ready(now)).limit(1)) is not None


def _hand_over(engine: Engine, channel: Channel, office: Office, claimed: Claimed, clock: Callable[[], datetime]) -> Fate:
    fate, error = _attempt(engine, channel, office, claimed, clock)
    try:
        with writing(engine) as session:
            settle(session, claimed, fate, clock(), error[:LONGEST_ERROR] if error else None)
    except LeaseLostError as lost:
        log.warning("%s", lost)
        return "lost"
    return fate


def _attempt(engine: Engine, channel: Channel, office: Office, claimed: Claimed, clock: Callable[[], datetime]) -> tuple[Fate, str | None]:
    """Write one letter and hand it over; how that went, and why it did not."""
    if claimed.attempt > MOST_ATTEMPTS:
        return "failed", "Its sender fell silent at every attempt."
    again: Fate = "retry" if claimed.attempt < MOST_ATTEMPTS else "failed"
    try:
        with reading(engine) as session:
            letter = letter_for(session, office, claimed, clock())
    except TemporaryDeliveryError as error:
        return again, str(error)
    except Exception as error:  # one letter that cannot be written must not keep the others back
        log.exception("Message %s could not be written", claimed.id)
        return again, f"The mail could not be written: {type(error).__name__}: {error}"
    if letter is None:
        return "dropped", None
    try:
        channel.send(letter)
    except PermanentDeliveryError as error:
        return "failed", str(error)
    except TemporaryDeliveryError as error:
        return again, str(error)
    return "sent", None


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """How the outbox is doing, times in UTC; `due` counts all that wait, `retrying` those of them that were tried already."""

    due: int
    retrying: int
    sent: int
    failed: int
    dropped: int
    oldest_due_at: datetime | None
    last_sent_at: datetime | None
    last_error: str | None
    ok: bool
    sentence: str


LATE = timedelta(minutes=15)
"""A message that nobody has attempted for so long after it was due is late: nobody sends."""


def outbox_health(session: Session, now: datetime) -> OutboxHealth:
    """How the outbox is doing at `now`."""
    rows = session.exec(select(col(Message.state), func.count()).group_by(col(Message.state))).all()
    counts: Counter[str] = Counter(dict(rows))
    waiting = col(Message.state).in_(("due", "sending"))
    oldest = session.scalar(select(func.min(col(Message.due_at))).where(waiting))
    retrying = session.scalar(select(func.count()).select_from(Message).where(waiting, col(Message.attempts) > 0)) or 0
    last_sent = session.scalar(select(func.max(col(Message.settled_at))).where(col(Message.state) == "sent"))
    troubled = select(col(Message.error)).where(col(Message.error).is_not(None), col(Message.state).in_(("due", "sending", "failed")))
    error = session.scalar(troubled.order_by(func.coalesce(col(Message.settled_at), col(Message.due_at)).desc()).limit(1))
    due = counts["due"] + counts["sending"]
    late = oldest is not None and now - oldest > LATE
    return OutboxHealth(
        due=due,
        retrying=retrying,
        sent=counts["sent"],
        failed=counts["failed"],
        dropped=counts["dropped"],
        oldest_due_at=oldest,
        last_sent_at=last_sent,
        last_error=error,
        ok=not late,
        sentence=_outbox_sentence(due, retrying, counts["failed"], late=late),
    )


def _outbox_sentence(due: int, retrying: int, failed: int, *, late: bool) -> str:
    if late:
        return f"Mails wait that should have gone long ago ({due}): is the scheduler running, and does the mail server answer?"
    parts = [f"{due} waiting" if due else "Nothing waits"]
    parts += [f"{retrying} of them after a failed attempt"] if retrying else []
    parts += [f"{failed} could not be delivered at all"] if failed else []
    return "; ".join(parts) + "."
