"""Documents onto the timeline as history: each is kept, read in a process of its own, and published
without telling anybody.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_tracker.commands.documents import content_of, files_of, others_of, read_bytes_apart
from policy_tracker.commands.extract import AsPolicy, Jobs, Payer, check_payer
from policy_tracker.commands.session import engine_to_write, local_now, now, read_settings
from policy_tracker.commands.terminal import WRONG, print_json, say
from policy_tracker.errors import DocumentError, NoPolicyError, NotFoundError, QueryError
from policy_tracker.language.formatting import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

    from policy_tracker.record import Bulletin, Record
    from policy_tracker.store.documents import StoredDocument
    from policy_tracker.store.extractions import ExtractionRef

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Documents, or folders of them, in any order."),
]
Json = Annotated[
    bool,
    typer.Option(
        "--json", help="Print JSON: one value per file, with what became of each version in it."
    ),
]
Retrieved = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help="The day on which these documents were fetched from the payer: then they were its "
        "present text.",
    ),
]
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text": "text/plain",
    "csv": "text/csv",
}
_WORDS = {
    "published": "published",
    "needs_review": "waiting for review (`policy-tracker review list`)",
    "refused": "refused",
    "rejected": "rejected in review",
    "superseded": "superseded by a newer reading",
    "kept": "bulletins kept",
}


NO_POLICY = "no policy"
NO_TYPE = "not a document type that is read"


@dataclass(frozen=True, slots=True)
class _HowRead:
    """How files are read: whose they are, the name of the reading, and whether they are policies
    whatever they look like.
    """

    payer: str | None
    reader: str
    as_policy: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: its document, and what it holds; or what is wrong with it.

    `skipped` where it was read before.

    `left_alone` says why it is taken for nothing that a payer published.
    """

    file: Path
    document: StoredDocument | None = None
    records: tuple[Record | Bulletin, ...] = ()
    texts: bytes = b""
    skipped: bool = False
    left_alone: str | None = None
    error: DocumentError | None = None


def import_documents(
    paths: Paths,
    payer: Payer = None,
    jobs: Jobs = 1,
    as_json: Json = False,
    retrieved: Retrieved = None,
    as_policy: AsPolicy = False,
) -> None:
    """Bring payers' documents onto the timeline as history: nobody is alerted, and what was read
    before is skipped.
    """
    from policy_tracker.intake import note_check, note_read, publish_history
    from policy_tracker.isolation.fingerprint import reader_of
    from policy_tracker.rule_settings import comparing

    if payer is not None:
        check_payer(payer)
    fetched_on = _day(retrieved)
    files, alone = (
        files_of(paths),
        [Imported(path, left_alone=NO_TYPE) for path in others_of(paths)],
    )
    for one in alone:
        say(f"left alone: {one.file.name} ({one.left_alone})")
    if not files:
        message = f"There is no document in {', '.join(map(str, paths))}"
        raise NotFoundError(message)
    reader, done = reader_of(payer), []
    settings = read_settings()
    compare = comparing(settings)
    with engine_to_write(settings) as engine:
        for number, one in enumerate(
            _imported(engine, files, _HowRead(payer, reader, as_policy), jobs), 1
        ):
            if one.document and not (one.skipped or one.left_alone or one.error):
                note_read(
                    engine,
                    one.document,
                    [_fetched(record, fetched_on) for record in one.records],
                    reader,
                    now(),
                    one.texts,
                )
            say(f"{number} of {len(files)}  {one.file.name}: {_progress(one)}")
            # they are noted: a large archive would fill the memory
            done.append(replace(one, records=(), texts=b""))
        publish_history(engine, local_now(settings), compare=compare)
        for one in done if fetched_on else ():
            if one.document and fetched_on:
                note_check(engine, one.document, fetched_on, local_now(settings), compare=compare)
        done += alone
        found = _found(engine, done, reader)
    wrong = _tell(done, found, as_json=as_json)
    if wrong:
        raise typer.Exit(WRONG)


def _day(text: str | None) -> date | None:
    """The day that an option names.

    Raises QueryError for no day, and for one that is still to come.
    """
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        message = f"--retrieved names a day as YYYY-MM-DD, not {text!r}"
        raise QueryError(message, "retrieved") from error
    if day > now().date():
        message = f"--retrieved says when the documents were fetched, and {day} is still to come"
        raise QueryError(message, "retrieved")
    return day


def _fetched(record: Record | Bulletin, day: date | None) -> Record | Bulletin:
    """The record with the day on which its document was fetched; a bulletin has none."""
    return (
        record
        if day is None or not hasattr(record, "retrieved")
        else record.model_copy(update={"retrieved": day.isoformat()})
    )


def _imported(
    engine: Engine, files: Sequence[Path], reading: _HowRead, jobs: int
) -> Iterator[Imported]:
    """The files' outcomes in the order of the files, each once it is read; the same bytes under
    several names are read once.
    """
    pool = ThreadPoolExecutor(min(jobs, len(files)))
    try:
        yield from pool.map(lambda file: _read(engine, file, reading), files)
    finally:
        pool.shutdown(cancel_futures=True)


