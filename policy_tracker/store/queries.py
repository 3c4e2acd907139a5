"""Policies, editions, comparisons and the feed of changes. Every address that leads nowhere is a NotFoundError with one sentence."""

from datetime import date, datetime

from sqlmodel import Session

from policy_tracker.rules.change import Comparison
from policy_tracker.store.views import ChangeFilter, ChangeRow, EditionView, Page, PayerRow, PolicyRow, UpdateRow


def list_payers(session: Session) -> tuple[PayerRow, ...]:
    """All payers, by name."""
    raise NotImplementedError


def list_policies(
    session: Session, today: date, *, payer: str | None = None, text: str | None = None, cursor: str | None = None, limit: int | None = None
) -> Page[PolicyRow]:
    """Policies as of `today`, by payer's name and policy number; `text` is looked for in title, number, aliases and slug.

    Without `limit` all of them. Raises NotFoundError for a payer that is not held, QueryError for a cursor that is none.
    """
    raise NotImplementedError


def get_policy(session: Session, payer: str, policy: str, today: date) -> PolicyRow:
    """One policy as of `today`; `policy` is its slug. Raises NotFoundError."""
    raise NotImplementedError


def editions(session: Session, policy_id: int, known_at: datetime | None = None) -> tuple[EditionView, ...]:
    """All editions of a policy, newest in valid time first. Raises NotFoundError."""
    raise NotImplementedError


def get_edition(session: Session, payer: str, policy: str, edition: str, known_at: datetime | None = None) -> EditionView:
    """One edition. Raises NotFoundError."""
    raise NotImplementedError


def get_comparison(session: Session, payer: str, policy: str, from_edition: str, to_edition: str) -> Comparison:
    """Two editions compared: as stored where they follow one another, else computed now. Raises NotFoundError, QueryError for one edition named twice."""
    raise NotImplementedError


def changes(session: Session, wanted: ChangeFilter, *, cursor: str | None = None, limit: int = 50) -> Page[ChangeRow]:
    """The feed, change by change: newest effective first (unknown starts last), in document order within a comparison.

    Raises QueryError for a cursor that is none, a limit that is not 1 to 500, or a code without a known form.
    """
    raise NotImplementedError


def updates(session: Session, wanted: ChangeFilter, *, cursor: str | None = None, limit: int = 50) -> Page[UpdateRow]:
    """The feed, step by step: one row for two editions of which some change answers `wanted`; order and errors as in `changes`.

    With neither a filter on changes nor `substantive`, steps without any change are included (a first edition, a review without change).
    """
    raise NotImplementedError
