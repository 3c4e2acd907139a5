"""An installation with two versions of a policy of an invented payer that were read from kept PDFs,
and one read from a page of HTML.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from policy_tracker import intake, pipeline
from policy_tracker.extract.extract import extract
from policy_tracker.record import Payer, Record
from policy_tracker.recordfiles.folder import Checked
from tests.commands.policy_documents import policy_html, policy_pdf

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAYER, EARLIER, LATER = "lumen", "2026-03-01", "2026-09-01"
POLICY = f"/policies/{PAYER}/me-77"
WEB_POLICY = f"/policies/{PAYER}/me-78"
UNDATED = policy_pdf(number="ME-90", day="")
"""A document that does not say from when it applies, so that a person must look at it."""
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
    """Load the payer and bring the documents onto the timeline; gives the records by their version."""
    papers = {f"{version}.pdf": (data, "application/pdf") for version, data in PAPERS.items()}
    papers["kite.html"] = (policy_html().encode(), "text/html")
    payer = Payer(record=1, payer=PAYER, name="Lumen Health", fixture=True)
    assert not pipeline.load(engine, Checked(payers=(payer,), records=()), AT).faults
    records = [bring(engine, data, name, media_type) for name, (data, media_type) in papers.items()]
    return {record.version: record for record in records}


def bring(engine: Engine, data: bytes, name: str, media_type: str = "application/pdf") -> Record:
    """Bring one document onto the timeline, or into the queue of what waits."""
    record = read(data, name)
    document, _ = intake.keep(engine, data, name, media_type, "tests", AT)
    intake.note_read(engine, document, [record], "tests", AT)
    intake.publish_history(engine, AT)
    return record