def _read(engine: Engine, file: Path, reading: _HowRead) -> Imported:
    from policy_tracker.documents.read import media_of
    from policy_tracker.extract.document_kinds import is_companion
    from policy_tracker.intake import keep
    from policy_tracker.record import Record
    from policy_tracker.store.documents import base_name

    document = None
    try:
        data, name = content_of(file), base_name(str(file))
        document, before = keep(
            engine, data, name, MEDIA_TYPES[media_of(data, name)], reading.reader, now()
        )
        if before:
            return Imported(file, document, skipped=True)
        read = read_bytes_apart(data, name, reading.payer, as_policy=reading.as_policy)
        companions = read.records and all(
            isinstance(record, Record) and is_companion(file.stem, record)
            for record in read.records
        )
        if companions and not reading.as_policy:
            return Imported(file, document, left_alone=NO_POLICY)
        return Imported(file, document, read.records, read.texts)
    except NoPolicyError as error:
        why = error.reason.removesuffix(", and is no policy")  # the words before say so
        return Imported(file, document, left_alone=f"{NO_POLICY}: {why}")
    except DocumentError as error:
        return Imported(file, document, error=error)


def _progress(one: Imported) -> str:
    if one.error:
        return f"Error: {one.error.reason}."
    if one.skipped:
        return "read before, skipped"
    if one.left_alone:
        way = "; --as-policy reads it all the same" if one.left_alone != NO_TYPE else ""
        return f"left alone ({one.left_alone}){way}"
    return f"{counted(len(one.records), 'record')} read"


def _found(
    engine: Engine, done: Sequence[Imported], reader: str
) -> list[tuple[ExtractionRef, ...]]:
    """What became of everything in each file."""
    from policy_tracker.store.database import reading
    from policy_tracker.store.extractions import extractions_of

    with reading(engine) as session:
        return [
            ()
            if one.error or not one.document
            else extractions_of(session, one.document.id, reader) or ()
            for one in done
        ]


def _tell(
    done: Sequence[Imported], found: Sequence[tuple[ExtractionRef, ...]], *, as_json: bool
) -> int:
    """Say what became of each file; returns how many things went wrong."""
    if as_json:
        print_json([_plain(one, extractions) for one, extractions in zip(done, found, strict=True)])
    for one, extractions in zip(done, found, strict=True):
        for reading in extractions:
            if not as_json and not one.skipped:
                typer.echo(f"{_address(reading)}  {reading.status.replace('_', ' ')}")
            if reading.status == "refused":
                say(f"Error: {one.file.name}: {_address(reading)} {' '.join(reading.reasons)}.")
            elif reading.status == "needs_review":
                say(
                    f"{one.file.name}: {_address(reading)} waits as reading {reading.id}: {' '.join(reading.reasons)}"  # noqa: E501
                )
    errors = sum(one.error is not None for one in done)
    say(
        _sentence(
            done, {reading.id: reading for extractions in found for reading in extractions}, errors
        )
    )
    return errors + sum(
        reading.status == "refused" for extractions in found for reading in extractions
    )


def _address(reading: ExtractionRef) -> str:
    return (
        f"{reading.payer}/{reading.policy}@{reading.version}"
        if reading.policy
        else f"{reading.payer}: bulletin {reading.title}"
    )


def _plain(one: Imported, extractions: Sequence[ExtractionRef]) -> dict[str, object]:
    return {
        "file": str(one.file),
        "sha256": one.document.sha256 if one.document else None,
        "read_before": one.skipped,
        "left_alone": one.left_alone is not None,
        "left_alone_because": one.left_alone,
        "error": {"kind": type(one.error).__name__, "reason": one.error.reason}
        if one.error
        else None,
        "extractions": [reading.model_dump(mode="json") for reading in extractions],
    }


def _sentence(done: Sequence[Imported], extractions: dict[int, ExtractionRef], errors: int) -> str:
    """How many documents were read, and what became of their records: `3 documents: 2 read, 1 not.

    Of their records 4 published.`.
    """
    skipped = sum(one.skipped for one in done)
    alone = Counter(one.left_alone.partition(":")[0] for one in done if one.left_alone)
    parts = [
        (len(done) - skipped - alone.total() - errors, "read"),
        (skipped, "read before"),
        *((alone[why], f"left alone ({why})") for why in (NO_POLICY, NO_TYPE)),
        (errors, "not"),
    ]
    documents = ", ".join(f"{count} {words}" for count, words in parts if count)
    counts = Counter(str(reading.status) for reading in extractions.values())
    became = ", ".join(
        f"{counts[status]} {words}" for status, words in _WORDS.items() if counts[status]
    )
    return f"{counted(len(done), 'document')}: {documents}.{f' Of their records {became}.' if became else ''}"  # noqa: E501
