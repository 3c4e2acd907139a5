"""UnitedHealthcare's clinical pharmacy programs: a table as head, Change Control at the end."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, Head, assemble, head_of
from policy_tracker.extract.head.identity import Identity, join_lines, read_identity
from policy_tracker.extract.payers.format import Format, head_text, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.language.dates import dates_in
from policy_tracker.record import Bulletin, DateFact, Record

_PROFILE = Profile(
    name="uhc_pharmacy",
    opening=(r"coverage criteria ?[a-z]?", "additional clinical programs?"),
    closing=(("history", "change control"), ("other", r"table \d+\b.*"), ("background", "background")),
)
_NUMBER = re.compile(r"(?P<label>\d{4} [A-Z]{1,3} (?P<number>\d{3,5})-\d{1,3})")
_WORDS = {
    "program_number": ("Program Number",),
    "program": ("Program",),
    "medications": ("Medications?", "Drugs?", "Products?"),
    "approval": ("P&T Approval Dates?", "P&T Committee Approval Dates?"),
    "effective": ("Effective Date",),
}

_STARTS = r"background|coverage criteria ?[a-z]?"


def _recognise(document: Document) -> bool:
    return says(document, r"unitedhealthcare|optum", r"program number|clinical pharmacy programs") and bool(
        _NUMBER.search(head_text(document))
    )


def _last_approval(identity: Identity, document: Document) -> DateFact | None:
    """The last of the approval months; the list may wrap over lines, of which a label's value is only the first."""
    lines = [line.text for line in document.header]
    start = next((n for n, line in enumerate(lines) if re.match(r"P&T (?:Committee )?Approval", line, re.IGNORECASE)), None)
    text = identity.values.get("approval", "")
    if start is not None:
        end = next((n for n in range(start + 1, len(lines)) if re.match(r"[A-Z]", lines[n])), len(lines))
        text = max((text, " ".join(lines[start:end])), key=len)
    found = list(dates_in(text))
    return DateFact(date=found[-1].iso, raw=found[-1].raw) if found else None


def _title(document: Document, identity: Identity) -> str:
    """The program with its medications, as the table of changes names it, else put together from the head."""
    for block in document.blocks:
        for row in block.table.rows if block.table else ():
            cells = [join_lines(cell.lines) for cell in row.cells]
            if len(cells) == 2 and cells[0] == "Program" and " - " in cells[1].replace("–", "-"):
                return cells[1]
    parts = [identity.values.get("program", ""), identity.values.get("medications", "")]
    return " - ".join(part for part in parts if part).replace("®", "").replace("™", "")


def _head(document: Document) -> Head:
    identity = read_identity(
        document, _WORDS, drop=frozenset({"number", "title", "version", "last_review", "revised", "issued", "published"})
    )
    match = _NUMBER.search(head_text(document))
    dates = dict(identity.dates)
    if last := _last_approval(identity, document):
        dates["last_review"] = last
    identity = replace(identity, number=match["number"] if match else None, version=match["label"] if match else None, dates=dates)
    return head_of(
        identity, document, payer="uhc", policy=f"p-{identity.number}", policy_type="drug_coverage", title=_title(document, identity)
    )


def _read(document: Document) -> list[Record | Bulletin]:
    return [assemble(document, _head(document), FormatReading("uhc_pharmacy", 1, _PROFILE, starts=_STARTS))]


FORMAT = Format("uhc_pharmacy", 1, "uhc", _recognise, _read, order=30)
