"""The installation's database, as a command uses it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from policy_tracker.errors import NotFoundError, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Engine
    from sqlmodel import Session

    from policy_tracker.settings import Settings


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def local_now(settings: Settings) -> datetime:
    """The present moment in the installation's time zone, for what asks it for the day."""
    from policy_tracker.settings import local_time

    return local_time(settings, now())


def today_under(settings: Settings) -> date:
    """The present day in the installation's time zone."""
    from policy_tracker.settings import today

    return today(settings, now())


def read_settings() -> Settings:
    """The settings of the installation. Raises SettingsError."""
    from policy_tracker.settings import read_settings as read

    return read()


@contextmanager
def engine_to_write(settings: Settings) -> Iterator[Engine]:
    """The database at the newest migration; an embedded one is made where there is none."""
    from policy_tracker.store.database import open_engine, upgrade
    from policy_tracker.store.private import tighten_data_folder

    tighten_data_folder(settings.data_dir)
    engine = open_engine(settings.database)
    try:
        upgrade(engine)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def engine_to_read(settings: Settings) -> Iterator[Engine]:
    """The database as it is.

    Raises NotFoundError where there is none, or where it is not at the newest migration.
    """
    from policy_tracker.store.database import open_engine
    from policy_tracker.store.readiness import pending_migration, sqlite_file

    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        message = (
            f"There is no database at {file} yet; `policy-tracker load policies` or "
            f"`policy-tracker serve` makes it."
        )
        raise NotFoundError(message)
    engine = open_engine(settings.database)
    try:
        if pending_migration(engine):
            message = (
                "The database is not at the newest migration; `policy-tracker db upgrade` "
                "brings it there."
            )
            raise NotFoundError(message)
        yield engine
    finally:
        engine.dispose()


@contextmanager
def session_to_read(settings: Settings) -> Iterator[Session]:
    """A session that sees one state of the database and never writes."""
    from policy_tracker.store.database import reading

    with engine_to_read(settings) as engine, reading(engine) as session:
        yield session


def policy_address(text: str) -> tuple[str, str]:
    """`payer/policy` in its two parts. Raises QueryError."""
    payer, slash, policy = text.partition("/")
    if not (payer and slash and policy) or "/" in policy:
        message = f"{text!r} is no payer/policy, such as cigna/mm-0300"
        raise QueryError(message)
    return payer, policy
