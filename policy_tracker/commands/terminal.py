"""The two streams of the terminal: data on stdout, words on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from policy_tracker.errors import DocumentError, InputError, PolicyTrackerError, RecordError

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console

DONE, WRONG, MISUSED = 0, 1, 2
NARROW = 80
WIDEST = 110


def out() -> Console:
    """The console for data; no wider than text reads well.

    Colours follow NO_COLOR and whether a person looks on.
    """
    return _console(stderr=False)


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    if console.width > WIDEST:
        console = Console(stderr=stderr, highlight=False, emoji=False, markup=False, width=WIDEST)
    return console


def say(text: str) -> None:
    """A sentence for the person at the terminal, on stderr."""
    typer.echo(text, err=True)


def print_json(value: object) -> None:
    """Plain data as indented JSON on stdout."""
    import orjson

    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())


def print_values(values: BaseModel | list[BaseModel]) -> None:
    """Values as indented JSON on stdout."""
    many = (
        [value.model_dump(mode="json", by_alias=True) for value in values]
        if isinstance(values, list)
        else values.model_dump(mode="json", by_alias=True)
    )
    print_json(many)


def explain(error: Exception) -> int:
    """Say on stderr what went wrong, and return the exit code: 2 where the call is wrong, else
    1.
    """
    if isinstance(error, RecordError):
        for fault in error.faults:
            say(str(fault))
        return WRONG
    if isinstance(error, PolicyTrackerError):
        say(f"Error: {_sentence(str(error))}")
        return (
            MISUSED
            if isinstance(error, InputError) and not isinstance(error, DocumentError)
            else WRONG
        )
    say(f"Error: {_foreign(error)}")
    return WRONG


def _foreign(error: Exception) -> str:
    """An error that is not ours as one sentence."""
    if isinstance(error, OSError):
        return _sentence(
            f"{error.filename}: {error.strerror}"
            if error.filename and error.strerror
            else str(error)
        )
    if "sqlalchemy" in sys.modules:
        from sqlalchemy.exc import DBAPIError

        if isinstance(error, DBAPIError):
            return f"The database cannot be used: {_sentence(_first_line(str(error.orig)))}"
    return (
        f"Something unforeseen happened ({type(error).__name__}: {_first_line(str(error))}); "
        f"--debug before the command shows where."
    )


def _first_line(text: str) -> str:
    return (text.strip().splitlines() or ["no details"])[0]


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
