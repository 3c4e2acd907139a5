"""A national coverage determination as plain text: a section of CMS's manual with its stamps, or
the text of the coverage database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.documents.text_wraps import STAMP
from policy_tracker.extract.assemble import FormatReading, Head, assemble
from policy_tracker.extract.payers.cms.ncd import (
    APPLIES_TO,
    PAYER,
    PROFILE,
    coverage_heading,
    outlined,
    reviewed,
    settled,
    without_next_chapter,
)
from policy_tracker.extract.payers.format import Format
from policy_tracker.language.dates import first_date
from policy_tracker.record import Bulletin, DateFact, Record, digest
from policy_tracker.record.vocabulary import DateName

_TITLE = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,3})\s*[-–—.:]?\s+(?P<title>[A-Z].{2,300})", re.DOTALL
)
_TITLE_DATE = re.compile(
    r"\s*\((?:Effective\s+(?P<date>[^()]{4,60})|Various Effective Dates[^()]*)\)\s*$", re.IGNORECASE
)
_REVISION = re.compile(r"\(\s*Rev\.?\s*(?P<number>[\d.]+)?", re.IGNORECASE)
_STAMPED: tuple[tuple[DateName, re.Pattern[str]], ...] = (
    (
        "issued",
        re.compile(
            (
                r"Issued?(?: "
                r"Date)?\s*:\s*(?P<value>[^;]+?)\s*(?=[,;]\s*(?:Effective|Implementation)|[;)]|$)"
            ),
            re.IGNORECASE,
        ),
    ),
    (
        "effective",
        re.compile(
            r"Effective(?: Date)?\s*:\s*(?P<value>.+?)\s*(?=[,;]\s*Implementation|[;)]|$)",
            re.IGNORECASE,
        ),
    ),
)
_PARTS = re.compile(
    r"nationally (?:non-? ?)?covered|\bNCD\b|medicare|CMS|\bthe Act\b|§", re.IGNORECASE
)


def _recognise(document: Document) -> bool:
    if document.media not in ("text", "html", "docx") or not document.blocks:
        return False
    first = _numbered(document.blocks[0])
    return bool(_TITLE.fullmatch(first) and len(first) < 300 and _PARTS.search(document.text))


def _numbered(block: Block) -> str:
    return f"{block.label} {block.text}" if block.label else block.text


def _read(document: Document) -> list[Record | Bulletin]:
    title = _TITLE.fullmatch(_numbered(document.blocks[0]))
    if title is None:
        return []
    stamp = next((block.text for block in document.blocks[1:4] if STAMP.match(block.text)), "")
    dates = dict(_dates(title["title"], stamp, document))
    revision = _REVISION.match(stamp)
    number = revision["number"].rstrip(".") if revision and revision["number"] else None
    head = Head(
        payer=PAYER,
        policy=f"ncd-{title['number']}",
        title=_TITLE_DATE.sub("", title["title"]).strip(),
        policy_type="ncd",
        version=_version(number, dates, document),
        policy_number=title["number"],
        aliases=(f"NCD {title['number']}",),
        version_label=f"Rev. {number}" if number else None,
        dates=dates,
        applies_to=APPLIES_TO,
    )
    body = (coverage_heading(), *outlined(without_next_chapter(tuple(_body(document.blocks[1:])))))
    return [
        settled(
            assemble(replace(document, blocks=body), head, FormatReading("cms_text", 1, PROFILE))
        )
    ]


def _body(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for place, block in enumerate(blocks):
        if place >= 3 or not STAMP.match(block.text):
            yield block


def _version(revision: str | None, dates: dict[DateName, DateFact], document: Document) -> str:
    if revision:
        return f"rev-{revision.replace('.', '-')}"
    for name in ("issued", "effective"):
        fact = dates.get(name)
        if fact and fact.date:
            return fact.date
    return f"undated-{digest(document.text, length=8)}"


def _dates(title: str, stamp: str, document: Document) -> Iterator[tuple[DateName, DateFact]]:
    """The stamp's dates, else that in the title; where neither dates the effect it is undated, in
    the document's words.
    """
    found: dict[DateName, DateFact] = {}
    for name, pattern in _STAMPED:
        value = pattern.search(stamp)
        if value:
            date = first_date(value["value"])
            basis = "date_of_service" if name == "effective" else None
            undated = DateFact(raw=value["value"], status="undated", basis=basis)
            found[name] = DateFact(date=date.iso, raw=date.raw, basis=basis) if date else undated
    in_title = _TITLE_DATE.search(title)
    date = first_date(in_title["date"]) if in_title and in_title["date"] else None
    if "effective" not in found:
        words = in_title[0].strip(" ()") if in_title else None
        known = DateFact(date=date.iso, raw=date.raw, basis="date_of_service") if date else None
        found["effective"] = known or DateFact(raw=words, status="undated", basis="date_of_service")
    if last := reviewed(document.blocks):
        found["last_review"] = last
    yield from found.items()


FORMAT = Format("cms_text", 1, PAYER, _recognise, _read, order=11)
