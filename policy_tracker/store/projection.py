"""The read models: statements, mentions of codes, spans and search documents, each made from revisions alone."""

from sqlmodel import Session


def project(session: Session, policy_id: int) -> None:
    """Bring one policy's spans and search documents up to date, inside the transaction that published."""
    raise NotImplementedError


def rebuild(session: Session) -> None:
    """Make all read models anew from the revisions; the rows are the same as before."""
    raise NotImplementedError
