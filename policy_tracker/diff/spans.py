"""Two streams of words aligned: which words stand in both versions, which moved, and which differ.

Runs that occur once on both sides are the anchors, the longest first; between them runs are
shorter, and in what is left single words are aligned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_tracker.diff.stream import Stream

SAME, MOVED, DIFFERS = 0, 1, 2
Side = Literal["before", "after"]
LEAST_MOVED = 6
"""Words in a run that counts as moved where it stands elsewhere in the other version."""
LEAST_MOVED_BLOCK = 3
"""Words of a whole block that counts as moved."""
_LENGTHS = (8, 4, 2, 1)
_MOST_PRODUCT = 4_000_000
_SPLINTER = 2
_AROUND = 8
_Run = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class AlignedStreams:
    """Two streams, for each word what became of it (SAME, MOVED or DIFFERS), and the place in the
    other stream of those that are the same or moved (-1 for those that differ).
    """

    before: Stream
    after: Stream
    fates: tuple[bytearray, bytearray]
    partners: tuple[list[int], list[int]]

    def stream(self, side: Side) -> Stream:
        """The stream of one version."""
        return self.before if side == "before" else self.after

    def fate(self, side: Side) -> bytearray:
        """What became of each word of one version."""
        return self.fates[side == "after"]

    def partner(self, side: Side) -> list[int]:
        """Where each word of one version stands in the other."""
        return self.partners[side == "after"]


def align_streams(before: Stream, after: Stream) -> AlignedStreams:
    """What became of each word of two streams."""
    old, new = _interned(before, after)
    runs = list(_without_splinters(_aligned(old, new), old, new))
    runs = _joined_words(_slid(runs, before, after), before, after)
    fates = bytearray([DIFFERS]) * len(old), bytearray([DIFFERS]) * len(new)
    partners = [-1] * len(old), [-1] * len(new)
    found = AlignedStreams(before, after, fates, partners)
    for i, j, length, width in runs:
        _mark(found, (i, j), (length, width), SAME)
    _move_blocks(found)
    _move_runs(found, old, new)
    _move_neighbours(found)
    return found


def _mark(found: AlignedStreams, at: tuple[int, int], sizes: tuple[int, int], fate: int) -> None:
    for side, other in ((0, 1), (1, 0)):
        for step in range(sizes[side]):
            found.fates[side][at[side] + step] = fate
            found.partners[side][at[side] + step] = at[other] + min(step, sizes[other] - 1)


def _interned(before: Stream, after: Stream) -> tuple[list[int], list[int]]:
    numbers: dict[str, int] = {}
    old = [numbers.setdefault(word, len(numbers)) for word in before.words]
    return old, [numbers.setdefault(word, len(numbers)) for word in after.words]


def _aligned(old: Sequence[int], new: Sequence[int]) -> list[_Run]:
    """Runs of equal words in the order of both sides: where each begins, and its length."""
    found: list[_Run] = []
    work = [(0, len(old), 0, len(new), 0)]
    while work:
        i1, i2, j1, j2, level = work.pop()
        i1, i2, j1, j2 = _edges(old, new, (i1, i2, j1, j2), found)
        if i1 == i2 or j1 == j2:
            continue
        if level == len(_LENGTHS):
            found += _single(old, new, (i1, i2, j1, j2))
            continue
        anchors = _anchors(old, new, (i1, i2, j1, j2), _LENGTHS[level])
        if not anchors:
            work.append((i1, i2, j1, j2, level + 1))
            continue
        for i, j, length in anchors:
            found.append((i, j, length))
            work.append((i1, i, j1, j, level))
            i1, j1 = i + length, j + length
        work.append((i1, i2, j1, j2, level))
    return sorted(found)


def _edges(
    old: Sequence[int], new: Sequence[int], bounds: tuple[int, int, int, int], found: list[_Run]
) -> tuple[int, int, int, int]:
    """The bounds without the equal words at both ends, which are noted as found."""
    i1, i2, j1, j2 = bounds
    start = i1
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        i1, j1 = i1 + 1, j1 + 1
    if i1 > start:
        found.append((start, j1 - (i1 - start), i1 - start))
    end = i2
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
    if end > i2:
        found.append((i2, j2, end - i2))
    return i1, i2, j1, j2


def _anchors(
    old: Sequence[int], new: Sequence[int], bounds: tuple[int, int, int, int], length: int
) -> list[_Run]:
    """The runs of a length that occur once on each side, in one order, and as long as they go."""
    i1, i2, j1, j2 = bounds
    ones, twos = _once(old, i1, i2, length), _once(new, j1, j2, length)
    pairs = [(i, twos[run]) for run, i in ones.items() if run in twos]
    found: list[_Run] = []
    i_end, j_end = i1, j1
    for i, j in _rising(pairs):
        if i < i_end or j < j_end:
            continue
        start, other = i, j
        while start > i_end and other > j_end and old[start - 1] == new[other - 1]:
            start, other = start - 1, other - 1
        stop, last = i + length, j + length
        while stop < i2 and last < j2 and old[stop] == new[last]:
            stop, last = stop + 1, last + 1
        found.append((start, other, stop - start))
        i_end, j_end = stop, last
    return found


def _once(words: Sequence[int], start: int, stop: int, length: int) -> dict[tuple[int, ...], int]:
    places: dict[tuple[int, ...], int] = {}
    for place, run in enumerate(_shingles(words, start, stop, length), start):
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}


def _shingles(
    words: Sequence[int], start: int, stop: int, length: int
) -> Iterator[tuple[int, ...]]:
    if stop - start < length:
        return iter(())
    return zip(*(words[start + k : stop - length + 1 + k] for k in range(length)), strict=True)


def _rising(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs that rise on both sides."""
    ends: list[int] = []
    last: list[int] = []
    ordered = sorted(pairs)
    above = [-1] * len(ordered)
    for number, (_, j) in enumerate(ordered):
        place = bisect_left(ends, j)
        above[number] = last[place - 1] if place else -1
        ends[place : place + 1] = [j]
        last[place : place + 1] = [number]
    found: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(ordered[number])
        number = above[number]
    return found[::-1]


