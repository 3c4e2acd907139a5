"""Claims of slots: one owner at a time, none lost, none run twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from policy_tracker.errors import LeaseLostError
from policy_tracker.store import runs
from policy_tracker.store.database import reading, writing
from policy_tracker.store.health import SCHEDULER, scheduler_health

NOW = datetime(2026, 11, 23, 12, 0, 7, tzinfo=UTC)
SLOT = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def claim(engine, owner, at=NOW, slot=SLOT):
    with writing(engine) as session:
        run = runs.claim(session, "load", slot, owner, at, LEASE)
        return (run.id, run.attempt) if run else None


@given(st.integers(0, 4_000_000_000), st.integers(1, 100_000))
def test_a_slot_holds_its_moment_and_is_the_same_for_all_of_it(seconds, period):
    now = datetime.fromtimestamp(seconds, UTC)
    slot = runs.slot_at(now, period)
    assert slot <= now < slot + timedelta(seconds=period)
    assert runs.slot_at(slot, period) == slot


def test_a_slot_has_one_owner(engine):
    assert claim(engine, "a") is not None
    assert claim(engine, "b") is None
    assert claim(engine, "a") is None, "not even its owner runs it twice"
    assert claim(engine, "b", slot=SLOT + LEASE) is not None


def test_many_at_once_get_one_claim(engine):
    with ThreadPoolExecutor(8) as pool:
        claims = list(pool.map(lambda number: claim(engine, f"owner-{number}"), range(8)))
    assert sum(claimed is not None for claimed in claims) == 1


def test_a_dead_owners_slot_is_taken_over_after_its_lease(engine):
    run, _ = claim(engine, "killed")
    assert claim(engine, "b", NOW + LEASE - timedelta(seconds=1)) is None
    later = NOW + LEASE
    with reading(engine) as session:
        assert runs.abandoned(session, "load", later) == [SLOT]
    assert claim(engine, "b", later) == (run, 2)
    with pytest.raises(LeaseLostError, match="taken over"), writing(engine) as session:
        runs.finish(session, run, "killed", later, did="late")
    with writing(engine) as session:
        runs.finish(session, run, "b", later, did="2 editions")
    with reading(engine) as session:
        row = session.exec(select(runs.JobRun)).one()
        assert (row.outcome, row.did, row.attempt, row.finished_at) == ("done", "2 editions", 2, later)


def test_a_heartbeat_keeps_a_long_run(engine):
    run, _ = claim(engine, "slow")
    with writing(engine) as session:
        runs.beat(session, run, "slow", NOW + timedelta(seconds=50), LEASE)
    assert claim(engine, "b", NOW + timedelta(seconds=100)) is None
    assert claim(engine, "b", NOW + timedelta(seconds=110)) is not None
    with pytest.raises(LeaseLostError), writing(engine) as session:
        runs.beat(session, run, "slow", NOW + timedelta(seconds=111), LEASE)


def test_a_slot_that_kills_its_processes_is_given_up(engine):
    at = NOW
    for _ in range(runs.MOST_ATTEMPTS):
        assert claim(engine, f"owner at {at}", at) is not None
        at += LEASE
    assert claim(engine, "one more", at) is None
    with reading(engine) as session:
        row = session.exec(select(runs.JobRun)).one()
        assert (row.outcome, row.attention) == ("lost", True)
        assert "ended 3 times" in row.error


def test_one_process_leads_until_it_is_silent(engine):
    def leads(owner, at):
        with writing(engine) as session:
            return runs.lead(session, SCHEDULER, owner, at, LEASE)

    assert leads("a", NOW)
    assert not leads("b", NOW + timedelta(seconds=59))
    assert leads("a", NOW + timedelta(seconds=59))
    assert not leads("b", NOW + timedelta(seconds=60))
    assert leads("b", NOW + timedelta(seconds=119))
    assert not leads("a", NOW + timedelta(seconds=120))
    with writing(engine) as session:
        runs.yield_lead(session, SCHEDULER, "a")  # not its to give
        runs.yield_lead(session, SCHEDULER, "b")
    assert leads("a", NOW + timedelta(seconds=121))


def test_old_runs_are_forgotten_but_not_a_jobs_last(engine):
    for day in range(5):
        slot = SLOT + timedelta(days=day)
        run, _ = claim(engine, "a", slot, slot)
        with writing(engine) as session:
            runs.finish(session, run, "a", slot, did="done")
    with writing(engine) as session:
        assert runs.forget_runs(session, SLOT + timedelta(days=3)) == 3
        assert runs.forget_runs(session, SLOT + timedelta(days=30)) == 1
        assert session.exec(select(runs.JobRun.slot)).one() == SLOT + timedelta(days=4)


def finished(engine, slot, **ended):
    run, _ = claim(engine, "a", slot, slot)
    with writing(engine) as session:
        runs.finish(session, run, "a", slot, **ended)


@pytest.mark.parametrize(
    ("ended", "after", "state", "words"),
    [
        ({"did": "Nothing new."}, 30, "ok", "Nothing new."),
        ({"did": "1 file refused.", "attention": True}, 30, "attention", "refused"),
        ({"error": "disk full"}, 30, "failed", "disk full. It is tried again at its next turn. It has never succeeded."),
        ({"did": "Nothing new."}, 300, "overdue", "last succeeded at 2026-11-23 12:00 UTC"),
    ],
)
def test_health_says_what_to_look_at(engine, ended, after, state, words):
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load what is new", 60)}, SLOT)
        runs.lead(session, SCHEDULER, "a", SLOT, timedelta(hours=1))
    finished(engine, SLOT, **ended)
    with reading(engine) as session:
        health = scheduler_health(session, SLOT + timedelta(seconds=after))
    (job,) = health.jobs
    assert job.state == state
    assert words in job.sentence
    assert health.ok == (state in ("ok", "attention"))


def test_health_without_a_scheduler(engine):
    with reading(engine) as session:
        health = scheduler_health(session, NOW)
    assert not health.ok
    assert "policy-tracker serve" in health.sentence
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load what is new", 60)}, NOW)
        runs.lead(session, SCHEDULER, "a", NOW, LEASE)
    with reading(engine) as session:
        assert scheduler_health(session, NOW).ok
        gone = scheduler_health(session, NOW + timedelta(hours=1))
    assert not gone.running
    assert gone.jobs[0].state == "never"
    assert "since 2026-11-23 12:01 UTC" in gone.sentence


def test_a_job_that_is_no_longer_declared_is_no_longer_watched(engine):
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load", 60), "old": ("Old", 60)}, NOW)
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load more", 90)}, NOW)
    with reading(engine) as session:
        (job,) = scheduler_health(session, NOW).jobs
    assert (job.id, job.what, job.period) == ("load", "Load more", 90)
