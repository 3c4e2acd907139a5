"""Cigna's medical coverage policies: a box with dates and number at the right, the title in large type, bars as headings."""

from __future__ import annotations

from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import biggest_lines, read_identity
from policy_tracker.extract.payers.format import Format, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.record import Bulletin, Record

_PROFILE = Profile(
    name="cigna_medical",
    opening=("coverage policy",),
    closing=(
        ("coding", r"coding(?: ?/ ?billing)? information"),
        ("background", r"general background|overview|medicare coverage determinations|health equity considerations"),
        ("other", r"instructions for use|related coverage resources|table of contents"),
        ("history", r"revision details"),
    ),
)
_KIND = r"^(?:medical|drug(?: and biologic)?|administrative|reimbursement)? ?(?:coverage )?policy$"
_TITLE_SIZE = 15.0

_STARTS = r"instructions for use|overview|table of contents|coverage policy"


def _recognise(document: Document) -> bool:
    kinds = r"medical coverage policy|administrative (?:coverage )?policy|reimbursement policy|^coverage policy number[ .:]*[A-Z]?\d{3,4}\b"
    return says(document, r"cigna compan", r"coverage policy number") and says(document, kinds)


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document, {"number": ("Coverage Policy Number",), "title": ("Policy Title",)})
    title = biggest_lines(document.header, _TITLE_SIZE, _KIND)
    number = identity.number or ""
    medical = number.isdigit()
    policy_type = "administrative" if says(document, r"^administrative (?:coverage )?policy") else "medical_coverage"
    policy = f"mm-{number}" if medical else number.lower()
    head = head_of(identity, document, payer="cigna", policy=policy, policy_type=policy_type, title=title)
    head = replace(head, aliases=(f"MM {number}",) if medical else ())
    return [assemble(document, head, FormatReading("cigna_medical", 1, _PROFILE, starts=_STARTS))]


FORMAT = Format("cigna_medical", 1, "cigna", _recognise, _read, order=40)