def _single(
    old: Sequence[int], new: Sequence[int], bounds: tuple[int, int, int, int]
) -> list[_Run]:
    """Words of a gap without anchors, as many as possible; none where the gap is too large."""
    i1, i2, j1, j2 = bounds
    if (i2 - i1) * (j2 - j1) > _MOST_PRODUCT:
        return []
    return [
        (i1 + op.src_start, j1 + op.dest_start, op.src_end - op.src_start)
        for op in Indel.opcodes(old[i1:i2], new[j1:j2])
        if op.tag == "equal"
    ]


def _without_splinters(
    runs: Sequence[_Run], old: Sequence[int], new: Sequence[int]
) -> Iterator[_Run]:
    """The runs without short ones amid long differences, which stand in both texts by chance."""
    joined = _joined(runs)
    bounds = [(0, 0, 0), *joined, (len(old), len(new), 0)]
    for left, run, right in zip(bounds, joined, bounds[2:], strict=False):
        gaps = (
            max(run[0] - left[0] - left[2], run[1] - left[1] - left[2]),
            max(right[0] - run[0] - run[2], right[1] - run[1] - run[2]),
        )
        if run[2] > _SPLINTER or min(gaps) < _AROUND * run[2]:
            yield run


def _slid(runs: Sequence[_Run], before: Stream, after: Stream) -> list[_Run]:
    """The runs, where what came or went between two of them begins with a block if it can.

    What repeats the words around it could stand a few words earlier or later: a new section that
    ends like the one before it is the section from its heading to its end.
    """
    found: list[_Run] = []
    for run in (*runs, (len(before), len(after), 0)):
        if found:
            last = found[-1]
            ends = last[0] + last[2], last[1] + last[2]
            gaps = run[0] - ends[0], run[1] - ends[1]
            if min(gaps) == 0 < max(gaps):
                stream, start = (before, ends[0]) if gaps[0] else (after, ends[1])
                step = _step(stream, start, max(gaps), last[2], run[2])
                found[-1] = (last[0], last[1], last[2] + step)
                run = (run[0] + step, run[1] + step, run[2] - step)  # noqa: PLW2901
        found.append(run)
    return [run for run in found if run[2]]


def _step(stream: Stream, start: int, length: int, left: int, right: int) -> int:
    """By how many words a run may be moved so that it begins with a block: as late as possible, 0
    where it cannot.
    """
    words = stream.words
    stop = start + length
    step = 0
    best = None
    while step < right and words[start + step] == words[stop + step]:
        step += 1
        if stream.begins_block(start + step):
            best = step
    if best is not None or stream.begins_block(start):
        return best or 0
    step = 0
    while step < left and words[start - step - 1] == words[stop - step - 1]:
        step += 1
        if stream.begins_block(start - step):
            return -step
    return 0


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    found: list[_Run] = []
    for i, j, length in sorted(runs):
        if found and found[-1][0] + found[-1][2] == i and found[-1][1] + found[-1][2] == j:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + length)
        else:
            found.append((i, j, length))
    return found


