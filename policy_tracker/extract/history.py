"""A payer's own revision history: tables, dated lines, bullets and paragraphs, in print order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.head.dated_labels import name_of_label
from policy_tracker.extract.history_places import bare_history, histories_in, with_cells_apart
from policy_tracker.extract.history_prose import rows_of
from policy_tracker.extract.history_rows import AFTERWORD, HISTORY_HEADING, HistoryDraft, type_of
from policy_tracker.extract.history_series import series_in
from policy_tracker.extract.history_tables import add_table, is_dated, is_history, tells_words
from policy_tracker.extract.structure.parts import Part
from policy_tracker.language.dates import date_at_start, iso_of
from policy_tracker.record.content import HistoryRow

__all__ = ["dated_rows", "is_history", "read_history", "type_of"]


_LABEL_OF_DATE = re.compile(r"\bdate\b|:$", re.IGNORECASE)
_ABOVE = 2
_SHORTEST, _MOSTLY = 8, 0.6
"""Characters of the shortest words of a row, and the share of rows that have as many."""
_LEAST_ROWS = 2
"""With fewer rows a history is looked for elsewhere too: a heading may have been none."""


def read_history(parts: Iterable[Part]) -> tuple[HistoryRow, ...]:
    """The rows of all parts of kind `history`, tables and dated paragraphs alike, and of tables
    elsewhere that call themselves one; where there are none, those of a history that no known
    heading opens.

    A row's text is whole, an inline type included.
    """
    rows: list[HistoryDraft] = []
    blocks: list[Block] = []
    for part in parts:
        blocks += part.blocks
        if part.kind == "history":
            rows += _rows_of(part.blocks)
            continue
        for number, block in enumerate(part.blocks):
            if block.table is not None and (
                is_history(block.table) or _is_announced(part.blocks, number)
            ):
                add_table(block.table, rows)
    if len(rows) < _LEAST_ROWS:
        elsewhere = _elsewhere(blocks)
        rows = elsewhere if len(elsewhere) > 2 * len(rows) else rows
    return tuple(row.finished() for row in rows or series_in(blocks))


def _is_announced(blocks: Sequence[Block], number: int) -> bool:
    """Whether a table of dates stands below a line that calls it a history."""
    table = blocks[number].table
    above = blocks[max(number - _ABOVE, 0) : number]
    return (
        table is not None
        and any(one.table is None and HISTORY_HEADING.fullmatch(one.text) for one in above)
        and is_dated(table)
        and tells_words(table)
    )


def _elsewhere(blocks: Sequence[Block]) -> list[HistoryDraft]:
    """The rows of histories that no known heading opens; bare dates are none, and neither are those
    of a head, between which stand the labels of other dates.
    """
    opened = with_cells_apart(blocks)
    rows = [
        row for run, begins in histories_in(opened) for row in _below_head(rows_of(run, begins))
    ]
    bare = None if rows else bare_history(opened)
    rows = rows_of(*bare) if bare else rows
    told = [row for row in rows if len(row.words.text) >= _SHORTEST]
    return rows if len(told) >= _MOSTLY * len(rows) else []


def _below_head(rows: Sequence[HistoryDraft]) -> Sequence[HistoryDraft]:
    """The rows without the dates of a head before them, which have no words but the label of the
    next date.
    """
    labelled = (name_of_label(row.words.text.strip(" :")) is not None for row in rows)
    labels = [number for number, _ in enumerate(takewhile(bool, labelled))]
    said = {rows[number].words.text for number in labels}
    dated = any(_LABEL_OF_DATE.search(text) for text in said)
    # "Reviewed" below "Reviewed" is what was done; labels of a head are each another
    if len(said) < len(labels) or len(labels) < (1 if dated else _LEAST_ROWS):
        return rows
    below = rows[labels[-1] + 1 :]
    below = below[1:] if below and not below[0].words.text else below
    return below if len(below) >= _LEAST_ROWS else ()


def _rows_of(blocks: Sequence[Block]) -> list[HistoryDraft]:
    """The rows of a part: those in prose up to the first table that has some, and those of
    tables.
    """
    tabled: list[HistoryDraft] = []
    first = len(blocks)
    for number, block in enumerate(blocks):
        if tabled and date_at_start(block.text) is None and AFTERWORD.search(block.text):
            break
        if block.table is not None:
            add_table(block.table, tabled)
            first = min(first, number) if tabled else first
    return [*rows_of(blocks[:first]), *tabled]


def dated_rows(pairs: Iterable[tuple[str, str]]) -> Iterator[HistoryRow]:
    """Rows from (printed date, text) pairs, for sources that hold them apart."""
    for raw, text in pairs:
        yield HistoryRow(date=iso_of(raw), type=type_of(text), text=text)
