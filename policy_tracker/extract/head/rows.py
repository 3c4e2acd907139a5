"""The head of a first page as rows: what stands side by side on one height, whichever pieces the
reader cut it into.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_tracker.documents.blocks import Line

COLUMN_GAP = 40.0
"""Points between two pieces of a row from which they are different columns."""
_SAME_HEIGHT = 3.5


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The pieces of one row from left to right.

    `text` joins them with blanks, or with a tab where another column begins.
    """

    pieces: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    def piece_at(self, offset: int) -> Line:
        """The piece that holds the character at `offset` of the text."""
        number = max((n for n, start in enumerate(self.starts) if start <= offset), default=0)
        return self.pieces[number]


def rows_of(lines: Sequence[Line]) -> tuple[HeadRow, ...]:
    """The rows of a head, from top to bottom; a line without geometry is a row of its own."""
    return _last_head.of(lines)


class _LastHead:
    """The rows of the head that was asked for last: a dozen readers ask for the same."""

    def __init__(self) -> None:
        self._known: tuple[Sequence[Line], tuple[HeadRow, ...]] = ((), ())

    def of(self, lines: Sequence[Line]) -> tuple[HeadRow, ...]:
        known, rows = self._known
        if known is not lines or not isinstance(lines, tuple):
            rows = _rows(lines)
            self._known = lines, rows
        return rows


_last_head = _LastHead()


def _rows(lines: Sequence[Line]) -> tuple[HeadRow, ...]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.place.page, line.place.top or 0.0)):
        if rows and _side_by_side(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(_joined(sorted(row, key=lambda line: line.place.left or 0.0)) for row in rows)


def _side_by_side(first: Line, line: Line) -> bool:
    one, two = first.place, line.place
    if one.top is None or two.top is None or one.page != two.page:
        return False
    return abs(one.top - two.top) <= _SAME_HEIGHT


def _joined(pieces: Sequence[Line]) -> HeadRow:
    text, starts = "", []
    for number, piece in enumerate(pieces):
        if number:
            right, left = pieces[number - 1].place.right, piece.place.left
            text += (
                "\t"
                if right is not None and left is not None and left - right > COLUMN_GAP
                else " "
            )
        starts.append(len(text))
        text += piece.text
    return HeadRow(tuple(pieces), text, tuple(starts))
