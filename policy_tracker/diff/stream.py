"""A version's document as one stream of words in one spelling, each with the block and the
characters where it is printed.

Labels, bullets and what runs along the pages are left out: the same words wrapped, numbered or set
otherwise give the same stream.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policy_tracker.language.code_forms import CODE
from policy_tracker.language.tokens import without_label

if TYPE_CHECKING:
    from policy_tracker.record import Record
    from policy_tracker.record.source import Source, Spans

Texts = Sequence[Mapping[str, object]]
"""A document's texts as they are kept beside its record (`documents.attached.unpacked`)."""
Documents = tuple[Texts, Texts]
"""The texts of two versions' documents."""
_DIGIT = re.compile(r"\d")
_MARKS = "*\u2020\u2021\u00a7\u00b6"
_WORD = re.compile(
    rf"[^\W_]+(?:[.'\u2019][^\W_]+)*|[<>=\u2264\u2265]+|[%$]"
    rf"|[{_MARKS}]+(?=[A-Za-z]?\d{{4}})|(?<=\d{{4}}[A-Za-z\d])[{_MARKS}]+"
)
"""A word or number, a comparison, a unit, a mark at a code."""
_TO = re.compile(r"\d\w? (?:through|thru|to) [A-Z]?\d")
_RANGE = re.compile(rf"{CODE} (?P<to>through|thru|to) (?={CODE})")
"""What joins the ends of a range is no word: a dash says the same."""
_SECTION_NUMBER = re.compile(r"\s*(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){1,4}[.)]?\s+(?=[A-Z])")
"""The number of a section before its title: "5.1 Limits"."""
_SPELLED = str.maketrans({"\u2019": "'", "\u2264": "<=", "\u2265": ">=", "\u00ad": ""})


@dataclass(frozen=True, slots=True)
class Printed:
    """A shown text of a document: a block or a cell; `fate` is what became of it when it was read,
    as far as that is known, `heading` whether a section is headed by it.
    """

    id: str
    text: str
    fate: str | None = None
    page: int | None = None
    connector: str | None = None
    heading: bool = False


class Stream:
    """The words of a document in reading order, each in its one spelling, with the block (counted
    from 0) and the characters where it stands.
    """

    def __init__(self, texts: Sequence[Printed]) -> None:
        self.texts = tuple(texts)
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.first: list[int] = []
        self.number = {text.id: number for number, text in enumerate(self.texts)}
        spelled: dict[str, str] = {}
        for text in self.texts:
            self.first.append(len(self.words))
            for word, start, end in _words(text):
                if word not in spelled:
                    spelled[word] = canonical(word)
                self.words.append(spelled[word])
                self.starts.append(start)
                self.ends.append(end)
        self.first.append(len(self.words))

    def __len__(self) -> int:
        return len(self.words)

    def block(self, place: int) -> Printed:
        """The text in which a word stands."""
        return self.texts[bisect_right(self.first, place) - 1]

    def places_of(self, word: str) -> Sequence[int]:
        """Where a word stands."""
        return self._places.get(word, ())

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word, []).append(place)
        return found

    def begins_block(self, place: int) -> bool:
        """Whether a word is the first of its block."""
        at = bisect_left(self.first, place)
        return at < len(self.first) and self.first[at] == place

    def of_block(self, number: int) -> range:
        """The places of the words of a block."""
        return range(self.first[number], self.first[number + 1])

    def cells_beside(self, spans: Iterable[tuple[str, int, int]]) -> list[range]:
        """The places of the words of each cell in the rows of tables in which these spans stand."""
        rows = dict.fromkeys(row for block, _, _ in spans if (row := _table_row(block)))
        return [self.of_block(number) for row in rows for number in self._cells.get(row, ())]

    @cached_property
    def _cells(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for block, number in self.number.items():
            if row := _table_row(block):
                found.setdefault(row, []).append(number)
        return found

    def column_titles(self, block: str) -> tuple[str, tuple[str, ...]]:
        """What stands at the top of the column of a table in which a cell stands, and at the top of
        all its columns, in one spelling; empty for what is no cell.
        """
        row, cell, column = block.rpartition(".c")
        table = row.rpartition(".r")[0]
        if not (cell and table):
            return "", ()
        top = {
            self.texts[number].id: " ".join(self.words[place] for place in self.of_block(number))
            for number in self._cells.get(f"{table}.r1", ())
        }
        return top.get(f"{table}.r1.c{column}", ""), tuple(top.values())

    def within(self, spans: Iterable[tuple[str, int, int]]) -> set[int]:
        """The places of the words that stand in these spans, with the AND or OR behind a text that
        stands there to its end.
        """
        found: set[int] = set()
        for block, start, end in spans:
            number = self.number.get(block)
            if number is None:
                continue
            low, high = self.first[number], self.first[number + 1]
            first = bisect_right(self.ends, start, low, high)
            last = bisect_left(self.starts, end, low, high)
            found.update(range(first, last))
            if last < high and self.starts[last] >= len(self.texts[number].text):
                found.update(range(last, high))
        return found


def _table_row(block: str) -> str:
    """The name of the row of a table that a cell stands in, as its id tells it (`b7.r2.c1`); empty
    for what is no cell.
    """
    row, cell, _ = block.rpartition(".c")
    return row if cell else ""


def _words(text: Printed) -> Iterator[tuple[str, int, int]]:
    label = len(text.text) - len(without_label(text.text))
    if text.heading and (number := _SECTION_NUMBER.match(text.text)):
        label = number.end()
    joints = {m.start("to") for m in _RANGE.finditer(text.text)} if _TO.search(text.text) else ()
    for match in _WORD.finditer(text.text, label):
        if match.start() not in joints:
            yield match[0], match.start(), match.end()
    if text.connector:
        length = len(text.text)
        for match in _WORD.finditer(text.connector):
            yield match[0], length, length


def canonical(word: str) -> str:
    """A word in one spelling: composed, in small letters, with plain signs, an abbreviation without
    its points.
    """
    if "." in word and not _DIGIT.search(word):
        word = word.replace(".", "")
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.translate(_SPELLED)).casefold()


def words_of(text: str) -> list[str]:
    """The words of any text as a stream has them."""
    return [canonical(word) for word, _, _ in _words(Printed("", text))]


def stream_of(texts: Iterable[Mapping[str, object]], headings: Collection[str] = ()) -> Stream:
    """The stream of a document's kept texts (`documents.attached.unpacked`): what it shows;
    `headings` are the ids of those that head a section.
    """
    return Stream([_printed(text, headings) for text in texts if text["standing"] == "shown"])


def running_texts(texts: Iterable[Mapping[str, object]]) -> list[str]:
    """What runs along the pages of a document, or stands in its frame."""
    return [str(text["text"]) for text in texts if text["standing"] == "furniture"]


def _printed(text: Mapping[str, object], headings: Collection[str]) -> Printed:
    place = text.get("place")
    return Printed(
        str(text["id"]),
        str(text["text"]),
        _text(text.get("fate")),
        place.get("page") if isinstance(place, dict) else None,
        _text(text.get("connector")),
        text["id"] in headings,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def stream_of_record(record: Record) -> Stream:
    """The stream of a record that no document stands beside: the texts of its statements in
    order.
    """
    return Stream([Printed(one.key, one.text, "coverage") for one in record.statements])


def spans_of(source: Source | None) -> Spans:
    """The spans that a source names, none without one."""
    return source.spans if source else ()
