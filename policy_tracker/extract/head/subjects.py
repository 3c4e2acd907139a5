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
from policy_tracker.extract.head.printed_names import names_subject
from policy_tracker.extract.head.titles import is_no_title
from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block, Document, Line

_LABEL = re.compile(r"(?P<label>[A-Z][\w/&# ]{1,40}?)(?:\s*[:|]\s+|\t)(?P<value>\S.*)")
_NUMBER_BEHIND = re.compile(r"[\s(|–—-]+(?:[A-Z]{1,6}[.-]?){0,3} ?\d[\w.-]*\)?$")
_ROWS, _FIRST_PAGE = 24, 60
_KIND_BEFORE = 60
_NUMBER_BEFORE = re.compile(r"^(?:[A-Z]{1,6}[.-]?){0,3}\d[\w.-]*(?:\s*[–—-])?\s+")
_NO_TITLE = re.compile(
    r"\b(?:is|are|was|were|does|may|must|shall|will|has|have|including|if|HMO|PPO|POS|EPO|Members?"
    r"|Products?)\b|[|;]|\.\s|\.\.",
)
_LONG_WORD, _LEAST_WORDS, _CAPITAL = 4, 2, 0.6
_ENOUGH = 3
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
    for words, printed, labelled in _candidates(document):
        if not _has_form_of_title(words, payer):
            continue
        told = times_told(words, spoken)
        if told < _ENOUGH:
            continue
        weight = min(told, _MOST_COUNTED) + len(words.split()) / 2 + (2 if labelled else 0)
        if best is None or weight > best[1]:
            best = (Subject(words, printed, told), weight)
    return best[0] if best else None


def _has_form_of_title(words: str, payer: str) -> bool:
    """Whether words are written as a title is: capital words, and no sentence."""
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) >= _LONG_WORD]
    capital = sum(word[0].isupper() for word in long)
    return (
        len(long) >= _LEAST_WORDS
        and capital >= _CAPITAL * len(long)
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


def spoken_text(document: Document) -> str:
    """What the sentences of a document say, in lower case, without its lines of names."""
    edges = {line.strip().lower() for line in document.running}
    texts = (" ".join(block.text.split()) for block in document.blocks)
    return "\n".join(
        text.lower()
        for text in texts
        if len(text) > _SHORTEST_SENTENCE and text.lower() not in edges
    )


def _candidates(document: Document) -> Iterator[tuple[str, Line | Block, bool]]:
    lines = [line for line in document.header if line.text.strip()][:_ROWS]
    blocks = [
        block
        for number, block in enumerate(document.blocks[:_FIRST_PAGE])
        if block.table is None and (number < _ROWS or "|" in block.text[:_KIND_BEFORE])
    ]
    for one in (*blocks, *lines):
        text = " ".join(one.text.split())
        if len(text) > _LONGEST_HEAD_ROW:
            continue
        yield text, one, False
        if "|" in text:
            yield text.rsplit("|", 1)[1].strip(), one, True
        if match := _LABEL.match(text):
            yield match["value"], one, True
        if match := _NUMBER_BEHIND.search(text):
            yield text[: match.start()], one, False
