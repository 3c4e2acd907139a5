"""Documents as payers issued them: their bytes, kept once, and which of them a version was read
from.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from policy_tracker.documents.attached import unpacked
from policy_tracker.documents.read import MOST_BYTES
from policy_tracker.errors import EmptyDocumentError, NotFoundError, TooLargeDocumentError
from policy_tracker.record import Record
from policy_tracker.record.base import Value
from policy_tracker.store.inserting import insert_into
from policy_tracker.store.tables import (
    DocumentRow,
    DocumentTextRow,
    StoredExtraction,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredVersion,
)

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import ColumnElement

LONGEST_NAME = 200
ANY_BYTES = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,80}")
_NO_NAME = re.compile(r"[\x00-\x1f\x7f]")
_COLUMNS = tuple(
    getattr(DocumentRow, name)
    for name in ("id", "sha256", "name", "media_type", "size", "received_at")
)


class StoredDocument(Value):
    """A document that is held, without its bytes: `document_bytes` has them.

    `received_at` (UTC) is when it first came.
    """

    id: int
    sha256: str
    name: str
    media_type: str
    size: int
    received_at: datetime


def keep_document(
    session: Session, data: bytes, name: str, media_type: str, now: datetime
) -> StoredDocument:
    """Keep a document; the same bytes are kept once, under the name under which they first came.

    Of `name` only the base name is kept, and a media type that is none counts as unknown. Raises
    EmptyDocumentError for no bytes, and TooLargeDocumentError for more than are read.
    """
    name = base_name(name)
    if not data:
        raise EmptyDocumentError(name, "is empty")
    if len(data) > MOST_BYTES:
        raise TooLargeDocumentError(name, f"has more than {MOST_BYTES // 1_000_000} million bytes")
    sha256 = hashlib.sha256(data).hexdigest()
    held = find_document(session, sha256)
    if held is None:
        kind = media_type.partition(";")[0].strip().lower()
        values = {
            "sha256": sha256,
            "name": name,
            "media_type": kind if _MEDIA_TYPE.fullmatch(kind) else ANY_BYTES,
            "size": len(data),
            "received_at": now.astimezone(UTC),
            "data": data,
        }
        session.execute(
            insert_into(session, DocumentRow)
            .values(**values)
            .on_conflict_do_nothing(index_elements=["sha256"])
        )
        held = find_document(session, sha256)
    if held is None:
        message = f"the document {name} was written and cannot be found"
        raise NotFoundError(message)
    return held


def base_name(name: str) -> str:
    """The name of a file without its folders, of either kind of system, and without what no name
    can hold.
    """
    last = _NO_NAME.sub(" ", re.split(r"[/\\]", name.rstrip("/\\"))[-1]).strip()
    if last in ("", ".", ".."):
        return "document"
    if len(last) <= LONGEST_NAME:
        return last
    stem, point, suffix = last.rpartition(".")
    return (
        f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"
        if point and len(suffix) <= 10
        else last[:LONGEST_NAME]
    )


def find_document(session: Session, sha256: str) -> StoredDocument | None:
    """The document with these bytes, None where it is not held."""
    return _one(session, col(DocumentRow.sha256) == sha256)


def get_document(session: Session, document_id: int) -> StoredDocument:
    """One document. Raises NotFoundError."""
    found = _one(session, col(DocumentRow.id) == document_id)
    if found is None:
        message = f"There is no document {document_id}."
        raise NotFoundError(message)
    return found


def document_bytes(session: Session, sha256: str) -> bytes:
    """The bytes of a document. Raises NotFoundError."""
    data = session.exec(select(DocumentRow.data).where(DocumentRow.sha256 == sha256)).first()
    if data is None:
        message = f"There is no document with the hash {sha256[:64]}."
        raise NotFoundError(message)
    return data


def keep_texts(session: Session, document_id: int, reader: str, texts: bytes) -> None:
    """Keep the texts of a document as a reader read them, once, in the form of
    `documents.attached.packed`.
    """
    values = {"document_id": document_id, "reader": reader, "texts": texts}
    row = insert_into(session, DocumentTextRow).values(**values)
    session.execute(row.on_conflict_do_nothing(index_elements=["document_id", "reader"]))


def texts_of(session: Session, document_id: int, reader: str) -> list[dict[str, object]]:
    """The texts of a document as a reader read them, in reading order; none where they were not
    kept.
    """
    packed_texts = session.exec(
        select(DocumentTextRow.texts).where(
            DocumentTextRow.document_id == document_id, DocumentTextRow.reader == reader
        )
    ).first()
    return unpacked(packed_texts) if packed_texts else []


def texts_beside(session: Session, record: Record, content_hash: str) -> list[dict[str, object]]:
    """The texts of the document that a record with this hash was read from, in reading order.

    None where it was read from no document, where the texts were not kept or are another reader's
    (their ids may name other blocks), or where the document holds other versions too.
    """
    query = (
        select(StoredExtraction.content, DocumentTextRow.id)
        .join(
            DocumentTextRow,
            (col(StoredExtraction.document_id) == DocumentTextRow.document_id)
            & (col(StoredExtraction.reader) == DocumentTextRow.reader),
        )
        .where(
            StoredExtraction.content_hash == content_hash,
            StoredExtraction.records_in_document == 1,
        )
        .order_by(col(StoredExtraction.id).desc())
    )
    for content, number in session.exec(query):
        if Record.model_validate(content).statements == record.statements:
            texts = select(DocumentTextRow.texts).where(DocumentTextRow.id == number)
            return unpacked(session.exec(texts).one())
    return []


def document_of(session: Session, payer: str, policy: str, version: str) -> StoredDocument | None:
    """The document that the current revision of a version was read from; None where it was not read
    from one, or is not held.
    """
    current = (
        select(StoredRevision.id, StoredRevision.content_hash)
        .join(StoredVersion, col(StoredVersion.id) == StoredRevision.version_id)
        .join(StoredPolicy, col(StoredPolicy.id) == StoredVersion.policy_id)
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
        .where(
            StoredPayer.slug == payer, StoredPolicy.slug == policy, StoredVersion.label == version
        )
        .order_by(col(StoredRevision.number).desc())
        .limit(1)
    )
    revision = session.exec(current).first()
    if revision is None:
        return None
    extractions = select(StoredExtraction.document_id).where(
        StoredExtraction.revision_id == revision[0],
        StoredExtraction.status == "published",
        col(StoredExtraction.document_id).is_not(None),
    )
    # another document may print the version too; the one whose pages the record names comes first
    by_pages = extractions.order_by(
        (col(StoredExtraction.content_hash) == revision[1]).desc(), col(StoredExtraction.id).desc()
    )
    document_id = session.exec(by_pages).first()
    return _one(session, col(DocumentRow.id) == document_id) if document_id else None


def _one(session: Session, condition: ColumnElement[bool]) -> StoredDocument | None:
    row = session.exec(select(*_COLUMNS).where(condition)).first()
    return StoredDocument.model_validate(row._asdict()) if row else None
