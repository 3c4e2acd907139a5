"""The journal: what happened, append-only, in the order of commits."""

from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session

Kind = Literal["payer", "publish", "correct", "withdraw", "technical_upgrade"]


def append(
    session: Session,
    kind: Kind,
    *,
    at: datetime,
    payer: str,
    policy: str | None = None,
    edition: str | None = None,
    revision: int | None = None,
    payload: dict[str, Any] | None = None,
) -> int:
    """Add a row and return its sequence; from here to its end this transaction is the only one that appends."""
    raise NotImplementedError


def sequence_at(session: Session, known_at: datetime) -> int:
    """The last sequence recorded at or before an instant, 0 where nothing was."""
    raise NotImplementedError


def last_sequence(session: Session) -> int:
    """The newest sequence, 0 for an empty journal: it grows with everything that is recorded, and so serves as a version (ETag)."""
    raise NotImplementedError
