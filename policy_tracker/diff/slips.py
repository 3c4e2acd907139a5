"""Words that slipped: the same words a little before or behind their place, because one version's
form is read in another order there.

Of a table in a narrow column one form reads a cell's first line, then the next cell's, another each
cell as a whole. What two documents of one form print elsewhere was moved by the payer, and no slip.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from policy_tracker.diff.spans import DIFFERS, SAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from policy_tracker.diff.spans import AlignedStreams
    from policy_tracker.diff.stream import Printed, Stream

_FARTHEST = 80
"""Words over which a word can slip: a row of a table, with what stands beside it."""
_CUT_OTHERWISE = 3
"""One in so many beginnings of blocks that stand in one version only: another form."""
_SHORT = 4
"""Words of a line that can be a piece of a cell."""


def slip(found: AlignedStreams, headings: tuple[Collection[int], Collection[int]]) -> None:
    """Take the words that slipped for the same; none crosses these places of headings, where both
    versions have them.
    """
    cuts = _Cuts(found)
    own = set(headings[0])
    partner = found.partners[1]
    bounds = sorted(j for j in headings[1] if partner[j] < 0 or partner[j] in own)
    taken: dict[str, list[int]] = {}
    for i, near in _open_places(found):
        word = found.before.words[i]
        if i in own:
            continue
        if word not in taken:
            places = found.after.places_of(word)
            taken[word] = [j for j in places if found.fates[1][j] == DIFFERS]
        j = min(taken[word], key=lambda at: abs(at - near), default=None)
        if j is None or abs(j - near) > _FARTHEST or _crosses(bounds, j, near):
            continue
        one, two = found.before.block(i), found.after.block(j)
        pieces = _is_piece(found.before, one) or _is_piece(found.after, two)
        if pieces and (_is_cell(one) != _is_cell(two) or cuts.differ_around(i)):
            taken[word].remove(j)
            for side, here, there in ((0, i, j), (1, j, i)):
                found.fates[side][here] = SAME
                found.partners[side][here] = there


def _open_places(found: AlignedStreams) -> list[tuple[int, int]]:
    """The places of words that differ in the first version, each with the place where it would
    stand in the second: behind what stands before it.
    """
    places: list[tuple[int, int]] = []
    near = 0
    for i, fate in enumerate(found.fates[0]):
        if fate == SAME:
            near = found.partners[0][i] + 1
        elif fate == DIFFERS:
            places.append((i, near))
    return places


def _crosses(bounds: Sequence[int], one: int, two: int) -> bool:
    low, high = sorted((one, two))
    return bisect_left(bounds, low) < bisect_right(bounds, high)


def _is_piece(stream: Stream, text: Printed) -> bool:
    """Whether a text is a cell of a table, or a line so short that it can be a piece of one."""
    return _is_cell(text) or len(stream.of_block(stream.number[text.id])) <= _SHORT


def _is_cell(text: Printed) -> bool:
    return ".c" in text.id


class _Cuts:
    """Where blocks begin in one version and not in the other, counted along the first."""

    def __init__(self, found: AlignedStreams) -> None:
        either, only = [], []
        for i, (fate, j) in enumerate(zip(found.fates[0], found.partners[0], strict=True)):
            if fate != SAME:
                begins = (False, False)
            else:
                begins = found.before.begins_block(i), found.after.begins_block(j)
            either.append(any(begins))
            only.append(begins[0] != begins[1])
        self._either, self._only = _sums(either), _sums(only)

    def differ_around(self, place: int) -> bool:
        """Whether the words around a place are cut into other blocks in the other version."""
        low = max(0, place - _FARTHEST)
        high = min(len(self._either) - 1, place + _FARTHEST)
        either = self._either[high] - self._either[low]
        only = self._only[high] - self._only[low]
        return only * _CUT_OTHERWISE >= either > 0


def _sums(marks: Iterable[bool]) -> list[int]:
    return list(accumulate(marks, initial=0))
