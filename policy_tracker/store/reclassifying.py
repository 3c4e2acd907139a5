"""Stored comparisons that were made with other rules than the present ones, and the draft that
brings them up to date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlmodel import Session, col, or_, select

from policy_tracker.rules.changes import Comparison
from policy_tracker.rules.reclassification import Movement, is_wrong, movement
from policy_tracker.store import journal
from policy_tracker.store.plan import (
    WITHDRAWAL,
    Compare,
    Holdings,
    PublicationPlan,
    Step,
    Upgrade,
    draft,
)
from policy_tracker.store.tables import StoredComparison, StoredPayer, StoredPolicy

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Redraft:
    """A draft that replaces comparisons of a policy, and what moves by it."""

    draft: PublicationPlan
    movements: tuple[Movement, ...]


def compared(session: Session, stamp: str | None = None) -> list[tuple[str, str]]:
    """The policies of which comparisons are stored or due, by payer and slug; with `stamp` those of
    which any has another one or is due.
    """
    stored = select(StoredComparison.policy_id).where(_stale(stamp) if stamp else True)
    query = (
        select(StoredPayer.slug, StoredPolicy.slug)
        .join(StoredPolicy, col(StoredPolicy.payer_id) == StoredPayer.id)
        .where(or_(col(StoredPolicy.id).in_(stored), StoredPolicy.chain_due))
        .order_by(StoredPayer.slug, StoredPolicy.slug)
    )
    return [(payer, policy) for payer, policy in session.exec(query)]


def _stale(stamp: str):  # noqa: ANN202 - a condition of SQL
    return col(StoredComparison.ruleset).not_in((stamp, WITHDRAWAL))


def redraft(session: Session, held: Holdings, now: datetime, compare: Compare) -> Redraft | None:
    """Compare all versions of a policy that follow one another anew; None where everything comes
    out as it is stored.

    What was recorded and told of a policy stays; of a step that was told, and is found wrong, an
    event is drafted.
    """
    stored = _stored(session, held)
    drafted = draft(session, held, [], now, compare, again=True, quiet=True)
    anew = {
        step: comparison
        for step, comparison in drafted.comparisons.items()
        if stored.get(step) != comparison
    }
    if not anew:
        return None
    known = {step: stored[step] for step in anew if step in stored}
    movements = tuple(movement(old, anew[step]) for step, old in known.items())
    wrong = tuple(
        step
        for step, old in known.items()
        if step.after in held.announced and is_wrong(old, anew[step])
    )
    upgrade = Upgrade(_payload(known, anew, movements), wrong)
    return Redraft(replace(drafted, comparisons=anew, upgrade=upgrade), movements)


def settle_chain(session: Session, held: Holdings) -> bool:
    """Note that every comparison of a policy is there and right, so that none is due; False where
    it is no longer what was looked at.

    What was recorded meanwhile, or put in line anew, has a due mark of its own, which is not to be
    lost.
    """
    journal.lock(session)
    of_payer = select(StoredPayer.id).where(StoredPayer.slug == held.payer)
    wanted = col(StoredPolicy.payer_id).in_(of_payer) & (StoredPolicy.slug == held.policy)
    policy = session.exec(select(StoredPolicy).where(wanted)).first()
    if policy is None or policy.head != held.head:
        return False
    policy.chain_due = False
    return True


def _stored(session: Session, held: Holdings) -> dict[Step, Comparison]:
    query = (
        select(StoredComparison.content)
        .join(StoredPolicy, col(StoredPolicy.id) == StoredComparison.policy_id)
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
        .where(StoredPayer.slug == held.payer, StoredPolicy.slug == held.policy)
    )
    found = [Comparison.model_validate(content) for content in session.exec(query)]
    return {Step(one.from_version, one.to_version): one for one in found}


def _payload(
    old: dict[Step, Comparison], anew: dict[Step, Comparison], movements: tuple[Movement, ...]
) -> dict[str, object]:
    """What the journal keeps: with which rules before and after, how many comparisons, and what
    moved.
    """
    return {
        "origin": "technical_upgrade",
        "rulesets_before": sorted({one.ruleset for one in old.values()}),
        "rulesets_after": sorted({one.ruleset for one in anew.values()}),
        "comparisons": len(anew),
        "moved": [
            one.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for one in movements
            if not one.nothing
        ],
    }
