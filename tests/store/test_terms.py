"""An installation that was stored under other names keeps all that it holds, and recognises what it
is loaded with again.
"""

import importlib

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, column, func, inspect, text
from sqlalchemy import table as table_of
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from policy_tracker.alerts.tables import Message
from policy_tracker.commands.verify import verify_store
from policy_tracker.pipeline import load
from policy_tracker.store import queries
from policy_tracker.store.database import MIGRATIONS, alone, reading, upgrade
from policy_tracker.store.tables import EventRow, StoredComparison, StoredRevision
from tests.store.making import NOW, checked, later, version

LATER = "Prism therapy is medically necessary after two weeks."
RANGE = {"system": "CPT", "from": "20000", "to": "20009", "raw": "20000-20009"}
LISTED = [
    {
        "key": "g",
        "heading": "Covered",
        "disposition": "medically_necessary",
        "codes": [{"system": "CPT", "code": "10009"}],
        "ranges": [RANGE],
    }
]


def held(engine):
    with reading(engine) as session:
        revisions = session.exec(
            select(StoredRevision.content_hash, StoredRevision.content).order_by(StoredRevision.id)
        ).all()
        comparisons = session.exec(
            select(StoredComparison.content).order_by(StoredComparison.id)
        ).all()
        counts = [
            session.exec(select(func.count()).select_from(table)).one()
            for table in (EventRow, Message)
        ]
    return [tuple(row) for row in revisions], comparisons, counts


def downgraded(engine, to="0009"):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with alone(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


def test_what_was_stored_under_other_names_is_the_same_under_the_present_ones(engine):
    records = [
        version("2024-01-01", code_groups=LISTED),
        version("2025-01-01", text=LATER),
    ]
    for number, record in enumerate(records):
        load(engine, checked(record), later(days=number))
    before = held(engine)
    assert "version" in before[0][0][1]
    downgraded(engine)
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        content = connection.execute(text("SELECT content FROM revision WHERE id = 1")).scalar_one()
    assert {"edition", "occasion", "reading"} <= tables
    assert not {"version", "event", "extraction"} & tables
    assert '"edition"' in str(content).replace("'", '"')
    upgrade(engine)
    assert held(engine) == before
    assert [row.outcome for row in load(engine, checked(*records), later(days=9)).loaded] == [
        "unchanged",
        "unchanged",
    ]
    assert [fault for check in verify_store(engine) for fault in check.faults] == []
    with reading(engine) as session:
        assert [view.version for view in queries.versions(session, 1)] == [
            "2025-01-01",
            "2024-01-01",
        ]


def test_the_database_refuses_changes_after_the_renaming_as_before(engine):
    load(engine, checked(version("2024-01-01")), NOW)
    load(engine, checked(version("2025-01-01", text=LATER)), later(days=1))
    downgraded(engine)
    upgrade(engine)
    for table in ("journal", "version", "revision", "event"):
        with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
            connection.execute(text(f"DELETE FROM {table}"))


def without_guards(connection, table, change):
    """Makes a change that the table's triggers refuse, and sets these again."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        change()
        connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    found = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    guards = connection.execute(found, {"table": table}).all()
    for name, _ in guards:
        connection.execute(text(f"DROP TRIGGER {name}"))
    change()
    for _, made in guards:
        connection.exec_driver_sql(made)


def test_a_share_of_words_is_taken_out_of_what_was_stored_with_one(engine):
    """Records that were read by an older program say what share of the words was read."""
    told = {"units": 4, "recorded": 4, "set_aside": 0, "unread": 0}
    record = version(
        "2024-01-01", extraction={"extractor": "made", "version": 1, "text_coverage": told}
    )
    assert load(engine, checked(record), NOW).loaded[0].outcome == "first_record"
    downgraded(engine, "0011")
    hash_of = importlib.import_module(
        "policy_tracker.migrations.versions.0012_text_coverage"
    )._hash_of
    revision = table_of("revision", column("id"), column("content", JSON()), column("content_hash"))
    journal = table_of("journal", column("sequence"), column("payload", JSON()))
    with engine.begin() as connection:
        content, stored = connection.execute(
            select(revision.c.content, revision.c.content_hash)
        ).one()
        assert "text_coverage" not in content["extraction"]
        older = content | {"extraction": content["extraction"] | {"share": 0.97}}
        without_guards(
            connection,
            "revision",
            lambda: connection.execute(
                revision.update().values(content=older, content_hash=hash_of(older))
            ),
        )
        payload = connection.execute(
            select(journal.c.payload).where(journal.c.payload["content_hash"].as_string() == stored)
        ).scalar_one()
        without_guards(
            connection,
            "journal",
            lambda: connection.execute(
                journal.update()
                .where(journal.c.payload["content_hash"].as_string() == stored)
                .values(payload=payload | {"content_hash": hash_of(older)})
            ),
        )
    upgrade(engine)
    [(_, now)] = held(engine)[0]
    assert "share" not in now["extraction"]
    again = version("2024-01-01", extraction={"extractor": "made", "version": 1})
    assert load(engine, checked(again), later(days=1)).loaded[0].outcome == "unchanged"
    assert [fault for check in verify_store(engine) for fault in check.faults] == []
