"""How a plain text is set: at which width a program broke its lines, and whether what stands within
an item is set in.

A program breaks a line where the next word has no room, and nowhere else. Where one width explains
all broken sentences of a text, each line that had room for the next word has ended by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policy_tracker.documents.levels import split_label

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_BREAKS = 4
"""Broken sentences from which a width is no coincidence."""
_EXPLAINED = 0.95
"""The share of the broken sentences that one width explains where a program broke the lines."""
_NARROWEST = 40
_LONGEST = 140
"""Characters that no line on a page has."""
_PARTED = 0.7
"""The share of lines without a label that stand behind an empty one where these part all."""
_SOME = 0.02
"""The share of items that an edge has at least."""
_LEAST_STEP = 2
"""Columns by which an inner item is set in."""


@dataclass(frozen=True, slots=True)
class Setting:
    """`width` is how long a line may be at most; infinite where lines are not broken at one width.

    `is_set_in` says that items stand at different edges, which tells who stands within whom;
    `is_whole` that no line is broken: each is a paragraph, and empty lines part them.
    """

    width: float = float("inf")
    is_set_in: bool = False
    is_whole: bool = False

    @property
    def is_known(self) -> bool:
        """Whether all lines are broken at one width."""
        return self.width < float("inf")

    def had_room(self, end: int, following: str) -> bool:
        """Whether the first word of the line behind had room on one that ends at a column."""
        return end + 1 + len(following.split(" ", 1)[0]) <= self.width


def broken_at(lines: Sequence[tuple[str, int]], follows: Sequence[bool]) -> float:
    """The width at which lines are broken; infinite where no single width explains them.

    `lines` are their words and the column where they end; `follows` says of each whether it stands
    right below the one before.
    """
    bounds = [
        (end, end + len(following.split(" ", 1)[0]))
        for ((text, end), (following, _)), close in zip(pairwise(lines), follows[1:], strict=True)
        if close
        and following[:1].islower()
        and not split_label(following)[0]
        and text[-1:] not in ".:;"
        and end >= _NARROWEST
    ]
    if len(bounds) < _LEAST_BREAKS:
        return float("inf")
    low, high, explained = _most_covered(bounds)
    if explained < _EXPLAINED * len(bounds):
        return float("inf")
    return float(max([low, *(end for _, end in lines if low <= end <= high)]))


def _most_covered(bounds: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """The first and last number that most of the bounds hold between them, and how many do."""
    steps = sorted([(low, 1) for low, _ in bounds] + [(high + 1, -1) for _, high in bounds])
    covered = best = first = last = 0
    for (at, change), (following, _) in pairwise(steps):
        covered += change
        if covered > best and following > at:
            best, first, last = covered, at, following - 1
    return first, last, best


def is_set_in(items: Sequence[int]) -> bool:
    """Whether items stand at different edges, by the columns at which they begin."""
    counted = Counter(items)
    edges = [edge for edge, times in counted.items() if times >= _SOME * len(items)]
    return len(edges) > 1 and max(edges) - min(edges) >= _LEAST_STEP


def are_whole(lines: Sequence[tuple[str, int]], follows: Sequence[bool]) -> bool:
    """Whether each line is a whole paragraph: some are too long for any page, most stand behind an
    empty line, and none goes on with a sentence.
    """
    plain = [not split_label(text)[0] for text, _ in lines]
    parted = [not close for close, is_plain in zip(follows, plain, strict=True) if is_plain]
    broken = any(
        close and is_plain and text[:1].islower()
        for (text, _), close, is_plain in zip(lines, follows, plain, strict=True)
    )
    longest = max((end for _, end in lines), default=0)
    return longest > _LONGEST and not broken and sum(parted) >= _PARTED * len(parted)
