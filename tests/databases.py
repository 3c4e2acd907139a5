"""Databases for tests: every test that asks for `engine` runs on SQLite and on PostgreSQL, each time with a fresh, migrated one."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine

from policy_tracker.store.database import open_engine, upgrade
from tests.postgres_server import temporary_server

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The conninfo of a PostgreSQL server for this session of tests, with a migrated database named `template`."""
    with temporary_server() as conninfo:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute("CREATE DATABASE template")
        engine = open_engine(postgres_url(conninfo, "template"))
        upgrade(engine)
        engine.dispose()
        yield conninfo


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()  # the last connection writes the log back into the file
    return path


def postgres_url(conninfo: str, database: str) -> str:
    """The database URL of one database of a temporary server."""
    return f"postgresql+psycopg://postgres@/{database}?host={conninfo_to_dict(conninfo)['host']}"


def migrated_url(kind: str, request: pytest.FixtureRequest) -> str:
    """The URL of a new, migrated database of a kind (`sqlite` or `postgresql`)."""
    if kind == "sqlite":
        path = request.getfixturevalue("tmp_path") / "test.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    conninfo, name = request.getfixturevalue("postgres_server"), f"test_{next(_NUMBERS)}"
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template")
    return postgres_url(conninfo, name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on."""
    return request.param


@pytest.fixture
def database_url(database_kind: str, request: pytest.FixtureRequest) -> str:
    """The URL of a new, migrated database."""
    return migrated_url(database_kind, request)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a new, migrated database."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def sqlite_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """As `engine`, on SQLite alone: for what does not hang on the database."""
    opened = open_engine(migrated_url("sqlite", request))
    yield opened
    opened.dispose()
