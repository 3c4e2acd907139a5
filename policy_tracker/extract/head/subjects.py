"""The subject of a document among the lines of its head: what its text goes on to speak of.

A title returns in the text ("Wrist Lamps" … "wrist lamps are considered"), the names of payers,
departments and kinds of documents do not, or not as the words of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policy_tracker.extract.head.dated_labels import name_of_label
from policy_tracker.extract.head.number_forms import ALONE, LABELLED, is_number_alone
from policy_tracker.extract.head.rows import rows_of
from policy_tracker.extract.head.title_forms import is_capital, long_words, names_subject
from policy_tracker.extract.head.titles import is_no_title
from policy_tracker.language.dates import DATE_PATTERN
from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block, Document, Line

_LABEL = re.compile(r"(?P<label>[A-Z][\w/&#. -]{1,40}?)(?:\s*[:|]\s+|\t)(?P<value>\S.*)")
_DASH = re.compile(r"\s+[-–—|]\s+|\t")
_NUMBER_BEHIND = re.compile(
    rf"(?:[\s(|\[–—-]+(?:(?:[A-Z]{{1,6}}[.-]?){{0,3}} ?\d[\w.-]*|{ALONE})[)\]]?)+$"
)
_ROWS, _FIRST_PAGE = 24, 60
_KIND_BEFORE = 60
_NUMBER_BEFORE = re.compile(
    rf"^(?:(?:[A-Z]{{1,6}}[.-]?){{0,3}}\d[\w.-]*(?:\s*[–—-])?|{ALONE}\s*[:|–—-]?"
    rf"|{LABELLED}\s*(?::|\s[|–—-]))\s+"
)
_DATES_BEHIND = re.compile(rf"(?:\s*\|?\s*{DATE_PATTERN})+$", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"\b(?:is|are|was|were|does|may|must|shall|will|has|have|including|if|HMO|PPO|POS|EPO|Members?"
    r"|Products?)\b|[|;]|\.\s|\.\.",
)
_LEAST_WORDS, _MOST_WORDS = 2, 18
_ENOUGH = 3
_LONGEST_LABEL = 2
_LEAST_LETTERS, _LEAST_ALONE = 5, 6
_PARTS = re.compile(
    r"\s*[:–—(),/|]\s*|\s-\s|-\s|\s(?:of|in|for|as|an?|the|and|or|with|to|by|using|on)\s",
    re.IGNORECASE,
)
_LONGEST_HEAD_ROW = 170
_SHORTEST_SENTENCE = 42
_MOST_COUNTED = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """A line that can be the title, and how often the text speaks of it."""

    title: str
    printed: Line | Block
    told: int


def subject_of(document: Document, payer: str) -> Subject | None:
    """The words of the head of which the text speaks, None where it speaks of none of them."""
    spoken = spoken_text(document)
    best: tuple[Subject, float] | None = None
    for candidate, printed, labelled in _candidates(document):
        if not _has_form_of_title(candidate, payer):
            continue
        words, told = candidate, times_told(candidate, spoken)
        if told < _ENOUGH:
            words, told = _end_told(candidate, spoken)
        if told < _ENOUGH:
            continue
        announced = 2 if labelled and words == candidate else 0
        weight = min(told, _MOST_COUNTED) + len(words.split()) / 2 + announced
        if best is None or weight > best[1]:
            best = (Subject(words, printed, told), weight)
    return best[0] if best else None


def _end_told(words: str, spoken: str) -> tuple[str, int]:
    """The words without the first one or two, where the text speaks of the rest: a label that
    nothing parts from its value ("Subject Wrist Lamps").
    """
    parts = words.split()
    for skipped in range(1, min(_LONGEST_LABEL, len(parts) - _LEAST_WORDS) + 1):
        rest = " ".join(parts[skipped:])
        if (told := spoken.count(rest.lower())) >= _ENOUGH:
            return rest, told
    return words, 0


def _has_form_of_title(words: str, payer: str) -> bool:
    """Whether words are written as a title is: capital words, and no sentence."""
    return (
        len(long_words(words)) >= _LEAST_WORDS
        and len(words.split()) <= _MOST_WORDS
        and is_capital(words)
        and not _NO_TITLE.search(words)
        and name_of_label(words) is None
        and names_subject(words, payer)
        and not is_no_title(words, None, payer)
    )


def times_told(title: str, spoken: str) -> int:
    """How often a text speaks of a title, or of a part of it between marks, without the number
    before it and the kind of document behind it.
    """
    bare = _kinds_behind().sub("", _NUMBER_BEFORE.sub("", " ".join(title.split())))
    parts = [bare, *_PARTS.split(bare)]
    phrases = {" ".join(part.lower().split()) for part in parts}
    return max(
        (
            spoken.count(phrase)
            for phrase in phrases
            if len(phrase) >= (_LEAST_LETTERS if " " in phrase else _LEAST_ALONE)
        ),
        default=0,
    )


@cache
def _kinds_behind() -> re.Pattern[str]:
    return re.compile(rf"(?:\s+(?:{joined('letterheads', 'kind_in_title')}))+$", re.IGNORECASE)


def is_only_a_name(title: str, document: Document) -> bool:
    """Whether a text prints the words of a title, and each of its parts, in capitals alone, as
    those of a name are.
    """
    if len(title.split()) < _LEAST_WORDS:
        return False
    parts = [title, *(part for part in _PARTS.split(title) if len(part) >= _LEAST_ALONE)]
    text = document.text
    return not any(_in_small_letters(part) in text or part.lower() in text for part in parts)


def _in_small_letters(words: str) -> str:
    """Words as a sentence begins with them."""
    first, _, rest = words.partition(" ")
    return f"{first} {rest.lower()}" if rest else words.lower()


def spoken_text(document: Document) -> str:
    """What the sentences of a document say, in lower case, without its lines of names."""
    edges = {line.strip().lower() for line in document.running}
    texts = (" ".join(block.text.split()) for block in document.blocks if block.kind != "heading")
    return "\n".join(
        text.lower()
        for text in texts
        if len(text) > _SHORTEST_SENTENCE
        and text.lower() not in edges
        and not (len(text) < _LONGEST_HEAD_ROW and is_capital(text))
    )


def _candidates(document: Document) -> Iterator[tuple[str, Line | Block, bool]]:
    """Words that can be the title, what prints them, and whether a label announces them."""
    lines = [
        line
        for number, line in enumerate(line for line in document.header if line.text.strip())
        if number < _ROWS or "|" in line.text[:_KIND_BEFORE]
    ]
    blocks = [
        block
        for number, block in enumerate(document.blocks[:_FIRST_PAGE])
        if block.table is None and (number < _ROWS or "|" in block.text[:_KIND_BEFORE])
    ]
    for one in (*blocks, *lines):
        text = " ".join(one.text.split())
        if len(text) > _LONGEST_HEAD_ROW:
            continue
        for words, labelled in _readings(text):
            if not _has_number_within(words):
                yield words, one, labelled
    for row in rows_of(lines):
        label, _, value = row.text.rpartition("\t")
        if label:
            yield value, row.piece_at(len(label) + 1), True


def _readings(text: str) -> Iterator[tuple[str, bool]]:
    """A line as it stands, behind its label, its parts between dashes and cells, and each of these
    without numbers and dates at its ends.
    """
    match = _LABEL.match(text)
    parts = _DASH.split(text)
    readings = [
        (text, False),
        *([(match["value"], True)] if match else []),
        *(((part, "|" in text) for part in parts) if len(parts) > 1 else ()),
    ]
    for words, labelled in readings:
        bare = _NUMBER_BEHIND.sub("", _DATES_BEHIND.sub("", words))
        bare = _NUMBER_BEFORE.sub("", bare)
        yield from ((one.strip(), labelled) for one in dict.fromkeys((words, bare)))


def _has_number_within(words: str) -> bool:
    """Whether a policy's number stands at an end of words; the reading without it is the title."""
    return any(is_number_alone(word.strip("()[]:,")) for word in words.split())
