"""The database: how it is opened, migrated, read and written, on SQLite and PostgreSQL alike.

SQLite: write-ahead log, synchronous=NORMAL, foreign keys on. Its driver would begin a transaction
only at the first write, so that two read-modify-writes overwrite one another: transactions are
begun here, and a writer's with BEGIN IMMEDIATE.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from policy_tracker.errors import ConflictError, SettingsError
from policy_tracker.store.private import (
    make_private,
    make_private_folder,
    tighten_database,
    write_private,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

MIGRATIONS = Path(__file__).parent.parent / "migrations"
SECONDS_FOR_A_LOCK = 30
READS_ONLY = "policy_tracker_reads_only"
_UPGRADE_LOCK = 0x706F6C69_63790001  # any number that nobody else uses in this database


def open_engine(url: str) -> Engine:
    """An engine for a database URL (`sqlite:///path`, `postgresql+psycopg://…`); the folder of an
    SQLite file is made.

    The file of SQLite is for its owner alone; one that was open to others is closed to them here.
    Raises SettingsError for any other URL.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed, pool_pre_ping=True)
    file = Path(parsed.database or "").absolute()
    make_private_folder(file.parent)
    tighten_database(file)
    engine = create_engine(parsed, connect_args={"timeout": SECONDS_FOR_A_LOCK})
    # SQLite itself would make it as the umask says
    event.listen(engine, "do_connect", lambda *_: make_private(file))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        message = (
            "POLICY_TRACKER_DATABASE_URL is not a database URL such as "
            "sqlite:///var/policy-tracker.sqlite"
        )
        raise SettingsError(message) from error
    if parsed.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite"):
        message = (
            f"POLICY_TRACKER_DATABASE_URL names {parsed.drivername}; only sqlite and "
            f"postgresql are supported"
        )
        raise SettingsError(message)
    if parsed.database in (None, "", ":memory:"):
        message = (
            "POLICY_TRACKER_DATABASE_URL names no file: an SQLite database in memory would "
            "be lost with its first connection"
        )
        raise SettingsError(message)
    return parsed


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None  # transactions begin in _begin_sqlite alone
    for pragma in (
        "foreign_keys=ON",
        "synchronous=NORMAL",
        f"busy_timeout={SECONDS_FOR_A_LOCK * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads_only = connection.get_execution_options().get(READS_ONLY, False)
    connection.exec_driver_sql(f"PRAGMA query_only={int(reads_only)}")
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database from its first query on, and that cannot
    write.
    """
    options: dict[str, Any] = {READS_ONLY: True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with Session(engine.execution_options(**options)) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose transaction is committed at the end and rolled back on an error; on SQLite it
    is the only writer from its start.
    """
    with Session(engine) as session, session.begin():
        yield session


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest migration, and what is read fast to the present rules.

    Safe when several processes start at once, and a second call changes nothing.
    """
    # most commands migrate nothing, and these take long to import
    from alembic import command
    from alembic.config import Config

    from policy_tracker.store.refreshing import refresh

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with alone(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    refresh(engine)


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction in which no other process migrates this database."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
            yield connection
        return
    # A change to a write-ahead log does not wait for other connections as transactions do: a lock
    # file beside the database does.
    with write_private(Path(f"{Path(engine.url.database or '').absolute()}.upgrading")) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with engine.connect() as connection:
            yield from _without_foreign_keys(connection)


def _without_foreign_keys(connection: Connection) -> Iterator[Connection]:
    """A batch migration drops a table in order to alter it, which would delete the rows that refer
    to its rows.
    """
    driver: Any = connection.connection.driver_connection
    # kept in the file; this and the next are refused inside of a transaction
    driver.execute("PRAGMA journal_mode=WAL")
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield connection
            if dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                message = (
                    f"after the migration {len(dangling)} rows would refer to rows that do "
                    f"not exist, so nothing was changed"
                )
                raise ConflictError(message)
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
