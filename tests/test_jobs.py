"""The scheduler: each slot runs once whoever is killed, and a job that fails says so."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from policy_tracker.errors import InputError
from policy_tracker.jobs import JOBS, LEASE, Done, Job, Scheduler, Work, run_now, run_scheduler
from policy_tracker.settings import read_settings
from policy_tracker.store import runs
from policy_tracker.store.database import reading, upgrade, writing
from policy_tracker.store.health import SCHEDULER, scheduler_health

START = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


class Clock:
    def __init__(self, at=START):
        self.at = at

    def __call__(self):
        return self.at

    def forward(self, seconds):
        self.at += timedelta(seconds=seconds)


class Killed(BaseException):
    """What a kill does to a process: no handler runs."""


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def work(engine, clock, tmp_path):
    return Work(
        engine, read_settings(data_dir=tmp_path / "var", policies_dir=tmp_path / "policies"), clock
    )


def counting(done, period=60):
    return Job(
        "count",
        "Count",
        lambda _: period,
        lambda work: (done.append(work.clock()), Done(f"{len(done)} counted."))[1],
    )


def outcomes(engine):
    with reading(engine) as session:
        return {
            (row.job, row.slot): (row.outcome, row.attempt)
            for row in session.exec(select(runs.JobRun))
        }


def test_two_schedulers_run_each_slot_once(work, clock):
    done = []
    job = counting(done)
    one, other = Scheduler(work, (job,)), Scheduler(work, (job,))
    for _ in range(20):
        one.turn(job)
        other.turn(job)
        one.beat()
        clock.forward(60)
    assert len(done) == len(outcomes(work.engine)) == 20


def test_schedulers_at_the_same_moment_run_each_slot_once(work):
    done = []
    job = counting(done)
    schedulers = [Scheduler(work, (job,)) for _ in range(4)]
    threads = [
        threading.Thread(target=s.run, args=(job, START + n * LEASE))
        for n in range(5)
        for s in schedulers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 5


def test_a_killed_leaders_slot_is_run_by_the_next(work, clock):
    done = []

    def die(_):
        raise Killed

    killed = Scheduler(work, (Job("count", "Count", lambda _: 60, die),))
    heir, job = Scheduler(work, (counting(done),)), counting(done)
    with pytest.raises(Killed):
        killed.turn(killed.jobs[0])
    clock.forward(30)
    assert heir.turn(job) == [], "the dead one's lease still holds"
    clock.forward(40)
    assert heir.turn(job) == ["done", "done"], "the slot left behind, then the present one"
    assert outcomes(work.engine) == {
        ("count", START): ("done", 2),
        ("count", START + timedelta(seconds=60)): ("done", 1),
    }
    assert len(done) == 2


def test_a_clock_that_was_ahead_stops_nothing(work, clock, caplog):
    """A year ahead for ten minutes, then killed; the next scheduler runs each slot of the right
    time, those that the clock was in too.
    """
    done = []
    job = counting(done)
    clock.forward(365 * 24 * 3600)
    for _ in range(10):
        Scheduler(work, (job,), owner="ahead").turn(job)
        clock.forward(60)
    clock.at = START
    heir = Scheduler(work, (job,))
    heir.declare()
    assert heir.turn(job) == ["done"]
    assert "a clock was ahead" in caplog.text
    with reading(work.engine) as session:
        assert scheduler_health(session, clock()).ok
    clock.forward(365 * 24 * 3600)
    for _ in range(10):
        assert heir.turn(job) == ["done"], "a slot that the clock was in when it was ahead"
        clock.forward(60)
    assert len(done) == 21


def test_a_run_that_was_going_on_when_the_clock_was_set_right_is_taken_over(work, clock):
    def die(_):
        raise Killed

    clock.forward(59 * 60)
    killed = Scheduler(work, (Job("count", "Count", lambda _: 3600, die),))
    with pytest.raises(Killed):
        killed.turn(killed.jobs[0])
    clock.at = START
    done = []
    job = counting(done, period=3600)
    assert Scheduler(work, (job,)).turn(job) == ["done"], (
        "its lease ends in an hour, as no lease can"
    )
    assert outcomes(work.engine) == {("count", START): ("done", 2)}


def test_a_failing_job_is_recorded_and_tried_again(work, clock):
    reasons = [InputError("The folder cannot be read"), ZeroDivisionError("division by zero"), None]

    def do(_):
        if reason := reasons.pop(0):
            raise reason
        return Done("Loaded.")

    job = Job("load", "Load", lambda _: 60, do)
    scheduler = Scheduler(work, (job,))
    scheduler.declare()
    sentences = []
    for _ in range(3):
        scheduler.turn(job)
        with reading(work.engine) as session:
            sentences.append(scheduler_health(session, clock()).jobs[0].sentence)
        clock.forward(60)
    assert sentences[0].startswith("The folder cannot be read. It is tried again")
    assert sentences[1].startswith("ZeroDivisionError: division by zero.")
    assert sentences[2] == "Loaded."


def test_a_run_that_was_taken_over_does_not_count_as_done(work, clock):
    job = Job(
        "slow", "Slow", lambda _: 60, lambda work: (clock.forward(90), steal(), Done("late"))[2]
    )

    def steal():
        with writing(work.engine) as session:
            assert runs.claim(session, "slow", START, "thief", clock(), LEASE)

    assert Scheduler(work, (job,)).run(job, START) == "lost"
    assert outcomes(work.engine) == {("slow", START): ("running", 2)}


def test_beating_keeps_what_runs(work, clock):
    scheduler = Scheduler(work)

    def slowly(_):
        for _ in range(10):
            clock.forward(30)
            assert scheduler.beat()
        return Done("At last.")

    job = Job("slow", "Slow", lambda _: 60, slowly)
    assert scheduler.run(job, START) == "done"


def test_the_scheduler_runs_every_job_at_once_and_stops_cleanly(work):
    stop, seen = threading.Event(), threading.Barrier(3)
    jobs = tuple(
        Job(name, name, lambda _: 3600, lambda _: (seen.wait(20), Done("Done."))[1])
        for name in ("one", "two")
    )
    thread = threading.Thread(
        target=run_scheduler,
        args=(work.engine, work.settings, stop, lambda: datetime.now(UTC), jobs),
    )
    thread.start()
    seen.wait(20)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert [outcome for outcome, _ in outcomes(work.engine).values()] == ["done", "done"]
    with reading(work.engine) as session:
        assert session.get(runs.Lease, SCHEDULER) is None, "it let the next one lead"


def test_declared_jobs_are_named_once_and_wait_a_sane_time(work):
    assert len({job.id for job in JOBS}) == len(JOBS)
    assert all(1 <= job.period(work.settings) <= 24 * 3600 for job in JOBS)


def test_every_declared_job_runs_on_an_empty_installation(work):
    upgrade(work.engine)
    for job in JOBS:
        done, error = run_now(job.id, work)
        assert error is None, job.id
        assert done.did.endswith(".")


def test_a_missing_folder_asks_for_attention(work):
    done, error = run_now("load", work)
    assert error is None
    assert done.attention
    assert "nothing was loaded" in done.did
