"""How the scheduler's jobs are doing, in words that an operator acts on."""

from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session, col, func, select

from policy_tracker.record.base import Value
from policy_tracker.store.runs import LEASE, DeclaredJob, JobRun, Lease, is_void, slot_at

SCHEDULER = "scheduler"
"""The lease of the one process that runs the jobs."""

LATE_PERIODS, LATEST = 2, timedelta(hours=1)
"""A job is overdue when nothing was done for its period and so many more, or an hour more; but
never sooner than LEAST_PATIENCE.
"""

LEAST_PATIENCE = timedelta(minutes=2)

FIRST_PATIENCE = timedelta(minutes=5)
"""Every job has its first turn as soon as the scheduler starts: one that has not run so long after
that will not.
"""

LONGEST_RUN = timedelta(hours=6)
"""A run that goes on for longer hangs, though its process lives."""

State = Literal["ok", "attention", "running", "failed", "overdue", "never"]


class RunView(Value):
    """A run of a job, times in UTC; `did` and `error` are sentences."""

    slot: datetime
    outcome: Literal["running", "done", "failed", "lost"]
    attempt: int
    claimed_at: datetime
    finished_at: datetime | None = None
    did: str | None = None
    attention: bool = False
    error: str | None = None


class JobHealth(Value):
    """One job: what it does every `period` seconds, its last run, when it runs next, and how it is
    doing.
    """

    id: str
    what: str
    period: int
    state: State
    sentence: str
    last: RunView | None = None
    last_done_at: datetime | None = None
    next_at: datetime


class SchedulerHealth(Value):
    """All jobs, and whether a process runs them; `ok` only where every job is ok, running, or asks
    no more than a person's attention.
    """

    ok: bool
    running: bool
    sentence: str
    jobs: tuple[JobHealth, ...] = ()


def scheduler_health(session: Session, now: datetime) -> SchedulerHealth:
    """How the scheduler and its jobs are doing at `now`."""
    lease = session.get(Lease, SCHEDULER)
    running = lease is not None and lease.until > now and not is_void(lease.until, now)
    declared = session.exec(select(DeclaredJob).order_by(col(DeclaredJob.id))).all()
    jobs = tuple(job_health(session, job, now) for job in declared)
    sick = [job.id for job in jobs if job.state in ("failed", "overdue", "never")]
    if not declared:
        sentence = (
            "No scheduler has ever run on this database: start one with `policy-tracker "
            "serve` or `policy-tracker scheduler`."
        )
    elif not running:
        since = f" since {_time(lease.until)}" if lease and lease.until <= now else ""
        sentence = (
            f"No scheduler is running{since}: nothing is loaded, rendered or sent until one "
            f"is started."
        )
    elif sick:
        sentence = f"The scheduler is running; look at {', '.join(sick)}."
    else:
        sentence = "The scheduler is running and every job did its work."
    return SchedulerHealth(
        ok=running and not sick and bool(declared), running=running, sentence=sentence, jobs=jobs
    )


def job_health(session: Session, job: DeclaredJob, now: datetime) -> JobHealth:
    """How one job is doing at `now`."""
    # what a clock that was ahead wrote down says nothing of the present
    past = (JobRun.job == job.id, col(JobRun.slot) <= now + LEASE)
    row = session.exec(
        select(JobRun)
        .where(*past)
        .order_by(col(JobRun.slot).desc(), col(JobRun.id).desc())
        .limit(1)
    ).first()
    finished = select(func.max(JobRun.finished_at)).where(
        *past, JobRun.outcome == "done", col(JobRun.finished_at) <= now + LEASE
    )
    done = session.exec(finished).one()
    state = _state(row, done or min(job.declared_at, now), now, patience_with(job.period))
    return JobHealth(
        id=job.id,
        what=job.what,
        period=job.period,
        state=state,
        sentence=_sentence(state, row, done),
        last=RunView.model_validate(row.model_dump(include=set(RunView.model_fields)))
        if row
        else None,
        last_done_at=done,
        next_at=slot_at(now, job.period) + timedelta(seconds=job.period),
    )


def patience_with(period: int) -> timedelta:
    """How long after its last success a job with a period in seconds is overdue."""
    every = timedelta(seconds=period)
    return max(every + min(LATE_PERIODS * every, LATEST), LEAST_PATIENCE)


def _state(
    row: JobRun | None, waiting_since: datetime, now: datetime, patience: timedelta
) -> State:
    late = now - waiting_since > patience
    if row is None:
        return "never" if now - waiting_since > FIRST_PATIENCE or late else "ok"
    if row.outcome in ("failed", "lost"):
        return "failed"
    if row.outcome == "running" and row.lease_until > now and not is_void(row.lease_until, now):
        return "running" if now - row.claimed_at <= LONGEST_RUN else "overdue"
    if late:
        return "overdue"
    return "attention" if row.attention else "ok"


def _sentence(state: State, row: JobRun | None, done: datetime | None) -> str:
    last_good = f" It last succeeded at {_time(done)}." if done else " It has never succeeded."
    if state == "never":
        return "It has never run: the scheduler is not running, or was stopped before its turn."
    if row is None:
        return "It waits for its first turn."
    if state == "failed":
        return (
            f"{(row.error or 'It failed without saying why.').rstrip('.')}. It is tried again "
            f"at its next turn.{last_good}"
        )
    if state == "overdue":
        return (
            f"It is overdue: the scheduler is not running, or the run of {_time(row.slot)} "
            f"hangs.{last_good}"
        )
    if state == "running":
        return f"Running since {_time(row.claimed_at)}."
    return row.did or "Done."


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
