"""Rows of a history that share one row of their table: the dates stand one below the other in a
cell, and beside them as many texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.documents.traced import join_traced
from policy_tracker.extract.history_rows import HistoryDraft
from policy_tracker.language.dates import date_at_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.blocks import Row
    from policy_tracker.documents.traced import Traced

_LEAST = 2


def stacked_rows(row: Row, column: int, words: int | None) -> list[HistoryDraft]:
    """The rows that a row of a table holds, whose dates stand in `column` and whose texts in
    `words`; none where the lines of the two cells do not go together.
    """
    if words is None or max(column, words) >= len(row.cells) or column == words:
        return []
    dates = [line.stripped() for line in row.cells[column].traced_lines() if line.text.strip()]
    days = [_day(date.text) for date in dates]
    if len(dates) < _LEAST or not all(days):
        return []
    texts = _texts([line.stripped() for line in row.cells[words].traced_lines()])
    if len(texts) != len(dates):
        return []
    kind = next((cell.text.strip() for cell in row.cells[: min(column, words)]), None) or None
    return [
        HistoryDraft(day, kind, text, row.page, date)
        for day, date, text in zip(days, dates, texts, strict=True)
    ]


def _day(text: str) -> str | None:
    date = date_at_start(text)
    return date.iso if date and date.end == len(text) else None


def _texts(lines: Sequence[Traced]) -> list[Traced]:
    """Lines as texts: one that begins with a small letter goes on with the one before."""
    texts: list[list[Traced]] = []
    for line in lines:
        if texts and not line.text[:1].isupper():
            texts[-1].append(line)
        elif line.text:
            texts.append([line])
    return [join_traced(text) for text in texts]
