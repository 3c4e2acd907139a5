"""What an answer rests on."""

from datetime import datetime

from sqlmodel import Session

from policy_tracker.api.schemas import Known
from policy_tracker.store.journal import last_sequence, sequence_at


def known(session: Session, at: datetime | None = None) -> Known:
    """Up to where the journal counts for an answer: the entries recorded by `at`, or all."""
    return Known(sequence=last_sequence(session) if at is None else sequence_at(session, at), at=at)
