"""The queue of what waits for a person: list it, look at one, and decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_tracker.commands.session import (
    engine_to_write,
    local_now,
    now,
    read_settings,
    session_to_read,
)
from policy_tracker.commands.terminal import out, print_values, say
from policy_tracker.errors import QueryError
from policy_tracker.language.formatting import counted

if TYPE_CHECKING:
    from policy_tracker.pages.doubts import DoubtsView
    from policy_tracker.pipeline import Loaded
    from policy_tracker.record import Record
    from policy_tracker.store.extractions import ExtractionRef, ReviewItem

Id = Annotated[
    int, typer.Argument(metavar="ID", help="The reading's number, as `review list` prints it.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides, for the record.")
]
_MOST_DOUBTS = 20
_LONGEST_DOUBT = 200
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why, for the record.")]


def list_waiting(as_json: Json = False) -> None:
    """What waits for a person, with the reasons; the longest waiting first."""
    from policy_tracker.store.extractions import count_waiting, waiting

    with session_to_read(read_settings()) as session:
        items, total = waiting(session), count_waiting(session)
    if as_json:
        print_values(list(items))
    else:
        for item in items:
            typer.echo(f"{item.id}  {item.payer}/{item.policy}@{item.version}  {item.title}")
            for reason in item.reasons:
                typer.echo(f"    {reason}")
            if item.confirm:
                typer.echo(f"    {_confirm_words(item)}")
    more = f"; the first {len(items)} are shown" if total > len(items) else ""
    say(
        f"{counted(total, 'reading waits', 'readings wait')} for a decision{more}."
        if total
        else "Nothing waits for a decision."
    )


def show(extraction_id: Id, as_json: Json = False) -> None:
    """One reading: its record, why it waits, and what was decided about it."""
    from policy_tracker.store.extractions import review_item

    with session_to_read(read_settings()) as session:
        item = review_item(session, extraction_id)
    if as_json:
        print_values(item)
        return
    from policy_tracker.commands.show_extract import show_records
    from policy_tracker.pages.doubts import doubts_view

    show_records(out(), Path(item.document or "a record file"), [item.record])
    for reason in item.reasons:
        typer.echo(reason)
    _show_doubts(doubts_view(item.record.extraction))
    if item.confirm:
        typer.echo(_confirm_words(item))
    typer.echo(_state(item))


def _show_doubts(doubts: DoubtsView) -> None:
    """What is not in the record and should be looked at, with its page."""
    for title, found in (
        ("Decides something, and is not in the record", doubts.deciding),
        ("Not read", doubts.unread),
    ):
        if found:
            typer.echo(f"{title}:")
        for one in found[:_MOST_DOUBTS]:
            place = f"page {one.page}, " if one.page else ""
            text = " ".join(one.text.split())
            cut = f"{text[:_LONGEST_DOUBT]}…" if len(text) > _LONGEST_DOUBT else text
            typer.echo(f"  {place}{one.where}{f': {cut}' if cut else ''}")
        if len(found) > _MOST_DOUBTS:
            typer.echo(f"  and {len(found) - _MOST_DOUBTS} more; --json prints all")
    if doubts.aside:
        typer.echo(f"{counted(len(doubts.aside), 'other passage')} set aside; --json prints all.")


def accept(
    extraction_id: Id,
    by: By = None,
    why: Why = None,
    payer: Annotated[
        str | None,
        typer.Option("--payer", metavar="SLUG", help="Who issued it, where that was read wrongly."),
    ] = None,
    payer_name: Annotated[
        str | None,
        typer.Option("--payer-name", metavar="NAME", help="The payer's name, as people know it."),
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar="N", help="The policy's number, as printed.")
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TEXT", help="The policy's title, as printed.")
    ] = None,
) -> None:
    """Publish a reading, and confirm its payer, number and title, or correct them."""
    from policy_tracker.intake import accept_review
    from policy_tracker.rule_settings import comparing
    from policy_tracker.store.confirmations import DocumentNaming

    settings = read_settings()
    compare = comparing(settings)
    naming = DocumentNaming(payer=payer, payer_name=payer_name, number=number, title=title)
    with engine_to_write(settings) as engine:
        _say_published(
            accept_review(
                engine,
                extraction_id,
                local_now(settings),
                by=by,
                why=why,
                naming=naming,
                compare=compare,
            )
        )


def correct(
    extraction_id: Id,
    file: Annotated[Path, typer.Argument(help="The corrected record, as YAML or JSON.")],
    by: By = None,
    why: Why = None,
) -> None:
    """Publish a corrected record in the place of a reading; its version may be another one, its
    policy may not.
    """
    from policy_tracker.intake import correct_review
    from policy_tracker.rule_settings import comparing

    record, settings = _record_in(file), read_settings()
    compare = comparing(settings)
    with engine_to_write(settings) as engine:
        _say_published(
            correct_review(
                engine, extraction_id, record, local_now(settings), by=by, why=why, compare=compare
            )
        )


def reject(
    extraction_id: Id,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why it is not published.")],
    by: By = None,
) -> None:
    """Close a reading, so that it is never published."""
    from policy_tracker.intake import reject_review

    with engine_to_write(read_settings()) as engine:
        item = reject_review(engine, extraction_id, now(), why=why, by=by)
    say(
        f"Reading {item.id} ({item.payer}/{item.policy}@{item.version}) is rejected, and "
        f"stays kept."
    )


def _record_in(file: Path) -> Record:
    """The one record of a version in a file.

    Raises RecordError with everything that is wrong with it, or QueryError.
    """
    from policy_tracker.record import Record
    from policy_tracker.recordfiles.folder import read_records

    found = [sourced.value for sourced in read_records(file) if isinstance(sourced.value, Record)]
    if len(found) != 1:
        message = f"{file} holds {len(found)} records of versions; a correction is one"
        raise QueryError(message)
    return found[0]


def _confirm_words(item: ExtractionRef) -> str:
    """What is to be confirmed, as a person reads it."""
    if item.confirm is None:
        return ""
    payer = (
        f"{item.confirm.payer_name} ({item.confirm.payer})"
        if item.confirm.payer
        else "not read, name it with --payer"
    )
    return (
        f"To confirm: payer {payer}; number {item.confirm.number or 'none'}; title "
        f"{item.confirm.title}"
    )


def _state(item: ReviewItem) -> str:
    if item.decision and item.decided_at:
        by = f" by {item.decided_by}" if item.decided_by else ""
        why = f": {item.why}" if item.why else ""
        return f"It was {item.decision}{by} on {item.decided_at:%Y-%m-%d}{why}."
    if item.status == "needs_review":
        return (
            f"It waits for a decision: policy-tracker review accept {item.id}, correct "
            f"{item.id} FILE, or reject {item.id} --why …"
        )
    return f"It is {item.status.replace('_', ' ')}."


def _say_published(row: Loaded) -> None:
    summary = f": {row.verdict.summary}" if row.verdict else ""
    typer.echo(f"{row.payer}/{row.policy}@{row.version}  {row.outcome.replace('_', ' ')}{summary}")
    say(
        "It is published."
        if row.outcome != "unchanged"
        else "The same is published already; the reading is tied to it."
    )
