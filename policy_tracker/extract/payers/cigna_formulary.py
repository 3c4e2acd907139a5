"""Cigna National Formulary policies: `POLICY:` and `REVIEW DATE:` as first lines, no number and no effective date in the document."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import read_identity, slug_of
from policy_tracker.extract.payers.format import Format, head_text, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.language.dates import dates_in
from policy_tracker.record import Bulletin, DateFact, Record

_PROFILE = Profile(
    name="cigna_formulary",
    opening=(
        "policy statement",
        "coverage policy",
        "conditions not covered",
        r"fda-approved indications?(?:\(s\))?",
        "other uses with supportive evidence",
    ),
    closing=(
        ("background", r"overview|background|guidelines"),
        ("other", r"instructions for use|appendix.*|cigna national formulary coverage"),
        ("history", r"history.*"),
    ),
)
_REVIEW = re.compile(r"^REVIEW DATE:(?P<dates>.*(?:\n\s*\d{1,2}/\d{1,2}/\d{4}.*)*)", re.IGNORECASE | re.MULTILINE)
_POLICY = re.compile(r"^POLICY:\s*(?P<title>.+(?:\n(?![•\s]|REVIEW|DRUGS?|PRODUCT).+)*)", re.MULTILINE)

_STARTS = r"instructions for use|overview|policy statement"


def _recognise(document: Document) -> bool:
    return says(document, r"national formulary coverage|cigna", r"^policy:", r"^review date:")


def _dates(text: str) -> dict[str, DateFact]:
    """The review date, and the last of the selected revisions that are printed behind it."""
    match = _REVIEW.search(text)
    found = list(dates_in(match["dates"])) if match else []
    if not found:
        return {}
    dates = {"last_review": DateFact(date=found[0].iso, raw=found[0].raw)}
    if len(found) > 1:
        latest = max(found[1:], key=lambda date: date.iso)
        dates["revised"] = DateFact(date=latest.iso, raw=latest.raw)
    return dates


def _read(document: Document) -> list[Record | Bulletin]:
    text = "\n".join(line.text for line in document.header) or head_text(document)
    match = _POLICY.search(text) or _POLICY.search(head_text(document))
    title = " ".join(match["title"].split()) if match else ""
    identity = replace(read_identity(document), number=None, version=None, dates=_dates(text) or _dates(head_text(document)))
    head = head_of(identity, document, payer="cigna", policy=f"cnf-{slug_of(title)}", policy_type="drug_coverage", title=title)
    return [assemble(document, head, FormatReading("cigna_formulary", 1, _PROFILE, starts=_STARTS))]


FORMAT = Format("cigna_formulary", 1, "cigna", _recognise, _read, order=20)
