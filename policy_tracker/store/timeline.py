"""Which edition governs when, and why: the store's side of `policy_tracker.store.governing`."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from policy_tracker.record import Start
from policy_tracker.store.governing import Entry, resolve, spans
from policy_tracker.store.tables import JournalRow, StoredEdition, StoredRevision
from policy_tracker.store.views import Governing, Question, TimelineSpan

ENTRY_COLUMNS = (
    StoredRevision.id,
    StoredRevision.policy_id,
    StoredEdition.label,
    StoredRevision.number,
    StoredRevision.sequence,
    StoredRevision.start_day,
    StoredRevision.stated_as,
    StoredRevision.basis,
    StoredRevision.issued,
    StoredRevision.superseded_on,
    StoredRevision.retired,
    StoredRevision.withdrawn,
)
"""What an entry of the timeline is made from, in the order of `entry_of`."""


def entry_of(row: tuple) -> Entry:
    """The entry of a row of ENTRY_COLUMNS."""
    revision_id, _, label, number, sequence, day, stated_as, basis, issued, superseded_on, retired, withdrawn = row
    start = Start.model_construct(day=day, stated_as=stated_as, basis=basis)  # validated when it was recorded
    return Entry(label, revision_id, number, sequence, start, issued, superseded_on, retired, withdrawn)


def known_then(known_at: datetime | None) -> list:
    """Conditions on revisions: recorded up to the journal's sequence at an instant (None: all)."""
    if known_at is None:
        return []
    last = select(func.coalesce(func.max(JournalRow.sequence), 0)).where(col(JournalRow.at) <= known_at).scalar_subquery()
    return [col(StoredRevision.sequence) <= last]


def entries(session: Session, policy_ids: Collection[int] | None = None, known_at: datetime | None = None) -> dict[int, list[Entry]]:
    """The revisions of policies (None: of all) as the timeline reads them, by policy."""
    query = select(*ENTRY_COLUMNS).join(StoredEdition, col(StoredEdition.id) == StoredRevision.edition_id)  # ty: ignore[no-matching-overload]
    if policy_ids is not None:
        query = query.where(col(StoredRevision.policy_id).in_(policy_ids))
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in session.exec(query.where(*known_then(known_at)).order_by(StoredRevision.id)):
        found[row[1]].append(entry_of(row))
    return found


def as_of(session: Session, policy_id: int, question: Question) -> Governing:
    """Which edition of a policy governs, by what was recorded at `known_at` (else now)."""
    return resolve(entries(session, [policy_id], question.known_at).get(policy_id, ()), question)


def timeline(session: Session, policy_id: int, known_at: datetime | None = None) -> tuple[TimelineSpan, ...]:
    """A policy's bars in valid time, in order and without holes, as if every date of a claim were the same day."""
    return spans(entries(session, [policy_id], known_at).get(policy_id, ()))
