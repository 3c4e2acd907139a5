"""Two lists of codes printed side by side in lines, as text layers print columns: "Covered  Not
covered" above "58501  58510".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Row, Table
from policy_tracker.language.disposition import disposition_of
from policy_tracker.record.vocabulary import APPROVING, DENYING

if TYPE_CHECKING:
    from policy_tracker.language.code_mentions import Codes
    from policy_tracker.record.vocabulary import Position

_BEGINNING = re.compile(r"(?<=[\w)?%]) (?=[A-Z])")
_GOES_ON = re.compile(
    r"\b(?:unless|until|when|where|if|and|or|nor|but|as|are|is|be|not|never|for|to|of|in|on|that"
    r"|which|with|without|than|the|an?|considered|deemed|always|only|codes?)$",
    re.IGNORECASE,
)
"""Words behind which a title goes on."""
_TITLE_ROWS = 3
_LONGEST = 120
_BARE = re.compile(r"[^\s,;]+(?: [^\s,;]+)+")


def contrary(one: Position, other: Position) -> bool:
    """Whether one position approves and the other denies."""
    return (one in APPROVING and other in DENYING) or (one in DENYING and other in APPROVING)


def titles_side_by_side(text: str) -> tuple[Position, ...]:
    """The positions of two titles in one line, of which one approves and the other denies; none for
    any other line.
    """
    if len(text) > _LONGEST or text.rstrip().endswith((".", ":")):
        return ()
    for cut in _BEGINNING.finditer(text):
        left, right = text[: cut.start()], text[cut.end() :]
        if _GOES_ON.search(left):
            continue
        first, second = disposition_of(left), disposition_of(right)
        if first and second and contrary(first, second):
            return first, second
    return ()


def by_column(codes: Codes, text: str, columns: int) -> list[Codes] | None:
    """The codes of a line, one for each column; None where the line is no row of so many."""
    if len(codes.codes) != columns or codes.ranges or not _BARE.fullmatch(text.strip()):
        return None
    return [replace(codes, codes=(code,)) for code in codes.codes]


def tables_beside(table: Table) -> list[Table]:
    """The tables that stand side by side in one: its titles are the same ones again ("Code |
    Description | Code | Description"), perhaps with an empty column between them.
    """
    titles = next((row for row in table.rows[:_TITLE_ROWS] if len(row.cells) > 2), None)
    if titles is None:
        return [table]
    named = [cell for cell in titles.cells if cell.text.strip()]
    for width in range(2, len(named) // 2 + 1):
        texts = [cell.text.strip().lower() for cell in named]
        if len(named) % width or texts != texts[:width] * (len(named) // width):
            continue
        starts = [cell.first_column for cell in named[::width]]
        ends = [cell.last_column for cell in named[width - 1 :: width]]
        return [_between(table, one, two) for one, two in zip(starts, ends, strict=True)]
    return [table]


def _between(table: Table, first: int, last: int) -> Table:
    """The columns of a table from one to another, as a table."""
    rows = []
    for row in table.rows:
        cells = tuple(
            replace(
                cell, first_column=cell.first_column - first, last_column=cell.last_column - first
            )
            for cell in row.cells
            if first <= cell.first_column and cell.last_column <= last
        )
        rows.append(Row(cells, row.page, continues=row.continues))
    return Table(last - first + 1, tuple(row for row in rows if row.cells))
