"""Florida Blue's medical coverage guidelines: the version's date stands behind `Revised:`, headings are capitals with a colon."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import read_identity
from policy_tracker.extract.payers.format import Format, head_text, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.record import Bulletin, DateFact, Record

_PROFILE = Profile(
    name="florida_blue",
    opening=("position statement", "reimbursement information", "program exceptions"),
    closing=(
        ("background", r"description|dosage/administration|dosage and administration|precautions(?:/warnings)?"),
        ("coding", r"billing/coding information"),
        ("history", r"guideline update information"),
        ("other", r"definitions|related guidelines|other|committee approval"),
    ),
)
_NUMBER = re.compile(r"^(?P<number>\d{2}-[A-Z]?\d{4,5}-\d{2,3})\b", re.MULTILINE)
_WORDS = {
    "title": ("Subject",),
    "original_effective": ("Original Effective Date",),
    "last_review": ("Reviewed",),
    "revised": ("Revised",),
    "next_review": ("Next Review",),
}

_STARTS = r"description|position statement"


def _recognise(document: Document) -> bool:
    return says(document, r"medical coverage guideline is not an authorization") or (
        says(document, r"^\d{2}-[A-Z]?\d{4,5}-\d{2,3}\b", r"original effective date:", r"reviewed:")
    )


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document, _WORDS, drop=frozenset({"number", "version", "issued", "published", "effective", "retired"}))
    match = _NUMBER.search(head_text(document))
    dates = dict(identity.dates)
    revised = dates.get("revised")
    if revised and revised.date:
        dates["effective"] = DateFact(
            date=revised.date, raw=revised.raw, status="inferred", ground="the date behind “Revised”: no effective date is printed"
        )
    elif (first := dates.get("original_effective")) and first.date and not revised:
        dates["effective"] = DateFact(
            date=first.date, raw=first.raw, status="inferred", ground="never revised since its original effective date"
        )
    identity = replace(identity, number=match["number"] if match else None, dates=dates)
    number = identity.number or ""
    policy_type = "drug_coverage" if re.match(r"09-J", number) else "medical_coverage"
    head = head_of(identity, document, payer="floridablue", policy=number.lower(), policy_type=policy_type)
    return [assemble(document, head, FormatReading("florida_blue", 1, _PROFILE, starts=_STARTS))]


FORMAT = Format("florida_blue", 1, "floridablue", _recognise, _read, order=40)
