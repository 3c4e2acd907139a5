"""The database: how it is opened, migrated, read and written, on SQLite and PostgreSQL alike."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session


def open_engine(url: str) -> Engine:
    """An engine for a database URL (`sqlite:///path`, `postgresql+psycopg://…`); the folder of an SQLite file is made. Raises SettingsError for any other URL."""
    raise NotImplementedError


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest migration; safe when several processes start at once, and a second call changes nothing."""
    raise NotImplementedError


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database from its first query on, and that never writes."""
    raise NotImplementedError
    yield


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose transaction is committed at the end and rolled back on an error; on SQLite it is the only writer from its start."""
    raise NotImplementedError
    yield
