"""What a new program makes of what an older one stored: read models that it did not have, and editions in line by the present rules."""

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from policy_tracker.record import Record, timing_of
from policy_tracker.store import journal
from policy_tracker.store.database import writing
from policy_tracker.store.publish import order_anew
from policy_tracker.store.tables import StoredPolicy, StoredRevision, TimingRow
from policy_tracker.store.timeline import facts_of


def refresh(engine: Engine) -> int:
    """Make the dated facts of revisions that have none, and put their policies' editions in line anew; returns how many policies.

    Each policy is one transaction, so that what was interrupted goes on where it stood. Nobody is alerted: no occasion is written.
    """
    with writing(engine) as session:
        waiting = select(StoredRevision.policy_id).where(col(StoredRevision.id).not_in(select(TimingRow.revision_id)))
        policy_ids = session.exec(select(StoredPolicy.id).where(col(StoredPolicy.id).in_(waiting)).order_by(col(StoredPolicy.id))).all()
    for policy_id in policy_ids:
        with writing(engine) as session:
            journal.lock(session)
            _date_revisions(session, policy_id or 0)
            order_anew(session, policy_id or 0)
    return len(policy_ids)


def _date_revisions(session: Session, policy_id: int) -> None:
    dated = select(TimingRow.revision_id)
    query = select(StoredRevision.id, StoredRevision.content).where(
        StoredRevision.policy_id == policy_id, col(StoredRevision.id).not_in(dated)
    )
    for revision_id, content in session.exec(query).all():
        session.add(TimingRow(revision_id=revision_id or 0, facts=facts_of(timing_of(Record.model_validate(content)))))
    session.flush()
