"""Dates that a document prints at its end: lines that are nothing but labels and dates ("Approved
6/17/2021; Revised 9/27/2023, 3/12/2024; Reviewed 1/2025"), and cells of a closing table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.extract.head.dated_labels import name_of_label
from policy_tracker.extract.head.identity import GROWING
from policy_tracker.extract.history_openers import DATE_ENTRY
from policy_tracker.language.dates import fact_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_tracker.documents.blocks import Document
    from policy_tracker.record import DateFact
    from policy_tracker.record.vocabulary import DateName

_NOTE = r"(?:\s*[(\[][^()\[\]]{1,120}[)\]])?"
_SERIES = rf"{DATE_ENTRY}{_NOTE}(?:\s*(?:[,;&]|\band\b)\s*{DATE_ENTRY}{_NOTE})*"
_LABELLED = re.compile(
    rf"\s*(?P<label>[A-Z][A-Za-z/&'() -]{{2,60}}?)\s*[:;–-]?\s*(?P<dates>{_SERIES})\s*(?:[;,.|]|$)?"
)
_DATE_FIRST = re.compile(DATE_ENTRY)
_LAST_SHARE, _MOST_BLOCKS = 0.6, 80
"""The share of a document, and how many blocks, behind which it closes."""
_LONGEST = 400


def closing_dates(document: Document) -> Mapping[DateName, DateFact]:
    """The dates of the last lines and cells that are nothing but labels and dates; of a label that
    has a series, the last.
    """
    found: dict[DateName, DateFact] = {}
    for text in _closing(document):
        for label, dates in _labelled(text):
            name = name_of_label(label)
            fact = fact_of(dates, newest=True) if name else None
            if name and fact and fact.date and (name in GROWING or "," not in dates):
                known = found.get(name)
                newer = name in GROWING and known and (known.date or "") < fact.date
                found[name] = fact if newer else known or fact
    return found


def _closing(document: Document) -> Iterator[str]:
    """The last lines and cells, a series of dates with the lines into which it is broken."""
    blocks = document.blocks
    open_line = ""
    for block in blocks[max(int(len(blocks) * _LAST_SHARE), len(blocks) - _MOST_BLOCKS) :]:
        if block.table:
            yield from (cell.text for row in block.table.rows for cell in row.cells)
            continue
        text = block.text.strip()
        goes_on = open_line and _DATE_FIRST.match(text)
        if open_line and not goes_on:
            yield open_line
        text = f"{open_line} {text}" if goes_on else text
        open_line = text if text.endswith((",", ";")) else ""
        if not open_line:
            yield text
    yield open_line


def _labelled(text: str) -> list[tuple[str, str]]:
    """The labels and dates of a text that is nothing else, else none."""
    words = " ".join(text.split())
    found, at = [], 0
    while len(words) <= _LONGEST and at < len(words):
        match = _LABELLED.match(words, at)
        if match is None or name_of_label(match["label"]) is None:
            return []
        found.append((match["label"], re.sub(_NOTE, "", match["dates"])))
        at = match.end()
    return found
