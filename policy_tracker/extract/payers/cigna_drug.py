"""Cigna's drug coverage policies (IP numbers): like the medical ones, with a short title in the box beside the long one."""

from __future__ import annotations

from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import biggest_lines, read_identity
from policy_tracker.extract.payers.format import Format, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.record import Bulletin, Record

_PROFILE = Profile(
    name="cigna_drug",
    opening=("coverage policy", "policy statement", "medical necessity criteria", "conditions not covered"),
    inside=(
        r"fda-approved indications?(?:\(s\))?",
        "other uses with supportive evidence",
        "reauthorization criteria",
        "authorization duration",
    ),
    closing=(
        ("coding", r"coding(?: ?/ ?billing)? information"),
        ("background", r"overview|background|guidelines|dosing information"),
        ("other", r"instructions for use|appendix.*"),
        ("history", r"revision details|history"),
    ),
)
_KIND = r"^drug(?: and biologic)?(?: coverage)? policy$|^coverage policy$"
_TITLE_SIZE = 15.0

_STARTS = r"instructions for use|overview|coverage policy|policy statement|medical necessity criteria"


def _recognise(document: Document) -> bool:
    return says(
        document, r"coverage policy number", r"drug(?: and biologic)? coverage policy|coverage policy number[ .:]*IP ?\d{4}"
    ) and says(document, "cigna compan")


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document, {"number": ("Coverage Policy Number",), "title": ("Policy Title",)})
    title = biggest_lines(document.header, _TITLE_SIZE, _KIND)
    number = identity.number or ""
    head = head_of(identity, document, payer="cigna", policy=number.lower(), policy_type="drug_coverage", title=title)
    head = replace(head, aliases=(identity.title,) if identity.title and identity.title != head.title else ())
    return [assemble(document, head, FormatReading("cigna_drug", 1, _PROFILE, starts=_STARTS))]


FORMAT = Format("cigna_drug", 1, "cigna", _recognise, _read, order=30)
