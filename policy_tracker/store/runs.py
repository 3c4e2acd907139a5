"""Runs of the scheduler's jobs: who claimed which slot, until when, and how it ended.

Time is cut into slots of a job's period. A slot of a job is one row, unique, so whoever inserts it has it; a run whose process died is
taken over when its lease is over. The functions take a session and the time, and never commit.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, UniqueConstraint, delete, update
from sqlmodel import Field, Session, col, func, select

from policy_tracker.errors import LeaseLostError
from policy_tracker.store.inserting import insert_into
from policy_tracker.store.metadata import Row, key

MOST_ATTEMPTS = 3
"""A slot whose process died this often is given up as `lost`: it may be what kills the process."""

LONGEST_ERROR = 2000


class DeclaredJob(Row, table=True):
    """A job as the scheduler declared it when it last started; `period` in seconds.

    Web processes learn from here what should be running.
    """

    __tablename__ = "job"
    id: str = Field(primary_key=True)
    what: str
    period: int
    declared_at: datetime


class JobRun(Row, table=True):
    """One slot of one job.

    `outcome` is running, done, failed or lost; `did` says in a sentence what came of it, `attention` that a person should look.
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


class Lease(Row, table=True):
    """Who may do something that only one process may do."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    owner: str
    until: datetime


def slot_at(now: datetime, period: int) -> datetime:
    """The slot that `now` lies in: the last multiple of `period` seconds since 1970, so that every process cuts time alike."""
    seconds = int(now.timestamp())
    return datetime.fromtimestamp(seconds - seconds % period, UTC)


def declare(session: Session, jobs: dict[str, tuple[str, int]], now: datetime) -> None:
    """Make the declared jobs (id → what, period) the only ones; runs of jobs that are no longer declared stay as history."""
    session.exec(delete(DeclaredJob).where(col(DeclaredJob.id).not_in(list(jobs))))
    for job, (what, period) in jobs.items():
        session.merge(DeclaredJob(id=job, what=what, period=period, declared_at=now))
    session.flush()


def claim(session: Session, job: str, slot: datetime, owner: str, now: datetime, lease: timedelta) -> JobRun | None:
    """Claim a slot for `owner` until `now + lease`. None where somebody has it, or where it has been run.

    A run whose lease is over is taken over, up to MOST_ATTEMPTS times; after that it is marked `lost`.
    """
    values = {"job": job, "slot": slot, "owner": owner, "attempt": 1, "claimed_at": now, "lease_until": now + lease, "heartbeat_at": now}
    values |= {"outcome": "running", "attention": False}
    made = session.execute(
        insert_into(session, JobRun).values(**values).on_conflict_do_nothing(index_elements=["job", "slot"]).returning(col(JobRun.id))
    )
    number = made.scalar_one_or_none()
    return _run(session, number) if number is not None else _take_over(session, job, slot, owner, now, lease)


def _take_over(session: Session, job: str, slot: datetime, owner: str, now: datetime, lease: timedelta) -> JobRun | None:
    dead = (col(JobRun.job) == job, col(JobRun.slot) == slot, col(JobRun.outcome) == "running", col(JobRun.lease_until) <= now)
    session.execute(
        update(JobRun)
        .where(*dead, col(JobRun.attempt) >= MOST_ATTEMPTS)
        .values(outcome="lost", finished_at=now, attention=True, error=f"Its process ended {MOST_ATTEMPTS} times before the work was done.")
    )
    taken = session.execute(
        update(JobRun)
        .where(*dead)
        .values(owner=owner, attempt=col(JobRun.attempt) + 1, claimed_at=now, lease_until=now + lease, heartbeat_at=now)
        .returning(col(JobRun.id))
    ).scalar_one_or_none()
    return None if taken is None else _run(session, taken)


def _run(session: Session, number: int) -> JobRun:
    return session.exec(select(JobRun).where(JobRun.id == number).execution_options(populate_existing=True)).one()


def abandoned(session: Session, job: str, now: datetime) -> list[datetime]:
    """Slots of a job whose process died before it was done, oldest first."""
    return list(
        session.exec(
            select(col(JobRun.slot))
            .where(JobRun.job == job, JobRun.outcome == "running", JobRun.lease_until <= now)
            .order_by(col(JobRun.slot))
        )
    )


def beat(session: Session, run: int, owner: str, now: datetime, lease: timedelta) -> None:
    """Keep a run for another `lease`. Raises LeaseLostError where another process has taken it over."""
    mine = (col(JobRun.id) == run, col(JobRun.owner) == owner, col(JobRun.outcome) == "running")
    _held(session.execute(update(JobRun).where(*mine).values(heartbeat_at=now, lease_until=now + lease)), run)


def finish(
    session: Session, run: int, owner: str, now: datetime, *, did: str | None = None, attention: bool = False, error: str | None = None
) -> None:
    """Write down how a run ended: `failed` with an error, else `done`. Raises LeaseLostError where another process has taken it over."""
    mine = (col(JobRun.id) == run, col(JobRun.owner) == owner, col(JobRun.outcome) == "running")
    ended = {"finished_at": now, "outcome": "failed" if error else "done", "did": did, "attention": attention or bool(error)}
    _held(session.execute(update(JobRun).where(*mine).values(**ended, error=error[:LONGEST_ERROR] if error else None)), run)


def _held(result: object, run: int) -> None:
    if cast("CursorResult[Any]", result).rowcount != 1:
        message = f"run {run} was taken over by another process"
        raise LeaseLostError(message)


def lead(session: Session, name: str, owner: str, now: datetime, lease: timedelta) -> bool:
    """Become or stay the one process that may do `name`, until `now + lease`; False while another holds it."""
    wish = insert_into(session, Lease).values(name=name, owner=owner, until=now + lease)
    free = (col(Lease.owner) == owner) | (col(Lease.until) <= now)
    held = wish.on_conflict_do_update(index_elements=["name"], set_={"owner": owner, "until": now + lease}, where=free).returning(
        col(Lease.owner)
    )
    return session.execute(held).scalar_one_or_none() == owner


def yield_lead(session: Session, name: str, owner: str) -> None:
    """Let another process lead at once; nothing happens where `owner` does not."""
    session.execute(delete(Lease).where(col(Lease.name) == name, col(Lease.owner) == owner))


def forget_runs(session: Session, before: datetime) -> int:
    """Delete finished runs that are older than `before`, but never a job's last one. The number deleted."""
    last = select(func.max(col(JobRun.id))).group_by(JobRun.job)
    old = delete(JobRun).where(col(JobRun.slot) < before, col(JobRun.outcome) != "running", col(JobRun.id).not_in(last))
    return cast("CursorResult[Any]", session.execute(old)).rowcount
