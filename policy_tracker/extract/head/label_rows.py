"""Dates below their labels: a row of labels side by side, and the next row with as many values
("Original | Effective | Last review" over "9/1/2023 12/16/2025 10/20/2025").
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.extract.head.dated_labels import lists_codes, name_of_label
from policy_tracker.extract.head.rows import rows_of
from policy_tracker.language.dates import DATE_PATTERN, fact_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_tracker.documents.blocks import Document
    from policy_tracker.extract.head.rows import HeadRow
    from policy_tracker.record import DateFact
    from policy_tracker.record.vocabulary import DateName

_DATE = re.compile(DATE_PATTERN, re.IGNORECASE)
_GAP = re.compile(r"\t|\s{2,}|\s*\|\s*")
_ROWS = 24
_LEAST = 2
_MOST_WORDS = 16


def dates_below_labels(document: Document) -> Mapping[DateName, DateFact]:
    """The dates of the first rows that stand below a row of labels, by the labels' places."""
    found: dict[DateName, DateFact] = {}
    for labels, values in pairwise(rows_of(document.header)[:_ROWS]):
        names = [name_of_label(text) for text in _cells(labels)]
        if len(names) == 1:
            names = _run_together(labels.text, len(list(_DATE.finditer(values.text))))
        if sum(name is not None for name in names) < _LEAST:
            continue
        if lists_codes(_cells(labels), _cells(values)):
            continue  # the dates of a row of codes are theirs
        for name, value in zip(names, _values(values, names), strict=False):
            fact = fact_of(value) if name else None
            if name and fact and fact.date:
                found.setdefault(name, fact)
    return found


def _run_together(text: str, count: int) -> list[DateName | None]:
    """The names of so many labels that nothing parts ("Original effective Effective Next review"),
    where there is but one way to part them.
    """
    words = text.split()
    if not _LEAST <= count <= len(words) <= _MOST_WORDS:
        return []
    ways = {tuple(way) for way in _ways(words, count)}
    return list(ways.pop()) if len(ways) == 1 else []


def _ways(words: Sequence[str], count: int) -> Iterator[list[DateName]]:
    """The ways to part words into so many labels of different dates, each of which begins with a
    capital.
    """
    if not words[0][0].isupper():
        return
    for end in range(1, len(words) - count + 2):
        name = name_of_label(" ".join(words[:end] if count > 1 else words))
        if name and count == 1:
            yield [name]
        elif name:
            yield from ([name, *rest] for rest in _ways(words[end:], count - 1) if name not in rest)
        if count == 1:
            return


def _cells(row: HeadRow) -> list[str]:
    """What stands side by side on a row."""
    texts = [piece.text for piece in row.pieces] if len(row.pieces) > 1 else [row.text]
    return [cell.strip(" :") for text in texts for cell in _GAP.split(text.strip()) if cell]


def _values(row: HeadRow, names: Sequence[DateName | None]) -> list[str]:
    """As many values as there are labels, else none: cells, or dates that run together."""
    cells = _cells(row)
    if len(cells) == len(names):
        return cells
    dates = [match[0] for match in _DATE.finditer(row.text)]
    rest = _DATE.sub("", row.text).strip(" \t|,;")
    return dates if len(dates) == len(names) and not rest else []
