"""Readings: what a program read of a document, what became of each, and the queue of those that
wait for a person.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from policy_tracker.errors import ConflictError, NotFoundError
from policy_tracker.extract.payers.names import payer_named
from policy_tracker.extract.quality import UNKNOWN_PAYER, is_unconfirmed_only
from policy_tracker.record import Bulletin, Record, content_hash
from policy_tracker.record.base import Value
from policy_tracker.record.content import TextCoverage
from policy_tracker.store.confirmations import confirmed_name, is_confirmed
from policy_tracker.store.documents import StoredDocument, get_document
from policy_tracker.store.metadata import LARGEST_ID
from policy_tracker.store.newest_readings import is_newest
from policy_tracker.store.plan import hash_of
from policy_tracker.store.tables import (
    StoredExtraction,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredVersion,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

Status = Literal["read", "needs_review", "published", "refused", "kept", "rejected", "superseded"]
Decision = Literal["accepted", "corrected", "rejected"]
BY_FILE = "file"
"""The `reader` of a record that came as a file of its own, without its document."""


class ToConfirm(Value):
    """What a person confirms or corrects of a reading; None where nothing was read.

    `payer` is its short name, `payer_name` its name.
    """

    payer: str | None
    payer_name: str | None
    number: str | None
    title: str


class ExtractionRef(Value):
    """Which record a reading is, and what became of it.

    `document` is the name of the file it was read from, None for a record's file.
    """

    id: int
    payer: str
    policy: str | None
    version: str | None
    title: str
    status: Status
    reasons: tuple[str, ...] = ()
    document: str | None = None
    extractor: str | None = None
    extractor_version: int | None = None
    text_coverage: TextCoverage | None = None
    read_at: datetime
    confirm: ToConfirm | None = None
    """Set where the reading waits for a payer that nobody has confirmed."""


class ReviewItem(ExtractionRef):
    """A reading with its record, its document, and what a person decided about it (None: nothing
    yet).
    """

    record: Record
    source: StoredDocument | None = None
    history: bool
    revision_id: int | None = None
    decision: Decision | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    why: str | None = None


# --- Writing


def note_extractions(
    session: Session,
    document: StoredDocument,
    records: Sequence[Record | Bulletin],
    reader: str,
    now: datetime,
) -> tuple[int, ...]:
    """Note what was read of a document, in the order of the document, as history; a bulletin is
    kept as it is. Returns the ids.

    What an earlier reader read of it and nobody settled is superseded: one document waits once.
    """
    _supersede(
        session,
        col(StoredExtraction.document_id) == document.id,
        col(StoredExtraction.reader) != reader,
    )
    rows = [
        _row(
            record,
            now,
            document_id=document.id,
            reader=reader,
            ordinal=place,
            records_in_document=len(records),
            history=True,
        )
        for place, record in enumerate(records)
    ]
    session.add_all(rows)
    session.flush()
    return tuple(_id(row) for row in rows)


def queue(session: Session, record: Record, reasons: Sequence[str], now: datetime) -> int:
    """Put a record that came as a file into the queue of what waits for a person, once; returns its
    id.
    """
    held = reading_of_file(session, record)
    if held is not None:
        return _id(held)
    _supersede(
        session,
        col(StoredExtraction.reader) == BY_FILE,
        col(StoredExtraction.payer) == record.payer,
        col(StoredExtraction.policy) == record.policy,
        col(StoredExtraction.version) == record.version,
    )
    row = _row(record, now, reader=BY_FILE)
    row.status, row.reasons = "needs_review", list(reasons)
    session.add(row)
    session.flush()
    return _id(row)


def _supersede(session: Session, *which: ColumnElement[bool]) -> None:
    """Close the readings that wait and are not the newest any more."""
    session.exec(
        update(StoredExtraction)
        .where(*which, col(StoredExtraction.status).in_(("read", "needs_review")))
        .values(status="superseded")
    )


def _row(record: Record | Bulletin, now: datetime, **more: Any) -> StoredExtraction:  # noqa: ANN401 - columns of the row
    extraction = record.extraction if isinstance(record, Record) else None
    return StoredExtraction(
        payer=record.payer,
        policy=record.policy if isinstance(record, Record) else None,
        version=record.version if isinstance(record, Record) else None,
        extractor=extraction.extractor if extraction else None,
        extractor_version=extraction.version if extraction else None,
        content=record.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        content_hash=hash_of(record) if isinstance(record, Record) else content_hash(record),
        read_at=now.astimezone(UTC),
        status="read" if isinstance(record, Record) else "kept",
        **more,
    )


def settle(
    session: Session,
    extraction_id: int,
    status: Status,
    *,
    reasons: Sequence[str] = (),
    revision_id: int | None = None,
) -> bool:
    """Write what became of a reading that was not looked at yet; False where another process did so
    before.
    """
    values = {"status": status, "reasons": list(reasons), "revision_id": revision_id}
    done = session.exec(
        update(StoredExtraction)
        .where(col(StoredExtraction.id) == extraction_id, col(StoredExtraction.status) == "read")
        .values(**values)
    )
    return done.rowcount == 1


def decide(
    session: Session,
    extraction_id: int,
    decision: Decision,
    now: datetime,
    *,
    by: str | None,
    why: str | None,
    revision_id: int | None = None,
) -> None:
    """Write a person's decision about a reading that waits.

    Raises NotFoundError, and ConflictError where it does not wait (any more).
    """
    require_waiting(review_item(session, extraction_id))
    values = {
        "status": "rejected" if decision == "rejected" else "published",
        "decision": decision,
        "decided_at": now.astimezone(UTC),
        "decided_by": by,
        "why": why,
        "revision_id": revision_id,
    }
    waits = (
        col(StoredExtraction.id) == extraction_id,
        col(StoredExtraction.status) == "needs_review",
    )
    if session.exec(update(StoredExtraction).where(*waits).values(**values)).rowcount != 1:
        message = f"Reading {extraction_id} was decided by somebody else meanwhile"
        raise ConflictError(message)


def take_up_again(session: Session, payer: str) -> int:
    """Have the readings of a payer looked at anew that wait for nothing but its confirmation;
    returns how many.
    """
    query = select(StoredExtraction).where(
        StoredExtraction.status == "needs_review", StoredExtraction.payer == payer
    )
    again = [row.id for row in session.exec(query) if is_unconfirmed_only(row.reasons)]
    for extraction_id in again:
        session.exec(
            update(StoredExtraction)
            .where(col(StoredExtraction.id) == extraction_id)
            .values(status="read", reasons=[])
        )
    return len(again)


def require_waiting(item: ReviewItem) -> None:
    """Raises ConflictError, which says what became of it, where a reading does not wait for a
    decision.
    """
    if item.status == "needs_review":
        return
    if item.decision and item.decided_at:
        by = f" by {item.decided_by}" if item.decided_by else ""
        message = (
            f"Reading {item.id} was {item.decision}{by} on {item.decided_at:%Y-%m-%d}; a "
            f"decision is not taken twice"
        )
    else:
        message = (
            f"Reading {item.id} does not wait for a decision: it is {item.status.replace('_', ' ')}"
        )
    raise ConflictError(message)


# --- Reading


def waiting(session: Session, *, after: int = 0, limit: int = 200) -> tuple[ExtractionRef, ...]:
    """What waits for a person, the longest first; `after` is the id of the last one that was
    seen.
    """
    query = (
        select(StoredExtraction)
        .where(StoredExtraction.status == "needs_review", col(StoredExtraction.id) > after)
        .order_by(col(StoredExtraction.id))
    )
    return tuple(_ref(session, row) for row in session.exec(query.limit(limit)))


def count_waiting(session: Session) -> int:
    """How many readings wait for a person."""
    return session.exec(
        select(func.count())
        .select_from(StoredExtraction)
        .where(StoredExtraction.status == "needs_review")
    ).one()


def review_item(session: Session, extraction_id: int) -> ReviewItem:
    """One reading of a version, whether it waits or not. Raises NotFoundError."""
    row = session.get(StoredExtraction, extraction_id) if 0 < extraction_id <= LARGEST_ID else None
    if row is None or row.policy is None:
        message = f"There is no reading {extraction_id} of a version."
        raise NotFoundError(message)
    session.refresh(row)
    more = {
        name: getattr(row, name)
        for name in ("history", "revision_id", "decision", "decided_at", "decided_by", "why")
    }
    source = get_document(session, row.document_id) if row.document_id else None
    return ReviewItem.model_validate(
        dict(_ref(session, row))
        | more
        | {"record": Record.model_validate(row.content), "source": source}
    )


def extractions_of(
    session: Session, document_id: int, reader: str
) -> tuple[ExtractionRef, ...] | None:
    """What a reader read of a document, in order; None where it did not read it."""
    query = (
        select(StoredExtraction)
        .where(StoredExtraction.document_id == document_id, StoredExtraction.reader == reader)
        .order_by(col(StoredExtraction.ordinal))
    )
    rows = session.exec(query).all()
    return tuple(_ref(session, row) for row in rows) if rows else None


def published_of(session: Session, document_id: int) -> tuple[Record, ...]:
    """What is recorded now of each version that was published from a document."""
    versions = select(StoredRevision.version_id).join(
        StoredExtraction, col(StoredExtraction.revision_id) == StoredRevision.id
    )
    of_document = versions.where(
        StoredExtraction.document_id == document_id, StoredExtraction.status == "published"
    )
    query = select(StoredRevision.version_id, StoredRevision.content).where(
        col(StoredRevision.version_id).in_(of_document)
    )
    newest = dict(
        session.exec(
            query.order_by(col(StoredRevision.version_id), col(StoredRevision.number))
        ).all()
    )
    return tuple(Record.model_validate(content) for content in newest.values())


def unsettled(session: Session) -> tuple[tuple[str, str], ...]:
    """The policies of which readings were not looked at yet, in order."""
    query = (
        select(StoredExtraction.payer, StoredExtraction.policy)
        .where(StoredExtraction.status == "read")
        .distinct()
    )
    return tuple(sorted((payer, policy or "") for payer, policy in session.exec(query)))


def unsettled_of(session: Session, payer: str, policy: str) -> tuple[StoredExtraction, ...]:
    """The readings of a policy that were not looked at yet."""
    query = select(StoredExtraction).where(
        StoredExtraction.status == "read",
        StoredExtraction.payer == payer,
        StoredExtraction.policy == policy,
    )
    return tuple(session.exec(query.order_by(col(StoredExtraction.id))))


def reading_of_file(session: Session, record: Record) -> StoredExtraction | None:
    """The reading of a record that came as a file and says the same, whatever became of it."""
    same = (
        StoredExtraction.payer == record.payer,
        StoredExtraction.policy == record.policy,
        StoredExtraction.version == record.version,
    )
    query = select(StoredExtraction).where(
        StoredExtraction.reader == BY_FILE, *same, StoredExtraction.content_hash == hash_of(record)
    )
    return session.exec(query.order_by(col(StoredExtraction.id).desc())).first()


def bulletins(
    session: Session, payer: str | None = None
) -> tuple[tuple[Bulletin, StoredDocument | None], ...]:
    """The bulletins that are kept, with their documents, in the order in which they came."""
    query = (
        select(StoredExtraction)
        .where(StoredExtraction.status == "kept", is_newest())
        .order_by(col(StoredExtraction.id))
    )
    rows = session.exec(
        query if payer is None else query.where(StoredExtraction.payer == payer)
    ).all()
    return tuple(
        (
            Bulletin.model_validate(row.content),
            get_document(session, row.document_id) if row.document_id else None,
        )
        for row in rows
    )


def current_revision(
    session: Session, payer: str, policy: str, version: str
) -> StoredRevision | None:
    """The newest revision of a version, None where it is not held."""
    query = (
        select(StoredRevision)
        .join(StoredVersion, col(StoredVersion.id) == StoredRevision.version_id)
        .join(StoredPolicy, col(StoredPolicy.id) == StoredVersion.policy_id)
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
        .where(
            StoredPayer.slug == payer, StoredPolicy.slug == policy, StoredVersion.label == version
        )
        .order_by(col(StoredRevision.number).desc())
    )
    return session.exec(query.limit(1)).first()


def upgrades(session: Session, document_id: int | None, revision_id: int) -> bool:
    """Whether a revision was published as it was read from a document: another reading of the
    document then replaces it by itself.
    """
    if document_id is None:
        return False
    query = select(StoredExtraction.id).where(
        StoredExtraction.document_id == document_id,
        StoredExtraction.revision_id == revision_id,
        col(StoredExtraction.decision).is_distinct_from("corrected"),
    )
    return session.exec(query.limit(1)).first() is not None


def _ref(session: Session, row: StoredExtraction) -> ExtractionRef:
    names = (
        "id",
        "payer",
        "policy",
        "version",
        "status",
        "extractor",
        "extractor_version",
        "read_at",
    )
    return ExtractionRef.model_validate(
        {name: getattr(row, name) for name in names}
        | {
            "title": row.content["title"],
            "reasons": tuple(row.reasons),
            "document": get_document(session, row.document_id).name if row.document_id else None,
            "text_coverage": row.content.get("extraction", {}).get("text_coverage"),
            "confirm": _to_confirm(session, row),
        }
    )


def _to_confirm(session: Session, row: StoredExtraction) -> ToConfirm | None:
    if row.status != "needs_review" or is_confirmed(session, row.payer):
        return None
    payer = confirmed_name(session, row.payer)
    held = session.exec(select(StoredPayer.name).where(StoredPayer.slug == payer)).first()
    unknown = payer == UNKNOWN_PAYER
    return ToConfirm(
        payer=None if unknown else payer,
        payer_name=None if unknown else held or payer_named(payer).name,
        number=row.content.get("policy_number"),
        title=row.content["title"],
    )


def _id(row: StoredExtraction) -> int:
    if row.id is None:
        message = "a reading has no id before it is written"
        raise TypeError(message)
    return row.id
