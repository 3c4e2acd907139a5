"""Any other payer's policy: labels and headings that the field uses, read as far as they go."""

from __future__ import annotations

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.document_kinds import is_secondary, kind_warnings
from policy_tracker.extract.head.identity import biggest_lines, read_identity, slug_of, title_in
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.payers.format import Format, says
from policy_tracker.extract.payers.profile import GENERIC
from policy_tracker.record import Bulletin, Record

_KIND = (
    r"^[\d.]+$|^history$"
    r"|^(?:(?:corporate|commercial|medicare|medical|clinical|drug|pharmacy|coverage|payment"
    r"|reimbursement) "
    r"?)+(?:policy|policies"
    r"|guidelines?|criteria|bulletin)?$"
)
_LEAST_TITLE = 12.5
_LONGEST_TITLE = 200

_STARTS = (
    r"policy|(?:policy|position) statements?|coverage "
    r"(?:policy|criteria|rationale|position|statement|guidelines?)"
    r"|(?:clinical |medical necessity |authorization |prior authorization "
    r")?(?:criteria|guidelines)|description(?:/scope)?"
    r"|overview|background|purpose|scope|summary|introduction|medical "
    r"necessity|indications?|application"
    r"|table of contents|instructions for use"
)


def _recognise(document: Document) -> bool:
    return bool(document.blocks) and document.media != "csv"  # a table of values is no policy


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document)
    named = (
        identity.title
        if identity.title and len(identity.title) < _LONGEST_TITLE and ".." not in identity.title
        else ""
    )
    lines = biggest_lines(document.header, _LEAST_TITLE, _KIND)
    first = None if named or title_in(lines) else _first_heading(document)
    title = named or title_in(lines) or (first.text[:_LONGEST_TITLE] if first else "")
    kind = (
        "drug_coverage"
        if says(
            document,
            (
                r"\b(?:drug|pharmacy|medication|prior authorization) "
                r"(?:policy|coverage|criteria|program)"
            ),
        )
        else "medical_coverage"
    )
    policy = slug_of(identity.number or title)
    issuer = issuer_of(document)
    printed = [first] if first else [] if named else lines
    head = head_of(
        identity,
        document,
        payer=issuer.slug,
        policy=policy,
        policy_type=kind,
        title=title,
        printed=printed,
    )
    record = assemble(document, head, FormatReading("generic", 2, GENERIC, starts=_STARTS))
    if is_secondary(document):
        record = record.model_copy(update={"source_kind": "secondary"})
    return [
        _with_warnings(record, (*((issuer.why,) if issuer.why else ()), *kind_warnings(document)))
    ]


def _first_heading(document: Document) -> Block | None:
    """The first heading, else the first block: what a document without a head begins with."""
    blocks = [block for block in document.blocks if block.table is None and block.text.strip()]
    return next(
        (block for block in blocks[:15] if block.kind == "heading"), blocks[0] if blocks else None
    )


def _with_warnings(record: Record, why: tuple[str, ...]) -> Record:
    """The record, with warnings of why its payer is unknown, or why it is no payer's policy."""
    if not why or record.extraction is None:
        return record
    extraction = record.extraction.model_copy(
        update={"warnings": (*record.extraction.warnings, *why)}
    )
    return record.model_copy(update={"extraction": extraction})


FORMAT = Format("generic", 2, None, _recognise, _read, order=99)
