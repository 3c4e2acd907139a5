"""Whether a difference of code lists rests on words that differ: in its rows, in what heads them,
or in the place of the rows among headings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from policy_tracker.diff.differences import CodesAt
from policy_tracker.diff.spans import DIFFERS, MOVED
from policy_tracker.diff.stream import canonical, spans_of, words_of
from policy_tracker.language.tokens import words
from policy_tracker.record import CodeRange, ListedCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.diff.differences import Difference
    from policy_tracker.diff.spans import AlignedStreams, Side
    from policy_tracker.diff.stream import Stream
    from policy_tracker.diff.tree import Tree
    from policy_tracker.record import Record

_Told = defaultdict[tuple[object, ...], set[tuple[str, str | None]]]
SIDES: tuple[Side, Side] = ("before", "after")
_LONGEST_ROW = 80
"""Words of a row of a table of codes."""


def heading_places(record: Record, stream: Stream) -> set[int]:
    """The places of all headings of a version's sections and lists of codes."""
    spans = [span for section in record.sections for span in section.spans]
    spans += [span for group in record.code_groups for span in spans_of(group.source)]
    return stream.within(spans)


class CodeEvidence:
    """The words that differ between two versions, asked about codes."""

    def __init__(self, trees: dict[Side, Tree], aligned: AlignedStreams) -> None:
        self.trees = trees
        self.aligned = aligned

    def _has(self, side: Side, places: Iterable[int], fate: int) -> bool:
        fates = self.aligned.fate(side)
        return any(fates[place] == fate for place in places)

    def supports(self, difference: Difference) -> bool:
        """Whether a word differs in the rows of a difference of codes or in their headings, or the
        rows moved among headings; True too where their place is not known.
        """
        sides = [
            (side, content)
            for side, content in zip(SIDES, (difference.before, difference.after), strict=True)
            if isinstance(content, CodesAt)
        ]
        if "description" in difference.fields and any(
            self._differs_behind(side, content) for side, content in sides
        ):
            return True
        listed = [[one.heading for one in content.placements] for _, content in sides]
        if difference.op in ("added", "removed") or listed[0] != listed[-1]:
            # how a code that stands in another list is described says nothing of that, but what
            # its row says in another cell does: "Covered" became "Not covered" there
            rows = {side: self._printed_codes(side, content) for side, content in sides}
            if any(self._differs_beside(side, content) for side, content in sides):
                return True
            if self._rows_differ(sides):
                return True
        else:
            rows = {side: self._rows(side, content) for side, content in sides}
            # days and modifiers stand in cells of their own
            if any(self._differs_beside(side, content) for side, content in sides):
                return True
        heads = {
            side: self.aligned.stream(side).within(
                [span for one in content.placements for span in spans_of(one.source)]
            )
            for side, content in sides
        }
        if not any(rows.values()):
            return True  # where they stand is not known
        places = ((side, place) for side in rows for place in rows[side] | heads[side])
        if any(self._differing_code(side, place) for side, place in places):
            return True
        in_place = all(self._keeps_heading(side, rows[side]) for side in rows)
        if in_place and (
            all(self._is_told_there(side, content) for side, content in sides)
            or all(self._headings_stay(side, rows[side]) for side in rows)
        ):
            return False
        if not in_place and any(self._has(side, heads[side], MOVED) for side in heads):
            return True
        moved = any(self._has(side, rows[side], MOVED) for side in rows)
        says = [{(one.disposition, one.basis) for one in c.placements} for _, c in sides]
        located = all(self._are_printed(side, content, heads[side]) for side, content in sides)
        if not moved and (located or (len(says) == 2 and says[0] == says[1])):
            return False
        headings = [{words(one.heading) for one in content.placements} for _, content in sides]
        filled = [one for one in headings if one]
        return len(filled) != 1 and headings[0] != headings[-1]

    def _keeps_heading(self, side: Side, places: Iterable[int]) -> bool:
        """Whether words that stand in both versions stand there below the same heading; False
        where no heading has a place.
        """
        other: Side = "before" if side == "after" else "after"
        partner = self.aligned.partner(side)
        for place in places:
            if partner[place] < 0:
                return False
            here, there = self._heading_of(side, place), self._heading_of(other, partner[place])
            if not {partner[one] for one in here} & there:
                return False
        return True

    def _heading_of(self, side: Side, place: int) -> set[int]:
        """The places of the words of the heading that stands over a word, or around it: of a list
        in a sentence, the sentence.
        """
        stream, blocks = self.aligned.stream(side), self._heading_blocks[side]
        at = bisect_right(blocks, stream.number[stream.block(place).id]) - 1
        return set(stream.of_block(blocks[at])) if at >= 0 else set()

    @cached_property
    def _heading_blocks(self) -> dict[Side, list[int]]:
        """The blocks in which headings stand, in order."""
        return {
            side: sorted(
                {
                    self.aligned.stream(side).number[self.aligned.stream(side).block(place).id]
                    for place in self._headings[side]
                }
            )
            for side in SIDES
        }

    def _headings_stay(self, side: Side, places: Iterable[int]) -> bool:
        """Whether no word differs in any heading above these words."""
        stream, blocks = self.aligned.stream(side), self._heading_blocks[side]
        last = max((stream.number[stream.block(place).id] for place in places), default=-1)
        return not any(
            self._has(side, stream.of_block(number), DIFFERS) for number in blocks if number <= last
        )

    def _is_told_there(self, side: Side, content: CodesAt) -> bool:
        """Whether the other version says the same of each code at the very words that name it here,
        be it in a list or in a sentence.
        """
        other: Side = "before" if side == "after" else "after"
        partner = self.aligned.partner(side)
        told, ranges = self._told[other]
        says = {(one.disposition, one.basis) for one in content.placements}
        for row in content.rows:
            if isinstance(row, CodeRange):
                found = ranges.get((row.system, row.first, row.last), set())
            else:
                own = self.aligned.stream(side).within(spans_of(row.source))
                there = (told.get((row.system, row.code, partner[place]), ()) for place in own)
                found = set().union(*there)
            if not says <= found:
                return False
        return True

    @cached_property
    def _told(self) -> dict[Side, tuple[_Told, _Told]]:
        """By version, what is said of a code at each place that names it, and of each range."""
        found: dict[Side, tuple[_Told, _Told]] = {}
        for side in SIDES:
            codes: _Told = defaultdict(set)
            ranges: _Told = defaultdict(set)
            for group in self.trees[side].record.code_groups:
                says = group.disposition, group.basis
                for row in group.codes:
                    for place in self.aligned.stream(side).within(spans_of(row.source)):
                        codes[row.system, row.code, place].add(says)
                for span in group.ranges:
                    ranges[span.system, span.first, span.last].add(says)
            found[side] = codes, ranges
        return found

    def _are_printed(self, side: Side, content: CodesAt, heads: set[int]) -> bool:
        """Whether the words of all headings of codes stand in these places."""
        said = {self.aligned.stream(side).words[place] for place in heads}
        own = (one.heading.rpartition(" > ")[2] for one in content.placements)
        return all(said.issuperset(words_of(heading)) for heading in own)

    def _differing_code(self, side: Side, place: int) -> bool:
        """Whether a word of a row differs, and did not only slip within its row: beside a long
        description one form prints the code before its first line, another in the middle.
        """
        if self.aligned.fate(side)[place] != DIFFERS:
            return False
        other: Side = "before" if side == "after" else "after"
        stream, fates = self.aligned.stream(other), self.aligned.fate(other)
        near = self._counterpart(side, place)
        for found in stream.places_of(self.aligned.stream(side).words[place]):
            crossed = range(min(found, near), max(found, near) + 1)
            if (
                fates[found] == DIFFERS
                and len(crossed) <= _LONGEST_ROW
                and self._headings[other].isdisjoint(crossed)
            ):
                return False
        return True

    def _counterpart(self, side: Side, place: int) -> int:
        """Where a word would stand in the other version: behind what stands before it."""
        partner = self.aligned.partner(side)
        before = next((at for at in range(place, -1, -1) if partner[at] >= 0), -1)
        return partner[before] + 1 if before >= 0 else 0

    @cached_property
    def _headings(self) -> dict[Side, set[int]]:
        """The places of all headings of sections and of lists of codes."""
        return {
            side: heading_places(self.trees[side].record, self.aligned.stream(side))
            for side in SIDES
        }

    def _printed_codes(self, side: Side, content: CodesAt) -> set[int]:
        """The places of rows of codes without what is printed beside the codes."""
        codes = {row.code for row in content.rows if isinstance(row, ListedCode)}
        names = {canonical(code) for code in codes}
        words_there = self.aligned.stream(side).words
        ranges = {
            word for row in content.rows if isinstance(row, CodeRange) for word in words_of(row.raw)
        }
        rows = self._rows(side, content)
        return {place for place in rows if words_there[place] in names | ranges} or rows

    def _differs_beside(self, side: Side, content: CodesAt) -> bool:
        """Whether a word differs in the rows of a table that hold these codes, and is none of their
        descriptions.
        """
        stream = self.aligned.stream(side)
        for row in content.rows:
            if not isinstance(row, ListedCode):
                continue
            described = {*words_of(row.description or ""), canonical(row.code)}
            if any(
                stream.words[place] not in described and self._differing_code(side, place)
                for cell in stream.cells_beside(spans_of(row.source))
                for place in cell
            ):
                return True
        return False

    def _rows_differ(self, sides: list[tuple[Side, CodesAt]]) -> bool:
        """Whether a code that both versions print in a row of a table has other words there, in
        whatever order the columns stand: where columns change places, the words of many rows differ
        for the alignment, and a row is known by its code alone.
        """
        if len(sides) != len(SIDES):
            return False
        one, two = (self._said_in_rows(side, content) for side, content in sides)
        return any(one[code] != two[code] for code in one.keys() & two.keys())

    def _said_in_rows(self, side: Side, content: CodesAt) -> dict[str, Counter[str]]:
        """What rows of a table say of each code beside its description; without the codes that
        stand in several rows, or in none.
        """
        stream = self.aligned.stream(side)
        listed = [row for row in content.rows if isinstance(row, ListedCode)]
        named = Counter(row.code for row in listed)
        found: dict[str, Counter[str]] = {}
        for row in listed:
            cells = stream.cells_beside(spans_of(row.source))
            if named[row.code] == 1 and any(cells):
                described = {*words_of(row.description or ""), canonical(row.code)}
                said = (stream.words[place] for cell in cells for place in cell)
                found[row.code] = Counter(word for word in said if word not in described)
        return found

    def _differs_behind(self, side: Side, content: CodesAt) -> bool:
        """Whether a word differs that describes these codes, in the lines or rows that print
        them.
        """
        stream = self.aligned.stream(side)
        described = {
            word
            for row in content.rows
            if isinstance(row, ListedCode)
            for word in words_of(row.description or "")
        }
        blocks = {stream.number[stream.block(place).id] for place in self._rows(side, content)}
        printed = [stream.of_block(number) for number in blocks]
        printed += [
            cell
            for row in content.rows
            if isinstance(row, ListedCode)
            for cell in stream.cells_beside(spans_of(row.source))
        ]
        return any(
            stream.words[place] in described and self._differing_code(side, place)
            for places in printed
            for place in places
        )

    def _rows(self, side: Side, content: CodesAt) -> set[int]:
        """The places of rows of codes; of a range, which knows no place, those of its words."""
        stream = self.aligned.stream(side)
        spans = [
            span
            for row in content.rows
            if isinstance(row, ListedCode)
            for span in spans_of(row.source)
        ]
        named = [row for row in content.rows if isinstance(row, CodeRange)]
        found = stream.within(spans)
        return found.union(*(stream.places_of(word) for row in named for word in words_of(row.raw)))
