"""How far apart the lines of a document's paragraphs are set, measured where a sentence certainly
goes on: so that a small gap between two paragraphs is seen.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.text_lines import TextLine

_LEAST = 5
"""Pairs of lines from which their distance is taken for the document's own."""
_MIDDLE, _WIDEST = 1.25, 1.06
"""Times the middle distance, and times that of the widest few, from which a gap is one between
paragraphs.
"""
_FEW = 0.97
"""The share of the distances that lie below the widest few."""
_SAME_SIZE = 0.2
_ENDED = re.compile(r"[.:;?!]$")


def widest_step(lines: Sequence[TextLine]) -> float:
    """How far, in sizes of the type, the next line of a paragraph is at most; infinite where too
    few lines tell.
    """
    steps = sorted(
        (line.base - before.base) / before.size
        for before, line in itertools.pairwise(lines)
        if _is_sentence(before, line)
    )
    if len(steps) < _LEAST:
        return float("inf")
    return max(_MIDDLE * steps[len(steps) // 2], _WIDEST * steps[int(_FEW * (len(steps) - 1))])


def _is_sentence(before: TextLine, line: TextLine) -> bool:
    """Whether a line goes on with the sentence of the line above it."""
    return (
        line.page == before.page
        and line.column == before.column
        and line.text[:1].islower()
        and not _ENDED.search(before.text)
        and before.size > 0
        and abs(line.size - before.size) < _SAME_SIZE
        and 0 < line.base - before.base < 3 * before.size
    )
