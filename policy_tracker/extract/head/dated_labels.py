"""Dates behind labels that are on no list, told by the words of which such labels are made: "Date
of Last Committee Approval: 1/5/2026" is the date of a review.

They only fill what the known labels leave open. A label all of whose words are not such words
("FDA approval: 1/5/2026") tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.extract.head.identity import GROWING
from policy_tracker.extract.head.rows import rows_of
from policy_tracker.language.code_mentions import read_list
from policy_tracker.language.dates import DATE_PATTERN, SHORT_MONTH, fact_of
from policy_tracker.language.lexicon import joined, terms

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document, Table
    from policy_tracker.record import DateFact
    from policy_tracker.record.vocabulary import DateName

_DATE = re.compile(rf"(?:{DATE_PATTERN}|(?<![\w./-]){SHORT_MONTH}(?![\w/.%-]))", re.IGNORECASE)
_SERIES = re.compile(rf"{_DATE.pattern}(?:\s*[,;]\s*{_DATE.pattern})+", re.IGNORECASE)
"""Dates of several years, to which each edition adds one."""
_BREAK = re.compile(r"[:;|\t•]|,\s|\s{3,}|\s[–—-]\s|(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})\.\s")
"""Where a label cannot reach back over; the point of a shortened word ("Eff. Date") is within."""
_SEPARATED = re.compile(r"(?:[:|\t]|\.{2,}|…|\s{2,}|\s[–—-])[\s:.…·_–—-]*$")
_LAST_WORD = re.compile(
    r"(?:dates?|effective|reviewed|revised|updated|published|posted|issued|approved|on|from|since"
    r"|of|by|eff\.?|rev\.?)$"
)
_VALUE_BEFORE = re.compile(r"^(?:[^\s]*\d[^\s]*\s+)+")
"""The value of another label, before a label that nothing parts from it: "QX-12 Approval Date"."""
_DATED = re.compile(r"\b(?:dates?|effective|reviewed|revised|updated|review|revision)\b")
_OF_TEXTS: frozenset[DateName] = frozenset({"effective", "revised", "last_review", "next_review"})
_AGENT = re.compile(r"(?<=ed) by (?:(?:the|our|its) )?[a-z&' -]{3,60}?(?=\s+(?:on|in)$|$)")
"""Who did it: "Reviewed by our medical directors on 3/1/2026"."""
_MOST_OTHERS = 2
_MOST_WORDS = 9
_ENDS = re.compile(r"\s*(?:$|[,;.|)\t])")
_SHORT_ROW = 120
"""A row as heads have: "Adopted 3/1/2019, amended 2/1/2025"."""
_LEAST_ALONE = 2
"""Words of a label that fills its row up to the date, where nothing parts them."""
_FIRST_BLOCKS = 30
_FIRST_ROWS = 20
_LONGEST_ROW = 400


def dates_by_words(document: Document) -> Mapping[DateName, DateFact]:
    """The dates of a head by the words of their labels, the first of each name."""
    found: dict[DateName, DateFact] = {}
    for label, value, parted in _all_labelled(document):
        name = name_of_label(label) or (_name_of_parted(label) if parted else None)
        fact = fact_of(value, newest=name in GROWING)
        if name and fact and fact.date:
            found.setdefault(name, fact)
    return found


def name_of_label(label: str) -> DateName | None:
    """Which date a label announces, None where not all of its words belong to labels of dates."""
    words = _AGENT.sub("", " ".join(label.lower().split()))
    if not words or not _all_of_labels().fullmatch(words):
        return None
    meaning = terms("labels", "date_word").find(words)
    return meaning.meaning.date if meaning else None


def _name_of_parted(label: str) -> DateName | None:
    """Which date a label announces that a mark parts from its value, where one or two of its words
    are any words but names: "Formulary Effective Date".

    Only of dates that nothing but a text itself has: what is approved, issued or first made may be
    anything.
    """
    words = label.split()
    parts = [word for word in words if not _all_of_labels().fullmatch(word.lower())]
    if len(parts) > _MOST_OTHERS or any(not word.isalpha() or len(word) < 4 for word in parts):
        return None
    name = name_of_label(" ".join(word for word in words if word not in parts))
    return name if name in _OF_TEXTS and _DATED.search(label.lower()) else None


@cache
def _all_of_labels() -> re.Pattern[str]:
    words = f"{joined('labels', 'date_word')}|{joined('labels', 'beside_date_word')}"
    return re.compile(rf"(?:(?:{words})\.?(?:[\s/&,()'’-]+|$))+")


def _all_labelled(document: Document) -> Iterator[tuple[str, str, bool]]:
    """(label, date, whether a mark or a column parts them)."""
    for text in _rows(document):
        yield from _labelled(text)
    for block in document.blocks[:_FIRST_BLOCKS]:
        if block.table is not None:
            yield from ((*pair, True) for pair in _in_columns(block.table))


def _rows(document: Document) -> Iterator[str]:
    """The rows of a first page, each with the next where that begins with the date of its last
    label, then the first blocks and rows of tables.
    """
    rows = list(_with_series([row.text for row in rows_of(document.header)]))
    for number, row in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else ""
        several = len(_DATE.findall(following)) > 1 and not _SERIES.match(following)
        named = row.endswith(":") or (not several and name_of_label(row) is not None)
        goes_on = _DATE.match(following) and named
        yield f"{row} {following}" if goes_on else row
    for block in document.blocks[:_FIRST_BLOCKS]:
        if block.table is None:
            yield block.text[:_LONGEST_ROW]
            continue
        for row in block.table.rows[:_FIRST_ROWS]:
            yield "\t".join(" ".join(cell.text.split()) for cell in row.cells if cell.text.strip())


def _with_series(rows: list[str]) -> Iterator[str]:
    """Rows, each with those into which its series of dates is broken: it ends with a comma, and the
    next begins with a date.
    """
    whole = ""
    for row in rows:
        if whole.endswith(",") and _DATE.match(row):
            whole = f"{whole} {row}"
            continue
        if whole:
            yield whole
        whole = row
    if whole:
        yield whole


def _in_columns(table: Table) -> Iterator[tuple[str, str]]:
    """(label, date) of each column of which one row has the label, and the next the date; the dates
    of a row of codes are theirs.
    """
    for above, below in pairwise(table.rows[:_FIRST_ROWS]):
        if lists_codes(*((cell.text for cell in row.cells) for row in (above, below))):
            return
        for label, value in zip(above.cells, below.cells, strict=False):
            if _DATE.fullmatch(" ".join(value.text.split())):
                yield label.text.strip(" :"), value.text


def lists_codes(titles: Iterable[str], values: Iterable[str]) -> bool:
    """Whether a row has codes below a title that names them."""
    return any(
        read_list(value) and terms("columns", "codes").says(title.lower())
        for title, value in zip(titles, values, strict=False)
    )


def _labelled(text: str) -> Iterator[tuple[str, str, bool]]:
    """(label, date, whether they are parted) of each date in a row that stands behind a label."""
    end = 0
    for match in _DATE.finditer(text):
        before, start, end = text[end : match.start()], end, match.end()
        parts = _BREAK.split(before.rstrip(" :.…·_\t|–—-"))
        label = _VALUE_BEFORE.sub("", parts[-1].strip(" *-–—(,")).strip(" *-–—(")
        words = label.split()
        ends = _ENDS.match(text, match.end()) is not None
        if not words or len(words) > _MOST_WORDS or (_AGENT.search(label.lower()) and not ends):
            continue
        whole = len(text) < _SHORT_ROW and label == parts[-1].strip(" *-–—(,")
        alone = (not start and len(parts) == 1 and len(words) >= _LEAST_ALONE) or (whole and ends)
        parted = _SEPARATED.search(before) is not None
        if alone or parted or _LAST_WORD.search(label.lower()):
            series = _SERIES.match(text, match.start())
            yield label, series[0] if series else match[0], parted
