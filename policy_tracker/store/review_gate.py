"""The gate before the timeline: which of the records that come may not be published before a person
has looked at them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from policy_tracker.errors import ConflictError
from policy_tracker.extract.quality import review_reasons
from policy_tracker.record import Record
from policy_tracker.store.confirmations import is_confirmed
from policy_tracker.store.governing import standing
from policy_tracker.store.plan import Holdings, accept, hash_of
from policy_tracker.store.tables import StoredExtraction, StoredRevision

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime


def hold_for_review(
    session: Session,
    held: Holdings,
    records: Sequence[Record],
    now: datetime,
    *,
    upgrading: Collection[int] = (),
) -> dict[int, tuple[str, ...]]:
    """The places (in `records`) of those that wait, each with its reasons; `held` stays as it is.

    Records come earliest first in valid time, and each is measured by the version before it that is
    held or passed the gate itself. `upgrading` are the places of those that replace what an earlier
    program read of the same document: where one of them says what is published already, and nobody
    has looked at that, it waits too as soon as it is doubtful.
    """
    found: dict[int, tuple[str, ...]] = {}
    confirmed = is_confirmed(session, held.payer)
    passed: dict[str, Record] = {}
    for place, record in enumerate(records):
        attempt = _copy(held)
        try:
            new = accept(attempt, record, now, upgrades=place in upgrading)
        except ConflictError:  # it is refused, not doubted
            continue
        if new is None and not (place in upgrading and not _is_reviewed(session, record)):
            continue
        # a better reading of what is published already brings no new document of a payer that
        # nobody knows
        known = confirmed or place in upgrading
        reasons = review_reasons(
            record, _before(session, attempt, record.version, passed), confirmed=known
        )
        if reasons:
            found[place] = reasons
        else:
            held = attempt
            passed[record.version] = record
    return found


def _is_reviewed(session: Session, record: Record) -> bool:
    """Whether a person published a reading that says the same."""
    query = select(StoredExtraction.id).where(
        StoredExtraction.content_hash == hash_of(record),
        col(StoredExtraction.decision).in_(("accepted", "corrected")),
    )
    return session.exec(query.limit(1)).first() is not None


def _copy(held: Holdings) -> Holdings:
    return replace(
        held,
        entries=list(held.entries),
        hashes={version: list(hashes) for version, hashes in held.hashes.items()},
        first_observed=dict(held.first_observed),
    )


def _before(
    session: Session, held: Holdings, version: str, passed: dict[str, Record]
) -> Record | None:
    """The version before one in valid time."""
    stand, _ = standing(held.entries)
    place = next((place for place, one in enumerate(stand) if one.entry.version == version), 0)
    if place == 0:
        return None
    entry = stand[place - 1].entry
    if entry.version in passed:
        return passed[entry.version]
    return Record.model_validate(
        session.exec(
            select(StoredRevision.content).where(StoredRevision.id == entry.revision_id)
        ).one()
    )
