"""Messages that could not be delivered: looked at, put back into the outbox, or dismissed by a
person who says why.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col, select

from policy_tracker.alerts.corrections import TOLD
from policy_tracker.alerts.tables import Message, Subscriber
from policy_tracker.errors import ConflictError, NotFoundError, QueryError
from policy_tracker.record.base import Value

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlmodel import Session

LONGEST_REASON = 500


class Undelivered(Value):
    """A message that could not be delivered: to whom, about what (`payer/policy@version`), since
    when, and why; times in UTC.
    """

    id: int
    purpose: str
    address: str
    about: str | None
    attempts: int
    failed_at: datetime | None
    error: str | None
    recipient_refused: bool


def undelivered(session: Session, most: int | None = None) -> list[Undelivered]:
    """What waits for a person, alerts first, oldest first."""
    query = select(Message, Subscriber.address).join(Subscriber).where(Message.state == "failed")
    rows = session.exec(
        query.order_by(
            col(Message.purpose).in_(TOLD).desc(), col(Message.settled_at), col(Message.id)
        ).limit(most)
    ).all()
    return [
        Undelivered(
            id=row.id or 0,
            purpose=row.purpose,
            address=address,
            about=row.about,
            attempts=row.attempts,
            failed_at=row.settled_at,
            error=row.error,
            recipient_refused=row.fault == "recipient",
        )
        for row, address in rows
    ]


def put_back(session: Session, numbers: Collection[int], now: datetime) -> int:
    """Make failed messages due again, those with the `numbers` or all where none is given, as if
    never tried; how many.

    Raises NotFoundError, or ConflictError where one is not failed; then nothing is put back.
    """
    values = {
        "state": "due",
        "due_at": now,
        "settled_at": None,
        "error": None,
        "fault": None,
        "uncounted": col(Message.attempts),
    }
    return _change(session, numbers, values)


def dismiss(
    session: Session, numbers: Collection[int], now: datetime, *, why: str, by: str | None
) -> int:
    """Close failed messages for good, with the reason and the name of who decided; how many.

    Raises QueryError without numbers or a reason, NotFoundError, or ConflictError where one is not
    failed; then nothing is closed.
    """
    why = " ".join(why.split())[:LONGEST_REASON]
    if not numbers or not why:
        message = (
            "What is dismissed has an id and a reason: `policy-tracker send --dismiss ID "
            "--why TEXT`"
        )
        raise QueryError(message)
    return _change(
        session,
        numbers,
        {"state": "dismissed", "resolved_at": now, "resolved_by": by, "resolution": why},
    )


def _change(session: Session, numbers: Collection[int], values: dict[str, object]) -> int:
    """In one statement, so that a message that another process takes meanwhile is either changed or
    told.
    """
    named = [col(Message.id).in_(numbers)] if numbers else []
    changing = (
        update(Message)
        .where(col(Message.state) == "failed", *named)
        .values(**values)
        .returning(col(Message.id))
    )
    changed = set(session.scalars(changing.execution_options(synchronize_session=False)))
    for number in sorted(set(numbers) - changed):
        row = session.get(Message, number)
        if row is None:
            message = f"There is no message {number}"
            raise NotFoundError(message)
        message = f"Message {number} is {row.state}, not failed; nothing was changed"
        raise ConflictError(message)
    return len(changed)
