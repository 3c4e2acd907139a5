"""Publishing: a draft becomes revisions, with their journal rows, read models, comparisons and
event, in the caller's transaction.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from policy_tracker.errors import NotFoundError
from policy_tracker.record import Payer, Record
from policy_tracker.record.vocabulary import IMPACTS
from policy_tracker.rules.changes import Comparison
from policy_tracker.store import journal
from policy_tracker.store.governing import line_of
from policy_tracker.store.lineage import add_alignment
from policy_tracker.store.mentions import facts
from policy_tracker.store.plan import (
    NewRevision,
    PlannedEvent,
    PublicationPlan,
    Step,
    Upgrade,
    chain,
    gaps_in,
)
from policy_tracker.store.projection import names_of, project, project_revision, tie_anew
from policy_tracker.store.tables import (
    ChangeCode,
    ChangeConcern,
    ConcernedCode,
    EventRow,
    JournalRow,
    StoredChange,
    StoredComparison,
    StoredPayer,
    StoredPolicy,
    StoredRevision,
    StoredVersion,
)
from policy_tracker.store.timeline import entries
from policy_tracker.store.views import Gap


class Ids(NamedTuple):
    """The ids of a policy's versions, and of the newest revision of each, by label."""

    versions: dict[str, int]
    revisions: dict[str, int]


def publish_payer(session: Session, payer: Payer, at: datetime) -> bool:
    """Record what is known of a payer; False where that is held already."""
    content = payer.model_dump(mode="json", exclude_defaults=True)
    held = session.exec(select(StoredPayer).where(StoredPayer.slug == payer.payer)).first()
    if held and held.content == content:
        return False
    entered = journal.append(session, "payer", at=at, payer=payer.payer, payload=content)
    row = held or StoredPayer(slug=payer.payer, name=payer.name, content=content)
    dated_back, tied = row.dates_back, row.content.get("drug_codes")
    row.name, row.fixture, row.dates_back, row.content = (
        payer.name,
        payer.fixture,
        payer.dates_back,
        content,
    )
    session.add(row)
    session.flush()
    if held and dated_back != payer.dates_back:
        for policy in session.exec(
            select(StoredPolicy).where(StoredPolicy.payer_id == row.id)
        ).all():
            # drafts and looks at it that were made before are outdated
            policy.head = entered.sequence
            order_anew(session, _id(policy))
    if held and tied != content.get("drug_codes"):
        tie_anew(session, row.id or 0)
    return True


def order_anew(session: Session, policy_id: int) -> None:
    """Put a policy's versions in line anew, because what is known of time became other although
    nothing of it was recorded.

    Comparisons of versions that follow one another no more go, the days of the others are put
    right, and those that are missing are noted as due: who compares makes them, and nobody is
    alerted by it.
    """
    policy = session.get_one(StoredPolicy, policy_id)
    line = line_of(entries(session, [policy_id]).get(policy_id, []))
    steps, gaps = chain(line.stand, line.withdrawn), gaps_in(line)
    starts = {one.entry.version: one.start.day for one in (*line.stand, *line.withdrawn)}
    labels = {version_id: label for label, version_id in _ids(session, policy_id).versions.items()}
    kept: set[Step] = set()
    for stored in session.exec(
        select(StoredComparison).where(StoredComparison.policy_id == policy_id)
    ).all():
        step = Step(
            labels[stored.from_version_id] if stored.from_version_id else None,
            labels[stored.to_version_id],
        )
        if step not in steps:
            _remove(session, _id(stored))
        elif _put_right(session, stored, starts[step.after], gaps.get(step)):
            kept.add(step)
    # one that was due before stays so: its days may be right by now, and its words are not
    policy.chain_due = policy.chain_due or len(kept) < len(steps)
    project(session, policy_id)


