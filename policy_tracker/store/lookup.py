"""What is known of a code: the answer of every policy, payers' defaults, and who says nothing."""

from sqlmodel import Session

from policy_tracker.record.vocabulary import CodeSystem
from policy_tracker.store.views import Circumstances, CodeAnswer, CodeLane, CodeRow, Page, Question


def lookup(
    session: Session,
    code: str,
    question: Question,
    *,
    system: CodeSystem | None = None,
    payer: str | None = None,
    circumstances: Circumstances | None = None,
) -> CodeAnswer:
    """Every policy's answer about a code (any spelling; its system is read from its form where it is not given).

    Raises CodeError where the text has no known form (or not that of `system`), NotFoundError where `payer` is not held.
    A code that no record names is answered with `known` False.
    """
    raise NotImplementedError


def code_history(session: Session, code: str, *, system: CodeSystem | None = None, payer: str | None = None) -> tuple[CodeLane, ...]:
    """One lane per policy that ever named the code, by payer and title. Raises CodeError."""
    raise NotImplementedError


def codes(session: Session, prefix: str = "", *, cursor: str | None = None, limit: int = 50) -> Page[CodeRow]:
    """Codes that records name, in their order, those that begin with `prefix` (any spelling). Raises QueryError for a cursor that is none."""
    raise NotImplementedError
