"""What was read from a document, on the terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policy_tracker.extract.quality import NO_COVERAGE_PART, is_incomplete
from policy_tracker.language.formatting import beginning
from policy_tracker.pages.formatting import counted, date_fact_words, position_words
from policy_tracker.record import Bulletin, Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from policy_tracker.record.content import Extraction, Unread

MOST_VERSIONS = 12
_MOST_LINES = 6
_LONGEST = 160


def show_records(console: Console, file: Path, records: Sequence[Record | Bulletin]) -> None:
    """Which policy and version a file holds, how much of each was read, and what a person should
    look at; of many, the first.
    """
    console.print(Text(str(file), style="dim"))
    for record in records[:MOST_VERSIONS]:
        if isinstance(record, Bulletin):
            _show_bulletin(console, record)
        else:
            _show_record(console, record)
    rest = records[MOST_VERSIONS:]
    if rest:
        console.print(
            Text(f"and {counted(len(rest), 'further record')}; --json prints all.\n", style="dim")
        )


def trust_words(record: Record) -> str | None:
    """What is known of how a document was read, without a claim that this is all of it; None for
    records from elsewhere.
    """
    extraction = record.extraction
    if extraction is None:
        return None
    if NO_COVERAGE_PART in extraction.warnings:
        return NO_COVERAGE_PART + " in the document"
    known = [counted(len(record.statements), "statement")]
    known += [counted(len(extraction.warnings), "warning")] if extraction.warnings else []
    known += [f"{counted(len(extraction.unread), 'part')} not read"] if extraction.unread else []
    words = f"read automatically: {', '.join(known)}"
    coverage = extraction.text_coverage
    if coverage is None:
        return words
    words = (
        f"{words}; {coverage.recorded} of {coverage.units} sentences, items and rows that direct "
        f"something are in the record, {coverage.set_aside} were set aside"
    )
    return f"{words}; what is missing here decides something" if is_low(record) else words


def is_low(record: Record) -> bool:
    """Whether a record was read from a document of which so much was left that a person should look
    at it.
    """
    return is_incomplete(record)


def _show_record(console: Console, record: Record) -> None:
    number = record.policy_number or "without a number"
    console.print(Text(f"{record.payer} · {number} · {record.title}", style="bold"))
    rows = _grid()
    rows.add_row("Address", f"{record.payer}/{record.policy}@{record.version}")
    rows.add_row("Kind", record.policy_type.replace("_", " "))
    for name, fact in record.dates.items():
        rows.add_row(name.replace("_", " ").capitalize(), date_fact_words(fact))
    rows.add_row("Statements", _statement_words(record))
    rows.add_row("Codes", _code_words(record))
    rows.add_row("History", counted(len(record.revision_history), "row"))
    if record.authorizations:
        rows.add_row("Authorization", counted(len(record.authorizations), "entry", "entries"))
    trust = trust_words(record)
    if trust:
        rows.add_row(
            "Read",
            Text(f"{trust[0].upper()}{trust[1:]}.", style="yellow" if is_low(record) else ""),
        )
    console.print(Padding(rows, (0, 0, 0, 2), expand=False))
    if record.extraction:
        _show_faults(console, record.extraction)
    console.print()


def _grid() -> Table:
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(ratio=1, overflow="fold")
    return rows


def _statement_words(record: Record) -> str:
    if not record.statements:
        return "none"
    roles = Counter(statement.role for statement in record.statements)
    told = ", ".join(f"{number} {role.replace('_', ' ')}" for role, number in roles.most_common())
    return f"{len(record.statements)} ({told})"


def _code_words(record: Record) -> str:
    if not record.code_groups:
        return "none listed"
    counts = Counter[str]()
    for group in record.code_groups:
        counts[position_words(group.disposition)] += len(group.codes) + len(group.ranges)
    codes = sum(len(group.codes) for group in record.code_groups)
    ranges = sum(len(group.ranges) for group in record.code_groups)
    told = "; ".join(
        f"{number} {words[0].lower()}{words[1:]}" for words, number in counts.most_common()
    )
    total = counted(codes, "code") + (f" and {counted(ranges, 'range')}" if ranges else "")
    return f"{total} in {counted(len(record.code_groups), 'list')} ({told})"


def _show_faults(console: Console, extraction: Extraction) -> None:
    """What was left unread, with pages, and the warnings; the first of each."""
    unread = [_unread_words(part) for part in dict.fromkeys(extraction.unread)]
    for words, lines in (("Left unread", unread), ("Look at", list(extraction.warnings))):
        if lines:
            console.print(
                Padding(Text(f"{words} ({len(lines)})", style="yellow"), (0, 0, 0, 2), expand=False)
            )
        for line in lines[:_MOST_LINES]:
            console.print(Padding(Text(f"! {line}"), (0, 0, 0, 4), expand=False))
        if len(lines) > _MOST_LINES:
            console.print(
                Padding(
                    Text(f"and {len(lines) - _MOST_LINES} more; --json prints all", style="dim"),
                    (0, 0, 0, 4),
                    expand=False,
                )
            )


def _unread_words(part: Unread) -> str:
    place = f"page {part.page}: " if part.page else ""
    text = " ".join((part.text or "").split())
    cut = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
    return f"{place}{part.why}{f': {cut}' if cut else ''}"


def _show_bulletin(console: Console, bulletin: Bulletin) -> None:
    console.print(Text(f"{bulletin.payer} · bulletin · {bulletin.title}", style="bold"))
    rows = _grid()
    rows.add_row("Date", bulletin.bulletin_date or "not found")
    actions = Counter(entry.action for entry in bulletin.entries)
    told = ", ".join(f"{number} {action.lower()}" for action, number in actions.most_common())
    rows.add_row("Entries", f"{len(bulletin.entries)} ({told})" if bulletin.entries else "none")
    if bulletin.set_aside:
        first = " ".join(bulletin.set_aside[0].text.split())
        rows.add_row(
            "Beside them",
            f"{counted(len(bulletin.set_aside), 'sentence')} that direct something, the first: "
            f"“{beginning(first)}”",
        )
    console.print(Padding(rows, (0, 0, 0, 2), expand=False))
    console.print()
