"""On the terminal: which version brought each statement, and which last changed it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from policy_tracker.commands.show_code import payer_words
from policy_tracker.pages.blame import ORIGIN_WORDS, fields_words, stands_words, summary_words
from policy_tracker.pages.formatting import ROLE_WORDS, position_words, sentence

if TYPE_CHECKING:
    from rich.console import Console

    from policy_tracker.diff.lineage import Blame, RemovedStatement, StatementLineage
    from policy_tracker.store.views import PolicyRow

DEEPEST = 8
"""Levels that are indented; a terminal has no room for more."""


def show_blame(console: Console, row: PolicyRow, found: Blame) -> None:
    """The statements of a version by sections, each with its past below it, then what is gone."""
    record = found.record
    console.print(
        Text.assemble(
            (f"{payer_words(row.payer_name, fixture=row.fixture)} · {row.label}", "bold"),
            f" · {record.title}",
        )
    )
    console.print(Text(f"Version {record.version}. {summary_words(found)}", style="dim"))
    governed: dict[str | None, str | None] = {
        line.statement.key: line.position for line in found.lines
    }
    headings = {section.key: section.heading for section in record.sections}
    for section, lines in groupby(found.lines, key=lambda line: line.statement.section):
        console.print()
        console.print(Text(headings[section], style="bold"))
        for line in lines:
            _show_line(console, line, _past(line), governed.get(line.statement.parent))
    for (last, removed, fate), ones in groupby(
        found.removed, key=lambda one: (one.last, one.removed, one.fate)
    ):
        console.print()
        console.print(
            Text(
                f"{'Dropped by' if fate == 'dropped' else 'Not told of by'} {removed}",
                style="bold red",
            )
        )
        if fate == "not_told_after":
            console.print(
                Text(
                    "its source tells only a part of it: these may stand in it all the same",
                    style="yellow",
                )
            )
        for one in ones:
            _show_line(console, one.line, _stood(one, last), None)


def _show_line(console: Console, line: StatementLineage, past: Text, above: str | None) -> None:
    """A statement with its past below it; its position where that is not the one `above` it."""
    statement = line.statement
    indent = (0, 0, 0, 2 * (1 + min(line.depth, DEEPEST)))
    text = Text.assemble(
        (f"{statement.label}. " if statement.label else "", "bold"), statement.text
    )
    if statement.role != "criterion":
        text.append(f"  {ROLE_WORDS[statement.role].lower()}", style="dim")
    if line.position and line.position != above:
        text.append(f" · {position_words(line.position)}", style="dim")
    console.print(Padding(text, indent, expand=False))
    console.print(Padding(past, indent, expand=False))


def _past(line: StatementLineage) -> Text:
    note = ORIGIN_WORDS[line.origin]
    past = Text(
        f"since {line.since}{f', {note}' if note else ''}",
        style="cyan" if line.unchanged == 1 else "dim",
    )
    if line.touches:
        past.append(f" · last changed in {line.touches[0].version} ({fields_words(line)})")
    return past.append(f" · {stands_words(line)}")


def _stood(one: RemovedStatement, last: str) -> Text:
    return Text(sentence(f"stood from {one.line.since} to {last}"), style="dim")
