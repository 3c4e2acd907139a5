"""Drug policies that no question about a code finds, because they name no billing code and nothing
ties their drug to one.
"""

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from policy_tracker.store.tables import CodeMention, StoredPayer, StoredPolicy, StoredRevision

_BILLING = ("CPT", "HCPCS")
_NAMED = (
    exists()
    .where(
        col(CodeMention.revision_id) == col(StoredRevision.id),
        col(StoredRevision.policy_id) == col(StoredPolicy.id),
        col(CodeMention.system).in_(_BILLING),
    )
    .correlate(StoredPolicy)
)
_OUT_OF_REACH = (col(StoredPolicy.policy_type) == "drug_coverage", ~_NAMED)


def out_of_reach(session: Session, payer: str | None = None) -> int:
    """How many drug policies (of one payer, or of all) are found by no billing code."""
    query = (
        select(func.count(col(StoredPolicy.id)))
        .join(StoredPayer, col(StoredPayer.id) == StoredPolicy.payer_id)
        .where(*_OUT_OF_REACH)
    )
    return session.exec(query if payer is None else query.where(StoredPayer.slug == payer)).one()


def is_out_of_reach(session: Session, policy_id: int) -> bool:
    """Whether one policy is such a drug policy."""
    return (
        session.exec(
            select(StoredPolicy.id).where(StoredPolicy.id == policy_id, *_OUT_OF_REACH)
        ).first()
        is not None
    )
