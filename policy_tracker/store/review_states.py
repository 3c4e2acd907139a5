"""Whether a person looked at what is recorded of a version: derived in one place, from what was
decided about its reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func
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

_ADDRESS = (
    col(StoredExtraction.payer)
    + "/"
    + func.coalesce(StoredExtraction.policy, "")
    + "/"
    + func.coalesce(StoredExtraction.version, "")
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
    none = frozenset[int](), frozenset[int]()
    waits, moved = _doubted(session, of_documents, known_at) if of_documents else none
    found = {}
    for revision_id, said in read.items():
        if revision_id in decided:
            by, at = decided[revision_id]
            state = ReviewState(state="reviewed", by=by, on=at.date() if at else None)
        else:
            state = _undecided(read_of_document=bool(said) or revision_id in looked_up)
        doubts = {"doubted": revision_id in waits | moved, "moved": revision_id in moved}
        found[revision_id] = state.model_copy(update=doubts)
    return found


def _doubted(
    session: Session, revision_ids: Collection[int], known_at: datetime | None
) -> tuple[frozenset[int], frozenset[int]]:
    """The revisions of whose document the latest reading waits for a person, and those under whose
    policy and version the latest reader read nothing of it.
    """
    own = select(StoredExtraction.document_id, _ADDRESS, StoredExtraction.revision_id).where(
        col(StoredExtraction.revision_id).in_(list(revision_ids))
    )
    revisions = {
        (document, address): revision_id
        for document, address, revision_id in session.exec(own)
        if document is not None and revision_id is not None
    }
    if not revisions:
        return frozenset(), frozenset()
    later = select(
        StoredExtraction.document_id, _ADDRESS, StoredExtraction.status, StoredExtraction.reader
    ).where(col(StoredExtraction.document_id).in_({document for document, _ in revisions}))
    if known_at is not None:
        later = later.where(col(StoredExtraction.read_at) <= known_at)
    latest: dict[tuple[int, str], tuple[str, str]] = {}
    readers: dict[int, str] = {}
    for document, address, status, reader in session.exec(later.order_by(col(StoredExtraction.id))):
        if document is not None:
            latest[document, address] = status, reader
            readers[document] = reader
    waits = {one for key, one in revisions.items() if latest.get(key, ("",))[0] == "needs_review"}
    moved = {
        one
        for key, one in revisions.items()
        if key in latest and latest[key][1] != readers[key[0]] and one not in waits
    }
    return frozenset(waits), frozenset(moved)


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