def _put_right(
    session: Session, stored: StoredComparison, effective: date | None, gap: Gap | None
) -> bool:
    """Put the days of a stored comparison right; False where they were wrong, so that its words are
    to be made anew as well.
    """
    between = gap.model_dump(mode="json") if gap else None
    if (stored.effective, stored.gap) == (effective, between):
        return True
    stored.effective, stored.effective_key, stored.gap = effective, day_key(effective), between
    changes = update(StoredChange).where(col(StoredChange.comparison_id) == stored.id)
    session.exec(changes.values(effective_key=stored.effective_key))
    session.flush()
    return False


def hold_payer(session: Session, payer: Payer, at: datetime) -> None:
    """Record a payer of which nothing is held yet; what is known of others stays."""
    if session.exec(select(StoredPayer.id).where(StoredPayer.slug == payer.payer)).first() is None:
        publish_payer(session, payer, at)


def publish(session: Session, draft: PublicationPlan) -> bool:
    """Write a draft. False, and nothing is written, where the policy is no longer at the head that
    the draft was made from.

    Raises NotFoundError where its payer is not held.
    """
    journal.lock(session)
    payer = session.exec(select(StoredPayer).where(StoredPayer.slug == draft.payer)).first()
    if payer is None or payer.id is None:
        message = f"the payer {draft.payer!r} is not held"
        raise NotFoundError(message)
    policy = session.exec(
        select(StoredPolicy).where(
            StoredPolicy.payer_id == payer.id, StoredPolicy.slug == draft.policy
        )
    ).first()
    if (policy.head if policy else 0) != draft.head:
        return False
    last, written = None, {}
    for new in draft.revisions:
        entered = _enter(session, draft, new)
        policy = policy or _new_policy(session, payer.id, new.record, entered)
        last = _write_revision(session, _id(policy), new, entered)
        written[new.entry.revision_id] = _id(last)
        policy.head, policy.recorded_at = entered.sequence, entered.at
    if policy is None:
        return True
    policy.chain_due = False
    ids = _ids(session, _id(policy))
    _write_comparisons(session, _id(policy), draft, ids)
    for one in draft.alignments:
        pair = written.get(one.before, one.before), written.get(one.after, one.after)
        add_alignment(session, _id(policy), pair, one.links, draft.at)
    project(session, _id(policy))
    if draft.news and last:
        about = f"{draft.news.kind}:{_id(last)}"
        _write_event(
            session,
            draft.news,
            about,
            _id(policy),
            ids,
            at=last.recorded_at,
            sequence=last.sequence,
        )
    if draft.upgrade:
        _note_upgrade(session, draft, draft.upgrade, policy, ids)
    return True


def _note_upgrade(
    session: Session, draft: PublicationPlan, upgrade: Upgrade, policy: StoredPolicy, ids: Ids
) -> None:
    """Note in the journal that comparisons were made anew, which moves the policy's head, and what
    was told wrongly as an event.
    """
    entered = journal.append(
        session,
        "reclassify",
        at=draft.at,
        payer=draft.payer,
        policy=draft.policy,
        payload=upgrade.payload,
    )
    policy.head = entered.sequence
    for step in upgrade.wrong:
        about = f"reclassified:{ids.versions[step.after]}:{entered.sequence}"
        _write_event(
            session,
            PlannedEvent("reclassified", step),
            about,
            _id(policy),
            ids,
            at=entered.at,
            sequence=entered.sequence,
        )


def _id(
    row: StoredPolicy | StoredRevision | StoredComparison | StoredChange | StoredVersion,
) -> int:
    if row.id is None:
        message = f"a row of {row.__tablename__} has no id before it is written"
        raise TypeError(message)
    return row.id


def _enter(session: Session, draft: PublicationPlan, new: NewRevision) -> JournalRow:
    kind = (
        "withdraw"
        if new.withdraws
        else {"correction": "correct", "technical_upgrade": "technical_upgrade"}.get(
            new.origin, "publish"
        )
    )
    return journal.append(
        session,
        kind,  # ty: ignore[invalid-argument-type]
        at=draft.at,
        payer=draft.payer,
        policy=draft.policy,
        version=new.record.version,
        revision=new.entry.number,
        payload={"origin": new.origin, "content_hash": new.content_hash}
        | ({"why": why} if (why := new.record.corrects) else {}),
    )


