"""Links between statements: written with what is published, never changed, and the same again from
the revisions.
"""

from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from policy_tracker.diff.align import Alignment, align
from policy_tracker.errors import NotFoundError
from policy_tracker.pipeline import load, reclassify
from policy_tracker.rules import compare
from policy_tracker.store import plan
from policy_tracker.store.database import open_engine, reading, writing
from policy_tracker.store.lineage import alignments, blame_of, descent, faults_of
from policy_tracker.store.projection import rebuild
from policy_tracker.store.tables import AlignmentRow, LinkRow, StoredComparison
from tests.databases import migrated_url
from tests.store.making import NOW, checked, later, version

WORDS = (
    "A lamp is lit.",
    "Every lamp is lit at dusk.",
    "The ferry waits for its passengers.",
    "No ferry leaves at night.",
)
TABLES = ("alignment", "statement_link")


def saying(label, *texts, keys="abcdefgh", **more):
    statements = [
        {"key": key, "section": "coverage", "role": "criterion", "text": said}
        for key, said in zip(keys, texts, strict=False)
    ]
    return version(label, statements=statements, **more)


def put(engine, *records, days=0):
    load(engine, checked(*records), later(days=days))


def past(engine, label=None):
    with reading(engine) as session:
        return blame_of(session, 1, label)


def stored(engine):
    with reading(engine) as session:
        known = descent(session, 1)
        return {step: known.held(step).links for step in known.steps if step.before}


def count(engine, table=AlignmentRow):
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_a_link_cannot_be_changed(engine, table, statement):
    put(engine, saying("2025-01-01", *WORDS), saying("2025-06-01", *WORDS))
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as session:
        session.connection().execute(text(statement.format(table=table)))


def test_links_are_written_with_the_comparison_that_they_come_from(engine):
    put(engine, saying("2025-01-01", *WORDS[:2]))
    assert count(engine) == 0
    put(engine, saying("2025-06-01", WORDS[1], WORDS[2]), days=1)
    [(step, links)] = stored(engine).items()
    assert step == ("2025-01-01", "2025-06-01")
    assert [(link.before, link.after, link.how, link.score) for link in links] == [
        ("b", "a", "equal", 1.0)
    ]
    with reading(engine) as session:
        row, comparison = (
            session.exec(select(AlignmentRow)).one(),
            session.exec(select(StoredComparison).offset(1)).one(),
        )
        assert (row.from_revision_id, row.to_revision_id) == (
            comparison.from_revision_id,
            comparison.to_revision_id,
        )
        assert (row.ruleset, row.recorded_at) == (comparison.ruleset, comparison.recorded_at)


def test_nothing_is_linked_where_the_comparison_is_not_written(engine):
    put(engine, saying("2025-01-01", *WORDS))

    def failing(before, after, *, alignment=None):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        load(engine, checked(saying("2025-06-01", *WORDS)), later(days=1), compare=failing)
    assert count(engine) == count(engine, LinkRow) == 0


def test_the_comparison_is_made_with_the_alignment_that_is_stored(engine):
    given_to = []

    def listening(before, after, *, alignment=None):
        given_to.append(alignment)
        return compare(before, after, alignment=alignment)

    load(
        engine,
        checked(saying("2025-01-01", *WORDS), saying("2025-06-01", *WORDS)),
        NOW,
        compare=listening,
    )
    first, second = given_to
    assert first is None
    assert list(stored(engine).values()) == [second.links()]


def test_a_late_version_between_two_others_gets_links_of_its_own_and_the_old_ones_stay(engine):
    put(engine, saying("2025-01-01", WORDS[0]))
    put(engine, saying("2025-06-01", WORDS[0], WORDS[2]), days=1)
    assert past(engine).blame.line("b").since == "2025-06-01"
    name = past(engine).lines["2025-06-01", "b"]
    put(engine, saying("2025-03-01", WORDS[2], WORDS[0]), days=2)
    assert set(stored(engine)) == {("2025-01-01", "2025-03-01"), ("2025-03-01", "2025-06-01")}
    assert count(engine) == 3
    found = past(engine)
    assert found.blame.line("b").since == "2025-03-01"
    assert found.lines["2025-06-01", "b"] == found.lines["2025-03-01", "a"] == name


def test_a_correction_is_linked_to_its_new_neighbours_and_to_what_it_corrects(engine):
    put(engine, saying("2025-01-01", WORDS[0], WORDS[2]), saying("2025-06-01", WORDS[0], WORDS[2]))
    before = past(engine)
    put(
        engine,
        saying("2025-01-01", WORDS[0], WORDS[2], keys="xy", corrects="keys were misread"),
        days=1,
    )
    found = past(engine)
    assert [(link.before, link.after) for link in stored(engine)["2025-01-01", "2025-06-01"]] == [
        ("x", "a"),
        ("y", "b"),
    ]
    assert {one.since for one in found.blame.lines} == {"2025-01-01"}
    assert found.lines["2025-01-01", "x"] == before.lines["2025-01-01", "a"], (
        "what was recorded under another key keeps its line"
    )
    assert found.lines["2025-06-01", "b"] == before.lines["2025-06-01", "b"]
    assert count(engine) == 3


