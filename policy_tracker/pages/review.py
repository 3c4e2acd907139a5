"""What was read and waits for a person: the queue, and one reading with its reasons, its record and
what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.extract.quality import UNKNOWN_PAYER
from policy_tracker.pages.document_page import has_pages
from policy_tracker.pages.doubts import DoubtsView, doubts_view
from policy_tracker.pages.naming import PayerName, policy_label, version_label
from policy_tracker.pages.record_view import RecordView, record_view
from policy_tracker.store.queries import list_payers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlmodel import Session

    from policy_tracker.record.content import Record
    from policy_tracker.store.extractions import ReviewItem


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a reading, in words; `published` is whether a version of the policy rests on
    it.
    """

    words: str
    published: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything that the page of one reading shows; `decided` is None while it waits."""

    id: int
    payer: PayerName
    policy: str
    label: str
    title: str
    version: str
    version_words: str
    reasons: tuple[str, ...]
    document: str | None
    pictured: bool
    read_at: datetime
    reader: str | None
    history: bool
    counts: tuple[tuple[str, int], ...]
    decided: Decided | None
    naming: Mapping[str, str]
    unconfirmed: bool
    doubts: DoubtsView
    record: RecordView


def review_page(session: Session, item: ReviewItem, *, described: bool) -> ReviewPage:
    """The page of one reading."""
    record = item.record
    pictured = item.source is not None and has_pages(item.source)
    return ReviewPage(
        id=item.id,
        payer=payer_called(session, item.payer),
        policy=record.policy,
        label=policy_label(record),
        title=record.title,
        version=record.version,
        version_words=version_label(record),
        reasons=item.reasons,
        document=item.document,
        pictured=pictured,
        read_at=item.read_at,
        reader=f"{item.extractor} {item.extractor_version}" if item.extractor else None,
        history=item.history,
        counts=_counts(record),
        decided=_decided(item),
        naming=_naming(session, item),
        unconfirmed=item.confirm is not None,
        doubts=doubts_view(record.extraction),
        record=record_view(record, described=described, pictured=pictured, at=(str(item.id),)),
    )


def payer_called(session: Session, slug: str) -> PayerName:
    """A payer's name; one that is not held yet goes by its slug."""
    found = next((row for row in list_payers(session) if row.payer == slug), None)
    return PayerName(slug, found.name, found.fixture) if found else PayerName(slug, slug)


def _naming(session: Session, item: ReviewItem) -> dict[str, str]:
    """What stands in the fields in which a person confirms or corrects payer, number and title."""
    record, unknown = item.record, item.payer == UNKNOWN_PAYER
    read = item.confirm
    slug = (read.payer if read else record.payer) or ""
    name = (read.payer_name if read else payer_called(session, record.payer).name) or ""
    return {
        "payer": "" if unknown else slug,
        "payer_name": "" if unknown else name,
        "number": record.policy_number or "",
        "title": record.title,
    }


def _counts(record: Record) -> tuple[tuple[str, int], ...]:
    """How much a record holds, by kind."""
    return (
        ("section", len(record.sections)),
        ("statement", len(record.statements)),
        ("code", sum(len(group.codes) for group in record.code_groups)),
        ("revision note", len(record.revision_history)),
    )


def _decided(item: ReviewItem) -> Decided | None:
    if item.status == "needs_review":
        return None
    published = item.status == "published"
    if item.decision and item.decided_at:
        by = f" by {item.decided_by}" if item.decided_by else ""
        why = f": {item.why}" if item.why else ""
        return Decided(
            f"This reading was {item.decision}{by} on {item.decided_at:%Y-%m-%d}{why}", published
        )
    return Decided(
        f"This reading is {item.status.replace('_', ' ')}; it does not wait for a decision",
        published,
    )
