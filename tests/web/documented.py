"""An installation with two versions of a policy of an invented payer that were read from kept PDFs, and one read from a page of HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlmodel import select

from policy_tracker import pipeline
from policy_tracker.extract.extraction import extract
from policy_tracker.extract.policy_file import Checked, Sourced
from policy_tracker.record import Payer, Record
from policy_tracker.store.database import writing
from policy_tracker.store.documents import keep_document
from policy_tracker.store.tables import ReadingRow, StoredEdition, StoredRevision
from tests.commands.policy_documents import policy_html, policy_pdf

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAYER, EARLIER, LATER = "lumen", "2026-03-01", "2026-09-01"
POLICY = f"/policies/{PAYER}/me-77"
WEB_POLICY = f"/policies/{PAYER}/me-78"
BOTH_CODES = (("64999", "Lantern therapy of the knee"), ("E1399", "Lantern"))
PAPERS = {
    EARLIER: policy_pdf(day="March 1, 2026", weeks=6, codes=BOTH_CODES[:1]),
    LATER: policy_pdf(day="September 1, 2026", weeks=12, codes=BOTH_CODES),
}


def read(data: bytes, name: str) -> Record:
    """The record in a document."""
    found = extract(data, name, PAYER)[0]
    assert isinstance(found, Record)
    return found


def fill(engine: Engine) -> dict[str, Record]:
    """Load the policies and keep their documents; gives the records by their edition."""
    papers = {f"{edition}.pdf": (data, "application/pdf") for edition, data in PAPERS.items()}
    papers["kite.html"] = (policy_html().encode(), "text/html")
    records = {name: read(data, name) for name, (data, _) in papers.items()}
    payer = Payer(record=1, payer=PAYER, name="Lumen Health", fixture=True)
    sourced = tuple(Sourced(value=record, file=name) for name, record in records.items())
    assert len(pipeline.load(engine, Checked(payers=(payer,), records=sourced), AT).changed) == len(papers)
    for name, (data, media_type) in papers.items():
        _keep(engine, data, name, media_type, records[name])
    return {record.edition: record for record in records.values()}


def _keep(engine: Engine, data: bytes, name: str, media_type: str, record: Record) -> None:
    """The document of an edition, and the reading that its revision was published from."""
    with writing(engine) as session:
        revision = session.exec(
            select(StoredRevision.id)
            .join(StoredEdition, StoredEdition.id == StoredRevision.edition_id)
            .where(StoredEdition.label == record.edition)
        ).one()
        session.add(
            ReadingRow(
                document_id=keep_document(session, data, name, media_type, AT).id,
                reader="tests",
                payer=record.payer,
                policy=record.policy,
                edition=record.edition,
                content={},
                content_hash=name,
                read_at=AT,
                status="published",
                revision_id=revision,
            )
        )
