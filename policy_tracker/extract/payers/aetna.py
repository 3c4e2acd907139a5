"""Aetna's clinical policy bulletins (CPB): pages of HTML with nested lists, a table of codes with group rows, a box of dates."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.extract.assemble import FormatReading, Head, assemble
from policy_tracker.extract.payers.format import Format, head_text
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.extract.structure.parts import PartKind
from policy_tracker.language.dates import DATE_PATTERN, iso_of
from policy_tracker.record import Bulletin, DateFact, Record, digest
from policy_tracker.record.vocabulary import DateName

_PROFILE = Profile(
    name="aetna",
    opening=(
        "policy",
        r"medical necessity(?: criteria.*)?",
        r"criteria for (?:initial approval|continuation of therapy)",
        "policy limitations and exclusions",
        r"experimental(?:, | and | or |/).*",
        r"(?:considered )?(?:not )?medically necessary.*",
        r"cosmetic.*",
        r"continuation of therapy|initial (?:approval|criteria)|(?:precertification|prior authorization).*"
        r"|exclusions|prescriber specialties|documentation",
    ),
    closing=(
        ("scope", "scope of policy"),
        ("coding", r"(?:table:? ?)?(?:applicable )?cpt codes?\b.*|(?:table:? ?)?(?:hcpcs|icd-10) codes?\b.*|coding|code tables?"),
        ("background", r"background|dosage and administration|indications and usage|appendix.*|glossary.*"),
        ("references", r"references|the above policy is based on the following references"),
        ("history", r"policy history|review history"),
        ("other", r"related (?:policies|cpbs?|bulletins)|table of contents|additional information|footnotes.*"),
    ),
)
_PARTS: tuple[tuple[PartKind, str], ...] = (
    ("coding", r"(?:table:? ?)?(?:applicable )?(?:cpt|hcpcs|icd-10)\b.{0,10}codes?\b.{0,80}"),
    ("history", r"policy history|review history"),
)
_NUMBER = re.compile(r"(?:^|\b)(?:CPB\s*(?:#|No\.?)?|(?:Policy )?Number)\s*:?\s*(?P<number>\d{4}[A-Z]?)\b", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:Aetna\s*[-–:|]?\s*)?(?:Medical )?Clinical Policy Bulletins?\s*[-–:|]\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"\s*[-–|]\s*(?:Medical )?Clinical Policy Bulletins?\b.*$|\s*[-–|]\s*Aetna\s*$", re.IGNORECASE)
_DATES: tuple[tuple[DateName, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"{words}\s*:?\s*(?P<date>{DATE_PATTERN})", re.IGNORECASE))
    for name, words in (
        ("last_review", r"Last Review(?:ed)?(?: Date)?"),
        ("effective", r"(?<!Original )Effective(?: Date)?"),
        ("next_review", r"Next Review(?: Date)?"),
    )
)
_NO_TITLE = re.compile(
    r"^(?:number\b|policy\b|table of contents|aetna$|clinical policy bulletins?$|medical clinical policy)", re.IGNORECASE
)
_BOX_BLOCKS = 12


def _recognise(document: Document) -> bool:
    words = head_text(document)
    named = re.search(r"clinical policy bulletin|\bCPB\b", words, re.IGNORECASE) or _NUMBER.search(words)
    return bool(
        named
        and re.search(
            r"\bAetna considers\b|\bAetna\b.{0,80}Clinical Policy Bulletin"
            r"|Clinical Policy Bulletin.{0,80}\bAetna\b",
            document.text + words,
        )
    )


def _read(document: Document) -> list[Record | Bulletin]:
    found = _NUMBER.search(head_text(document))
    number = found["number"] if found else None
    dates = _dates(document)
    head = Head(
        payer="aetna",
        policy=f"cpb-{number.lower()}" if number else "cpb-unnumbered",
        title=_title(document),
        policy_type="medical_coverage",
        version=_version(dates, document),
        policy_number=number,
        aliases=(f"CPB {number}",) if number else (),
        dates=dates,
    )
    body = tuple(block for block in document.blocks if not _is_head(block))
    return [assemble(replace(document, blocks=body), head, FormatReading("aetna", 1, _PROFILE, _PARTS))]


def _is_head(block: Block) -> bool:
    return block.kind != "heading" and len(block.text) < 40 and _NUMBER.fullmatch(block.text.strip()) is not None


def _title(document: Document) -> str:
    """The first large heading that names a subject, else the page's title."""
    for block in document.blocks[:30]:
        text = _SUFFIX.sub("", _PREFIX.sub("", block.text)).strip()
        if block.kind == "heading" and text and not _NO_TITLE.match(text) and (block.heading_level or 9) <= 2:
            return text
    return _SUFFIX.sub("", _PREFIX.sub("", document.title or "")).strip() or "Untitled policy"


def _dates(document: Document) -> dict[DateName, DateFact]:
    """The dates of the box "Policy History", which stands beside or under the bulletin; else the first so labelled anywhere."""
    texts = [block.text for block in document.blocks]
    start = next((place for place, text in enumerate(texts) if re.match(r"policy history\b", text, re.IGNORECASE)), None)
    box = " ".join(texts[start : start + _BOX_BLOCKS]) if start is not None else ""
    dates: dict[DateName, DateFact] = {}
    for name, pattern in _DATES:
        match = pattern.search(box) or pattern.search("\n".join(text for text in texts if len(text) < 200))
        iso = iso_of(match["date"]) if match else None
        if match and iso:
            dates[name] = DateFact(date=iso, raw=match["date"])
    return dates


def _version(dates: dict[DateName, DateFact], document: Document) -> str:
    """The review tells versions apart: the effective date stays that of the first one."""
    for name in ("last_review", "effective"):
        if name in dates and dates[name].date:
            return str(dates[name].date)
    return f"undated-{digest(document.text, length=8)}"


FORMAT = Format("aetna", 1, "aetna", _recognise, _read, order=20)
