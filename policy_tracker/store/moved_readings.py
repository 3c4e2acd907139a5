"""Documents that a better reader reads as another policy or version than the one under which they
are on file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from policy_tracker.store.extractions import current_revision
from policy_tracker.store.tables import StoredExtraction

if TYPE_CHECKING:
    from policy_tracker.record import Record

Address = tuple[str, str | None, str | None]
"""Payer, policy and version."""


def moved_reason(session: Session, row: StoredExtraction, record: Record) -> str | None:
    """Why a reading waits whose document is on file under another address, at which this reader
    read nothing of it; None where that is not so.
    """
    earlier = _published_before(session, row)
    if address_of(record) in earlier:
        return None
    here = select(StoredExtraction).where(
        StoredExtraction.document_id == row.document_id, StoredExtraction.reader == row.reader
    )
    read = {(one.payer, one.policy, one.version) for one in session.exec(here)}
    gone = [address for address in earlier if address not in read and _stands(session, address)]
    if not gone:
        return None
    payer, policy, version = gone[0]
    return (
        f"Its document is on file as version {version} of {policy} ({payer}), and is now read as "
        f"another policy or version: one of the two is wrong."
    )


def address_of(record: Record) -> Address:
    """Where a record stands."""
    return record.payer, record.policy, record.version


def _published_before(session: Session, row: StoredExtraction) -> list[Address]:
    """The addresses under which other readers' readings of a document were published."""
    if row.document_id is None:
        return []
    query = select(StoredExtraction).where(
        StoredExtraction.document_id == row.document_id,
        StoredExtraction.reader != row.reader,
        StoredExtraction.status == "published",
    )
    rows = session.exec(query.order_by(col(StoredExtraction.id)))
    return [(one.payer, one.policy, one.version) for one in rows]


def _stands(session: Session, address: Address) -> bool:
    """Whether a version is on file and not withdrawn."""
    payer, policy, version = address
    current = current_revision(session, payer, policy or "", version or "")
    return current is not None and not current.content.get("withdrawn")