def test_a_withdrawn_version_is_passed_by_and_its_lines_keep_their_names(engine):
    put(
        engine,
        saying("2025-01-01", WORDS[0]),
        saying("2025-03-01", WORDS[0], WORDS[2]),
        saying("2025-06-01", WORDS[0], WORDS[2]),
    )
    before = past(engine)
    assert before.blame.line("b").since == "2025-03-01"
    put(engine, saying("2025-03-01", WORDS[0], WORDS[2], withdrawn={"why": "in error"}), days=1)
    found = past(engine)
    assert found.blame.line("a").versions == ("2025-01-01", "2025-06-01")
    assert found.blame.line("b").since == "2025-06-01"
    assert found.lines["2025-06-01", "b"] == before.lines["2025-06-01", "b"]
    assert past(engine, "2025-03-01").blame.line("a").since == "2025-01-01", (
        "the withdrawn one can still be asked for"
    )


def test_reclassifying_adds_links_only_where_others_are_found(engine, monkeypatch):
    put(engine, saying("2025-01-01", *WORDS), saying("2025-06-01", *WORDS))
    assert reclassify(engine, later(days=1)).examined == 1
    assert count(engine) == 1
    monkeypatch.setattr(
        plan, "align", lambda before, after: Alignment(align(before, after).pairs[:1], (), ())
    )
    assert reclassify(engine, later(days=2)).examined == 1
    assert count(engine) == 2
    [links] = stored(engine).values()
    assert len(links) == 1
    with writing(engine) as session:
        rebuild(session)
    monkeypatch.undo()
    [links] = stored(engine).values()
    assert len(links) == len(WORDS)
    assert (count(engine), count(engine, LinkRow)) == (3, 9)


@contextmanager
def unlinked(monkeypatch):
    """A program that knows no links yet, as before this migration."""
    with monkeypatch.context() as patch:
        patch.setattr("policy_tracker.store.publish.add_alignment", lambda *_: False)
        yield


def test_what_was_published_before_there_were_links_is_answered_and_linked_at_the_next_turn(
    engine, monkeypatch
):
    with unlinked(monkeypatch):
        put(engine, saying("2025-01-01", *WORDS[:2]), saying("2025-06-01", *WORDS))
    assert count(engine) == 0
    assert past(engine).blame.line("a").since == "2025-01-01"
    put(engine, saying("2025-09-01", *WORDS[1:]), days=1)
    assert set(stored(engine)) == {("2025-01-01", "2025-06-01"), ("2025-06-01", "2025-09-01")}
    assert count(engine) == 2


def test_a_version_that_is_not_recorded_is_said_so(engine):
    put(engine, saying("2025-01-01", *WORDS))
    with pytest.raises(NotFoundError, match="2024-01-01"):
        past(engine, "2024-01-01")


labels = st.sampled_from(["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"])
recordings = st.lists(
    st.tuples(labels, st.lists(st.sampled_from(WORDS), max_size=4), st.integers(0, 9)),
    min_size=1,
    max_size=7,
)


@given(history=recordings)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_links_that_hold_are_those_of_the_revisions_that_stand(request, history):
    """Whatever comes late, is corrected or withdrawn: what is stored is what a rebuild makes, and
    every statement has one past.
    """
    opened = open_engine(migrated_url("sqlite", request))
    try:
        for number, (label, texts, luck) in enumerate(history):
            taken_back = {"withdrawn": {"why": "in error"}} if luck == 0 else {}
            put(
                opened,
                saying(
                    label,
                    *texts,
                    scope=f"Recording {number}.",
                    corrects="read better",
                    **taken_back,
                ),
                days=number,
            )
        with reading(opened) as session:
            known = descent(session, 1)
            for step in known.steps:
                if step.before:
                    assert (
                        known.held(step).links
                        == align(known.records[step.before], known.records[step.after]).links()
                    )
            assert list(faults_of(known)) == []
            before = alignments(session, 1)
            for label in known.newest:
                found = blame_of(session, 1, label)
                assert [line.statement for line in found.blame.lines] == list(
                    known.records[label].statements
                )
                assert {node for node in found.lines if node[0] == label} == {
                    (label, line.statement.key) for line in found.blame.lines
                }
        with writing(opened) as session:
            rebuild(session)
        with reading(opened) as session:
            assert alignments(session, 1) == before
            assert session.exec(select(func.max(AlignmentRow.number))).one() in (None, 1), (
                "a rebuild adds nothing"
            )
    finally:
        opened.dispose()
