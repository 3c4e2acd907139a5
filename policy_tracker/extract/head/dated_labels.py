"""Dates behind labels that are on no list, told by the words of which such labels are made: "Date
of Last Committee Approval: 1/5/2026" is the date of a review.

They only fill what the known labels leave open. A label all of whose words are not such words
("FDA approval: 1/5/2026") tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policy_tracker.extract.head.rows import rows_of
from policy_tracker.language.dates import DATE_PATTERN, SHORT_MONTH, fact_of
from policy_tracker.language.lexicon import joined, terms

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document
    from policy_tracker.record import DateFact
    from policy_tracker.record.vocabulary import DateName

_DATE = re.compile(rf"(?:{DATE_PATTERN}|(?<![\w./-]){SHORT_MONTH}(?![\w/.%-]))", re.IGNORECASE)
_BREAK = re.compile(r"[:;|\t•]|\s{3,}|\.\s")
_SEPARATED = re.compile(r"(?:[:|\t]|\.{2,}|…|\s{2,})[\s:.…·_]*$")
_LAST_WORD = re.compile(
    r"(?:dates?|effective|reviewed|revised|updated|published|posted|issued|approved|on)$"
)
_MOST_WORDS = 9
_FIRST_BLOCKS = 30
_LONGEST_ROW = 400


def dates_by_words(document: Document) -> Mapping[DateName, DateFact]:
    """The dates of a head by the words of their labels, the first of each name."""
    found: dict[DateName, DateFact] = {}
    for text in _rows(document):
        for label, value in _labelled(text):
            name = name_of_label(label)
            fact = fact_of(value)
            if name and fact and fact.date:
                found.setdefault(name, fact)
    return found


def name_of_label(label: str) -> DateName | None:
    """Which date a label announces, None where not all of its words belong to labels of dates."""
    words = " ".join(label.lower().split())
    if not words or not _all_of_labels().fullmatch(words):
        return None
    meaning = terms("labels", "date_word").find(words)
    return meaning.meaning.date if meaning else None


def _all_of_labels() -> re.Pattern[str]:
    words = f"{joined('labels', 'date_word')}|{joined('labels', 'beside_date_word')}"
    return re.compile(rf"(?:(?:{words})(?:[\s/&,()'’-]+|$))+")


def _rows(document: Document) -> Iterator[str]:
    """The rows of a first page, each with the next where that begins with the date of its last
    label, then the first blocks and rows of tables.
    """
    rows = [row.text for row in rows_of(document.header)]
    for number, row in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else ""
        yield f"{row} {following}" if row.endswith(":") and _DATE.match(following) else row
    for block in document.blocks[:_FIRST_BLOCKS]:
        if block.table is None:
            yield block.text[:_LONGEST_ROW]
            continue
        for row in block.table.rows[:20]:
            yield "\t".join(" ".join(cell.text.split()) for cell in row.cells if cell.text.strip())


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """(label, date) of each date in a row that stands behind a label."""
    end = 0
    for match in _DATE.finditer(text):
        before, end = text[end : match.start()], match.end()
        label = _BREAK.split(before.rstrip(" :.…·_\t|"))[-1].strip(" *-–—(")
        words = label.split()
        if not words or len(words) > _MOST_WORDS:
            continue
        if _SEPARATED.search(before) or _LAST_WORD.search(label.lower()):
            yield label, match[0]
