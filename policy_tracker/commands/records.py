"""Records: check them, load them, compare two of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_tracker.commands.session import (
    engine_to_write,
    local_now,
    policy_address,
    read_settings,
    session_to_read,
)
from policy_tracker.commands.terminal import WRONG, out, print_json, print_values, say
from policy_tracker.errors import NotFoundError, QueryError
from policy_tracker.language.formatting import counted

if TYPE_CHECKING:
    from policy_tracker.diff.stream import Texts
    from policy_tracker.errors import Fault
    from policy_tracker.record.content import Record
    from policy_tracker.recordfiles.folder import Checked


from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_tracker.pipeline import LoadReport

Paths = Annotated[list[Path], typer.Argument(help="Files, or folders such as policies/.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Side = Annotated[
    str,
    typer.Argument(
        help=(
            "A record file, a payer's document (FILE#VERSION where one holds several), or "
            "payer/policy@version."
        )
    ),
]


def validate(paths: Paths, as_json: Json = False) -> None:
    """Check records; say everything that is wrong, with file, line and field."""
    checked = _check(paths)
    good = len(checked.records) + len(checked.payers)
    if as_json:
        print_json(
            {
                "valid": not checked.faults,
                "records": len(checked.records),
                "payers": len(checked.payers),
                "faults": _plain(checked.faults),
            }
        )
    for fault in () if as_json else checked.faults:
        typer.echo(str(fault))
    if checked.faults:
        say(f"{counted(len(checked.faults), 'fault')}; {counted(good, 'file')} in order.")
        raise typer.Exit(WRONG)
    say(
        f"{counted(good, 'file')} in order: {counted(len(checked.records), 'record')} of "
        f"{counted(len(checked.payers), 'payer')}."
    )


def load(paths: Paths, as_json: Json = False) -> None:
    """Load records into the database; what is held already stays as it is, what is doubtful waits
    for a person.
    """
    from policy_tracker.pipeline import load as load_records
    from policy_tracker.rule_settings import comparing

    settings = read_settings()
    compare = comparing(settings)
    checked = _check(paths)
    with engine_to_write(settings) as engine:
        report = load_records(engine, checked, local_now(settings), compare=compare)
    if as_json:
        print_values(report)
    else:
        for row in report.changed:
            summary = f": {row.verdict.summary}" if row.verdict else ""
            typer.echo(
                f"{row.payer}/{row.policy}@{row.version}  {row.outcome.replace('_', ' ')}{summary}"
            )
    for row in report.waiting:
        say(
            f"{row.file}: {row.payer}/{row.policy}@{row.version} waits as reading "
            f"{row.review}: {' '.join(row.review_reasons)}"
        )
    for fault in report.faults:
        say(str(fault))
    say(load_sentence(report))
    if report.faults:
        raise typer.Exit(WRONG)


def diff(old: Side, new: Side, as_json: Json = False) -> None:
    """Compare two versions: what changed, what it means, and what to do.

    What you name is compared, also where payer or number were read differently; that is said first.
    """
    from policy_tracker.commands.show_diff import kind_doubts, show_diff
    from policy_tracker.rule_settings import comparing
    from policy_tracker.rules.two_policies import named_together

    compare = comparing(read_settings())
    with ThreadPoolExecutor(2) as both:  # documents are read by processes of their own
        (before, texts_before), (after, texts_after) = both.map(_record, (old, new))
    comparison = compare(before, after, documents=(texts_before, texts_after))
    comparison = named_together(before, after, comparison)
    if as_json:
        from policy_tracker.commands.show_extract import trust_words

        for record in (before, after):
            if trust := trust_words(record):
                say(f"{record.version} was read from a document; {trust}.")
            for doubt in kind_doubts(record):
                say(doubt)
        print_values(comparison)
    else:
        show_diff(out(), comparison, before, after)


def _check(paths: list[Path]) -> Checked:
    from policy_tracker.recordfiles.folder import check_folder

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        message = f"There is no {' and no '.join(missing)}"
        raise NotFoundError(message)
    return check_folder(paths)


def _record(side: str) -> tuple[Record, Texts]:
    """The record that one side names, a record file's, a document's, or the store's, and the texts
    of its document, none where it was read from none.
    """
    path, version = _file_of(side)
    if path.exists() or "@" not in side:
        return _record_of_file(path, version)
    address, _, version = side.rpartition("@")
    payer, policy = policy_address(address)
    from policy_tracker.store.documents import texts_beside
    from policy_tracker.store.plan import hash_of
    from policy_tracker.store.queries import get_version

    with session_to_read(read_settings()) as session:
        record = get_version(session, payer, policy, version).record
        return record, texts_beside(session, record, hash_of(record))


def _file_of(side: str) -> tuple[Path, str | None]:
    """`FILE#VERSION` in its parts; a file whose name has a # in it is that file."""
    file, mark, version = side.rpartition("#")
    return (
        (Path(file), version) if mark and file and not Path(side).exists() else (Path(side), None)
    )


def _record_of_file(path: Path, version: str | None) -> tuple[Record, Texts]:
    from policy_tracker.commands.documents import chosen, version_in
    from policy_tracker.record.content import Record
    from policy_tracker.recordfiles.folder import read_records
    from policy_tracker.recordfiles.read import SUFFIXES

    if not path.is_file():
        message = f"{path} is neither a file nor payer/policy@version"
        raise NotFoundError(message)
    if path.suffix not in SUFFIXES:
        return version_in(path, version)
    found = [sourced.value for sourced in read_records(path) if isinstance(sourced.value, Record)]
    if version is not None and found:
        return chosen(found, str(path), version), []
    if len(found) != 1:
        message = (
            f"{path} holds {len(found)} records of versions; a comparison needs one on each side"
        )
        raise QueryError(message)
    return found[0], []


def _plain(faults: tuple[Fault, ...]) -> list[dict[str, object]]:
    return [
        {"file": fault.file, "line": fault.line, "field": fault.field, "reason": fault.reason}
        for fault in faults
    ]


_WORDS = {
    "first_record": "recorded for the first time",
    "payer_change": "changed by the payer",
    "correction": "corrected",
    "withdrawal": "withdrawn",
    "needs_review": "waiting for review",
    "reviewed": "rejected or corrected in review",
    "technical_upgrade": "read better",
    "unchanged": "held already",
    "refused": "refused",
}


def load_sentence(report: LoadReport) -> str:
    """`5 records: 2 recorded for the first time, 3 held already.`, or that nothing changed."""
    counts = Counter[str](row.outcome for row in report.loaded)
    total = len(report.loaded)
    records = counted(total, "record")
    wrong = f" {counted(len(report.faults), 'fault')}." if report.faults else ""
    if not report.payers_changed and all(
        row.outcome in ("unchanged", "refused") for row in report.loaded
    ):
        return (
            f"{records}, nothing new: everything is held already.{wrong}"
            if not wrong
            else f"{records}, nothing new.{wrong}"
        )
    parts = [f"{counts[outcome]} {words}" for outcome, words in _WORDS.items() if counts[outcome]]
    payers = len(report.payers_changed)
    if payers:
        parts.append(counted(payers, "payer's description changed", "payers' descriptions changed"))
    return f"{records}: {', '.join(parts)}.{wrong}"
