"""The journal: what happened, append-only, in the order of commits."""

from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import func, text
from sqlmodel import Session, col, select

from policy_tracker.store.tables import JournalRow

Kind = Literal[
    "payer", "publish", "correct", "withdraw", "technical_upgrade", "reclassify", "confirm"
]
_LOCK = 0x706F6C69_63790002  # any number that nobody else uses in this database


def lock(session: Session) -> None:
    """Make this transaction the only one that appends, until it ends: sequences then follow the
    order of commits, without gaps.

    On SQLite a writing transaction is the only one from its start. On PostgreSQL the lock is let go
    only after the commit has become visible, and every statement after it sees that.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def append(
    session: Session,
    kind: Kind,
    *,
    at: datetime,
    payer: str,
    policy: str | None = None,
    version: str | None = None,
    revision: int | None = None,
    payload: dict[str, Any] | None = None,
) -> JournalRow:
    """Add a row and return it; from here to its end this transaction is the only one that appends.

    A clock that runs behind the one of an earlier row does not turn the journal's time back: the
    row then has the earlier row's time.
    """
    lock(session)
    latest = session.exec(
        select(JournalRow).order_by(col(JournalRow.sequence).desc()).limit(1)
    ).first()
    row = JournalRow(
        sequence=latest.sequence + 1 if latest else 1,
        at=max(at.astimezone(UTC), latest.at) if latest else at.astimezone(UTC),
        kind=kind,
        payer=payer,
        policy=policy,
        version=version,
        revision=revision,
        payload=payload or {},
    )
    session.add(row)
    session.flush()
    return row


def sequence_at(session: Session, known_at: datetime) -> int:
    """The last sequence recorded at or before an instant, 0 where nothing was."""
    return (
        session.exec(
            select(func.max(JournalRow.sequence)).where(col(JournalRow.at) <= known_at)
        ).one()
        or 0
    )


def last_sequence(session: Session) -> int:
    """The newest sequence, 0 for an empty journal: it grows with everything that is recorded, and
    so serves as a version.
    """
    return session.exec(select(func.max(JournalRow.sequence))).one() or 0
