"""The scheduler's table: what runs when.

The jobs themselves are written where they belong; here they are declared, claimed and run.
"""

import logging
import os
import socket
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Lock

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine

from policy_tracker.errors import LeaseLostError, PolicyTrackerError
from policy_tracker.language.formatting import counted
from policy_tracker.settings import Settings, local_time, today
from policy_tracker.store import runs
from policy_tracker.store.database import reading, writing
from policy_tracker.store.health import SCHEDULER
from policy_tracker.store.runs import LEASE

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=15)
"""Heartbeats are this far apart: three may be missed."""

KEEP_RUNS = timedelta(days=30)
"""How long the outcomes of runs are kept."""

MOST_RECLASSIFIED = 500
"""So many policies are recomputed in one run; the next goes on where it ended."""

MOST_TOLD = 5
"""So many loaded versions are named in a run's outcome; the rest is counted."""

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Done:
    """What a job did, in a sentence, and whether a person should look at it."""

    did: str
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What a job works with."""

    engine: Engine
    settings: Settings
    clock: Clock
    stop: Event = field(default_factory=Event)
    """Set where what runs should come to its end: what waits for others, a mail server say, lets
    go.
    """


@dataclass(frozen=True, slots=True)
class Job:
    """A job: what it does in a sentence, its period in seconds, and the function that does it."""

    id: str
    what: str
    period: Callable[[Settings], int]
    do: Callable[[Work], Done]


def load_policies(work: Work) -> Done:
    """Load what is new in the policies folder."""
    from policy_tracker.pipeline import load
    from policy_tracker.recordfiles.folder import check_folder
    from policy_tracker.rule_settings import comparing

    folder = work.settings.policies_dir
    if not folder.is_dir():
        return Done(f"There is no folder {folder}; nothing was loaded.", attention=True)
    report = load(
        work.engine,
        check_folder([folder]),
        local_time(work.settings, work.clock()),
        compare=comparing(work.settings),
    )
    told = ", ".join(
        f"{row.payer}/{row.policy}@{row.version} ({row.outcome.replace('_', ' ')})"
        for row in report.changed[:MOST_TOLD]
    )
    more = f" and {len(report.changed) - MOST_TOLD} more" if len(report.changed) > MOST_TOLD else ""
    refused = (
        f" Refused: {report.faults[0]}{_others(len(report.faults) - 1)}." if report.faults else ""
    )
    waits = (
        f" Waiting for review: {len(report.waiting)} (see `policy-tracker review list`)."
        if report.waiting
        else ""
    )
    return Done(
        (f"Loaded {told}{more}." if told else "Nothing new.") + waits + refused,
        attention=bool(report.faults),
    )


def _others(count: int) -> str:
    return f" (and {count} more faults: see `policy-tracker validate`)" if count > 0 else ""


def reclassify(work: Work) -> Done:
    """Recompute stored changes that were made with other rules than the present ones, some policies
    at a time.
    """
    from policy_tracker.pipeline import reclassify as recompute
    from policy_tracker.rule_settings import comparing, rules_in_force

    stamp = rules_in_force(work.settings).stamp
    found = recompute(
        work.engine,
        work.clock(),
        compare=comparing(work.settings),
        stale=stamp,
        most=MOST_RECLASSIFIED,
    )
    if not found.examined:
        return Done(f"All stored changes are of rules {stamp}.")
    done = (
        f"Policies brought to rules {stamp}: {found.examined - len(found.failed)}; changes that "
        f"moved: {found.moved}."
    )
    left = f" Policies left for the next run: {found.left}." if found.left else ""
    failed = (
        f" Policies that could not be compared: {len(found.failed)}, the first {found.failed[0]}."
        if found.failed
        else ""
    )
    return Done(done + left + failed, attention=bool(found.failed))


def note_effective(work: Work) -> Done:
    """Note the versions that take effect by today."""
    from policy_tracker.pipeline import take_effect

    now = work.clock()
    noted = take_effect(work.engine, today(work.settings, now), now)
    return Done(f"{counted(noted, 'version')} took effect.")


def render(work: Work) -> Done:
    """Render what changed of the static site."""
    from policy_tracker.pages.static_site import render_site

    with reading(work.engine) as session:
        report = render_site(session, work.settings.data_dir / "site", work.settings, work.clock())
    return Done(report.sentence)


def send(work: Work) -> Done:
    """Match what happened to subscriptions, then deliver what is due."""
    from policy_tracker.alerts.channels import channel_for
    from policy_tracker.alerts.matching import enqueue_due
    from policy_tracker.alerts.outbox import deliver_due
    from policy_tracker.alerts.outbox_health import failed_sentence, outbox_health

    queued = enqueue_due(work.engine, work.clock())
    delivered = deliver_due(
        work.engine,
        channel_for(work.settings, work.stop),
        work.settings,
        work.clock,
        stop=work.stop,
    )
    with reading(work.engine) as session:
        health = outbox_health(session, work.clock())
    waits = f" {failed_sentence(health.failed)}." if health.failed else ""
    refused = f" Relay fault: {health.last_error}." if delivered.relay else ""
    attention = bool(health.failed or health.relay_faults or delivered.failed)
    return Done(
        f"{queued} put into the outbox; {delivered.sentence}.{refused}{waits}", attention=attention
    )


def tidy(work: Work) -> Done:
    """Forget the outcomes of old runs, and requests for alerts that were never confirmed."""
    from policy_tracker.alerts.subscriptions import forget
    from policy_tracker.store.limits import forget_failures

    with writing(work.engine) as session:
        old_runs = runs.forget_runs(session, work.clock() - KEEP_RUNS)
        requests = forget(session, work.clock())
        forget_failures(session, work.clock())
    return Done(f"Forgotten: {old_runs} old runs, {requests} requests that nobody confirmed.")


JOBS: tuple[Job, ...] = (
    Job("load", "Load what is new in the policies folder", lambda s: s.load_every, load_policies),
    Job(
        "reclassify",
        "Recompute stored changes that other rules made",
        lambda s: s.load_every,
        reclassify,
    ),
    Job("effective", "Note versions that take effect", lambda s: s.load_every, note_effective),
    Job("render", "Render what changed of the static site", lambda s: s.render_every, render),
    Job(
        "send", "Match changes to subscriptions and send what is due", lambda s: s.send_every, send
    ),
    Job("tidy", "Forget old runs and requests that nobody confirmed", lambda _: 24 * 3600, tidy),
)


def owner_name() -> str:
    """A name for this process that no other has had."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


