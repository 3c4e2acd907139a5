"""Payers' documents as a command gets them: which files, and what one holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policy_tracker.errors import DocumentError, InputError, NoPolicyError, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_tracker.diff.stream import Texts
    from policy_tracker.isolation.explain_apart import Explained
    from policy_tracker.isolation.run import ReadDocument
    from policy_tracker.record import Bulletin, Record

SUFFIXES = frozenset({".pdf", ".html", ".htm", ".xhtml", ".docx", ".xlsx", ".xlsm", ".txt", ".csv"})
"""The endings of the files that are taken from a folder; a file that is named itself may end in
anything.
"""


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The documents that are meant, sorted, each once: files as they are named, of folders what
    lies below and is not hidden.
    """
    found: set[Path] = set()
    for path in paths:
        found |= set(_below(path)) if path.is_dir() else {path}
    return sorted(found)


def others_of(paths: Iterable[Path]) -> list[Path]:
    """The files of folders that `files_of` passes over, sorted, each once: they end in nothing that
    a document ends in.
    """
    return sorted(
        {
            path
            for folder in paths
            if folder.is_dir()
            for path in _shown(folder)
            if path.suffix.lower() not in SUFFIXES
        }
    )


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in _shown(folder) if path.suffix.lower() in SUFFIXES)


def _shown(folder: Path) -> Iterator[Path]:
    """The files below a folder that are not hidden."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def read_apart(
    path: Path, payer: str | None = None, *, as_policy: bool = False
) -> list[Record | Bulletin]:
    """The records in a document, read in a process of its own. Raises DocumentError."""
    found = read_bytes_apart(content_of(path), str(path), payer, as_policy=as_policy)
    return list(found.records)


def read_bytes_apart(
    data: bytes, name: str, payer: str | None = None, *, as_policy: bool = False
) -> ReadDocument:
    """The records and texts of a document of which the bytes are at hand, read in a process of its
    own; `as_policy` where somebody says that it is a policy. Raises DocumentError.
    """
    from policy_tracker.isolation.run import read_document_apart

    try:
        return read_document_apart(data, name, payer, as_policy=as_policy)
    except InputError as error:
        raise _of_document(error, name) from error


def explained_apart(path: Path, payer: str | None = None, *, as_policy: bool = False) -> Explained:
    """A document beside what was read of it, read in a process of its own. Raises DocumentError."""
    from policy_tracker.isolation.explain_apart import explain_apart

    try:
        return explain_apart(content_of(path), str(path), payer, as_policy=as_policy)
    except InputError as error:
        raise _of_document(error, str(path)) from error


def _of_document(error: InputError, name: str) -> DocumentError:
    """The error of a document, in one sentence, whatever its reader said."""
    if isinstance(error, DocumentError):
        return error
    reason = str(error).replace(f"{name}: ", "").strip().splitlines()[:1] or ["cannot be read"]
    return DocumentError(name, reason[0])


def content_of(path: Path) -> bytes:
    """The bytes of a document, at most one more than are read.

    Raises DocumentError; a pipe or a device is not waited for.
    """
    from policy_tracker.documents.read import MOST_BYTES

    if not path.exists():
        raise DocumentError(str(path), "there is no such file")
    if not path.is_file():
        raise DocumentError(str(path), "is not a file")
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise DocumentError(str(path), f"cannot be read: {error.strerror}") from error


def version_in(path: Path, version: str | None = None) -> tuple[Record, Texts]:
    """One version of a document, and the document's texts: the version that is named, else the
    first, which is the current one.

    What looks like no policy, and yet states coverage or lists codes, is read as one, since a
    person named it; the record's warnings say what it looks like. No texts where the document holds
    several versions. Raises DocumentError or QueryError.
    """
    from policy_tracker.documents.attached import unpacked
    from policy_tracker.record import Record

    read = _read_as_named(path)
    records = [record for record in read.records if isinstance(record, Record)]
    if not records:
        message = f"{path} is a bulletin, which tells of many policies and is no version of one"
        raise QueryError(message)
    texts = unpacked(read.texts) if len(records) == 1 and read.texts else []
    return chosen(records, str(path), version), texts


def _read_as_named(path: Path) -> ReadDocument:
    """A document that a person names. Raises NoPolicyError where it states nothing either."""
    data = content_of(path)
    try:
        return read_bytes_apart(data, str(path))
    except NoPolicyError:
        read = read_bytes_apart(data, str(path), as_policy=True)
        if any(map(_states_something, read.records)):
            return read
        raise


def _states_something(record: Record | Bulletin) -> bool:
    from policy_tracker.record import Record

    return isinstance(record, Record) and bool(record.statements or record.code_groups)


def chosen(records: list[Record], file: str, version: str | None) -> Record:
    """The record of `version`, without one the first; of several policies in one file a version
    must name one. Raises QueryError.
    """
    named = [
        record
        for record in records
        if version in (None, record.version, f"{record.policy}@{record.version}")
    ]
    policies = {(record.payer, record.policy) for record in named}
    if not named:
        message = f"{file} holds no version {version!r}, but {', '.join(record.version for record in records[:8])}"  # noqa: E501
        raise QueryError(message)
    if len(policies) > 1:
        message = f"{file} holds {len(policies)} policies; {file}#policy@version names one"
        raise QueryError(message)
    return named[0]
