"""The releases of ICD-10-CM by which diagnosis codes are checked: list them, add one, ask one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policy_tracker.commands.session import read_settings, today_under
from policy_tracker.commands.terminal import WRONG, print_json, say
from policy_tracker.errors import DateError, NotFoundError, QueryError
from policy_tracker.language.formatting import month_words

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def add_release(
    file: Annotated[
        Path, typer.Argument(help="The CDC's icd10cm-codes-….txt or icd10cm-order-….txt.")
    ],
    first_day: Annotated[
        str, typer.Option("--from", metavar="DAY", help="The first day on which it is in force.")
    ],
    last_day: Annotated[
        str, typer.Option("--until", metavar="DAY", help="The last day on which it is in force.")
    ],
    title: Annotated[
        str | None,
        typer.Option(
            "--title", help="What it is called; without it, the month and year of its first day."
        ),
    ] = None,
) -> None:
    """Add a release of ICD-10-CM to the data folder; one that begins on the same day is
    replaced.
    """
    from policy_tracker.codesets.icd10cm import keep_release, pack
    from policy_tracker.codesets.icd10cm_lists import codes_of

    first, last = _day(first_day), _day(last_day)
    if last < first:
        message = f"A release cannot end on {last} and begin on {first}"
        raise QueryError(message)
    if not file.is_file():
        message = f"There is no file {file}"
        raise NotFoundError(message)
    codes = codes_of(file.read_text(encoding="utf-8", errors="replace"), str(file))
    packed = pack(codes, first, last, title or month_words(first), file.name)
    typer.echo(str(keep_release(read_settings().data_dir / "icd10cm", packed, first)))
    say(f"Added {len(codes):,} codes, in force from {first} until {last}.")


def list_releases(as_json: Json = False) -> None:
    """The releases that are held, with the days on which they are in force."""
    from policy_tracker.codesets.icd10cm import releases

    held = releases(read_settings().data_dir / "icd10cm")
    if as_json:
        rows = [(one.first_day, one.last_day, one.title, len(one), one.source) for one in held]
        print_json(
            [
                dict(zip(("from", "until", "title", "codes", "source"), row, strict=True))
                for row in rows
            ]
        )
        return
    for one in held:
        typer.echo(
            f"{one.title}: {one.first_day} to {one.last_day}, {len(one):,} codes and "
            f"categories, {one.source}"
        )


def check(
    code: Annotated[str, typer.Argument(help="An ICD-10-CM code.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day; without it, today.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Whether an ICD-10-CM code is valid on a day; exit 1 where it is not billable then."""
    from policy_tracker.codesets.icd10cm import validity
    from policy_tracker.record.code_forms import clean_code

    settings = read_settings()
    answer = validity(
        clean_code("ICD10CM", code),
        _day(on) if on else today_under(settings),
        settings.data_dir / "icd10cm",
    )
    if as_json:
        title = answer.release.title if answer.release else None
        print_json(
            {"code": answer.code, "day": answer.day, "status": answer.status, "release": title}
        )
    else:
        typer.echo(f"{answer.words[0].upper()}{answer.words[1:]}.")
    if answer.status != "billable":
        raise typer.Exit(WRONG)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{text!r} is not a day, such as 2026-10-01"
        raise DateError(message) from error