def _new_policy(
    session: Session, payer_id: int, record: Record, entered: JournalRow
) -> StoredPolicy:
    policy = StoredPolicy(
        payer_id=payer_id,
        slug=record.policy,
        head=entered.sequence,
        aliases=list(record.aliases),
        title=record.title,
        policy_type=record.policy_type,
        names=names_of(record),
        versions=1,
        recorded_at=entered.at,
    )
    session.add(policy)
    session.flush()
    return policy


def _write_revision(
    session: Session, policy_id: int, new: NewRevision, entered: JournalRow
) -> StoredRevision:
    record, entry = new.record, new.entry
    version = session.exec(
        select(StoredVersion).where(
            StoredVersion.policy_id == policy_id, StoredVersion.label == entry.version
        )
    ).first()
    if version is None:
        version = StoredVersion(policy_id=policy_id, label=entry.version)
        session.add(version)
        session.flush()
    revision = StoredRevision(
        version_id=_id(version),
        policy_id=policy_id,
        number=entry.number,
        origin=new.origin,
        content_hash=new.content_hash,
        content=record.model_dump(mode="json", exclude_defaults=True),
        facts=facts(record),
        sequence=entered.sequence,
        recorded_at=entered.at,
        first_observed=new.first_observed,
        withdrawn=entry.withdrawn,
    )
    session.add(revision)
    session.flush()
    project_revision(session, _id(revision), record)
    return revision


def _ids(session: Session, policy_id: int) -> Ids:
    versions = dict(
        session.exec(
            select(StoredVersion.label, StoredVersion.id).where(
                StoredVersion.policy_id == policy_id
            )
        ).all()
    )
    query = (
        select(StoredVersion.label, StoredRevision.id)
        .join(StoredRevision, col(StoredRevision.version_id) == StoredVersion.id)
        .where(StoredVersion.policy_id == policy_id)
        .order_by(col(StoredRevision.number))
    )
    return Ids(versions, dict(session.exec(query).all()))


def _write_comparisons(session: Session, policy_id: int, draft: PublicationPlan, ids: Ids) -> None:
    """Remove the stored comparisons that are outside of the chain or made anew, and write the new
    ones.

    One that is made anew of the same revisions keeps its day: to readers of the feed it is no news.
    """
    days: dict[tuple[int | None, int], datetime] = {}
    labels = {version_id: label for label, version_id in ids.versions.items()}
    for stored in session.exec(
        select(StoredComparison).where(StoredComparison.policy_id == policy_id)
    ).all():
        step = Step(
            labels[stored.from_version_id] if stored.from_version_id else None,
            labels[stored.to_version_id],
        )
        if step not in draft.steps or step in draft.comparisons:
            days[stored.from_revision_id, stored.to_revision_id] = stored.recorded_at
            _remove(session, _id(stored))
    for step, comparison in draft.comparisons.items():
        between = (ids.revisions[step.before] if step.before else None, ids.revisions[step.after])
        row = _write_comparison(session, policy_id, draft, step, comparison, ids)
        row.recorded_at = days.get(between, draft.at)


def _remove(session: Session, comparison_id: int) -> None:
    changes = select(StoredChange.id).where(StoredChange.comparison_id == comparison_id)
    for table in (ChangeCode, ChangeConcern):
        session.exec(delete(table).where(col(table.change_id).in_(changes)))
    session.exec(delete(ConcernedCode).where(col(ConcernedCode.comparison_id) == comparison_id))
    session.exec(delete(StoredChange).where(col(StoredChange.comparison_id) == comparison_id))
    session.exec(delete(StoredComparison).where(col(StoredComparison.id) == comparison_id))


