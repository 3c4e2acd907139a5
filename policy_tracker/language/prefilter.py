"""Patterns that are tried only where a word stands without which they cannot match.

Most sentences hold none of most words. The words are derived from the pattern (`literals`). A
pattern is compiled when it is tried first, because most documents need few of them, and compiling
all takes longer than reading a short document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Generic, TypeVar

from policy_tracker.language.literals import (
    alternatives,
    in_small_letters,
    required_literals,
    required_together,
)
from policy_tracker.language.word_index import WordIndex

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Hinted:
    """A pattern for lower-case text that is tried only where one of its hints stands."""

    words: str

    @property
    def hints(self) -> tuple[str, ...]:
        """The words one of which every match contains; none where the pattern demands none."""
        return required_literals(self.words)

    def search(self, plain: str) -> re.Match[str] | None:
        """The first match in a text that `lowered` made."""
        return _compiled(self.words).search(plain) if self.may_match(plain) else None

    def each(self, plain: str) -> Iterator[re.Match[str]]:
        """All matches in a text that `lowered` made."""
        return _compiled(self.words).finditer(plain) if self.may_match(plain) else iter(())

    def find(self, plain: str) -> re.Match[str] | None:
        """The first match in a text that is known to hold one of the hints."""
        return _compiled(self.words).search(plain)

    def fits(self, plain: str) -> bool:
        """Whether the pattern matches the whole of a text that is known to hold a hint."""
        return _compiled(self.words).fullmatch(plain) is not None

    def may_match(self, plain: str) -> bool:
        """Whether the text has a word of each group that the pattern demands."""
        return _has_each(required_together(self.words), plain)


class Wording:
    """A pattern that is found whatever its case, in texts most of which hold no part of it.

    Each of its alternatives is tried only where words stand without which it cannot match, and on
    the text in lower case: a pattern that ignores case takes several times as long.
    """

    def __init__(self, words: str, *, in_lines: bool = False) -> None:
        """`in_lines`: whether `^` and `$` stand for the ends of lines."""
        self.words = words
        self._flags = re.MULTILINE if in_lines else re.NOFLAG

    def found_in(self, text: str) -> bool:
        """Whether it stands anywhere in a text."""
        plain = lowered(text)
        possible = self._possible(plain)
        return bool(possible) and any(pattern.search(plain) for pattern in possible)

    def may_stand_in(self, text: str) -> bool:
        """Whether a text has the words without which it cannot stand there; whether it does is not
        asked.
        """
        return bool(self._possible(lowered(text)))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        plain = lowered(text)
        starts = [match.start() for one in self._possible(plain) if (match := one.search(plain))]
        return self._whole.match(text, min(starts)) if starts else None

    def _possible(self, plain: str) -> list[re.Pattern[str]]:
        """The alternatives of whose words a text in lower case has enough."""
        possible = []
        for place in self._first_words.places_in(plain):
            words, groups = self._alternatives[place]
            if _has_each(groups, plain):
                possible.append(_compiled(words, self._flags))
        return possible

    def times_in(self, text: str) -> int:
        """How often it stands in a text."""
        return len(self._whole.findall(text)) if self.found_in(text) else 0

    def sub(self, by: str, text: str) -> str:
        """A text with other words in the place of each match."""
        return self._whole.sub(by, text) if self.found_in(text) else text

    @cached_property
    def _alternatives(self) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
        """Each alternative with the further groups of words of which it demands one each."""
        return tuple((words, groups[1:]) for words, groups in self._demands)

    @cached_property
    def _first_words(self) -> WordIndex:
        """The words that each alternative demands before all."""
        return WordIndex(self.first_words())

    def first_words(self) -> list[tuple[str, int]]:
        """Words of which every text that holds it has one, each with the number of its
        alternative.
        """
        return [
            (word, place)
            for place, (_, groups) in enumerate(self._demands)
            for word in (groups[0] if groups else ("",))
        ]

    @property
    def _demands(self) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
        folded = alternatives(in_small_letters(self.words))
        return [(words, required_together(words)) for words in folded]

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(self.words, re.IGNORECASE | self._flags)


class Choice(Generic[Meaning]):
    """Wordings with their meanings, of which the first counts that stands in a text."""

    def __init__(self, choices: Iterable[tuple[Wording, Meaning]]) -> None:
        self._choices = tuple(choices)

    def in_text(self, text: str) -> tuple[re.Match[str], Meaning] | None:
        """The match of the first of the wordings that a text holds, and what it means."""
        for place in dict.fromkeys(self._first_words.places_in(lowered(text))):
            wording, meaning = self._choices[place]
            if match := wording.search(text):
                return match, meaning
        return None

    @cached_property
    def _first_words(self) -> WordIndex:
        return WordIndex(
            (word, place)
            for place, (wording, _) in enumerate(self._choices)
            for word, _ in wording.first_words()
        )


def _has_each(groups: tuple[tuple[str, ...], ...], plain: str) -> bool:
    """Whether a text has a word of each group."""
    for group in groups:
        for word in group:  # faster than any(), and asked thousands of times
            if word in plain:
                break
        else:
            return False
    return True


@cache
def _compiled(words: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(words, flags)


def lowered(text: str) -> str:
    """A text in lower case, of the same length, so that places in it are places in the text.

    A few letters have no such lower case, and stay as they are.
    """
    plain = text.lower()
    if text.isascii() or len(plain) == len(text):
        return plain
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
