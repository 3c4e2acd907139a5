"""Runs of the scheduler's jobs: who claimed which slot, until when, and how it ended.

Time is cut into slots of a job's period. A slot of a job is one row, unique, so whoever inserts it
has it; a run whose process died is taken over when its lease is over. The functions take a session
and the time, and never commit.

A clock that was ahead leaves leases and slots in the future, which would stop every job until then.
A lease that ends later than any can is void, and a slot that is still to come was claimed by such a
clock: both are taken back, and the log says so.
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, UniqueConstraint, and_, delete, or_, update
from sqlmodel import Field, Session, col, func, select

from policy_tracker.errors import LeaseLostError
from policy_tracker.store.inserting import insert_into
from policy_tracker.store.metadata import TableRow, key

MOST_ATTEMPTS = 3
"""A slot whose process died this often is given up as `lost`: it may be what kills the process."""

LONGEST_ERROR = 2000

LEASE = timedelta(seconds=60)
"""How long a claim holds without a heartbeat.

A killed process's work is taken over after this time.
"""

log = logging.getLogger(__name__)


class DeclaredJob(TableRow, table=True):
    """A job as the scheduler declared it when it last started; `period` in seconds.

    Web processes learn from here what should be running.
    """

    __tablename__ = "job"
    id: str = Field(primary_key=True)
    what: str
    period: int
    declared_at: datetime


class JobRun(TableRow, table=True):
    """One slot of one job.

    `outcome` is running, done, failed or lost; `did` says in a sentence what came of it,
    `attention` that a person should look.
    """

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "slot"),)
    id: int | None = key()
    job: str = Field(index=True)
    slot: datetime
    owner: str
    attempt: int = 1
    claimed_at: datetime
    lease_until: datetime
    heartbeat_at: datetime
    finished_at: datetime | None = None
    outcome: str = "running"
    did: str | None = None
    attention: bool = False
    error: str | None = None


class Lease(TableRow, table=True):
    """Who may do something that only one process may do."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    owner: str
    until: datetime


def is_void(until: datetime, now: datetime, lease: timedelta = LEASE) -> bool:
    """Whether a lease ends later than one that is taken now could; as much again is allowed for
    clocks that differ between machines.
    """
    return until > now + 2 * lease


def slot_at(now: datetime, period: int) -> datetime:
    """The slot that `now` lies in: the last multiple of `period` seconds since 1970, so that every
    process cuts time alike.
    """
    seconds = int(now.timestamp())
    return datetime.fromtimestamp(seconds - seconds % period, UTC)


def declare(session: Session, jobs: dict[str, tuple[str, int]], now: datetime) -> None:
    """Make the declared jobs (id → what, period) the only ones; runs of jobs that are no longer
    declared stay as history.

    A job keeps the moment at which it was first declared: since then it should have run, however
    often the scheduler was started anew.
    """
    session.exec(delete(DeclaredJob).where(col(DeclaredJob.id).not_in(list(jobs))))
    since = {job.id: min(job.declared_at, now) for job in session.exec(select(DeclaredJob))}
    for job, (what, period) in jobs.items():
        session.merge(
            DeclaredJob(id=job, what=what, period=period, declared_at=since.get(job, now))
        )
    session.flush()


def claim(
    session: Session, job: str, slot: datetime, owner: str, now: datetime, lease: timedelta
) -> JobRun | None:
    """Claim a slot for `owner` until `now + lease`.

    None where somebody has it, or where it has been run.

    A run whose lease is over, or void, is taken over, up to MOST_ATTEMPTS times; after that it is
    marked `lost`.
    """
    values = {
        "job": job,
        "slot": slot,
        "owner": owner,
        "attempt": 1,
        "claimed_at": now,
        "lease_until": now + lease,
        "heartbeat_at": now,
    }
    values |= {"outcome": "running", "attention": False}
    made = session.execute(
        insert_into(session, JobRun)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["job", "slot"])
        .returning(col(JobRun.id))
    )
    number = made.scalar_one_or_none()
    return (
        _run(session, number)
        if number is not None
        else _take_over(session, job, slot, owner, now, lease)
    )


def _take_over(
    session: Session, job: str, slot: datetime, owner: str, now: datetime, lease: timedelta
) -> JobRun | None:
    dead = (col(JobRun.job) == job, col(JobRun.slot) == slot, _dead(now, lease))
    until = session.exec(select(JobRun.lease_until).where(*dead)).first()
    if until is not None and is_void(until, now, lease):
        log.warning(
            (
                "The lease on job %s ended only at %s, later than any can: a clock was ahead. It "
                "is taken over."
            ),
            job,
            until,
        )
    session.execute(
        update(JobRun)
        .where(*dead, col(JobRun.attempt) >= MOST_ATTEMPTS)
        .values(
            outcome="lost",
            finished_at=now,
            attention=True,
            error=f"Its process ended {MOST_ATTEMPTS} times before the work was done.",
        )
    )
    taken = session.execute(
        update(JobRun)
        .where(*dead)
        .values(
            owner=owner,
            attempt=col(JobRun.attempt) + 1,
            claimed_at=now,
            lease_until=now + lease,
            heartbeat_at=now,
        )
        .returning(col(JobRun.id))
    ).scalar_one_or_none()
    return None if taken is None else _run(session, taken)


