"""From the bytes of a document to its records."""

from __future__ import annotations

from pydantic import ValidationError

from policy_tracker.codesets.icd10cm import check_codes
from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from policy_tracker.documents.versions_in_file import split_versions
from policy_tracker.errors import Fault, NoPolicyError, RecordError
from policy_tracker.extract.account import with_account
from policy_tracker.extract.borrowed_format import payer_beside
from policy_tracker.extract.document_kinds import kind_of
from policy_tracker.extract.head.archive_marks import marks_of
from policy_tracker.extract.payers import format_of
from policy_tracker.extract.quality import NO_POLICY
from policy_tracker.extract.specialties import specialties_of
from policy_tracker.extract.unread_marks import unread_warnings
from policy_tracker.record import Bulletin, Record
from policy_tracker.record.content import Mark


def extract(data: bytes, name: str, payer: str | None = None) -> list[Record | Bulletin]:
    """The records that a document holds, the current version first where it appends archived ones.

    `name` is the file's name, for errors; `payer` narrows the formats that are asked, and names the
    payer where none of its own reads the document. Raises DocumentError for a document that cannot
    be read, InputError where no format recognises it, and RecordError where what was read does not
    hold together.
    """
    return [
        record
        for version in split_versions(read_document(data, name))
        for record in read_version(version, name, payer)
    ]


def read_version(
    version: Document, name: str, payer: str | None = None, *, as_policy: bool = False
) -> list[Record | Bulletin]:
    """The records in one version of a document that was read.

    With `as_policy` somebody says that it is a policy, whatever it looks like: what would refuse it
    is a warning then, for which it waits for a person.

    Raises NoPolicyError for a document that certainly is none, InputError and RecordError as
    `extract` does.
    """
    try:
        marks = marks_of(version)
        form = format_of(version, payer)
        read = [_of_kind(version, one, name, as_policy=as_policy) for one in form.read(version)]
        payer = payer or payer_beside(form, version)
        unread = unread_warnings(version, [record for record in read if isinstance(record, Record)])
        told = [
            _with_specialties(_checked(_marked(_of_payer(record, payer), marks), unread))
            for record in read
        ]
        return with_account(version, told)
    except ValidationError as error:
        faults = [
            Fault(
                name,
                None,
                ".".join(map(str, one["loc"])),
                f"what was read is no record: {one['msg']}",
            )
            for one in error.errors()
        ]
        raise RecordError(faults) from error


def _of_kind(
    version: Document, record: Record | Bulletin, name: str, *, as_policy: bool
) -> Record | Bulletin:
    """The record, with a warning where its document may be no policy.

    Raises NoPolicyError where it certainly is none and nobody says that it is one.
    """
    if not isinstance(record, Record) or (found := kind_of(version, record)) is None:
        return record
    if found.certain and not as_policy:
        raise NoPolicyError(name, f"it {found.reason}, and is no policy")
    return _with_warnings(record, (f"{NO_POLICY}: it {found.reason}",))


def _of_payer(record: Record | Bulletin, payer: str | None) -> Record | Bulletin:
    """The record under the payer that the caller names: the generic format can only guess at it."""
    return record.model_copy(update={"payer": payer}) if payer and record.payer != payer else record


def _marked(record: Record | Bulletin, marks: tuple[Mark, ...]) -> Record | Bulletin:
    """The record with the marks that its document carries."""
    return (
        record.model_copy(update={"marks": marks})
        if marks and isinstance(record, Record)
        else record
    )


def _with_specialties(record: Record | Bulletin) -> Record | Bulletin:
    """The record with the specialties that its title and codes tell, where it names none itself."""
    if not isinstance(record, Record) or record.specialties:
        return record
    return record.model_copy(update={"specialties": specialties_of(record)})


def _checked(record: Record | Bulletin, unread: tuple[str, ...]) -> Record | Bulletin:
    """The record with a warning for each diagnosis code that is not valid on its date, and for what
    its document prints and it lacks.
    """
    if not isinstance(record, Record):
        return record
    return _with_warnings(record, (*check_codes(record), *unread))


def _with_warnings(record: Record, told: tuple[str, ...]) -> Record:
    """The record with further warnings, each once."""
    if record.extraction is None:
        return record
    warnings = tuple(dict.fromkeys((*record.extraction.warnings, *told)))
    return record.model_copy(
        update={"extraction": record.extraction.model_copy(update={"warnings": warnings})}
    )
