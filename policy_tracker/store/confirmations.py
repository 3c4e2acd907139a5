"""Which payers somebody vouches for, and the name, number and title that a person gives a reading
when it is confirmed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError
from sqlmodel import Session, col, select

from policy_tracker.errors import InputError
from policy_tracker.extract.head.identity import slug_of
from policy_tracker.extract.head.letterhead import share_name
from policy_tracker.extract.payers.names import payer_named, payer_names
from policy_tracker.extract.quality import UNKNOWN_PAYER, UNTITLED
from policy_tracker.record import Payer, Record
from policy_tracker.record.base import Value
from policy_tracker.record.texts import SLUG
from policy_tracker.store.tables import (
    ConfirmedPayerRow,
    StoredExtraction,
    StoredPayer,
    StoredRevision,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

How = Literal["profile", "review"]
_LONGEST_NAME, _LONGEST_NUMBER, _LONGEST_TITLE = 200, 60, 400
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class DocumentNaming(Value):
    """What a person says a document is: who issued it, under which number and title; None leaves
    what was read.
    """

    payer: str | None = None
    payer_name: str | None = None
    number: str | None = None
    title: str | None = None


AS_READ = DocumentNaming()


def is_confirmed(session: Session, payer: str) -> bool:
    """Whether documents of a payer may be published by themselves: it has a format or a file of its
    own, or a person confirmed it.
    """
    if payer == UNKNOWN_PAYER:
        return False
    query = select(ConfirmedPayerRow.id).where(ConfirmedPayerRow.payer == payer)
    return payer in payer_names() or session.exec(query.limit(1)).first() is not None


def confirm_payer(
    session: Session,
    payer: str,
    now: datetime,
    *,
    how: How,
    by: str | None = None,
    extraction_id: int | None = None,
    read_as: str | None = None,
) -> bool:
    """Note that somebody vouches for a payer, whose documents may be read under another short name;
    False where that is noted.
    """
    alias = read_as if read_as and read_as != UNKNOWN_PAYER else payer
    held = select(ConfirmedPayerRow.id).where(
        ConfirmedPayerRow.payer == payer, ConfirmedPayerRow.read_as == alias
    )
    if session.exec(held).first() is not None:
        return False
    row = ConfirmedPayerRow(
        payer=payer,
        read_as=alias,
        how=how,
        confirmed_at=now.astimezone(UTC),
        confirmed_by=by,
        extraction_id=extraction_id,
    )
    session.add(row)
    session.flush()
    return True


def confirmed_name(session: Session, read_as: str) -> str:
    """The payer under which documents that are read as `read_as` belong: the last that a person
    named for it, else itself.
    """
    if read_as == UNKNOWN_PAYER or is_confirmed(session, read_as):
        return read_as
    query = (
        select(ConfirmedPayerRow.payer)
        .where(ConfirmedPayerRow.read_as == read_as)
        .order_by(col(ConfirmedPayerRow.id).desc())
    )
    return session.exec(query.limit(1)).first() or read_as


def as_confirmed(session: Session, records: Sequence[Record], document_id: int) -> list[Record]:
    """Records that are read of a document, under the identity that a person gave it, or its payer's
    documents, when confirming.
    """
    return [
        _as_confirmed(session, record, document_id, place) for place, record in enumerate(records)
    ]


def _as_confirmed(session: Session, record: Record, document_id: int, ordinal: int) -> Record:
    query = (
        select(StoredRevision.content, StoredExtraction.content)
        .join(StoredExtraction, col(StoredExtraction.revision_id) == StoredRevision.id)
        .where(
            StoredExtraction.document_id == document_id,
            StoredExtraction.ordinal == ordinal,
            StoredExtraction.decision == "accepted",
        )
    )
    found = session.exec(query.order_by(col(StoredExtraction.id).desc()).limit(1)).first()
    if found is not None:
        published, read = Record.model_validate(found[0]), Record.model_validate(found[1])
        if _identity(published) != _identity(read):
            return record.model_copy(update=_identity(published))
    payer = confirmed_name(session, record.payer)
    # a vendor's name, which a person corrected to a payer once, may stand on another payer's
    # document: there a person looks again
    return record.model_copy(update={"payer": payer}) if share_name(payer, record.payer) else record


def _identity(record: Record) -> dict[str, object]:
    return {
        name: getattr(record, name)
        for name in ("payer", "policy", "policy_number", "title", "aliases")
    }


def named(record: Record, given: DocumentNaming) -> Record:
    """A record under the payer, number and title that a person gives it: another policy where they
    are others.

    Raises InputError, in one sentence, for a value that cannot be one.
    """
    payer = _slug(given.payer) if given.payer is not None else record.payer
    if payer == UNKNOWN_PAYER:
        message = (
            "The document does not name its payer; say who issued it: --payer SLUG "
            "--payer-name NAME (on the page: Payer)"
        )
        raise InputError(message)
    number = (
        _printed(given.number, "number", _LONGEST_NUMBER)
        if given.number is not None
        else record.policy_number
    )
    title = (
        _printed(given.title, "title", _LONGEST_TITLE) if given.title is not None else record.title
    )
    if given.number is not None and not re.search(r"\d", number or ""):
        message = f"{number!r} is no policy number: it has no digit"
        raise InputError(message)
    if given.title is not None and (title == UNTITLED or not re.search(r"[^\W\d_]{2}", title)):
        message = f"{title!r} is no title: it has no word"
        raise InputError(message)
    change = {
        "payer": payer,
        "policy": _policy(record, number, title),
        "policy_number": number,
        "title": title,
    }
    if number != record.policy_number:
        change["aliases"] = tuple(
            name
            for name in record.aliases
            if not (record.policy_number and record.policy_number in name)
        )
    try:
        return Record.model_validate({**dict(record), **change})
    except ValidationError as error:
        first = error.errors()[0]
        message = f"{'.'.join(str(part) for part in first['loc']) or 'the record'}: {first['msg']}"
        raise InputError(message) from error


def _policy(record: Record, number: str | None, title: str) -> str:
    """The policy's short name: made from the number where that is another, else from the title
    where it was made from that.
    """
    read = slug_of(record.policy_number or "")
    if number and number != record.policy_number:
        stem = record.policy.removesuffix(read) if read and record.policy.endswith(read) else ""
        return _slug_from(f"{stem}{slug_of(number)}", number)
    if title != record.title and record.policy == slug_of(record.title):
        return _slug_from(slug_of(title), title)
    return record.policy


def _slug_from(slug: str, text: str) -> str:
    if not re.fullmatch(SLUG, slug):
        message = f"No short name can be made of {text!r}"
        raise InputError(message)
    return slug


def _slug(text: str) -> str:
    slug = text.strip()
    if not re.fullmatch(SLUG, slug) or len(slug) > 120:
        message = (
            f"{slug[:60]!r} is no short name of a payer: lower-case letters and digits, with "
            f"- _ . between, as in blue-plan-ohio"
        )
        raise InputError(message)
    if slug == UNKNOWN_PAYER:
        message = "A payer cannot be called “unknown”"
        raise InputError(message)
    return slug


def _printed(text: str, what: str, longest: int) -> str:
    value = " ".join(text.split(" ")).strip()
    if not value or len(value) > longest or _NOT_PRINTED.search(value):
        message = f"The {what} is 1 to {longest} printed characters on one line"
        raise InputError(message)
    return value


def payer_as_named(session: Session, slug: str, name: str | None) -> Payer:
    """The payer of a record that is confirmed.

    Raises InputError where the name given contradicts what is held.
    """
    held = session.exec(select(StoredPayer).where(StoredPayer.slug == slug)).first()
    if name is None:
        return Payer.model_validate(held.content) if held else payer_named(slug)
    said = _printed(name, "payer's name", _LONGEST_NAME)
    if not re.search(r"[^\W_]", said):
        message = f"{said!r} is no name of a payer"
        raise InputError(message)
    twin = session.exec(
        select(StoredPayer.slug).where(StoredPayer.name == said, StoredPayer.slug != slug)
    ).first()
    twin = twin or next(
        (known for known, called in payer_names().items() if called == said and known != slug), None
    )
    if twin:
        message = f"{said} is known as {twin!r}; give that as the payer"
        raise InputError(message)
    known = held.name if held else payer_names().get(slug)
    if known and known != said and is_confirmed(session, slug):
        message = f"{slug!r} is known as {known}; its name is changed in its payer.yaml"
        raise InputError(message)
    return Payer(record=1, payer=slug, name=said)
