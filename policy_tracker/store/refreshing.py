"""What a new program makes of what an older one stored: rows by the present projection, and
versions in line by the present rules.
"""

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from policy_tracker.store import journal
from policy_tracker.store.database import writing
from policy_tracker.store.projection import PROJECTION, project_anew
from policy_tracker.store.publish import order_anew
from policy_tracker.store.tables import StoredPolicy, StoredRevision, TimingRow

_PRESENT = select(TimingRow.revision_id).where(TimingRow.projection == PROJECTION)


def refresh(engine: Engine) -> int:
    """Make the rows of revisions anew that another projection made, and put their policies in line
    anew; returns how many policies.

    Each policy is one transaction, so that what was interrupted goes on where it stood. Nobody is
    alerted: no event is written.
    """
    with writing(engine) as session:
        waiting = select(StoredRevision.policy_id).where(col(StoredRevision.id).not_in(_PRESENT))
        policy_ids = session.exec(
            select(StoredPolicy.id)
            .where(col(StoredPolicy.id).in_(waiting))
            .order_by(col(StoredPolicy.id))
        ).all()
    for policy_id in policy_ids:
        with writing(engine) as session:
            journal.lock(session)
            _project_waiting(session, policy_id or 0)
            order_anew(session, policy_id or 0)
    return len(policy_ids)


def _project_waiting(session: Session, policy_id: int) -> None:
    query = select(StoredRevision.id).where(
        StoredRevision.policy_id == policy_id, col(StoredRevision.id).not_in(_PRESENT)
    )
    for revision_id in session.exec(query.order_by(col(StoredRevision.id))).all():
        project_anew(session, revision_id or 0)
    session.flush()
