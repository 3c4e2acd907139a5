"""Databases for tests: what asks for `engine` runs on SQLite and on PostgreSQL, each time on a new
one.
"""

import itertools
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine, make_url

from policy_tracker.pipeline import load
from policy_tracker.recordfiles.folder import check_folder
from policy_tracker.store.database import open_engine, upgrade
from tests.postgres_server import temporary_server

POLICIES = Path(__file__).parents[1] / "policies"
CURATED_AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""When the curated policies were loaded into the databases that hold them."""
_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The conninfo of a PostgreSQL server for this session of tests, with a migrated database named
    `template`.
    """
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
    """The URL of a new, migrated database of a kind (`sqlite` or `postgresql`), dropped with its
    fixture or test.
    """
    template = request.getfixturevalue("sqlite_template") if kind == "sqlite" else "template"
    folder = request.getfixturevalue("tmp_path")
    url = _copied_url(kind, template, request, folder)
    request.addfinalizer(lambda: _drop(url))
    return url


def curated_url(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """The URL of a new database with the curated policies; one of SQLite lies in `folder`."""
    return _copied_url(kind, request.getfixturevalue(f"curated_{kind}"), request, folder)


def _drop(url: str) -> None:
    """Drop a PostgreSQL database; each is 10 MB in 300 files, and hundreds take minutes to delete
    at the end.
    """
    place = make_url(url)
    if place.get_backend_name() == "postgresql":
        with psycopg.connect(
            host=str(place.query["host"]), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"DROP DATABASE {place.database} WITH (FORCE)")


def _copied_url(
    kind: str, template: Path | str, request: pytest.FixtureRequest, folder: Path
) -> str:
    if kind == "sqlite":
        path = folder / "test.sqlite"
        shutil.copy(template, path)
        return f"sqlite:///{path}"
    conninfo, name = request.getfixturevalue("postgres_server"), f"test_{next(_NUMBERS)}"
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return postgres_url(conninfo, name)


@pytest.fixture(scope="session")
def curated_sqlite(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """An SQLite file with the curated policies, to be copied."""
    path = tmp_path_factory.mktemp("curated") / "curated.sqlite"
    shutil.copy(sqlite_template, path)
    _load_curated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def curated_postgresql(postgres_server: str) -> str:
    """The name of a PostgreSQL database with the curated policies, to be copied."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE curated TEMPLATE template")
    _load_curated(postgres_url(postgres_server, "curated"))
    return "curated"


def _load_curated(url: str) -> None:
    engine = open_engine(url)
    report = load(engine, check_folder([POLICIES]), CURATED_AT)
    engine.dispose()
    assert report.changed
    assert not report.faults


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


@pytest.fixture
def curated_engine(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Engine]:
    """An engine on a new database with the curated policies."""
    url = curated_url(database_kind, request, tmp_path)
    opened = open_engine(url)
    yield opened
    opened.dispose()
    _drop(url)


@pytest.fixture(scope="session")
def _engines_to_read() -> Iterator[dict[str, Engine]]:
    engines: dict[str, Engine] = {}
    yield engines
    for opened in engines.values():
        opened.dispose()


@pytest.fixture
def curated_to_read(
    database_kind: str,
    request: pytest.FixtureRequest,
    _engines_to_read: dict[str, Engine],
    tmp_path_factory: pytest.TempPathFactory,
) -> Engine:
    """As `curated_engine`, for tests that write nothing: they share one of each kind."""
    if database_kind not in _engines_to_read:
        url = curated_url(database_kind, request, tmp_path_factory.mktemp("to_read"))
        _engines_to_read[database_kind] = open_engine(url)
    return _engines_to_read[database_kind]
