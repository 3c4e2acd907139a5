"""How often somebody may do something: so many times within a span of time, counted in the database
for all processes alike.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Index, delete
from sqlmodel import Field, col, select

from policy_tracker.language.formatting import counted
from policy_tracker.store.metadata import TableRow, key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

Limits = tuple[tuple[timedelta, int], ...]
"""Spans of time, each with how often something may happen within it."""

PER_CLIENT: Limits = ((timedelta(minutes=15), 5), (timedelta(days=1), 30))
IN_ALL: Limits = ((timedelta(hours=1), 200),)
"""So many wrong staff tokens are taken from one client, and from all together.

They bound the table as well: who is over is not noted.
"""
CLOCKS_DIFFER = timedelta(minutes=1)


class LoginFailure(TableRow, table=True):
    """Somebody gave a wrong staff token; the client is kept as a keyed hash, for as long as the
    limits look back.
    """

    __tablename__ = "login_failure"
    __table_args__ = (Index("ix_login_failure_remote", "remote_hash", "at"),)
    id: int | None = key()
    remote_hash: str
    at: datetime = Field(index=True)


def free_at(
    session: Session,
    at: Any,  # noqa: ANN401 - a column
    whose: Iterable[ColumnElement[bool]],
    limits: Limits,
    now: datetime,
) -> datetime | None:
    """When something that is noted with the time in the column `at` may be done again; None where
    it may be done now.

    Times that are still to come are a fault of a clock, and count for nothing.
    """
    moments = []
    for span, most in limits:
        noted = (
            select(at).where(*whose, at > now - span, at <= now + CLOCKS_DIFFER).order_by(at.desc())
        )
        if (earliest := session.scalar(noted.offset(most - 1).limit(1))) is not None:
            moments.append(earliest + span)
    return max(moments, default=None)


def when_words(moment: datetime, now: datetime) -> str:
    """When to try again, as a person reads it: `in 5 minutes (after 12:35 UTC)`."""
    minutes = max(1, math.ceil((moment - now).total_seconds() / 60))
    hours = math.ceil(minutes / 60)
    span = (
        "a minute"
        if minutes == 1
        else "an hour"
        if minutes == 60
        else counted(*((minutes, "minute") if minutes < 60 else (hours, "hour")))
    )
    day = f" on {moment:%Y-%m-%d}" if moment.date() != now.date() else ""
    return f"in {span} (after {moment:%H:%M} UTC{day})"


def login_free_at(session: Session, remote_hash: str, now: datetime) -> datetime | None:
    """When a client may give a staff token again; None where it may now."""
    moments = [
        free_at(
            session,
            col(LoginFailure.at),
            [col(LoginFailure.remote_hash) == remote_hash],
            PER_CLIENT,
            now,
        ),
        free_at(session, col(LoginFailure.at), [], IN_ALL, now),
    ]
    return max((moment for moment in moments if moment), default=None)


def note_failure(session: Session, remote_hash: str, now: datetime) -> None:
    """Note a wrong token, and forget those that no limit looks back to."""
    forget_failures(session, now)
    session.add(LoginFailure(remote_hash=remote_hash, at=now))
    session.flush()


def forget_failures(session: Session, now: datetime) -> None:
    """Forget wrong tokens that no limit looks back to, and those that a clock wrote down for
    later.
    """
    old, future = (
        col(LoginFailure.at) < now - max(span for span, _ in PER_CLIENT + IN_ALL),
        col(LoginFailure.at) > now + CLOCKS_DIFFER,
    )
    session.exec(
        delete(LoginFailure).where(old | future).execution_options(synchronize_session=False)
    )
