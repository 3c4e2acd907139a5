"""How the outbox is doing, in words that an operator acts on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import col, select

from policy_tracker.alerts.corrections import TOLD, UNDER_WAY
from policy_tracker.alerts.tables import Message
from policy_tracker.language.formatting import counted

if TYPE_CHECKING:
    from sqlmodel import Session

LATE = timedelta(minutes=15)
"""A message that nobody has attempted for so long after it was due is late: nobody sends."""


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """How the outbox is doing, times in UTC.

    `due` counts all that wait, `retrying` those of them that were tried already, `relay_faults`
    those on which the mail server refused everybody. `failed` counts the alerts that could not be
    delivered and on which no person has acted yet, `failed_requests` other mails: whoever mistypes
    an address into a form causes one, so that these ask for nobody.
    """

    due: int
    retrying: int
    relay_faults: int
    sent: int
    failed: int
    failed_requests: int
    dismissed: int
    dropped: int
    oldest_due_at: datetime | None
    last_sent_at: datetime | None
    last_error: str | None
    ok: bool
    sentence: str


def outbox_health(session: Session, now: datetime) -> OutboxHealth:
    """How the outbox is doing at `now`."""
    tells = col(Message.purpose).in_(TOLD)
    counts: Counter[tuple[str, bool]] = Counter()
    for state, purpose, number in session.exec(
        select(col(Message.state), col(Message.purpose), func.count()).group_by("state", "purpose")
    ):
        counts[state, purpose in TOLD] += number
    totals = {
        state: counts[state, True] + counts[state, False]
        for state in ("due", "sending", "sent", "dismissed", "dropped")
    }
    waiting = col(Message.state).in_(UNDER_WAY)
    oldest = session.scalar(select(func.min(col(Message.due_at))).where(waiting))
    retrying = (
        session.scalar(
            select(func.count()).select_from(Message).where(waiting, col(Message.attempts) > 0)
        )
        or 0
    )
    relay = (
        session.scalar(
            select(func.count()).select_from(Message).where(waiting, col(Message.fault) == "relay")
        )
        or 0
    )
    last_sent = session.scalar(
        select(func.max(col(Message.settled_at))).where(col(Message.state) == "sent")
    )
    troubled = select(col(Message.error)).where(
        col(Message.error).is_not(None), waiting | ((col(Message.state) == "failed") & tells)
    )
    error = session.scalar(
        troubled.order_by(func.coalesce(col(Message.settled_at), col(Message.due_at)).desc()).limit(
            1
        )
    )
    due, failed = totals["due"] + totals["sending"], counts["failed", True]
    late = oldest is not None and now - oldest > LATE
    return OutboxHealth(
        due=due,
        retrying=retrying,
        relay_faults=relay,
        sent=totals["sent"],
        failed=failed,
        failed_requests=counts["failed", False],
        dismissed=totals["dismissed"],
        dropped=totals["dropped"],
        oldest_due_at=oldest,
        last_sent_at=last_sent,
        last_error=error,
        ok=not (late or failed or relay),
        sentence=_sentence(due, retrying, relay, failed, late=late),
    )


def failed_sentence(failed: int) -> str:
    """How many alerts wait for a person, and what that person does."""
    alerts = counted(failed, "alert")
    return (
        f"{alerts} could not be delivered: look at them with `policy-tracker send --failed`, "
        f"then `send --retry` or `send --dismiss`"
    )


def _sentence(due: int, retrying: int, relay: int, failed: int, *, late: bool) -> str:
    parts = [f"{due} waiting" if due else "Nothing waits"]
    parts += [f"{retrying} of them after a failed attempt"] if retrying else []
    if late:
        parts = [
            (
                f"Mails wait that should have gone long ago ({due}): is the scheduler running, "
                f"and does the mail server answer"
            )
        ]
    parts += (
        [
            (
                f"the mail server refuses everybody ({counted(relay, 'mail waits', 'mails wait')} "
                f"for that)"
            )
        ]
        if relay
        else []
    )
    parts += [failed_sentence(failed)] if failed else []
    return "; ".join(parts) + ("?" if late and len(parts) == 1 else ".")
