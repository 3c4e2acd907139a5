"""Mails that could not be delivered: list them, put them back, dismiss them."""

from __future__ import annotations

import typer

from policy_tracker.commands.session import engine_to_write, now, read_settings, session_to_read
from policy_tracker.commands.terminal import print_values, say
from policy_tracker.language.formatting import counted


def show_failed(*, as_json: bool) -> None:
    """Print what could not be delivered, alerts first."""
    from policy_tracker.alerts.undelivered import undelivered

    with session_to_read(read_settings()) as session:
        rows = undelivered(session)
    if as_json:
        print_values(list(rows))
        return
    for row in rows:
        failed = f"{row.failed_at:%Y-%m-%d %H:%M} UTC" if row.failed_at else "unknown"
        typer.echo(
            f"{row.id}  {row.purpose} to {row.address}{f' about {row.about}' if row.about else ''}, "  # noqa: E501
            f"failed {failed}"
        )
        typer.echo(f"    {row.error or 'No reason is kept.'}")
    say(
        f"{counted(len(rows), 'mail')} could not be delivered."
        if rows
        else "Everything could be delivered."
    )


def retry_failed(ids: list[int]) -> None:
    """Put what could not be delivered back into the outbox."""
    from policy_tracker.alerts.undelivered import put_back
    from policy_tracker.store.database import writing

    with engine_to_write(read_settings()) as engine, writing(engine) as session:
        count = put_back(session, ids, now())
    say(
        f"{counted(count, 'mail')} put back."
        if count
        else "Nothing failed, so nothing is put back."
    )


def dismiss_failed(ids: list[int], why: str, by: str | None) -> None:
    """Close what can never be delivered, with the reason."""
    from policy_tracker.alerts.undelivered import dismiss
    from policy_tracker.store.database import writing

    with engine_to_write(read_settings()) as engine, writing(engine) as session:
        count = dismiss(session, ids, now(), why=why, by=by)
    say(f"{counted(count, 'mail')} dismissed; the reason is kept.")
