"""One file with everything that an embedded database holds, and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from policy_tracker.errors import ConflictError, NotFoundError, QueryError
from policy_tracker.store.private import make_private, make_private_folder, tighten_database
from policy_tracker.store.readiness import known_migrations, sqlite_file

if TYPE_CHECKING:
    from pathlib import Path

    from policy_tracker.settings import Settings


def embedded_file(settings: Settings) -> Path:
    """The file of the embedded database. Raises QueryError where the database is PostgreSQL."""
    file = sqlite_file(settings.database)
    if file is None:
        message = (
            "This installation uses PostgreSQL, which has its own pg_dump and pg_restore; "
            "`policy-tracker db copy sqlite:////path/to/file` makes a portable copy in one file"
        )
        raise QueryError(message)
    return file


def save(database: Path, to: Path, *, overwrite: bool = False) -> int:
    """Copy the database into one file while others go on reading and writing it; returns the file's
    size in bytes.

    The copy is complete or absent, and for its owner alone: it is made beside its place, checked
    and moved there. Raises NotFoundError, ConflictError.
    """
    if not database.exists():
        message = f"There is no database at {database}"
        raise NotFoundError(message)
    if to.exists() and not overwrite:
        message = f"{to} exists already; --overwrite replaces it"
        raise ConflictError(message)
    draft = to.with_name(f".{to.name}.part")
    draft.unlink(missing_ok=True)
    make_private(draft)
    try:
        with (
            closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(draft)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        require_sound(draft)
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)
    return to.stat().st_size


def require_sound(file: Path) -> str:
    """The migration that a backup is at.

    Raises ConflictError where the file is damaged, or no database of this program or an earlier
    one.
    """
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            [state] = connection.execute("PRAGMA integrity_check(1)").fetchone()
            dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
            [version] = connection.execute(
                "SELECT version_num FROM alembic_version"
            ).fetchone() or [None]
    except sqlite3.DatabaseError as error:
        message = f"{file} is no database of Policy Tracker ({error})"
        raise ConflictError(message) from error
    if state != "ok" or dangling:
        message = f"{file} is damaged ({state if state != 'ok' else 'rows refer to rows that do not exist'})"  # noqa: E501
        raise ConflictError(message)
    if version not in known_migrations():
        message = (
            f"{file} was written by a newer version of Policy Tracker (migration {version}); "
            f"upgrade the program first"
        )
        raise ConflictError(message)
    return version


def bring_back(file: Path, database: Path) -> None:
    """Replace what the database holds by what `file` holds, in one step; processes that have it
    open see the new content.
    """
    make_private_folder(database.parent)
    make_private(database)
    tighten_database(database)
    with (
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(database, timeout=30)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=WAL")
