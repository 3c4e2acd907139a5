"""Anthem's documents: clinical criteria for drugs (CC), medical policies (SURG, MED, GENE …) and clinical guidelines (CG)."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import read_identity
from policy_tracker.extract.payers.format import Format, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.record import Bulletin, Record

_PROFILE = Profile(
    name="anthem",
    opening=(
        "clinical criteria",
        "position statement",
        "clinical indications",
        r"(?:.* )?quantity limits?",
        "step therapy",
        "place of service",
    ),
    inside=(
        r"(?:investigational and )?not medically necessary.*",
        "medically necessary.*",
        "reconstructive.*",
        "cosmetic.*",
        "override criteria",
        r"approval duration.*",
    ),
    closing=(
        ("background", r"overview|description(?:/scope)?|rationale|background/overview|discussion/general information"),
        ("coding", r"coding|when services (?:are|may be)\b.*"),
        ("history", r"document history|history"),
        ("other", r"table of contents|definitions|index|websites for additional information"),
    ),
)
_WORDS = {
    "number": ("Document ?#", "(?:Policy|Guideline|Document) ?#", "Document Number"),
    "title": ("Subject",),
    "status": ("Status",),
    "published": ("Publish(?:ed)? Date",),
    "last_review": ("Last Review Date",),
}

_STARTS = r"table of contents|overview|description(?:/scope)?|position statement|clinical (?:criteria|indications)"


def _recognise(document: Document) -> bool:
    return says(document, r"document ?#|guideline ?#|policy ?#", r"publish date|current effective date", r"last review date|status:")


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(
        document,
        _WORDS,
        drop=frozenset(
            {"issued", "version", "revised", "effective"} if not says(document, "effective date:") else {"issued", "version", "revised"}
        ),
    )
    number = identity.number or ""
    drug = bool(re.match(r"(?:ING-)?CC-|DRUG|RX", number)) or says(document, r"medical drug clinical criteria")
    policy_type = "drug_coverage" if drug else "guideline" if number.startswith("CG") else "medical_coverage"
    head = head_of(identity, document, payer="anthem", policy=re.sub(r"[^a-z0-9.]+", "-", number.lower()), policy_type=policy_type)
    head = replace(head, title=head.title.strip())
    return [assemble(document, head, FormatReading("anthem", 1, _PROFILE, starts=_STARTS))]


FORMAT = Format("anthem", 1, "anthem", _recognise, _read, order=40)
