"""The Federal Employee Program (BCBS FEP): number in the first line, then section, subsection and subject with dates in a second column."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import read_identity
from policy_tracker.extract.payers.format import Format, head_text, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.record import Bulletin, Record
from policy_tracker.record.statements import AppliesTo

_PROFILE = Profile(
    name="fep",
    opening=("policy", "policy guidelines", "policy statement"),
    inside=(
        r"prior ?- ?approval (?:requirements|renewal requirements|limits)",
        r"pre ?- ?pa allowance",
        "age",
        "diagnos[ei]s",
        "quantity",
        "duration",
    ),
    closing=(
        ("background", r"description|rationale|background|regulatory status|summary"),
        ("history", r"policy history\b.*"),
        ("other", r"keywords|related policies"),
    ),
)
_NUMBER = re.compile(r"^(?:FEP )?(?P<number>\d{1,2}\.\d{2}\.\d{1,3})\b(?:[ \t]+(?P<title>[A-Z][^\n\t]{2,200}))?", re.MULTILINE)
_WORDS = {
    "title": ("Subject", "Title"),
    "effective": ("Effective Date", "Effective Policy Date"),
    "original_effective": ("Original Policy Date", "Original Effective Date"),
    "last_review": ("Last Review Date", "Last Review"),
    "section": ("Section",),
    "subsection": ("Subsection",),
    "page": ("Page",),
    "related": ("Related Policies",),
}

_STARTS = r"description|policy|policy statement"


def _recognise(document: Document) -> bool:
    return says(
        document,
        r"^(?:FEP )?\d{1,2}\.\d{2}\.\d{1,3}\b",
        r"original policy date|effective policy date",
        r"subsection:|section:|last review date|^FEP\b|federal employee program",
    )


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(
        document, _WORDS, drop=frozenset({"number", "version", "issued", "published", "revised", "next_review", "retired"})
    )
    match = _NUMBER.search(head_text(document))
    identity = replace(identity, number=match["number"] if match else None)
    drug = "drug" in identity.values.get("section", "").lower() or (identity.number or "").startswith("5.")
    named = match["title"] if match and not identity.title else None
    head = head_of(
        replace(identity, title=identity.title or named),
        document,
        payer="fep",
        policy=identity.number or "",
        policy_type="drug_coverage" if drug else "medical_coverage",
    )
    head = replace(head, applies_to=AppliesTo(lines_of_business=("federal_employee",)))
    return [assemble(document, head, FormatReading("fep", 1, _PROFILE, starts=_STARTS))]


FORMAT = Format("fep", 1, "fep", _recognise, _read, order=40)