@dataclass
class Scheduler:
    """Runs jobs when their turn comes, as long as this process leads.

    Everything that it does can be called one turn at a time, with a passed clock.
    """

    work: Work
    jobs: tuple[Job, ...] = JOBS
    owner: str = field(default_factory=owner_name)
    _running: set[int] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def declare(self) -> None:
        """Tell the database which jobs there are."""
        with writing(self.work.engine) as session:
            runs.declare(
                session,
                {job.id: (job.what, job.period(self.work.settings)) for job in self.jobs},
                self.work.clock(),
            )

    def beat(self) -> bool:
        """Stay or become the leader, and keep what is running; whether this process leads."""
        now = self.work.clock()
        with writing(self.work.engine) as session:
            leads = runs.lead(session, SCHEDULER, self.owner, now, LEASE)
        for run in self._snapshot():
            try:
                with writing(self.work.engine) as session:
                    runs.beat(session, run, self.owner, now, LEASE)
            except LeaseLostError as error:
                log.warning("%s", error)
        return leads

    def turn(self, job: Job) -> list[str]:
        """Run a job's slot of now, after those that a dead process left behind; the outcomes, none
        where another process leads.
        """
        now = self.work.clock()
        with writing(self.work.engine) as session:
            if not runs.lead(session, SCHEDULER, self.owner, now, LEASE):
                return []
            runs.give_back_future(session, job.id, now)
        with reading(self.work.engine) as session:
            left = runs.abandoned(session, job.id, now)
        slots = dict.fromkeys([*left, runs.slot_at(now, job.period(self.work.settings))])
        return [outcome for slot in slots if (outcome := self.run(job, slot))]

    def run(self, job: Job, slot: datetime) -> str | None:
        """Claim one slot of a job and run it; its outcome, None where somebody else has it."""
        with writing(self.work.engine) as session:
            claimed = runs.claim(session, job.id, slot, self.owner, self.work.clock(), LEASE)
            number = claimed.id if claimed else None
        if number is None:
            return None
        with self._lock:
            self._running.add(number)
        try:
            return self._finish(number, *_outcome(job, self.work))
        finally:
            with self._lock:
                self._running.discard(number)

    def _finish(self, run: int, done: Done | None, error: str | None) -> str:
        try:
            with writing(self.work.engine) as session:
                did, attention = (done.did, done.attention) if done else (None, True)
                runs.finish(
                    session,
                    run,
                    self.owner,
                    self.work.clock(),
                    did=did,
                    attention=attention,
                    error=error,
                )
        except LeaseLostError as lost:
            log.warning("%s", lost)
            return "lost"
        return "failed" if error else "done"

    def _snapshot(self) -> tuple[int, ...]:
        with self._lock:
            return tuple(self._running)

    def resign(self) -> None:
        """Let another process lead at once."""
        with writing(self.work.engine) as session:
            runs.yield_lead(session, SCHEDULER, self.owner)


def _outcome(job: Job, work: Work) -> tuple[Done | None, str | None]:
    """What a job did, or why it failed; a job's failure never ends the scheduler."""
    try:
        return job.do(work), None
    except PolicyTrackerError as error:
        log.warning("Job %s failed: %s", job.id, error)
        return None, str(error)
    except (
        Exception
    ) as error:  # whatever it was, the next slot gets its chance, and the operator the traceback
        log.exception("Job %s failed", job.id)
        return None, f"{type(error).__name__}: {error}"


def run_now(job_id: str, work: Work) -> tuple[Done | None, str | None]:
    """Run a job at once, outside of its slots, for a command; what it did, or why it failed."""
    job = next(job for job in JOBS if job.id == job_id)
    return _outcome(job, work)


def run_scheduler(
    engine: Engine,
    settings: Settings,
    stop: Event,
    clock: Clock = lambda: datetime.now(UTC),
    jobs: tuple[Job, ...] = JOBS,
) -> None:
    """Run jobs until `stop` is set; what runs then is finished first, but lets go of what it only
    waits for.

    A second process stands by and takes over when the first is gone.
    """
    scheduler = Scheduler(Work(engine, settings, clock, stop), jobs)
    scheduler.declare()
    scheduler.beat()
    timer = BackgroundScheduler(timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1})
    for job in jobs:
        period = job.period(settings)
        start = runs.slot_at(clock(), period)
        trigger = IntervalTrigger(seconds=period, start_date=start, timezone=UTC)
        # the first turn comes at once; a late one is better than none, and which slot it is follows
        # from the clock
        timer.add_job(
            scheduler.turn,
            trigger,
            [job],
            id=job.id,
            next_run_time=clock(),
            misfire_grace_time=period,
        )
    timer.add_job(
        scheduler.beat,
        IntervalTrigger(seconds=int(BEAT.total_seconds()), timezone=UTC),
        id="heartbeat",
        misfire_grace_time=None,
    )
    timer.start()
    try:
        stop.wait()
    finally:
        timer.shutdown(wait=True)
        scheduler.resign()
