"""Blue Cross NC's corporate medical policies: title in the first line, month of the version in the footer, dated paragraphs as history."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.head.identity import read_identity, slug_of
from policy_tracker.extract.history import read_history
from policy_tracker.extract.payers.format import Format, says
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.extract.structure.parts import parts_of
from policy_tracker.language.dates import date_at_start
from policy_tracker.record import Bulletin, DateFact, Record
from policy_tracker.record.content import HistoryRow

_PROFILE = Profile(
    name="bcbsnc",
    opening=(
        "criteria for medical necessity",
        "note",
        "policy",
        r"when .* is (?:not )?covered",
        "policy guidelines",
        "benefits? application",
    ),
    inside=(r"(?:initial|continuation) criteria for approval", r"duration of approval.*"),
    closing=(
        ("background", r"fda approved use|description of procedure or service|scientific background.*"),
        ("coding", r"billing/coding/physician documentation information"),
        ("other", r"restricted product\(s\)|fda label reference"),
        ("history", r"policy implementation/update information.*"),
    ),
)
_FOOTER = re.compile(
    r"^(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4})$", re.MULTILINE
)
_ORIGINAL = re.compile(r"original (?:medical )?policy(?: criteria)? (?:issued|adopted)|^new policy", re.IGNORECASE)
_PAYER_LINE = re.compile(r"blue ?cross\b.*|bcbsnc|.*\bindependent licensee\b.*|\W*", re.IGNORECASE)
_WORDS = {
    "title": ("Corporate Medical Policy",),
    "original_effective": ("Origination", "Original Effective Date"),
    "last_review": ("Last (?:CAP )?Review",),
    "next_review": ("Next (?:CAP )?Review",),
    "number": ("Policy Number", "File Name"),
}

_STARTS = r"restricted product\(s\)|description of procedure or service|policy"


def _recognise(document: Document) -> bool:
    return says(document, r"blue cross nc|bcbsnc|blue cross and blue shield of north carolina", r"corporate medical policy")


def _dates(document: Document, history: tuple[HistoryRow, ...], printed: dict[str, DateFact]) -> tuple[dict[str, DateFact], str | None]:
    """The head's dates, with the month of the footer (the version) and the row of the history that issued the policy."""
    dates = dict(printed)
    running = [line for line in (*document.running, *(line.text for line in document.header)) if _FOOTER.match(line.strip())]
    month = running[0].strip() if running else None
    date = date_at_start(month) if month else None
    if date and "effective" not in dates:
        dates["effective"] = DateFact(date=date.iso, raw=month, status="inferred", ground="the month of the version in the page footer")
    first = next((row for row in reversed(history) if row.date and _ORIGINAL.search(row.text)), None)
    if first and "original_effective" not in dates:
        ground = "the row of the revision history that issued the policy"
        dates["original_effective"] = DateFact(date=first.date, raw=first.date, status="inferred", ground=ground)
    return dates, month


def _line_below(document: Document) -> str:
    """The title of a medical policy, which stands in a line of its own below the name of the kind of document."""
    lines = [line.text.strip() for line in document.header]
    start = next((n for n, line in enumerate(lines) if re.fullmatch(r"corporate medical policy:?", line, re.IGNORECASE)), None)
    return next((line for line in lines[start + 1 :] if not _PAYER_LINE.fullmatch(line)), "") if start is not None else ""


def _read(document: Document) -> list[Record | Bulletin]:
    identity = read_identity(document, _WORDS, drop=frozenset({"version", "revised", "issued", "published", "effective"}))
    history = read_history(parts_of(document.blocks))
    dates, month = _dates(document, history, dict(identity.dates))
    identity = replace(identity, dates=dates, version=month)
    printed = identity.title and not _PAYER_LINE.fullmatch(identity.title)
    title = (identity.title if printed else None) or _line_below(document)
    drug = says(document, r"restricted product|fda approved use")
    head = head_of(
        identity, document, payer="bcbsnc", policy=slug_of(title), policy_type="drug_coverage" if drug else "medical_coverage", title=title
    )
    return [assemble(document, head, FormatReading("bcbsnc", 1, _PROFILE, starts=_STARTS), history)]


FORMAT = Format("bcbsnc", 1, "bcbsnc", _recognise, _read, order=40)
