"""Occasions: what a subscriber may want to be told, each written in the transaction of what caused it."""

from datetime import date, datetime

from sqlmodel import Session

from policy_tracker.store.views import Occasion


def occasions(session: Session, *, after: int = 0, limit: int = 100) -> tuple[Occasion, ...]:
    """Occasions with an id above `after`, in the order in which they were committed (ids never appear behind one that was read)."""
    raise NotImplementedError


def get_occasion(session: Session, occasion_id: int) -> Occasion:
    """One occasion. Raises NotFoundError."""
    raise NotImplementedError


def note_taking_effect(session: Session, today: date, at: datetime) -> int:
    """Write one `takes_effect` occasion for each edition that was recorded before its start and governs today; returns how many are new."""
    raise NotImplementedError
