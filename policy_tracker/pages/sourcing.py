"""Where a page's facts come from, and what is doubtful about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting
from policy_tracker.pages.naming import version_label
from policy_tracker.pages.sanitize import web_address
from policy_tracker.store.review_states import unreviewed

if TYPE_CHECKING:
    from policy_tracker.record.content import Disagreement, Record
    from policy_tracker.store.views import ReviewState


@dataclass(frozen=True, slots=True)
class ClaimView:
    """What one place of the source says."""

    text: str
    place: str | None


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """A matter in which a source is at odds with itself, and in which version."""

    about: str
    version: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """The source of one version: its kind in words, its address if it is an ordinary one, and what
    of it is missing or doubtful.
    """

    version: str
    label: str
    kind: str
    secondary: bool
    partial: bool
    url: str | None
    extractor: str | None
    review: str
    unread: tuple[str, ...]
    warnings: tuple[str, ...]


def disagreements_of(record: Record | None) -> tuple[DisagreementView, ...]:
    """The disagreements that a record keeps."""
    if record is None:
        return ()
    return tuple(_disagreement(found, version_label(record)) for found in record.disagreements)


def _disagreement(found: Disagreement, version: str) -> DisagreementView:
    claims = tuple(
        ClaimView(text=claim.text, place=formatting.place_words(claim.source))
        for claim in found.claims
    )
    return DisagreementView(
        about=formatting.matter_words(found.about), version=version, claims=claims
    )


def source_of(record: Record, review: ReviewState | None = None) -> SourceView:
    """Where a version's record comes from, and whether a person looked at it."""
    read = record.extraction
    return SourceView(
        version=record.version,
        label=version_label(record),
        kind=formatting.SOURCE_KIND_WORDS[record.source_kind],
        secondary=record.source_kind == "secondary",
        partial=record.completeness == "partial",
        url=web_address(record.source_url),
        extractor=f"{read.extractor} {read.version}" if read else None,
        review=formatting.review_words(review or unreviewed(record)),
        unread=tuple(
            f"page {part.page}: {part.why}" if part.page else part.why for part in read.unread
        )
        if read
        else (),
        warnings=read.warnings if read else (),
    )
