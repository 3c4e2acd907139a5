"""Occasions: what a subscriber may want to be told, each written in the transaction of what caused
it.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from policy_tracker.errors import NotFoundError
from policy_tracker.rules.changes import Comparison
from policy_tracker.store import journal
from policy_tracker.store.metadata import LARGEST_ID
from policy_tracker.store.policies import REF_COLUMNS, ref_of
from policy_tracker.store.tables import (
    EventRow,
    StoredComparison,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredSpan,
    StoredVersion,
)
from policy_tracker.store.views import Event, Gap


def events(session: Session, *, after: int = 0, limit: int = 100) -> tuple[Event, ...]:
    """Occasions with an id above `after`, in the order in which they were committed (ids never
    appear behind one that was read).
    """
    return _read(session, col(EventRow.id) > after, limit)


def get_event(session: Session, event_id: int) -> Event:
    """One event. Raises NotFoundError."""
    found = _read(session, col(EventRow.id) == event_id, 1) if 0 < event_id <= LARGEST_ID else ()
    if not found:
        message = f"There is no occasion {event_id}."
        raise NotFoundError(message)
    return found[0]


def _read(session: Session, condition: ColumnElement[bool], limit: int) -> tuple[Event, ...]:
    before, after = aliased(StoredVersion), aliased(StoredVersion)
    query = (
        select(EventRow, before.label, after.label, *REF_COLUMNS)  # ty: ignore[no-matching-overload]
        .join(StoredPolicy, col(StoredPolicy.id) == EventRow.policy_id)
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
        .join(before, col(before.id) == EventRow.from_version_id, isouter=True)
        .join(after, col(after.id) == EventRow.to_version_id)
        .where(condition)
        .order_by(EventRow.id)
        .limit(limit)
    )
    return tuple(
        Event(
            id=row.id,
            kind=row.kind,
            at=row.at,
            policy=ref_of(ref),
            from_version=before_label,
            to_version=after_label,
            revision_id=row.revision_id,
            effective=row.effective,
            gap=Gap.model_validate(row.gap) if row.gap else None,
            comparison=Comparison.model_validate(row.comparison),
        )
        for row, before_label, after_label, *ref in session.exec(query)
    )


def note_taking_effect(session: Session, today: date, at: datetime) -> int:
    """Write one `takes_effect` event for each version that was recorded before its start and
    governs today; returns how many are new.

    A version that was recorded on or after its start was news when it was recorded; one whose turn
    has passed is none any more.
    """
    journal.lock(session)
    query = (
        select(StoredSpan, StoredRevision)
        .join(StoredRevision, col(StoredRevision.id) == StoredSpan.revision_id)
        .where(
            StoredSpan.status == "in_force",
            col(StoredSpan.begins) <= today,
            col(StoredRevision.first_observed) < StoredSpan.begins,
        )
        .where((col(StoredSpan.from_day) == None) | (col(StoredSpan.from_day) <= today))  # noqa: E711 - SQL's IS NULL
        .where((col(StoredSpan.to_day) == None) | (col(StoredSpan.to_day) > today))  # noqa: E711 - SQL's IS NULL
        .order_by(col(StoredSpan.begins), col(StoredSpan.policy_id))
    )
    new = [
        (span, revision)
        for span, revision in session.exec(query).all()
        if _write(session, span, revision, at)
    ]
    session.flush()
    return len(new)


def _write(session: Session, span: StoredSpan, revision: StoredRevision, at: datetime) -> bool:
    about = f"takes_effect:{span.version_id}:{span.begins}"
    if session.exec(select(EventRow.id).where(EventRow.about == about)).first():
        return False
    stored = session.exec(
        select(StoredComparison).where(
            StoredComparison.policy_id == span.policy_id,
            StoredComparison.to_version_id == revision.version_id,
        )
    ).first()
    if stored is None:  # it has another neighbour now, and is not compared with it yet
        return False
    session.add(
        EventRow(
            kind="takes_effect",
            about=about,
            at=at,
            policy_id=span.policy_id,
            from_version_id=stored.from_version_id,
            to_version_id=stored.to_version_id,
            revision_id=stored.to_revision_id,
            sequence=revision.sequence,
            effective=span.begins,
            gap=stored.gap,
            comparison=stored.content,
        )
    )
    return True
