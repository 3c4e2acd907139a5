"""Documents to records, and a document beside what was read of it."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_tracker.commands.documents import explained_apart, files_of, read_apart
from policy_tracker.commands.terminal import WRONG, out, say
from policy_tracker.errors import DocumentError, NoPolicyError, QueryError
from policy_tracker.language.formatting import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_tracker.isolation.explain_apart import Explained
    from policy_tracker.record import Bulletin, Record

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="Documents, or folders of them.")
]
Payer = Annotated[
    str | None,
    typer.Option(
        metavar="PAYER", help="Whose documents they are, such as cigna, where they do not say so."
    ),
]
Json = Annotated[
    bool,
    typer.Option("--json", help="Print JSON: the record, or a list where there can be several."),
]
AsPolicy = Annotated[
    bool,
    typer.Option(
        "--as-policy",
        help="Read also what looks like a form, a manual or the like as a policy, which waits for "
        "review then.",
    ),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Print each document beside what was read of it.")
]
Jobs = Annotated[
    int, typer.Option(min=1, max=64, metavar="N", help="How many documents to read at once.")
]


@dataclass(frozen=True, slots=True)
class _HowAsked:
    """How files are to be read."""

    payer: str | None
    explain: bool
    as_policy: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its records (and how its passages were used, where that was asked
    for), or what is wrong with it.
    """

    file: Path
    records: tuple[Record | Bulletin, ...] = ()
    explained: Explained | None = None
    error: DocumentError | None = None


def extract(
    files: Files,
    payer: Payer = None,
    as_json: Json = False,
    explain: Explain = False,
    jobs: Jobs = 1,
    as_policy: AsPolicy = False,
) -> None:
    """Read payers' documents (PDF, HTML, Word, text, CSV) into records."""
    if payer is not None:
        check_payer(payer)
    found = files_of(files)
    outcomes = _with_progress(
        _outcomes(found, _HowAsked(payer, explain=explain, as_policy=as_policy), jobs), len(found)
    )
    listed = len(files) > 1 or files[0].is_dir()
    wrong = (
        _print_json(outcomes, listed=listed) if as_json else _print_words(outcomes, explain=explain)
    )
    if not found:
        say(f"There is no document in {', '.join(map(str, files))}.")
        raise typer.Exit(WRONG)
    if listed:
        say(f"{counted(len(found), 'document')}: {len(found) - wrong} read, {wrong} not.")
    if wrong:
        raise typer.Exit(WRONG)


def check_payer(payer: str) -> None:
    """Raises QueryError where that is no payer's short name."""
    from policy_tracker.record.texts import SLUG

    if not re.fullmatch(SLUG, payer):
        message = f"{payer!r} is no payer's short name, such as cigna"
        raise QueryError(message)


def _outcomes(files: list[Path], asked: _HowAsked, jobs: int) -> Iterator[Outcome]:
    """The files' outcomes in the order of the files, however many are read at once: each is read by
    a process of its own.
    """
    if jobs == 1 or len(files) == 1:
        yield from (_outcome(file, asked) for file in files)
        return
    pool = ThreadPoolExecutor(min(jobs, len(files)))
    try:
        yield from pool.map(lambda file: _outcome(file, asked), files)
    finally:
        pool.shutdown(cancel_futures=True)


def _outcome(file: Path, asked: _HowAsked) -> Outcome:
    try:
        if asked.explain:
            explained = explained_apart(file, asked.payer, as_policy=asked.as_policy)
            return Outcome(file, explained.records, explained)
        return Outcome(file, tuple(read_apart(file, asked.payer, as_policy=asked.as_policy)))
    except DocumentError as error:
        return Outcome(file, error=error)


def _with_progress(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """The same outcomes; a person who looks on sees on one line of stderr how far they are."""
    shown = total > 1 and sys.stderr.isatty() and not sys.stdout.isatty()
    for number, outcome in enumerate(outcomes, 1):
        if shown:
            name = outcome.file.name[:50]
            typer.echo(f"\r\x1b[K{number} of {total}  {name}", nl=False, err=True)
            if outcome.error or number == total:
                typer.echo("\r\x1b[K", nl=False, err=True)
        if outcome.error:
            way = isinstance(outcome.error, NoPolicyError)
            say(f"Error: {outcome.error}.{' --as-policy reads it all the same.' if way else ''}")
        yield outcome


def _print_json(outcomes: Iterable[Outcome], *, listed: bool) -> int:
    """One file's record, or its list where it holds several; of several files one list, as it
    grows.

    Gives how many were not read.
    """
    wrong, comma = 0, ""
    if listed:
        typer.echo("[", nl=False)
    for outcome in outcomes:
        wrong += outcome.error is not None
        values = _values(outcome)
        if listed:
            for value in values:
                typer.echo(f"{comma}\n{_json(value)}", nl=False)
                comma = ","
        elif not outcome.error:
            typer.echo(_json(values[0] if len(values) == 1 else values))
    if listed:
        typer.echo("\n]")
    return wrong


def _values(outcome: Outcome) -> list[object]:
    """What a program gets of a file: its records as they are; with an explanation, one value that
    has both.
    """
    records: list[object] = [
        record.model_dump(mode="json", by_alias=True) for record in outcome.records
    ]
    if outcome.explained is None:
        return records
    from dataclasses import asdict

    passages = [asdict(passage) for passage in outcome.explained.passages]
    return [
        {
            "file": str(outcome.file),
            "records": records,
            "passages": passages,
            "running": list(outcome.explained.running),
        }
    ]


def _json(value: object) -> str:
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


def _print_words(outcomes: Iterable[Outcome], *, explain: bool) -> int:
    wrong = 0
    for outcome in outcomes:
        if outcome.error:
            wrong += 1
            continue
        from policy_tracker.commands.show_extract import show_records
        from policy_tracker.commands.show_passages import show_passages

        show_records(out(), outcome.file, outcome.records)
        if explain and outcome.explained:
            show_passages(out(), outcome.explained)
    return wrong
