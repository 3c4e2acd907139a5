"""Drawn checkboxes: which are checked, and the word that each belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.pdf.shapes import Box, Shapes
    from policy_tracker.documents.pdf.tables import Grid, GridCell
    from policy_tracker.documents.text_lines import TextLine

CHECKED, EMPTY, BULLET = "☑", "☐", "◦"
_LEAST_BOX = 0.5
"""Of the size of the type: smaller ones are bullets that a browser draws."""
_FARTHEST = 60.0  # points between a box and its word
_SAME_BOX = 3.0
"""Points by which two drawings of one box differ: its fill and its outline, or its frame and its
shadow.
"""
_SAME_ROW = 4.0
"""Points by which the tops of boxes in one row may differ."""
_BESIDE = 7.0
"""Points between the middle of a box and of the line that it belongs to: half a line of ordinary
type.
"""
_OVERLAP = 2.0
"""Points by which a word may reach into its box."""
_X_MARKS = frozenset({"x", "✓", "✔", "☒", "☑", "√", "\uf0fc", "\uf0fe", "\uf0fd"})
_EMPTY_MARKS = frozenset({"☐", "□", "\uf0a8", "\uf06f"})


def mark_checkboxes(lines: Sequence[TextLine], grids: Sequence[Grid], shapes: Shapes) -> None:
    """Tells cells whether they are checked, and puts ☑ or ☐ behind the words that stand beside
    boxes outside tables.
    """
    squares = _outermost(shapes.squares)
    rest = []
    for square in squares:
        cell = _cell_with(grids, square)
        if cell is None:
            rest.append(square)
        else:
            cell.checked = bool(cell.checked) or shapes.checked(square)
    for grid in grids:
        for row in grid.rows:
            for cell in row:
                _read_mark(cell)
    for row_of_boxes in _rows(rest):
        _mark_row(lines, row_of_boxes, shapes)


def _outermost(squares: Sequence[Box]) -> list[Box]:
    """The squares without those drawn twice."""
    kept: list[Box] = []
    for square in squares:
        if not any(
            all(abs(one - other) < _SAME_BOX for one, other in zip(square, known, strict=True))
            for known in kept
        ):
            kept.append(square)
    return kept


def _cell_with(grids: Sequence[Grid], square: Box) -> GridCell | None:
    x, y = (square[0] + square[2]) / 2, (square[1] + square[3]) / 2
    for grid in grids:
        for row in grid.rows:
            for cell in row:
                left, top, right, bottom = cell.box
                if left <= x <= right and top <= y <= bottom:
                    return cell
    return None


def _read_mark(cell: GridCell) -> None:
    """A cell that holds nothing but an X or a box as text."""
    if cell.checked is None and len(cell.lines) == 1:
        text = cell.lines[0].text.lower()
        if text in _X_MARKS:
            cell.checked = True
        elif text in _EMPTY_MARKS:
            cell.checked = False


def _rows(squares: Sequence[Box]) -> list[list[Box]]:
    rows: list[list[Box]] = []
    for square in sorted(squares, key=lambda square: square[1]):
        if rows and abs(rows[-1][0][1] - square[1]) < _SAME_ROW:
            rows[-1].append(square)
        else:
            rows.append([square])
    return rows


def _mark_row(lines: Sequence[TextLine], squares: Sequence[Box], shapes: Shapes) -> None:
    """Boxes on one height all stand behind their words, or all before: on the side where the words
    are nearer.
    """
    middle = (squares[0][1] + squares[0][3]) / 2
    row = [line for line in lines if abs((line.top + line.bottom) / 2 - middle) < _BESIDE]
    pairs = {
        side: [_nearest(row, square, side) for square in squares] for side in ("left", "right")
    }
    side = min(pairs, key=lambda name: sum(distance for distance, _ in pairs[name]))
    for square, (_, line) in zip(squares, pairs[side], strict=True):
        if line is not None and side == "right" and _is_bullet(square, line, shapes):
            line.text = f"{BULLET} {line.text}"
            line.text_left, line.left = line.left, square[0]
        elif line is not None:
            mark = CHECKED if shapes.checked(square) else EMPTY
            line.text = f"{line.text} {mark}" if side == "left" else f"{mark} {line.text}"


def _is_bullet(square: Box, line: TextLine, shapes: Shapes) -> bool:
    """Whether a box is how a bullet is drawn: too small to be ticked."""
    width = square[2] - square[0]
    return width < _LEAST_BOX * line.size and not shapes.checked(square)


def _nearest(row: Sequence[TextLine], square: Box, side: str) -> tuple[float, TextLine | None]:
    near: tuple[float, TextLine | None] = (_FARTHEST, None)
    for line in row:
        distance = square[0] - line.right if side == "left" else line.left - square[2]
        if -_OVERLAP <= distance < near[0]:
            near = (distance, line)
    return near
