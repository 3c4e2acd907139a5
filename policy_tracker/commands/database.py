"""Care of the database: verify, back up, restore, migrate, copy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_tracker.commands.session import engine_to_read, engine_to_write, now, read_settings
from policy_tracker.commands.terminal import WRONG, print_json, say
from policy_tracker.errors import ConflictError, NotFoundError
from policy_tracker.language.formatting import counted

Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def verify(as_json: Json = False) -> None:
    """Check that the database holds together: journal, revisions, documents, read models, changes.

    Reports every fault.
    """
    from policy_tracker.commands.verify import verify_store
    from policy_tracker.rule_settings import rules_in_force

    settings = read_settings()
    rules = rules_in_force(settings)
    with engine_to_read(settings) as engine:
        checks = verify_store(engine, rules)
    faults = [fault for check in checks for fault in check.faults]
    if as_json:
        print_json(
            {
                "sound": not faults,
                "checks": [
                    {"check": c.name, "examined": c.examined, "faults": list(c.faults)}
                    for c in checks
                ],
            }
        )
    else:
        for check in checks:
            state = counted(len(check.faults), "fault") if check.faults else "in order"
            typer.echo(f"{check.name}: {check.examined} examined, {state}")
            for fault in check.faults:
                typer.echo(f"  {fault}")
    if faults:
        say("The database does not hold together.")
        raise typer.Exit(WRONG)
    say("The database holds together.")


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write the backup.")],
    overwrite: Overwrite = False,
) -> None:
    """Copy the embedded database into one file, while everything goes on running."""
    from policy_tracker.commands.backup import embedded_file, save

    size = save(embedded_file(read_settings()), file.absolute(), overwrite=overwrite)
    typer.echo(str(file))
    say(
        f"Saved {size:,} bytes. The secret key and the staff token are not in it: keep the "
        f"data folder's secret-key and staff-token too."
    )


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    overwrite: Overwrite = False,
) -> None:
    """Bring a backup back; it is checked first, and what was there before is kept beside it."""
    from policy_tracker.commands.backup import bring_back, embedded_file, require_sound, save

    settings = read_settings()
    database = embedded_file(settings)
    if not file.is_file():
        message = f"There is no file {file}"
        raise NotFoundError(message)
    require_sound(file)
    if database.exists() and not overwrite:
        message = f"{database} exists; --overwrite replaces what it holds, and keeps a copy of it"
        raise ConflictError(message)
    if database.exists():
        kept = database.with_name(
            f"{database.stem}.before-restore-{now():%Y%m%dT%H%M%SZ}{database.suffix}"
        )
        save(database, kept)
        say(f"What was there before is kept in {kept}.")
    bring_back(file, database)
    with engine_to_write(settings):
        say(f"Restored {database} from {file}.")


def upgrade_database() -> None:
    """Bring the database to the newest migration; a second call changes nothing."""
    from policy_tracker.store.readiness import newest_migration

    with engine_to_write(read_settings()):
        say(f"The database is at the newest migration, {newest_migration()}.")


def copy_database(
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL", help="An empty database: sqlite:///path or postgresql+psycopg://…"
        ),
    ],
) -> None:
    """Copy everything to another, empty database, from SQLite to PostgreSQL or back."""
    from policy_tracker.commands.copy_database import copy_all
    from policy_tracker.store.database import open_engine, upgrade

    with engine_to_read(read_settings()) as source:
        target = open_engine(url)
        try:
            upgrade(target)
            total = copy_all(source, target, lambda table, rows: say(f"{table}: {rows}"))
        finally:
            target.dispose()
    say(f"Copied {total} rows. Set POLICY_TRACKER_DATABASE_URL to use the copy.")
