"""Which edition governs when, and why (docs: concepts, "Time")."""

from datetime import datetime

from sqlmodel import Session

from policy_tracker.store.views import Governing, Question, TimelineSpan


def as_of(session: Session, policy_id: int, question: Question) -> Governing:
    """Which edition of a policy governs, by what was recorded at `known_at` (else now)."""
    raise NotImplementedError


def timeline(session: Session, policy_id: int, known_at: datetime | None = None) -> tuple[TimelineSpan, ...]:
    """A policy's bars in valid time, in order and without holes, as if every date of a claim were the same day."""
    raise NotImplementedError
