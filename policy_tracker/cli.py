"""The command line: what there is to call. Each command is a function in `policy_tracker.commands`.

Data goes to stdout, words and progress to stderr. Exit 0: done; 1: the thing asked for is wrong or
not found; 2: the call is wrong. What is slow to import is imported by the command that needs it.
"""

import os
import sys
from typing import Annotated

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from policy_tracker import __version__
from policy_tracker.commands import (
    codes,
    database,
    extract,
    import_documents,
    jobs,
    query,
    records,
    review,
    rules,
    serve,
)
from policy_tracker.commands.terminal import explain


class Commands(TyperGroup):
    """Commands whose errors are one sentence each on stderr."""

    def invoke(self, ctx: typer.Context) -> object:  # ty: ignore[incompatible-method-override]
        """Run the command; an error of ours, or an unforeseen one, becomes a sentence and an exit
        code.
        """
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TyperException):
            raise
        except BrokenPipeError:
            # whoever read our output has seen enough; nothing may be written to the closed pipe
            # while Python ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            raise typer.Exit(explain(error)) from error


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="What changed in payers' medical policies, since when, and whom it concerns.",
)
database_group = typer.Typer(
    no_args_is_help=True, help="The database: migrate it, copy it to another."
)
review_group = typer.Typer(
    no_args_is_help=True, help="The queue of readings that wait for a person: look, and decide."
)
diagnoses_group = typer.Typer(
    no_args_is_help=True, help="The releases of ICD-10-CM by which diagnosis codes are checked."
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policy-tracker {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an unforeseen error happened.")
    ] = False,
) -> None:
    """Options of every command."""


READ, ANSWER, WORK, CARE = "Records", "Answers", "Work", "Operation"
app.command(rich_help_panel=READ)(records.validate)
app.command(rich_help_panel=READ)(records.load)
app.command(rich_help_panel=READ)(extract.extract)
app.command("import", rich_help_panel=READ)(import_documents.import_documents)
app.command(rich_help_panel=READ)(records.diff)
app.command(rich_help_panel=ANSWER)(query.lookup)
app.command(rich_help_panel=ANSWER)(query.history)
app.command(rich_help_panel=ANSWER)(query.blame)
app.command(rich_help_panel=ANSWER)(rules.rules)
app.command(rich_help_panel=WORK)(jobs.jobs)
app.command(rich_help_panel=WORK)(jobs.send)
app.command(rich_help_panel=WORK)(jobs.render)
app.command(rich_help_panel=WORK)(jobs.reclassify)
app.command(rich_help_panel=CARE)(serve.serve)
app.command(rich_help_panel=CARE)(serve.worker)
app.command(rich_help_panel=CARE)(serve.scheduler)
app.command(rich_help_panel=CARE)(serve.token)
app.command(rich_help_panel=CARE)(database.verify)
app.command(rich_help_panel=CARE)(database.backup)
app.command(rich_help_panel=CARE)(database.restore)
database_group.command("upgrade")(database.upgrade_database)
database_group.command("copy")(database.copy_database)
diagnoses_group.command("releases")(codes.list_releases)
diagnoses_group.command("add-release")(codes.add_release)
diagnoses_group.command("check")(codes.check)
review_group.command("list")(review.list_waiting)
review_group.command("show")(review.show)
review_group.command("accept")(review.accept)
review_group.command("correct")(review.correct)
review_group.command("reject")(review.reject)
app.add_typer(review_group, name="review", rich_help_panel=WORK)
app.add_typer(diagnoses_group, name="codes", rich_help_panel=CARE)
app.add_typer(database_group, name="db", rich_help_panel=CARE)


def main() -> None:
    """The program `policy-tracker`."""
    app(prog_name="policy-tracker")


if __name__ == "__main__":
    main()
