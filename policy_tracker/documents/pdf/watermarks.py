"""Words printed across the lines of a page: large letters that lie over others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.text_lines import TextLine

MOST_WORDS = 4
_LARGER = 1.6
"""Of the size of what it lies over: how much larger a watermark is."""
_LAID_OVER = 0.25
"""Of a line's height that the watermark covers: lines of text do not reach into each other."""
_LETTERS = re.compile(r"[A-Za-z]{3}")


def without_watermarks(lines: Sequence[TextLine]) -> tuple[list[TextLine], tuple[str, ...]]:
    """The lines without upright words that lie over them, and these words."""
    sizes = sorted(line.size for line in lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    large = [
        line
        for line in lines
        if line.upright
        and line.size >= _LARGER * usual
        and len(line.text.split()) <= MOST_WORDS
        and _LETTERS.search(line.text)
    ]
    marks = [line for line in large if any(_lies_over(line, other) for other in lines)]
    if not marks:
        return list(lines), ()
    gone = {id(line) for line in marks}
    return [line for line in lines if id(line) not in gone], tuple(line.text for line in marks)


def _lies_over(mark: TextLine, line: TextLine) -> bool:
    if mark is line or not line.upright or mark.size < _LARGER * line.size:
        return False
    across = min(mark.right, line.right) - max(mark.left, line.left)
    down = min(mark.bottom, line.bottom) - max(mark.top, line.top)
    return across > 0 and down > _LAID_OVER * (line.bottom - line.top)
