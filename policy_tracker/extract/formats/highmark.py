"""Highmark's reimbursement policy bulletins: effective and issue date apart, a grid of check boxes, codes inside sentences."""

from __future__ import annotations

from dataclasses import replace

from policy_tracker.extract.assemble import Reading, assemble, head_of
from policy_tracker.extract.blocks import Document
from policy_tracker.extract.identity import read_identity
from policy_tracker.extract.layout import Format, says
from policy_tracker.extract.profile import Profile
from policy_tracker.record import Bulletin, Record
from policy_tracker.record.statements import AppliesTo, States

_PROFILE = Profile(
    name="highmark",
    opening=("reimbursement guidelines?", "policy position", "coverage guidelines?"),
    closing=(
        ("background", "purpose"),
        ("coding", r"(?:non-?)?covered diagnos[ei]s codes?\b.*|(?:covered )?procedure codes?\b.*"),
        ("other", r"definitions|related (?:highmark )?policies|references?|place of service\b.*|denial statements|links"),
        ("history", r"policy update history information"),
    ),
    approved="covered",
)
_STATES = ("PA", "WV", "DE", "NY")
_WORDS = {
    "number": ("(?:Bulletin|Policy) Number", "Number", "Medical Policy"),
    "title": ("Subject", "Topic"),
    "section": ("Section",),
    "annual": ("Annual Review",),
    "effective": ("Effective Date",),
    "retired": ("End Date",),
    "issued": ("Issued? Date",),
    "revised": ("(?:Last )?Revis(?:ed|ion) Date",),
    "last_review": ("Date Reviewed", "Last Reviewed?(?: Date)?"),
    "source": ("Source",),
}

_STARTS = r"purpose|reimbursement guidelines?|policy position|coverage guidelines?|definitions"


def _recognise(document: Document) -> bool:
    return says(document, r"highmark", r"bulletin number|policy number|topic:|medical policy:", r"issued? date")


def _markets(document: Document) -> AppliesTo:
    """States and lines of business from the grid of check boxes, as far as the boxes could be read."""
    states: list[str] = []
    lines: list[str] = []
    for block in document.blocks[:30]:
        for row in block.table.rows if block.table else ():
            label = row.cells[0].text.lower() if row.cells else ""
            checked = [cell.text.strip() for cell in row.cells if cell.checked]
            found = [state for state in _STATES if any(state in words.split() for words in checked)]
            if found and "market" in label:
                lines.append("medicare_advantage" if "medicare" in label else "commercial")
                states += [state for state in found if state not in states]
    return AppliesTo.model_validate({"lines_of_business": lines, "states": {"include": states}}) if states else AppliesTo(states=States())


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document, _WORDS, drop=frozenset({"version", "published", "next_review"}))
    number = (identity.number or "").upper()
    identity = replace(identity, number=number or None)
    head = head_of(
        identity,
        document,
        payer="highmark",
        policy=number.lower(),
        policy_type="reimbursement" if number.startswith("RP") else "medical_coverage",
    )
    head = replace(head, applies_to=_markets(document))
    return [assemble(document, head, Reading("highmark", 1, _PROFILE, starts=_STARTS, sentence_codes="always"))]


FORMAT = Format("highmark", 1, "highmark", _recognise, _read, order=40)
