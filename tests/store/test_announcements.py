"""Bulletins that are kept speak of the steps that they name, whenever they come, and tell nobody."""

import pytest
from sqlmodel import func, select

from policy_tracker.intake import keep, note_read, publish_history
from policy_tracker.pipeline import load
from policy_tracker.record import Bulletin
from policy_tracker.store.announcements import announced_after, entries_of
from policy_tracker.store.database import reading
from policy_tracker.store.queries import get_comparison, get_version
from policy_tracker.store.tables import EventRow, JournalRow
from tests.store.making import NOW, checked, later, version

OLD = version("2025-01-01")
NEW = version(
    "2025-07-01",
    text="Prism therapy is medically necessary after a bone scan.",
    codes=("10001", "10002"),
)


def bulletin(*entries, title="News of June"):
    given = [
        {"policy": "Any title", "policy_number": "P-1", "action": "Updated", **entry}
        for entry in entries
    ]
    return Bulletin.model_validate(
        {"record": 1, "policy_type": "bulletin", "payer": "acme", "title": title, "entries": given}
    )


JUNE = bulletin(
    {"effective": "2025-07-01", "items": ["Added code 10002", "Removed the visit to a dentist"]},
    {"effective": "2026-03-01", "items": ["Adding plasma"]},
    {"policy_number": "P-2", "effective": "2025-07-01", "items": ["Added leeches"]},
)


def bring(engine, one, now=NOW):
    document, _ = keep(
        engine, one.title.encode(), f"{one.title}.pdf", "application/pdf", "reader-1", now
    )
    note_read(engine, document, [one], "reader-1", now)
    publish_history(engine, now)


def told(engine):
    with reading(engine) as session:
        return get_comparison(session, "acme", "p-1", "2025-01-01", "2025-07-01")


def count(engine, table):
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize("first", ["bulletin", "versions"])
def test_a_bulletin_speaks_of_a_step_whichever_came_first(engine, first):
    if first == "bulletin":
        bring(engine, JUNE)
        load(engine, checked(OLD, NEW), later(hours=1))
    else:
        load(engine, checked(OLD, NEW), NOW)
        assert not told(engine).declarations
        bring(engine, JUNE, later(hours=1))
    found = told(engine)
    assert [(one.source, one.verdict, one.text, one.date) for one in found.declarations] == [
        ("bulletin", "found", "Added code 10002", "2025-07-01"),
        ("bulletin", "not_found", "Removed the visit to a dentist", "2025-07-01"),
    ]
    assert {change.kind: change.declared for change in found.changes if change.substantive}[
        "code_added"
    ] == "declared"
    assert "silent" in {change.declared for change in found.changes}
    assert count(engine, EventRow) == 0


def test_hearing_it_again_changes_nothing(engine):
    load(engine, checked(OLD, NEW), NOW)
    bring(engine, JUNE, later(hours=1))
    before, rows = told(engine), count(engine, JournalRow)
    publish_history(engine, later(hours=2))
    bring(engine, JUNE.model_copy(update={"title": "News of June, once more"}), later(hours=3))
    assert told(engine) == before
    assert count(engine, JournalRow) == rows
    with reading(engine) as session:
        assert len(entries_of(session, "acme")) == 3
        assert entries_of(session, "zenith") == ()


def test_what_takes_effect_after_the_newest_version_is_announced(engine):
    load(engine, checked(OLD, NEW), NOW)
    bring(engine, JUNE)
    with reading(engine) as session:
        newest = get_version(session, "acme", "p-1", "2025-07-01").record
        assert [entry.items for entry in announced_after(session, newest)] == [("Adding plasma",)]


def test_versions_that_do_not_follow_one_another_are_told_all_entries_between(engine):
    last = version("2026-03-01", text="Prism therapy is medically necessary after plasma.")
    load(engine, checked(OLD, NEW, last), NOW)
    bring(engine, JUNE)
    with reading(engine) as session:
        found = get_comparison(session, "acme", "p-1", "2025-01-01", "2026-03-01")
    assert [one.text for one in found.declarations] == [
        "Added code 10002",
        "Removed the visit to a dentist",
        "Adding plasma",
    ]
