"""Stored changes brought up to the present rules: what moves, what is kept of it, what stays, and
what is safe to repeat.
"""

import threading

import pytest
from sqlmodel import select

from policy_tracker.commands.verify import verify_store
from policy_tracker.jobs import Work, run_now
from policy_tracker.pipeline import load, reclassify
from policy_tracker.rules import AS_DECLARED, RuleSettings, compare
from policy_tracker.settings import read_settings
from policy_tracker.store.database import reading
from policy_tracker.store.events import events
from policy_tracker.store.feed import changes
from policy_tracker.store.tables import JournalRow, StoredChange, StoredComparison
from policy_tracker.store.views import ChangeFilter
from tests.store.making import NOW, PAYER, checked, later, version

ONE = version(
    "2024-01-01", text="Prism therapy is experimental.", position="experimental_investigational"
)
TWO = version("2025-01-01")
THREE = version(
    "2026-06-01",
    text="Prism therapy is medically necessary after six weeks.",
    codes=("10001", "10002"),
)
RAISED = RuleSettings({"code-added-approved": "high"})


def by(settings):
    return lambda before, after, **given: compare(before, after, settings=settings, **given)


@pytest.fixture
def held(engine):
    """A policy with its history, and one version that was news."""
    load(engine, checked(ONE, TWO, payers=(PAYER,)), NOW)
    load(engine, checked(THREE), NOW)
    return engine


def journal_of(engine):
    with reading(engine) as session:
        return [
            row
            for row in session.exec(select(JournalRow).order_by(JournalRow.sequence))
            if row.kind == "reclassify"
        ]


def stamps(engine):
    with reading(engine) as session:
        return set(session.exec(select(StoredComparison.ruleset)))


def stored(engine):
    with reading(engine) as session:
        return {
            (row.difference, row.rule): row.impact for row in session.exec(select(StoredChange))
        }


def kinds(engine):
    with reading(engine) as session:
        return [event.kind for event in events(session)]


def test_what_comes_out_as_before_changes_nothing(held):
    before = stored(held)
    found = reclassify(held, later(days=1))
    assert (found.examined, found.policies, found.moved) == (1, (), 0)
    assert (stored(held), journal_of(held)) == (before, [])


def test_what_moved_is_told_by_edit_and_kept_in_the_journal(held):
    before = stored(held)
    found = reclassify(held, later(days=1), compare=by(RAISED))
    (policy,) = found.policies
    step = next(step for step in policy.steps if step.to_version == "2026-06-01")
    (moved,) = step.moved
    assert (moved.what, moved.difference) == (
        "differs",
        next(difference for difference, rule in before if rule == "code-added-approved"),
    )
    assert [(one.rule, one.impact) for one in (*moved.before, *moved.after)] == [
        ("code-added-approved", before[moved.difference, "code-added-approved"]),
        ("code-added-approved", "high"),
    ]
    assert set(stored(held)) == set(before), "edits keep their ids"
    assert stamps(held) == {RAISED.stamp}
    (entry,) = journal_of(held)
    assert (entry.payload["origin"], entry.payload["rulesets_after"]) == (
        "technical_upgrade",
        [RAISED.stamp],
    )
    assert [one["difference"] for kept in entry.payload["moved"] for one in kept["moved"]] == [
        moved.difference
    ]


def test_a_rule_that_is_switched_off_takes_its_change_away_and_back(held):
    before = stored(held)
    quiet = RuleSettings(off=frozenset({"code-added-approved"}))
    away = reclassify(held, later(days=1), compare=by(quiet))
    assert [
        one.what for policy in away.policies for step in policy.steps for one in step.moved
    ] == ["vanished"]
    back = reclassify(held, later(days=2))
    assert [
        one.what for policy in back.policies for step in policy.steps for one in step.moved
    ] == ["appeared"]
    assert stored(held) == before
    assert kinds(held) == ["published"], "a switch is no mistake"


def test_a_trial_tells_the_same_and_writes_nothing(held):
    before = stored(held)
    trial = reclassify(held, later(days=1), compare=by(RAISED), dry_run=True)
    assert (stored(held), journal_of(held), stamps(held)) == (before, [], {AS_DECLARED.stamp})
    assert reclassify(held, later(days=1), compare=by(RAISED)) == trial


