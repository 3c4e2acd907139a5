"""Opening, migrating, reading and writing, on both databases."""

import multiprocessing
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from policy_tracker.errors import SettingsError
from policy_tracker.migrations.compared import import_tables, include_name, include_object
from policy_tracker.store.database import MIGRATIONS, open_engine, reading, upgrade, writing
from policy_tracker.store.metadata import TableRow
from policy_tracker.store.readiness import known_migrations, newest_migration
from policy_tracker.store.tables import StoredPayer


def payer(slug="acme"):
    return StoredPayer(slug=slug, name=slug.title(), content={"payer": slug, "name": slug.title()})


def test_the_migrated_schema_is_the_declared_one(engine):
    import_tables()
    options = {"include_object": include_object, "include_name": include_name, "compare_type": True}
    with engine.connect() as connection:
        assert (
            compare_metadata(
                MigrationContext.configure(connection, opts=options), TableRow.metadata
            )
            == []
        )


def test_upgrading_again_changes_nothing(engine):
    with writing(engine) as session:
        session.add(payer())
    upgrade(engine)
    with reading(engine) as session:
        assert session.exec(select(StoredPayer.slug)).all() == ["acme"]


def _upgrade(url):
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def test_two_processes_may_upgrade_at_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'together.sqlite'}"
    processes = [
        multiprocessing.get_context("spawn").Process(target=_upgrade, args=(url,)) for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    engine = open_engine(url)
    assert "journal" in inspect(engine).get_table_names()
    engine.dispose()


def test_sqlite_is_opened_as_decided(sqlite_engine):
    with sqlite_engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1}


def test_reading_cannot_write(engine):
    with reading(engine) as session, pytest.raises(DBAPIError):
        session.connection().execute(text("DELETE FROM payer"))
    with writing(engine) as session:  # and the connection goes back as it was
        session.add(payer())


def test_an_error_rolls_everything_back(engine):
    def fail():
        with writing(engine) as session:
            session.add(payer())
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with reading(engine) as session:
        assert session.exec(select(func.count()).select_from(StoredPayer)).one() == 0


def test_a_reader_sees_one_state(engine):
    with reading(engine) as session:
        assert session.exec(select(StoredPayer.slug)).all() == []
        with writing(engine) as other:
            other.add(payer())
        assert session.exec(select(StoredPayer.slug)).all() == []


def test_no_update_is_lost_between_writers(sqlite_engine):
    with writing(sqlite_engine) as session:
        session.add(payer())

    def count_up():
        for _ in range(25):
            with writing(sqlite_engine) as session:
                row = session.exec(select(StoredPayer)).one()
                row.content = {"count": row.content.get("count", 0) + 1}
                session.add(row)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(sqlite_engine) as session:
        assert session.exec(select(StoredPayer)).one().content == {"count": 100}


def test_foreign_keys_hold(engine):
    with pytest.raises(DBAPIError), writing(engine) as session:
        session.connection().execute(
            text("INSERT INTO version (policy_id, label) VALUES (12345, 'x')")
        )


@pytest.mark.parametrize(
    "url",
    [
        "",
        "no url",
        "mysql://host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+asyncpg://host/db",
    ],
)
def test_a_url_that_cannot_be_used_is_a_wrong_setting(url):
    with pytest.raises(SettingsError):
        open_engine(url)


@pytest.mark.parametrize(
    "url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"]
)
def test_every_spelling_of_postgresql_gets_its_driver(url):
    assert open_engine(url).url.drivername == "postgresql+psycopg"


def test_the_migrations_are_those_that_their_files_name():
    script = ScriptDirectory(str(MIGRATIONS))
    assert newest_migration() == script.get_current_head()
    assert known_migrations() == {one.revision for one in script.walk_revisions()}
