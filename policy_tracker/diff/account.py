"""The account of two documents: each word that differs stands in exactly one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.diff.differences import CodesAt, Difference, Joint
from policy_tracker.diff.spans import MOVED, SAME
from policy_tracker.diff.stream import spans_of
from policy_tracker.language.directing import (
    addresses,
    decides_amid_description,
    demands_of_list,
    measures,
    obliges,
)
from policy_tracker.language.sentences import sentence_spans
from policy_tracker.record import Statement
from policy_tracker.record.content import Authorization, HistoryRow, Residual, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policy_tracker.diff.spans import AlignedStreams, Side
    from policy_tracker.record.source import BlockSpan

SIDES: tuple[Side, Side] = ("before", "after")
CHANGED, MOVED_ELSEWHERE, NOT_CLASSIFIED = "changed", "moved", "not classified"
_QUIET_FATES = frozenset(("identity", "history", "background", "references", "boilerplate"))
"""What became of blocks whose words decide no claim."""
_LONGEST_LIST, _LONGEST_ITEM = 12, 200
"""Items that a list among sentences that describe has, and characters of one."""
_DESCRIBING = frozenset(("background", "references"))
"""Parts whose sentences describe; one that directs something there is read by nobody."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A run of words that differ and that nothing tells: what stood there, what stands there, and
    the block and page of it.
    """

    before: str | None
    after: str | None
    block: str
    page: int | None


class WordAccount:
    """The place of each word that differs between two streams; the first that claims it has it."""

    def __init__(self, aligned: AlignedStreams) -> None:
        self.aligned = aligned
        self.places: dict[Side, dict[int, str]] = {"before": {}, "after": {}}

    def claim(self, side: Side, spans: Iterable[BlockSpan], place: str) -> None:
        """Put the words in these spans that differ into a place, unless they stand in one; no
        sentence that directs something is a description.
        """
        fates, places = self.aligned.fate(side), self.places[side]
        for word in self.aligned.stream(side).within(spans):
            if fates[word] == SAME or (
                place in _DESCRIBING and fates[word] != MOVED and self._directs(side, word, place)
            ):
                continue
            places.setdefault(word, place)

    def claim_words(self, side: Side, words: Sequence[str], place: str) -> None:
        """Put the words that differ into a place wherever these words are printed one behind the
        other.
        """
        stream = self.aligned.stream(side)
        wanted = list(words)
        if not wanted:
            return
        fates, places = self.aligned.fate(side), self.places[side]
        for start in stream.places_of(wanted[0]):
            stop = start + len(wanted)
            if stream.words[start:stop] == wanted:
                for word in range(start, stop):
                    if fates[word] != SAME:
                        places.setdefault(word, place)

    def claim_behind(
        self, side: Side, spans: Iterable[BlockSpan], words: Sequence[str], place: str
    ) -> None:
        """Put the words that differ into a place as far as these words are printed behind the
        spans: a code's description, which may stand in a cell of its own.
        """
        stream = self.aligned.stream(side)
        own = stream.within(spans)
        start = max(own, default=-1) + 1
        if own and stream.words[start : start + len(words)] == list(words):
            for word in range(start, start + len(words)):
                if self.aligned.fate(side)[word] != SAME:
                    self.places[side].setdefault(word, place)

    def claim_beside(
        self, side: Side, spans: Iterable[BlockSpan], words: Sequence[str], place: str
    ) -> None:
        """Put the words that differ into a place in the cells that hold just these words, beside
        the spans in a row of a table: the status of a code.
        """
        stream, fates = self.aligned.stream(side), self.aligned.fate(side)
        for cell in stream.cells_beside(spans):
            if [stream.words[word] for word in cell] == list(words):
                for word in cell:
                    if fates[word] != SAME:
                        self.places[side].setdefault(word, place)

    def has(self, side: Side, spans: Iterable[BlockSpan], place: str) -> bool:
        """Whether a word in these spans stands in a place."""
        places = self.places[side]
        return any(places.get(word) == place for word in self.aligned.stream(side).within(spans))

    def close(self) -> None:
        """Put what nobody claimed where its block belongs."""
        for side in SIDES:
            stream, places = self.aligned.stream(side), self.places[side]
            for word, fate in enumerate(self.aligned.fate(side)):
                if fate != SAME and word not in places:
                    places[word] = self._left(side, word, fate, stream.block(word).fate)

    def _left(self, side: Side, word: int, fate: int, block: str | None) -> str:
        if fate == MOVED:
            return MOVED_ELSEWHERE
        if block not in _QUIET_FATES or self._directs(side, word, block):
            return NOT_CLASSIFIED
        return block

    def _directs(self, side: Side, word: int, part: str) -> bool:
        """Whether a word stands in a sentence that says what to do or what is decided; a citation
        names times and numbers and directs nothing by them.
        """
        stream = self.aligned.stream(side)
        text, place = stream.block(word).text, stream.starts[word]
        for start, end in sentence_spans(text):
            if start <= place < end:
                said = text[start:end]
                if part == "background":
                    return decides_amid_description(said) or self._is_demanded(side, word)
                quotes = part == "references"
                return obliges(said) or (not quotes and (measures(said) or addresses(said)))
        return False

    def _is_demanded(self, side: Side, word: int) -> bool:
        """Whether a word stands in a list of what must hold, among sentences that describe."""
        stream = self.aligned.stream(side)
        number = stream.number[stream.block(word).id]
        for lead in reversed(stream.texts[max(0, number - _LONGEST_LIST) : number]):
            if lead.heading or lead.fate not in _DESCRIBING:
                return False
            if lead.text.rstrip().endswith(":"):
                return demands_of_list(lead.text)
            if len(lead.text) > _LONGEST_ITEM:
                return False
        return False

    def counts(self) -> dict[str, int]:
        """How many words stand in each place."""
        found: dict[str, int] = {}
        for side in SIDES:
            for place in self.places[side].values():
                found[place] = found.get(place, 0) + 1
        return found

    def differing(self) -> int:
        """How many words of both sides differ."""
        return sum(
            len(self.aligned.fate(side)) - self.aligned.fate(side).count(SAME) for side in SIDES
        )

    def unplaced(self) -> tuple[Unplaced, ...]:
        """The runs of words that nothing classifies: those of the later document with what stood
        there, then what is gone and has nothing in its place.
        """
        runs = {side: list(self._runs(side)) for side in SIDES}
        taken: set[int] = set()
        found: list[Unplaced] = []
        for start, stop in runs["after"]:
            at = self._beside("after", start)
            partner = next(
                (n for n, (one, _) in enumerate(runs["before"]) if one == at and n not in taken),
                None,
            )
            if partner is not None:
                taken.add(partner)
            old = self._words("before", *runs["before"][partner]) if partner is not None else None
            block = self.aligned.after.block(start)
            found.append(Unplaced(old, self._words("after", start, stop), block.id, block.page))
        for number, (start, stop) in enumerate(runs["before"]):
            if number not in taken:
                block = self.aligned.before.block(start)
                found.append(
                    Unplaced(self._words("before", start, stop), None, block.id, block.page)
                )
        return tuple(found)

    def _runs(self, side: Side) -> Iterator[tuple[int, int]]:
        words = sorted(w for w, place in self.places[side].items() if place == NOT_CLASSIFIED)
        start = last = -1
        for word in words:
            if word != last + 1:
                if start >= 0:
                    yield start, last + 1
                start = word
            last = word
        if start >= 0:
            yield start, last + 1

    def _beside(self, side: Side, word: int) -> int:
        """Where on the other side a run would begin: behind the partner of the word before it."""
        return self.aligned.partner(side)[word - 1] + 1 if word else 0

    def _words(self, side: Side, start: int, stop: int) -> str:
        """A run of words as the document prints it."""
        stream = self.aligned.stream(side)
        lines: list[str] = []
        while start < stop:
            block = stream.block(start)
            last = min(stop, stream.of_block(stream.number[block.id]).stop)
            lines.append(
                block.text[stream.starts[start] : stream.ends[last - 1]]
                or block.connector
                or stream.words[start]
            )
            start = last
        return "\n".join(lines)


def spans_in(
    difference: Difference, statements: Mapping[Side, Mapping[str, Statement]]
) -> Iterator[tuple[Side, tuple[BlockSpan, ...]]]:
    """Where the documents print what a difference is about, on each side; `statements` are both
    versions', by key.
    """
    for side, content in zip(SIDES, (difference.before, difference.after), strict=True):
        if isinstance(content, CodesAt):
            yield side, _of_codes(content)
            continue
        for one in _sources(content, difference, statements[side]):
            yield side, one


def _of_codes(content: CodesAt) -> tuple[BlockSpan, ...]:
    """The rows of codes, whole, and the headings of their lists."""
    rows = (span for row in content.rows for span in spans_of(getattr(row, "source", None)))
    heads = (span for one in content.placements for span in spans_of(one.source))
    return (*rows, *heads)


def _sources(
    content: object, difference: Difference, by_key: Mapping[str, Statement]
) -> Iterator[tuple[BlockSpan, ...]]:
    match content:
        case Statement() | Residual() | HistoryRow():
            yield spans_of(content.source)
            if isinstance(content, Statement) and difference.block:
                for one in difference.block.rest:
                    yield spans_of(one.source)
        case Section():
            yield content.spans
        case Joint():
            value = content.value
            key = value.statement if isinstance(value, Authorization) else None
            statement = content.statement or by_key.get(key or "")
            if statement:
                yield spans_of(statement.source)