def _dead(now: datetime, lease: timedelta) -> ColumnElement[bool]:
    over = or_(col(JobRun.lease_until) <= now, col(JobRun.lease_until) > now + 2 * lease)
    return and_(col(JobRun.outcome) == "running", over)


def _run(session: Session, number: int) -> JobRun:
    return session.exec(
        select(JobRun).where(JobRun.id == number).execution_options(populate_existing=True)
    ).one()


def abandoned(
    session: Session, job: str, now: datetime, lease: timedelta = LEASE
) -> list[datetime]:
    """Slots of a job whose process died before it was done, oldest first."""
    return list(
        session.exec(
            select(col(JobRun.slot))
            .where(JobRun.job == job, _dead(now, lease))
            .order_by(col(JobRun.slot))
        )
    )


def give_back_future(session: Session, job: str, now: datetime, lease: timedelta = LEASE) -> int:
    """Delete a job's runs of slots that are still to come, so that these can be run when they come;
    how many.
    """
    future = (col(JobRun.job) == job, col(JobRun.slot) > now + lease)
    if session.exec(select(JobRun.id).where(*future).limit(1)).first() is None:
        return 0
    count = cast("CursorResult[Any]", session.execute(delete(JobRun).where(*future))).rowcount
    log.warning(
        (
            "Slots of job %s that are still to come were claimed already (%d): a clock was ahead. "
            "They are given back."
        ),
        job,
        count,
    )
    return count


def beat(session: Session, run: int, owner: str, now: datetime, lease: timedelta) -> None:
    """Keep a run for another `lease`.

    Raises LeaseLostError where another process has taken it over.
    """
    mine = (col(JobRun.id) == run, col(JobRun.owner) == owner, col(JobRun.outcome) == "running")
    _held(
        session.execute(
            update(JobRun).where(*mine).values(heartbeat_at=now, lease_until=now + lease)
        ),
        run,
    )


def finish(
    session: Session,
    run: int,
    owner: str,
    now: datetime,
    *,
    did: str | None = None,
    attention: bool = False,
    error: str | None = None,
) -> None:
    """Write down how a run ended: `failed` with an error, else `done`.

    Raises LeaseLostError where another process has taken it over.
    """
    mine = (col(JobRun.id) == run, col(JobRun.owner) == owner, col(JobRun.outcome) == "running")
    ended = {
        "finished_at": now,
        "outcome": "failed" if error else "done",
        "did": did,
        "attention": attention or bool(error),
    }
    _held(
        session.execute(
            update(JobRun)
            .where(*mine)
            .values(**ended, error=error[:LONGEST_ERROR] if error else None)
        ),
        run,
    )


def _held(result: object, run: int) -> None:
    if cast("CursorResult[Any]", result).rowcount != 1:
        message = f"run {run} was taken over by another process"
        raise LeaseLostError(message)


def lead(session: Session, name: str, owner: str, now: datetime, lease: timedelta) -> bool:
    """Become or stay the one process that may do `name`, until `now + lease`; False while another
    holds it, unless its lease is void.
    """
    held_by = session.exec(
        select(Lease).where(Lease.name == name).execution_options(populate_existing=True)
    ).first()
    if held_by is not None and held_by.owner != owner and is_void(held_by.until, now, lease):
        log.warning(
            "The lease of %s as %s ended only at %s, later than any can: a clock was ahead.",
            held_by.owner,
            name,
            held_by.until,
        )
    wish = insert_into(session, Lease).values(name=name, owner=owner, until=now + lease)
    free = or_(
        col(Lease.owner) == owner, col(Lease.until) <= now, col(Lease.until) > now + 2 * lease
    )
    held = wish.on_conflict_do_update(
        index_elements=["name"], set_={"owner": owner, "until": now + lease}, where=free
    ).returning(col(Lease.owner))
    return session.execute(held).scalar_one_or_none() == owner


def yield_lead(session: Session, name: str, owner: str) -> None:
    """Let another process lead at once; nothing happens where `owner` does not."""
    session.execute(delete(Lease).where(col(Lease.name) == name, col(Lease.owner) == owner))


def forget_runs(session: Session, before: datetime) -> int:
    """Delete finished runs that are older than `before`, but never a job's last one.

    The number deleted.
    """
    last = select(func.max(col(JobRun.id))).group_by(JobRun.job)
    old = delete(JobRun).where(
        col(JobRun.slot) < before, col(JobRun.outcome) != "running", col(JobRun.id).not_in(last)
    )
    return cast("CursorResult[Any]", session.execute(old)).rowcount
