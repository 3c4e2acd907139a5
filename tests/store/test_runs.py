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
from policy_tracker.store.health import SCHEDULER, patience_with, scheduler_health

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
        runs.finish(session, run, "b", later, did="2 versions")
    with reading(engine) as session:
        row = session.exec(select(runs.JobRun)).one()
        assert (row.outcome, row.did, row.attempt, row.finished_at) == (
            "done",
            "2 versions",
            2,
            later,
        )


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
        (
            {"error": "disk full"},
            30,
            "failed",
            "disk full. It is tried again at its next turn. It has never succeeded.",
        ),
        ({"did": "Nothing new."}, 300, "overdue", "last succeeded at 2026-11-23 12:00 UTC"),
    ],
)
def test_health_says_what_to_look_at(engine, ended, after, state, words):
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load what is new", 60)}, SLOT)
        runs.lead(session, SCHEDULER, "a", SLOT + timedelta(seconds=after), LEASE)
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
        removed = scheduler_health(session, NOW + timedelta(hours=1))
    assert not removed.running
    assert removed.jobs[0].state == "never"
    assert "since 2026-11-23 12:01 UTC" in removed.sentence


def test_a_job_that_is_no_longer_declared_is_no_longer_watched(engine):
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load", 60), "old": ("Old", 60)}, NOW)
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load more", 90)}, NOW)
    with reading(engine) as session:
        (job,) = scheduler_health(session, NOW).jobs
    assert (job.id, job.what, job.period) == ("load", "Load more", 90)


AHEAD = NOW + timedelta(days=400)


def test_a_leaders_lease_in_the_future_is_void_and_said_to_be(engine, caplog):
    def leads(owner, at):
        with writing(engine) as session:
            return runs.lead(session, SCHEDULER, owner, at, LEASE)

    assert leads("ahead", AHEAD)
    with reading(engine) as session:
        health = scheduler_health(session, NOW)
    assert (health.ok, health.running) == (False, False), "whoever left it is not running now"
    assert leads("b", NOW)
    assert "The lease of ahead as scheduler ended only at 2027-12-28" in caplog.text
    assert not leads("c", NOW + timedelta(seconds=30))
    with reading(engine) as session:
        assert session.get(runs.Lease, SCHEDULER).until == NOW + LEASE


@pytest.mark.parametrize("seconds", [0, 1, 45, 60])
def test_clocks_that_differ_a_little_take_nothing_from_each_other(engine, caplog, seconds):
    with writing(engine) as session:
        assert runs.lead(session, SCHEDULER, "a", NOW + timedelta(seconds=seconds), LEASE)
        assert not runs.lead(session, SCHEDULER, "b", NOW, LEASE)
    assert claim(engine, "a", NOW + timedelta(seconds=seconds))
    assert claim(engine, "b", NOW) is None
    assert caplog.text == ""


def test_a_run_whose_lease_lies_in_the_future_is_taken_over(engine, caplog):
    run, _ = claim(engine, "ahead", AHEAD)
    with reading(engine) as session:
        assert runs.abandoned(session, "load", NOW) == [SLOT]
    assert claim(engine, "b", NOW) == (run, 2)
    assert "The lease on job load ended only at 2027-12-28" in caplog.text
    assert claim(engine, "c", NOW) is None


def test_slots_that_are_still_to_come_are_given_back(engine, caplog):
    future = [SLOT + timedelta(seconds=60 * n) for n in range(5)]
    for slot in future:
        run, _ = claim(engine, "ahead", slot, slot)
        with writing(engine) as session:
            runs.finish(session, run, "ahead", slot, did="done")
    assert claim(engine, "b", future[3], future[3]) is None, "as if it had been run"
    with writing(engine) as session:
        assert runs.give_back_future(session, "load", NOW) == 3
        assert runs.give_back_future(session, "load", NOW) == 0
        assert runs.give_back_future(session, "send", NOW) == 0
    assert caplog.text.count("are given back") == 1
    assert claim(engine, "b", future[3], future[3]) is not None


def test_health_does_not_believe_a_clock_that_was_ahead(engine):
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load what is new", 60)}, NOW)
    run, _ = claim(engine, "ahead", AHEAD, AHEAD)
    with writing(engine) as session:
        runs.finish(session, run, "ahead", AHEAD, did="Nothing new.")
    later = NOW + timedelta(minutes=10)
    with writing(engine) as session:
        runs.lead(session, SCHEDULER, "a", later, LEASE)
    with reading(engine) as session:
        health = scheduler_health(session, later)
    assert (health.ok, health.running, health.jobs[0].state) == (False, True, "never")
    assert health.jobs[0].last_done_at is None


def test_a_job_that_has_never_run_is_told_however_often_the_scheduler_was_started(engine):
    for minute in range(10):
        with writing(engine) as session:
            at = NOW + timedelta(minutes=minute)
            runs.declare(session, {"tidy": ("Tidy", 24 * 3600)}, at)
            runs.lead(session, SCHEDULER, "a", at, LEASE)
    with reading(engine) as session:
        health = scheduler_health(session, at)
    assert (health.ok, health.jobs[0].state) == (False, "never")
    assert "look at tidy" in health.sentence


def test_declaring_under_a_right_clock_mends_what_one_ahead_declared(engine):
    for at in (AHEAD, NOW):
        with writing(engine) as session:
            runs.declare(session, {"tidy": ("Tidy", 24 * 3600)}, at)
    with reading(engine) as session:
        assert session.get(runs.DeclaredJob, "tidy").declared_at == NOW


@pytest.mark.parametrize(("period", "late"), [(15, 2), (60, 3), (3600, 120), (24 * 3600, 25 * 60)])
def test_a_job_is_late_when_its_interval_is_well_over(period, late):
    assert patience_with(period) == timedelta(minutes=late)


def test_a_run_that_hangs_is_told_though_its_process_lives(engine):
    with writing(engine) as session:
        runs.declare(session, {"load": ("Load what is new", 60)}, NOW)
    run, _ = claim(engine, "a")
    for hours, state in ((5, "running"), (7, "overdue")):
        at = NOW + timedelta(hours=hours)
        with writing(engine) as session:
            runs.beat(session, run, "a", at, LEASE)
            runs.lead(session, SCHEDULER, "a", at, LEASE)
        with reading(engine) as session:
            assert scheduler_health(session, at).jobs[0].state == state