def test_the_feed_shows_nothing_as_new(held):
    def days():
        with reading(held) as session:
            return {
                row.recorded_at for row in changes(session, ChangeFilter(substantive=None)).items
            }

    before = days()
    reclassify(held, later(days=9), compare=by(RAISED))
    assert days() == before


def test_only_what_is_stale_is_taken_and_so_many_at_once(engine):
    load(
        engine,
        checked(
            *(
                version(day, policy=f"p-{n}")
                for n in range(5)
                for day in ("2024-01-01", "2025-01-01")
            )
        ),
        NOW,
    )

    def go():
        found = reclassify(engine, later(days=1), compare=by(RAISED), stale=RAISED.stamp, most=2)
        return found.examined, found.left

    assert [go(), go(), go(), go()] == [(2, 3), (2, 1), (1, 0), (0, 0)]
    assert len(journal_of(engine)) == 5


def test_a_crash_between_two_policies_leaves_each_whole(engine):
    load(
        engine,
        checked(
            *(
                version(day, policy=f"p-{n}")
                for n in range(3)
                for day in ("2024-01-01", "2025-01-01")
            )
        ),
        NOW,
    )

    class Stopped(BaseException):
        pass

    def until_the_second(before, after, **given):
        if after.policy == "p-1":
            raise Stopped
        return compare(before, after, settings=RAISED, **given)

    with pytest.raises(Stopped):
        reclassify(engine, later(days=1), compare=until_the_second, stale=RAISED.stamp)
    assert stamps(engine) == {AS_DECLARED.stamp, RAISED.stamp}
    assert reclassify(engine, later(days=1), compare=by(RAISED), stale=RAISED.stamp).examined == 2
    assert stamps(engine) == {RAISED.stamp}
    assert len(journal_of(engine)) == 3


def test_a_policy_that_cannot_be_compared_keeps_none_back(engine):
    load(
        engine,
        checked(
            *(
                version(day, policy=f"p-{n}")
                for n in range(3)
                for day in ("2024-01-01", "2025-01-01")
            )
        ),
        NOW,
    )

    def failing(before, after, **given):
        if after.policy == "p-1":
            raise ArithmeticError("one over nothing")
        return compare(before, after, settings=RAISED, **given)

    found = reclassify(engine, later(days=1), compare=failing)
    assert found.failed == ("acme/p-1: ArithmeticError: one over nothing",)
    assert [policy.policy for policy in found.policies] == ["p-0", "p-2"]


def test_rivals_write_each_policy_once(held):
    start, found = threading.Barrier(3), []

    def run():
        start.wait()
        found.append(reclassify(held, later(days=1), compare=by(RAISED)).moved)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 1]
    assert len(journal_of(held)) == 1


def test_what_is_published_meanwhile_is_not_lost(held):
    fourth = version("2026-09-01", text="Prism therapy is medically necessary after nine weeks.")
    rivals = [lambda: load(held, checked(fourth), later(days=1))]

    def while_a_rival_publishes(before, after, **given):
        if rivals:
            rivals.pop()()
        return compare(before, after, settings=RAISED, **given)

    assert reclassify(held, later(days=1), compare=while_a_rival_publishes).failed == ()
    with reading(held) as session:
        assert len(session.exec(select(StoredComparison)).all()) == 4
    assert stamps(held) == {RAISED.stamp}


def test_a_withdrawn_version_stays_as_it_is(held):
    load(
        held, checked(version("2026-06-01", withdrawn={"why": "issued by mistake"})), later(days=1)
    )
    found = reclassify(held, later(days=2), compare=by(RAISED), stale=RAISED.stamp)
    assert found.examined == 1
    assert stamps(held) == {RAISED.stamp, "withdrawal"}
    assert reclassify(held, later(days=3), compare=by(RAISED), stale=RAISED.stamp).examined == 0


def test_the_database_holds_together_afterwards(held):
    reclassify(held, later(days=1), compare=by(RAISED))
    assert not [fault for check in verify_store(held, RAISED) for fault in check.faults]


def test_the_job_brings_everything_to_the_rules_of_the_installation(held, tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text("rules:\n  code-added-approved: {impact: high}\n", encoding="utf-8")
    work = Work(held, read_settings(rules_file=file), lambda: later(days=1))
    done, error = run_now("reclassify", work)
    assert error is None
    assert done.did == f"Policies brought to rules {RAISED.stamp}: 1; changes that moved: 1."
    done, _ = run_now("reclassify", work)
    assert done.did == f"All stored changes are of rules {RAISED.stamp}."
