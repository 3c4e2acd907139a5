"""How a policy is named in answers: the columns of a reference, and finding one by its address."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, select

from policy_tracker.errors import NotFoundError
from policy_tracker.record import Payer
from policy_tracker.store.tables import StoredPayer, StoredPolicy
from policy_tracker.store.views import PolicyRef

REF_COLUMNS = (
    StoredPolicy.id,
    StoredPayer.slug,
    StoredPayer.name,
    StoredPayer.fixture,
    StoredPolicy.slug,
    StoredPolicy.policy_number,
    StoredPolicy.aliases,
    StoredPolicy.title,
    StoredPolicy.policy_type,
)
"""What a reference to a policy is made from, in the order of `ref_of`; the query joins payer and
policy.
"""
_NAMES = (
    "id",
    "payer",
    "payer_name",
    "fixture",
    "policy",
    "policy_number",
    "aliases",
    "title",
    "policy_type",
)


def ref_of(row: Sequence[Any]) -> PolicyRef:
    """The reference of a row of REF_COLUMNS."""
    return PolicyRef(**dict(zip(_NAMES, row, strict=True)))


def find_policy(session: Session, payer: str, policy: str) -> PolicyRef:
    """The policy at an address.

    Raises NotFoundError, which says whether it is the payer or the policy that is not held.
    """
    query = select(*REF_COLUMNS).join(StoredPayer, StoredPayer.id == StoredPolicy.payer_id)  # ty: ignore[no-matching-overload]
    row = session.exec(query.where(StoredPayer.slug == payer, StoredPolicy.slug == policy)).first()
    if row is None:
        find_payer(session, payer)
        message = f"No policy {policy!r} of {payer!r} is held."
        raise NotFoundError(message)
    return ref_of(row)


def find_payer(session: Session, payer: str) -> StoredPayer:
    """The payer with a slug. Raises NotFoundError."""
    row = session.exec(select(StoredPayer).where(StoredPayer.slug == payer)).first()
    if row is None:
        message = f"No payer {payer!r} is held."
        raise NotFoundError(message)
    return row


def payer_stating(session: Session, slug: str) -> Payer | None:
    """The payer, where it states something that a comparison asks: codes that no policy lists,
    successors, codes of drugs.
    """
    content = session.exec(select(StoredPayer.content).where(StoredPayer.slug == slug)).first()
    payer = Payer.model_validate(content) if content else None
    return payer if payer and (payer.defaults or payer.successors or payer.drug_codes) else None
