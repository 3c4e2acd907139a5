"""Any other payer's policy: labels and headings that the field uses, read as far as they go."""

from __future__ import annotations

import re

from policy_tracker.extract.assemble import Reading, assemble, head_of
from policy_tracker.extract.blocks import Document
from policy_tracker.extract.identity import biggest_lines, read_identity, slug_of
from policy_tracker.extract.layout import Format, head_text, says
from policy_tracker.extract.profile import GENERIC
from policy_tracker.extract.trust import UNKNOWN_PAYER
from policy_tracker.record import Bulletin, Record

_KIND = (
    r"^[\d.]+$|^history$"
    r"|^(?:(?:corporate|commercial|medicare|medical|clinical|drug|pharmacy|coverage|payment|reimbursement) ?)+(?:policy|policies"
    r"|guidelines?|criteria|bulletin)?$"
)
_PAYER = re.compile(
    r"\b(?P<name>[A-Z][\w&'.-]*(?: (?:[A-Z][\w&'.-]*|and|of|the))* (?:Health(?:care| Plan| Plans| Insurance| Services)?|Insurance"
    r"|Blue(?: Cross)?|Plan|Corporation|Assurance))\b"
)
_SPEAKER = re.compile(r"\b(?P<name>[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,3}) (?:considers|covers|will cover|may cover)\b")
_KNOWN = (
    ("cigna", r"\bcigna\b"),
    ("uhc", r"\bunited ?healthcare\b"),
    ("anthem", r"\b(?:anthem|elevance)\b"),
    ("fep", r"\bfep\b|federal employee program"),
    ("floridablue", r"\bflorida blue\b|blue shield of florida"),
    ("highmark", r"\bhighmark\b"),
    ("bcbsnc", r"\bblue cross nc\b|\bbcbsnc\b|blue shield of north carolina"),
    ("aetna", r"\baetna\b"),
    ("humana", r"\bhumana\b"),
    ("cms", r"centers for medicare (?:&|and) medicaid services.{0,40}(?:manual|transmittal)"),
)
_LEAST_TITLE = 12.5
_LONGEST_TITLE = 200

_STARTS = (
    r"policy|(?:policy|position) statements?|coverage (?:policy|criteria|rationale|position|statement|guidelines?)"
    r"|(?:clinical |medical necessity |authorization |prior authorization )?(?:criteria|guidelines)|description(?:/scope)?"
    r"|overview|background|purpose|scope|summary|introduction|medical necessity|indications?|application"
    r"|table of contents|instructions for use"
)


def _recognise(document: Document) -> bool:
    return bool(document.blocks) and document.media != "csv"  # a table of values is no policy


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document)
    named = identity.title if identity.title and len(identity.title) < _LONGEST_TITLE and ".." not in identity.title else ""
    title = named or biggest_lines(document.header, _LEAST_TITLE, _KIND) or _first_heading(document)
    kind = (
        "drug_coverage"
        if says(document, r"\b(?:drug|pharmacy|medication|prior authorization) (?:policy|coverage|criteria|program)")
        else "medical_coverage"
    )
    policy = slug_of(identity.number or title)
    head = head_of(identity, document, payer=_payer(document), policy=policy, policy_type=kind, title=title)
    return [_with_warning(assemble(document, head, Reading("generic", 1, GENERIC, starts=_STARTS)))]


def _payer(document: Document) -> str:
    """The payer: one that is known by name, in the head before the body; else whoever the words of the head or of a sentence name."""
    head = head_text(document)
    for text in (head, document.text):
        counts = {slug: len(re.findall(names, text, re.IGNORECASE)) for slug, names in _KNOWN}
        most = max(counts, key=lambda slug: counts[slug])
        if counts[most]:
            return most
    match = _SPEAKER.search(document.text) or _PAYER.search(head)
    return slug_of(match["name"]) if match else UNKNOWN_PAYER


def _first_heading(document: Document) -> str:
    """The first heading, else the first block: what a document without a head begins with."""
    blocks = [block for block in document.blocks if block.table is None and block.text.strip()]
    heading = next((block for block in blocks[:15] if block.kind == "heading"), blocks[0] if blocks else None)
    return heading.text[:200] if heading else ""


def _with_warning(record: Record) -> Record:
    """The record, with a warning where its payer was not found."""
    if record.payer != UNKNOWN_PAYER or record.extraction is None:
        return record
    extraction = record.extraction.model_copy(
        update={"warnings": (*record.extraction.warnings, "the payer is not named in the document's head")}
    )
    return record.model_copy(update={"extraction": extraction})


FORMAT = Format("generic", 1, None, _recognise, _read, order=99)