def _write_comparison(
    session: Session,
    policy_id: int,
    draft: PublicationPlan,
    step: Step,
    comparison: Comparison,
    ids: Ids,
) -> StoredComparison:
    effective = draft.starts[step.after]
    revision = session.get_one(StoredRevision, ids.revisions[step.after])
    row = StoredComparison(
        policy_id=policy_id,
        from_version_id=ids.versions[step.before] if step.before else None,
        to_version_id=ids.versions[step.after],
        from_revision_id=ids.revisions[step.before] if step.before else None,
        to_revision_id=ids.revisions[step.after],
        effective=effective,
        effective_key=day_key(effective),
        gap=gap.model_dump(mode="json") if (gap := draft.gaps.get(step)) else None,
        recorded_at=draft.at,
        ruleset=comparison.ruleset,
        change_type=comparison.verdict.change_type,
        source_kind=revision.content["source_kind"],
        content=comparison.model_dump(mode="json", exclude_defaults=True),
    )
    session.add(row)
    session.flush()
    changes = [_change_row(row, place, comparison) for place in range(len(comparison.changes))]
    session.add_all(changes)
    session.flush()
    codes = [
        {"change_id": _id(stored), "system": code.system, "code": code.code}
        for stored, change in zip(changes, comparison.changes, strict=True)
        for code in dict.fromkeys(change.codes)
    ]
    if codes:
        session.execute(insert(ChangeCode), codes)
    write_concerns(session, _id(row), comparison, [_id(stored) for stored in changes])
    return row


def write_concerns(
    session: Session, comparison_id: int, comparison: Comparison, change_ids: Sequence[int]
) -> None:
    """Write whom a comparison and its changes (in their order) concern, as rows that can be asked
    for a code.
    """
    concerned: list[dict[str, object]] = []
    for place, one in enumerate(comparison.concerns or ()):
        common = {"comparison_id": comparison_id, "place": place}
        concerned += [
            common | _SINGLE | {"system": ref.system, "code": ref.code} for ref in one.codes
        ]
        concerned += [
            common | {"code": ""} | span.model_dump(exclude={"printed"}) for span in one.spans
        ]
    if concerned:
        session.execute(insert(ConcernedCode), concerned)
    links = [
        {"change_id": change_id, "place": place}
        for change_id, change in zip(change_ids, comparison.changes, strict=True)
        for place in change.concerns
    ]
    if links:
        session.execute(insert(ChangeConcern), links)


_SINGLE = {"sequence": "", "low": None, "high": None}


def day_key(day: date | None) -> int:
    """A number that sorts days, unknown ones first."""
    return day.toordinal() if day else 0


def _change_row(row: StoredComparison, place: int, comparison: Comparison) -> StoredChange:
    change = comparison.changes[place]
    return StoredChange(
        comparison_id=_id(row),
        policy_id=row.policy_id,
        to_version_id=row.to_version_id,
        ordinal=place,
        effective_key=row.effective_key,
        change_id=change.id,
        difference=change.difference,
        rule=change.rule,
        kind=change.kind,
        axis=change.axis,
        direction=change.direction,
        impact=change.impact,
        impact_rank=IMPACTS.index(change.impact),
        substantive=change.substantive,
        heading=change.heading,
        section=change.section,
        statement=change.statement,
        before=change.before,
        after=change.after,
        explanation=change.explanation,
        content=change.model_dump(mode="json", exclude_defaults=True, exclude={"concerns"}),
    )


def _write_event(
    session: Session,
    news: PlannedEvent,
    about: str,
    policy_id: int,
    ids: Ids,
    *,
    at: datetime,
    sequence: int,
) -> None:
    stored = session.exec(
        select(StoredComparison).where(
            StoredComparison.policy_id == policy_id,
            StoredComparison.to_version_id == ids.versions[news.step.after],
        )
    ).one()
    session.add(
        EventRow(
            kind=news.kind,
            about=about,
            at=at,
            policy_id=policy_id,
            from_version_id=stored.from_version_id,
            to_version_id=stored.to_version_id,
            revision_id=stored.to_revision_id,
            sequence=sequence,
            effective=stored.effective,
            gap=stored.gap,
            comparison=stored.content,
        )
    )
    session.flush()
