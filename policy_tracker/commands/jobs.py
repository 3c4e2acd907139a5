"""The scheduler's work: what ran and comes next, and two of its jobs at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policy_tracker.commands.delivering import dismiss_failed, retry_failed, show_failed
from policy_tracker.commands.session import engine_to_read, engine_to_write, now, read_settings
from policy_tracker.commands.terminal import WRONG, out, print_values, say
from policy_tracker.errors import QueryError
from policy_tracker.language.formatting import period_words

if TYPE_CHECKING:
    from rich.console import Console

    from policy_tracker.store.health import JobHealth, SchedulerHealth

_STYLES = {
    "ok": "green",
    "running": "green",
    "attention": "yellow",
    "failed": "bold red",
    "overdue": "bold red",
    "never": "yellow",
}


def jobs(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """The scheduler's jobs: the last run of each with its outcome, and the next.

    Exit 1 where something is wrong.
    """
    from policy_tracker.store.database import reading
    from policy_tracker.store.health import scheduler_health

    with engine_to_read(read_settings()) as engine, reading(engine) as session:
        health = scheduler_health(session, now())
    if as_json:
        print_values(health)
    else:
        _show(out(), health)
    if not health.ok:
        say(health.sentence)
        raise typer.Exit(WRONG)


def send(
    ids: Annotated[
        list[int] | None, typer.Argument(metavar="[ID]…", help="Mails for --retry or --dismiss.")
    ] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="List what could not be delivered, and send nothing.")
    ] = False,
    retry: Annotated[
        bool,
        typer.Option(
            "--retry", help="Put what could not be delivered back first: all of it, or by ID."
        ),
    ] = False,
    dismissing: Annotated[
        bool,
        typer.Option("--dismiss", help="Close by ID what can never be delivered; send nothing."),
    ] = False,
    why: Annotated[str, typer.Option(help="Why it is dismissed; kept.")] = "",
    by: Annotated[str | None, typer.Option(help="Who decides, for the record.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --failed, print JSON.")] = False,
) -> None:
    """Match what happened to subscriptions and deliver what is due, now.

    Exit 1 while an alert waits for a person.
    """
    if failed + retry + dismissing > 1:
        message = "--failed, --retry and --dismiss exclude each other"
        raise QueryError(message)
    if ids and not (retry or dismissing):
        message = "An ID is given with --retry or --dismiss"
        raise QueryError(message)
    if failed:
        show_failed(as_json=as_json)
    elif dismissing:
        dismiss_failed(ids or [], why, by)
    else:
        if retry:
            retry_failed(ids or [])
        _run("send")


def render() -> None:
    """Write what changed of the static site, now."""
    _run("render")


def reclassify(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would move, and write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Recompute stored changes with the present rules, and say what moved; nobody is alerted but
    who was told something wrong.
    """
    from policy_tracker.commands.show_reclassified import reclassified_sentence, show_reclassified
    from policy_tracker.pipeline import reclassify as recompute
    from policy_tracker.rule_settings import comparing

    settings = read_settings()
    compare = comparing(settings)
    with (engine_to_read if dry_run else engine_to_write)(settings) as engine:
        found = recompute(engine, now(), compare=compare, dry_run=dry_run, progress=_say_progress)
    if as_json:
        print_values(found)
    else:
        show_reclassified(out(), found)
    for reason in found.failed:
        say(reason)
    say(reclassified_sentence(found, dry_run=dry_run))
    if found.failed:
        raise typer.Exit(WRONG)


def _say_progress(done: int, total: int) -> None:
    if done % 100 == 0 or (done == total and total > 100):
        say(f"{done} of {total} policies")


def _run(job: str) -> None:
    from policy_tracker.jobs import Work, run_now

    settings = read_settings()
    with engine_to_write(settings) as engine:
        done, error = run_now(job, Work(engine, settings, now))
    if error or done is None:
        say(f"Error: {error}")
        raise typer.Exit(WRONG)
    typer.echo(done.did)
    if done.attention:
        raise typer.Exit(WRONG)


def _show(console: Console, health: SchedulerHealth) -> None:
    from rich.text import Text

    if health.ok:
        console.print(Text(health.sentence, style="bold"))
    for job in health.jobs:
        _show_job(console, job)


def _show_job(console: Console, job: JobHealth) -> None:
    from rich.padding import Padding
    from rich.text import Text

    line = Text.assemble((job.id, "bold"), "  ", (job.state, _STYLES[job.state]))
    console.print(line.append(f"  every {period_words(job.period)}", style="dim"))
    console.print(Padding(Text(f"{job.what}."), (0, 0, 0, 4), expand=False))
    console.print(Padding(Text(job.sentence), (0, 0, 0, 4), expand=False))
    last = (
        f"last {job.last.finished_at or job.last.claimed_at:%Y-%m-%d %H:%M:%S}, "
        if job.last
        else ""
    )
    console.print(
        Padding(
            Text(f"{last}next {job.next_at:%Y-%m-%d %H:%M:%S} UTC", style="dim"),
            (0, 0, 0, 4),
            expand=False,
        )
    )