def _joined_words(
    runs: Sequence[_Run], before: Stream, after: Stream
) -> list[tuple[int, int, int, int]]:
    """The runs, and between them gaps of the same letters that are only parted otherwise ("g ene",
    "gene").
    """
    found: list[tuple[int, int, int, int]] = []
    i1 = j1 = 0
    for i, j, length in (*runs, (len(before), len(after), 0)):
        if i1 < i and j1 < j and _letters(before, i1, i) == _letters(after, j1, j):
            found.append((i1, j1, i - i1, j - j1))
        found.append((i, j, length, length))
        i1, j1 = i + length, j + length
    return found


def _letters(stream: Stream, start: int, stop: int) -> str:
    return "".join(stream.words[start:stop])


def _move_blocks(found: AlignedStreams) -> None:
    """Mark whole blocks that stand elsewhere as moved, with words in them that seemed to stand in
    their place because another text there has them too.
    """
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in _left_blocks(found, "before"):
        waiting[_said(found.before, number)].append(number)
    for number in _left_blocks(found, "after"):
        others = waiting.get(_said(found.after, number))
        if others:
            i, j = found.before.of_block(others.pop(0)), found.after.of_block(number)
            _free(found, 0, i)
            _free(found, 1, j)
            _mark(found, (i.start, j.start), (len(i), len(j)), MOVED)


def _free(found: AlignedStreams, side: int, places: range) -> None:
    """Take the words that seemed to be these words' partners for words that differ."""
    for place in places:
        partner = found.partners[side][place]
        if partner >= 0:
            found.fates[1 - side][partner] = DIFFERS
            found.partners[1 - side][partner] = -1
            found.fates[side][place] = DIFFERS
            found.partners[side][place] = -1


def _said(stream: Stream, number: int) -> tuple[str, ...]:
    places = stream.of_block(number)
    return tuple(stream.words[places.start : places.stop])


def _left_blocks(found: AlignedStreams, side: Side) -> Iterator[int]:
    stream, fates = found.stream(side), found.fate(side)
    for number in range(len(stream.texts)):
        places = stream.of_block(number)
        least = 1 if stream.texts[number].heading else LEAST_MOVED_BLOCK
        if len(places) >= least and any(fates[place] == DIFFERS for place in places):
            yield number


def _move_runs(found: AlignedStreams, old: Sequence[int], new: Sequence[int]) -> None:
    """Mark runs that stand elsewhere as moved."""
    places: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for start, stop in _left_runs(found.fates[1]):
        for place, run in enumerate(_shingles(new, start, stop, LEAST_MOVED), start):
            places[run].append(place)
    for start, stop in list(_left_runs(found.fates[0])):
        i = start
        while i <= stop - LEAST_MOVED:
            length = 0
            at = -1
            for j in places.get(tuple(old[i : i + LEAST_MOVED]), ()):
                run = _run_from(found, (i, j), stop, old, new)
                if run > length:
                    length, at = run, j
            if length >= LEAST_MOVED:
                _mark(found, (i, at), (length, length), MOVED)
                i += length
            else:
                i += 1


def _move_neighbours(found: AlignedStreams) -> None:
    """Mark the words around what moved that moved with it: a short line below a long one."""
    old, new = found.before.words, found.after.words
    fates, partners = found.fates, found.partners[0]
    for step in (1, -1):
        order = range(len(old)) if step == 1 else range(len(old) - 1, -1, -1)
        for i in order:
            if fates[0][i] != MOVED:
                continue
            one, two = i + step, partners[i] + step
            if (
                0 <= one < len(old)
                and 0 <= two < len(new)
                and fates[0][one] == fates[1][two] == DIFFERS
                and old[one] == new[two]
            ):
                _mark(found, (one, two), (1, 1), MOVED)


def _run_from(
    found: AlignedStreams,
    at: tuple[int, int],
    stop: int,
    old: Sequence[int],
    new: Sequence[int],
) -> int:
    """How many words from two places on are equal, and not aligned yet."""
    i, j = at
    length = 0
    while (
        i + length < stop
        and j + length < len(new)
        and found.fates[1][j + length] == DIFFERS
        and old[i + length] == new[j + length]
    ):
        length += 1
    return length


def _left_runs(fates: bytearray) -> Iterator[tuple[int, int]]:
    start = None
    for place, fate in enumerate(fates):
        if fate == DIFFERS and start is None:
            start = place
        elif fate != DIFFERS and start is not None:
            yield start, place
            start = None
    if start is not None:
        yield start, len(fates)
