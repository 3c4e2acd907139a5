"""Two columns that the text layer runs together: lines that all have a wide gap at the same place
are cut there.

Only some long lines of a page are measured word by word; the others are where these have the gap in
common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.documents.pdf.lines import last_printing, read_line, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.pdf.lines import PageText
    from policy_tracker.documents.text_lines import TextLine

_LEAST_LINES = 12
_SAMPLE = 5
_WANTED = 4  # of the sample
_GAP = 1.2  # em
_LEAST_GAP = 0.6
"""Em of the gap at a gutter that is known from other lines: twice a blank, less than where it has
to be found.
"""
_MIDDLE = (0.25, 0.75)  # of a line's characters
_LONG = 0.55  # of the widest line


def cut_at_gutter(source: PageText, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, cut where a gutter runs through them."""
    gutter = _gutter(source, lines)
    if gutter is None:
        return list(lines)
    cut: list[TextLine] = []
    for line in lines:
        place = _gap_at(source, line, gutter) if line.left < gutter < line.right else None
        if place is None:
            cut.append(line)
        else:
            parts = [
                read_line(source, line.start, last_printing(source.text, place)),
                read_line(source, place, line.end),
            ]
            parts[-1].hyphen = line.hyphen
            cut += parts
    return cut


def _gutter(source: PageText, lines: Sequence[TextLine]) -> float | None:
    """The middle of the gap that sampled lines have in common."""
    widest = max((line.right - line.left for line in lines), default=0.0)
    long = [line for line in lines if line.right - line.left > _LONG * widest and line.upright]
    if len(long) < _LEAST_LINES:
        return None
    sample = [long[(2 * number + 1) * len(long) // (2 * _SAMPLE)] for number in range(_SAMPLE)]
    gaps: list[tuple[float, float]] = []
    without = 0
    for line in sample:
        own = _gaps(source, line)
        without += not own
        if without > _SAMPLE - _WANTED:
            return None
        gaps += own
    for start, end in gaps:
        middle = (start + end) / 2
        if sum(left <= middle <= right for left, right in gaps) >= _WANTED:
            return middle
    return None


def _gaps(source: PageText, line: TextLine) -> list[tuple[float, float]]:
    """Left and right edge of every wide gap between words in the middle of a line."""
    gaps: list[tuple[float, float]] = []
    before: float | None = None
    length = line.end - line.start
    for first, last in words_of(source.text, line):
        if not _MIDDLE[0] * length < first - line.start < _MIDDLE[1] * length:
            continue
        left, _, right, _ = source.chars.box(first)
        if before is not None and left - before > _GAP * line.size:
            gaps.append((before, left))
        before = right if last == first else source.chars.box(last)[2]
    return gaps


def _gap_at(source: PageText, line: TextLine, gutter: float) -> int | None:
    """The first character behind a gap at the gutter."""
    before: float | None = None
    for first, last in words_of(source.text, line):
        left, _, right, _ = source.chars.box(first)
        if (
            before is not None
            and before <= gutter <= left
            and left - before > _LEAST_GAP * line.size
        ):
            return first
        before = right if last == first else source.chars.box(last)[2]
    return None
