"""Whether a person looked at what is recorded of a version: derived in one place, from what was
decided about its reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from policy_tracker.store.tables import StoredExtraction, StoredRevision
from policy_tracker.store.views import ReviewState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from policy_tracker.record import Record


_DECIDED = (
    select(StoredExtraction.revision_id, StoredExtraction.decided_by, StoredExtraction.decided_at)
    .where(
        col(StoredExtraction.revision_id).in_(bindparam("revisions", expanding=True)),
        col(StoredExtraction.decision).in_(("accepted", "corrected")),
    )
    .order_by(col(StoredExtraction.decided_at), col(StoredExtraction.id))
)

_READINGS = select(
    StoredExtraction.document_id,
    StoredExtraction.policy,
    StoredExtraction.version,
    StoredExtraction.revision_id,
)


def review_states(
    session: Session, read: Mapping[int, bool | None], known_at: datetime | None = None
) -> dict[int, ReviewState]:
    """The state of each revision, as it was known at `known_at`, without it now.

    `read` tells of their ids whether a program read them of a document (None: it is looked up).
    """
    unknown = [revision_id for revision_id, said in read.items() if said is None]
    looked_up = _read_of_documents(session, unknown) if unknown else frozenset()
    rows = session.exec(_DECIDED, params={"revisions": list(read)}) if read else ()
    decided = {one: (by, at) for one, by, at in rows if known_at is None or (at and at <= known_at)}
    of_documents = [one for one, said in read.items() if said or one in looked_up]
    doubted = _doubted(session, of_documents, known_at) if of_documents else frozenset()
    found = {}
    for revision_id, said in read.items():
        if revision_id in decided:
            by, at = decided[revision_id]
            state = ReviewState(state="reviewed", by=by, on=at.date() if at else None)
        else:
            state = _undecided(read_of_document=bool(said) or revision_id in looked_up)
        doubts = revision_id in doubted
        found[revision_id] = state.model_copy(update={"doubted": True}) if doubts else state
    return found


def _doubted(
    session: Session, revision_ids: Collection[int], known_at: datetime | None
) -> frozenset[int]:
    """The revisions of whose document the latest reading waits for a person."""
    own = session.exec(_READINGS.where(col(StoredExtraction.revision_id).in_(list(revision_ids))))
    revisions = {tuple(key): revision_id for *key, revision_id in own}
    documents = {document for document, _, _ in revisions if document is not None}
    if not documents:
        return frozenset()
    latest: dict[tuple[object, ...], str] = {}
    later = select(
        StoredExtraction.document_id,
        StoredExtraction.policy,
        StoredExtraction.version,
        StoredExtraction.status,
    ).where(col(StoredExtraction.document_id).in_(documents))
    if known_at is not None:
        later = later.where(col(StoredExtraction.read_at) <= known_at)
    for *key, status in session.exec(later.order_by(col(StoredExtraction.id))):
        latest[tuple(key)] = status
    return frozenset(
        revision_id
        for key, revision_id in revisions.items()
        if revision_id is not None and latest.get(key) == "needs_review"
    )


def _read_of_documents(session: Session, revision_ids: Collection[int]) -> frozenset[int]:
    query = select(StoredRevision.id).where(
        col(StoredRevision.id).in_(list(revision_ids)),
        col(StoredRevision.content)["extraction"]["extractor"].as_string().is_not(None),
    )
    return frozenset(revision_id for revision_id in session.exec(query) if revision_id is not None)


def unreviewed(record: Record) -> ReviewState:
    """The state of a record about which nobody decided, one that waits say."""
    return _undecided(read_of_document=record.extraction is not None)


def _undecided(*, read_of_document: bool) -> ReviewState:
    return ReviewState(state="not_reviewed" if read_of_document else "recorded_by_hand")
