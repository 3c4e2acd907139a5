"""Full text search over policies, their statements and codes."""

from sqlmodel import Session

from policy_tracker.store.views import Hit


def search(session: Session, text: str, *, limit: int = 20, payer: str | None = None, descriptors: bool = True) -> tuple[Hit, ...]:
    """What `text` finds in current editions, best first: codes that begin so, then policies and statements with all of its words.

    `text` is what a person types, never a query language. Without `descriptors` a code's description is neither shown nor searched.
    """
    raise NotImplementedError
