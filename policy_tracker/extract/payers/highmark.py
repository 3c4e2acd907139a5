"""Highmark's policies: bulletins on reimbursement with a grid of check boxes and codes inside sentences, and medical policies.

The number of a medical policy ends with that of its version: S-99-012 is the twelfth of S-99.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import read_identity
from policy_tracker.extract.payers.format import Format, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.record import Bulletin, Record
from policy_tracker.record.statements import AppliesTo

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
    "effective": ("Effective Date",),
    "retired": ("End Date",),
    "issued": ("Issued? Date",),
    "revised": ("(?:Last )?Revis(?:ed|ion) Date",),
    "last_review": ("Date Reviewed", "Last Reviewed?(?: Date)?", "Annual Review"),
    "source": ("Source",),
}

_MARKED = re.compile(r"(?P<word>\w+) (?P<box>[☑☐])")
_HEAD_BLOCKS = 40
_VERSIONED = re.compile(r"(?P<stem>[A-Z]{1,2}-\d{1,4})-\d{3}")

_STARTS = r"purpose|reimbursement guidelines?|policy position|coverage guidelines?|definitions"


def _recognise(document: Document) -> bool:
    return says(document, r"highmark", r"bulletin number|policy number|topic:|medical policy:", r"issued? date")


def _markets(document: Document) -> AppliesTo:
    """States and lines of business from the grid of check boxes, as far as the boxes could be read.

    A market's label is followed by its states, each with its box. A line of business of which no state is checked is not named.
    """
    checked: dict[str, list[str]] = {}
    line = None
    for text, box in _boxes(document.blocks[:_HEAD_BLOCKS]):
        if box is None:
            line = _line_of_business(text)
        elif box and line and text in _STATES:
            checked.setdefault(line, []).append(text)
    states = list(dict.fromkeys(state for found in checked.values() for state in found))
    return AppliesTo.model_validate({"lines_of_business": [*checked], "states": {"include": states}})


def _line_of_business(text: str) -> str | None:
    label = text.lower()
    if not re.search(r"\bmarkets?\b|line of business", label):
        return None
    return "medicare_advantage" if "medicare" in label else "commercial"


def _boxes(blocks: Sequence[Block]) -> Iterator[tuple[str, bool | None]]:
    """Labels of the grid with the state of the box beside each, None for a label that has no box; from lines and from tables."""
    for block in blocks:
        cells = [cell for row in block.table.rows for cell in row.cells] if block.table else []
        for text, checked in [(cell.text, cell.checked) for cell in cells] or [(block.text, None)]:
            marked = [*_MARKED.finditer(text)] if checked is None else []
            rest = _MARKED.sub("", text).strip() if marked else text.strip()
            if rest:
                yield rest, checked
            for found in marked:
                yield found["word"], found["box"] == "☑"


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document, _WORDS, drop=frozenset({"version", "published", "next_review"}))
    number = (identity.number or "").upper()
    versioned = _VERSIONED.fullmatch(number)
    stem = versioned["stem"] if versioned else number
    identity = replace(identity, number=number or None, version=number if versioned else None)
    drug = versioned is not None and "injection" in identity.values.get("section", "").lower()
    head = head_of(
        identity,
        document,
        payer="highmark",
        policy=stem.lower(),
        policy_type="reimbursement" if number.startswith("RP") else "drug_coverage" if drug else "medical_coverage",
    )
    head = replace(head, aliases=(stem,) if versioned else (), applies_to=_markets(document))
    return [assemble(document, head, FormatReading("highmark", 2, _PROFILE, starts=_STARTS, sentence_codes="always"))]


FORMAT = Format("highmark", 2, "highmark", _recognise, _read, order=40)
