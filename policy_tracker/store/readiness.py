"""Whether the database can be used: where its file is, and whether its schema is the one that this
version knows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url

from policy_tracker.store.database import MIGRATIONS

if TYPE_CHECKING:
    from sqlalchemy import Engine


@cache
def newest_migration() -> str | None:
    """The revision of the newest migration that this version ships."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


@cache
def known_migrations() -> frozenset[str]:
    """The revisions of every migration that this version ships."""
    return frozenset(
        script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    )


def schema_version(engine: Engine) -> str | None:
    """The revision at which the database is; None where it has no schema of ours."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def pending_migration(engine: Engine) -> bool:
    """Whether the schema is not the one that this version was written for."""
    return schema_version(engine) != newest_migration()


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database, None for any other."""
    parsed = make_url(url)
    return Path(parsed.database or "").absolute() if parsed.get_backend_name() == "sqlite" else None
