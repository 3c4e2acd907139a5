"""Aetna's clinical policy bulletins (CPB): pages of HTML with nested lists, a table of codes with
group rows, a box of dates.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Document
from policy_tracker.extract.assemble import Head
from policy_tracker.extract.head.identity import date_words
from policy_tracker.extract.payers.format import head_text
from policy_tracker.extract.payers.labelled import read_body
from policy_tracker.extract.payers.payer_data import FormatData
from policy_tracker.language.dates import DATE_PATTERN, iso_of
from policy_tracker.record import Bulletin, DateFact, Record, digest
from policy_tracker.record.vocabulary import DateName

_BOX_BLOCKS = 12


def read(document: Document, payer: str, data: FormatData) -> list[Record | Bulletin]:
    """The record of a bulletin, dated by the box that stands beside it."""
    numbered = re.compile(data.head.number or "")
    found = numbered.search(head_text(document))
    number = found["number"] if found else None
    dates = _dates(document, data)
    head = Head(
        payer=payer,
        policy=f"cpb-{number.lower()}" if number else "cpb-unnumbered",
        title=_title(document, data),
        policy_type=data.head.type[0].type,
        version=_version(dates, document),
        policy_number=number,
        aliases=(f"CPB {number}",) if number else (),
        dates=dates,
    )
    body = tuple(block for block in document.blocks if not _is_head(block, numbered))
    return [read_body(replace(document, blocks=body), head, data)]


def _is_head(block: Block, numbered: re.Pattern[str]) -> bool:
    return (
        block.kind != "heading"
        and len(block.text) < 40
        and numbered.fullmatch(block.text.strip()) is not None
    )


def _title(document: Document, data: FormatData) -> str:
    """The first large heading that names a subject, else the page's title."""
    prefix, suffix = data.word("title_prefix"), data.word("title_suffix")
    for block in document.blocks[:30]:
        text = suffix.sub("", prefix.sub("", block.text)).strip()
        if (
            block.kind == "heading"
            and text
            and not data.word("no_title").match(text)
            and (block.heading_level or 9) <= 2
        ):
            return text
    return suffix.sub("", prefix.sub("", document.title or "")).strip() or "Untitled policy"


def _dates(document: Document, data: FormatData) -> dict[DateName, DateFact]:
    """The dates of the box "Policy History", which stands beside or under the bulletin; else the
    first so labelled anywhere.
    """
    texts = [block.text for block in document.blocks]
    start = next((place for place, text in enumerate(texts) if data.word("box").match(text)), None)
    box = " ".join(texts[start : start + _BOX_BLOCKS]) if start is not None else ""
    dates: dict[DateName, DateFact] = {}
    for name in date_words():
        if name not in data.head.labels:
            continue
        words = "|".join(data.head.labels[name])
        pattern = re.compile(rf"(?:{words})\s*:?\s*(?P<date>{DATE_PATTERN})", re.IGNORECASE)
        match = pattern.search(box) or pattern.search(
            "\n".join(text for text in texts if len(text) < 200)
        )
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
