"""Whether the database can be used: where its file is, and whether its schema is the one that this
version knows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, make_url, text

from policy_tracker.store.database import MIGRATIONS

if TYPE_CHECKING:
    from sqlalchemy import Engine


@cache
def newest_migration() -> str | None:
    """The revision of the newest migration that this version ships."""
    return max(known_migrations(), default=None)


@cache
def known_migrations() -> frozenset[str]:
    """The revisions of every migration that this version ships, as their files are named:
    Alembic's own reader, which a test compares, takes longer to import than a lookup takes.
    """
    files = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return frozenset(file.name.partition("_")[0] for file in files)


def schema_version(engine: Engine) -> str | None:
    """The revision at which the database is; None where it has no schema of ours."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def pending_migration(engine: Engine) -> bool:
    """Whether the schema is not the one that this version was written for."""
    return schema_version(engine) != newest_migration()


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database, None for any other."""
    parsed = make_url(url)
    return Path(parsed.database or "").absolute() if parsed.get_backend_name() == "sqlite" else None
