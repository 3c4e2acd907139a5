"""The journal: no gaps, in the order of commits, never changed."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from policy_tracker.pipeline import load
from policy_tracker.store import journal
from policy_tracker.store.database import reading, writing
from policy_tracker.store.tables import JournalRow
from tests.store.making import NOW, checked, later, version


def test_sequences_count_up_from_one_and_time_never_runs_backwards(engine):
    with writing(engine) as session:
        rows = [
            journal.append(session, "payer", at=at, payer="acme")
            for at in (NOW, later(hours=-5), later(hours=1))
        ]
        assert [row.sequence for row in rows] == [1, 2, 3]
        assert [row.at for row in rows] == [NOW, NOW, later(hours=1)]


def test_an_instant_is_the_last_sequence_recorded_by_then(engine):
    with reading(engine) as session:
        assert (journal.last_sequence(session), journal.sequence_at(session, NOW)) == (0, 0)
    with writing(engine) as session:
        for hours in (0, 0, 2):
            journal.append(session, "payer", at=later(hours=hours), payer="acme")
    with reading(engine) as session:
        at = [journal.sequence_at(session, later(hours=hours)) for hours in (-1, 0, 1, 2, 3)]
        assert at == [0, 2, 2, 3, 3]
        assert journal.last_sequence(session) == 3


def test_a_rolled_back_row_leaves_no_gap(engine):
    def fail():
        with writing(engine) as session:
            journal.append(session, "payer", at=NOW, payer="lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with writing(engine) as session:
        assert journal.append(session, "payer", at=NOW, payer="kept").sequence == 1


def test_sequences_follow_the_order_of_commits(engine):
    """Writers overlap as far as the database lets them; a reader never sees a sequence appear
    behind one that it saw.
    """
    start, seen, stop = threading.Barrier(4), [], threading.Event()

    def write(writer):
        start.wait()
        for number in range(15):
            with writing(engine) as session:
                journal.append(
                    session, "payer", at=NOW + timedelta(seconds=number), payer=f"w{writer}"
                )

    def read():
        while not stop.is_set():
            with reading(engine) as session:
                seen.append(
                    session.exec(select(JournalRow.sequence).order_by(JournalRow.sequence)).all()
                )

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    reader = threading.Thread(target=read)
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    with reading(engine) as session:
        assert session.exec(
            select(JournalRow.sequence).order_by(JournalRow.sequence)
        ).all() == list(range(1, 61))
    assert all(sequences == list(range(1, len(sequences) + 1)) for sequences in seen), (
        "each state is a beginning of the journal"
    )


def test_a_writer_waits_for_the_one_before_it(engine):
    """The second appends only after the first has committed, although it began before that."""
    first_appended, order = threading.Event(), []

    def second():
        first_appended.wait()
        with writing(engine) as session:
            row = journal.append(session, "payer", at=NOW, payer="second")
            order.append(("second", row.sequence))

    thread = threading.Thread(target=second)
    thread.start()
    with writing(engine) as session:
        row = journal.append(session, "payer", at=NOW, payer="first")
        first_appended.set()
        thread.join(0.2)
        assert thread.is_alive()
        order.append(("first", row.sequence))
    thread.join()
    assert order == [("first", 1), ("second", 2)]


@pytest.mark.parametrize("table", ["journal", "version", "revision", "event"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"]
)
def test_what_was_recorded_cannot_be_changed(engine, table, statement):
    load(engine, checked(version("2025-01-01")), NOW)
    load(engine, checked(version("2025-06-01")), NOW)
    column = "at" if table in ("journal", "event") else "id"
    with pytest.raises(DBAPIError, match="append-only"), writing(engine) as session:
        session.connection().execute(text(statement.format(table=table, column=column)))
