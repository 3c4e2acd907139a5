"""What payers announce in bulletins that are kept: the entries that name a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from policy_tracker.record import Bulletin, BulletinEntry
from policy_tracker.rules.declarations.statements_between import announces_later, is_about
from policy_tracker.store.newest_readings import is_newest
from policy_tracker.store.tables import StoredExtraction, StoredPayer, StoredPolicy

if TYPE_CHECKING:
    from policy_tracker.record import Record


def entries_of(session: Session, payer: str) -> tuple[BulletinEntry, ...]:
    """The entries of all bulletins of a payer, in the order in which they came; one that two
    bulletins print stands once.
    """
    query = (
        select(StoredExtraction.content)
        .where(StoredExtraction.status == "kept", StoredExtraction.payer == payer, is_newest())
        .order_by(col(StoredExtraction.id))
    )
    found = {
        entry.model_copy(update={"source": None}): entry
        for content in session.exec(query)
        for entry in Bulletin.model_validate(content).entries
    }
    return tuple(found.values())


def announced_policies(session: Session) -> tuple[tuple[str, str], ...]:
    """The policies of payers of which a bulletin is kept, in order."""
    payers = select(StoredExtraction.payer).where(StoredExtraction.status == "kept")
    query = (
        select(StoredPayer.slug, StoredPolicy.slug)
        .join(StoredPolicy, col(StoredPolicy.payer_id) == StoredPayer.id)
        .where(col(StoredPayer.slug).in_(payers))
        .order_by(StoredPayer.slug, StoredPolicy.slug)
    )
    return tuple((payer, policy) for payer, policy in session.exec(query))


def announced_after(session: Session, newest: Record) -> tuple[BulletinEntry, ...]:
    """What a payer announces of a policy for a day after its newest version, which is not held
    yet.
    """
    entries = entries_of(session, newest.payer)
    return tuple(
        entry for entry in entries if is_about(entry, newest) and announces_later(entry, newest)
    )
