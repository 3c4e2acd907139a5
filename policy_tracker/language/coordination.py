"""Sentences whose "or" or "and" joins options that another text spells one by one: "recurrent or
scarring disease" for "recurrent disease" and "scarring disease".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from policy_tracker.language import inflection
from policy_tracker.language.plain import digits
from policy_tracker.language.stopwords import ARTICLES, BEING
from policy_tracker.language.tokens import bare, decisive, fold, words

Spelled = tuple[str, ...]
_TOKEN = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*|[<>=]+|%|,|/")
_BOTH = frozenset({"either", "both"})
_JOINING = frozenset({"or", "/", "and"})
_EMPTY = ARTICLES | BEING
MOST_WORDS = 40
"""A longer sentence joins too much to be taken apart with certainty."""
MOST_EACH = 8
"""So many words an option has at most, where it is not a whole clause."""


@dataclass(frozen=True, slots=True)
class Coordinated:
    """A sentence as its options, each as the words that `meant` gives, and how they are joined."""

    joined: Literal["or", "and"]
    options: tuple[Spelled, ...]


@lru_cache(maxsize=4_096)
def meant(text: str) -> Spelled:
    """The words of a text that carry it, each as its stem: the same for two texts that differ in
    articles, number and capitals alone.
    """
    return _stems(words(text))


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    """The stem of a word, nothing of one that carries nothing; a decisive word stays as it is."""
    return "" if word in _EMPTY else word if decisive(word) else inflection.stem(word)


def _stems(found: tuple[str, ...]) -> Spelled:
    return tuple(stem for word in found if (stem := _stem(word))) or found


class Spellings:
    """What a text spells one by one, as the words that `meant` gives."""

    def __init__(self, spelled: Iterable[Spelled]) -> None:
        self.spelled = frozenset(spelled)
        self.opened: dict[str, list[Spelled]] = {}
        for option in self.spelled:
            self.opened.setdefault(option[0], []).append(option)

    def several_in(self, words: frozenset[str]) -> bool:
        """Whether at least two options have no other words than these."""
        opened = (option for word in words for option in self.opened.get(word, ()))
        return len([*islice(filter(words.issuperset, opened), 2)]) == 2


def coordinated(text: str, options: Spellings) -> Coordinated | None:
    """The options that a sentence joins, where each of them is spelled; None where it joins none,
    or not all of them are there.
    """
    tokens = _TOKEN.findall(fold(digits(bare(text)).text).replace("and/or", "or"))
    if not 3 <= len(tokens) <= MOST_WORDS or _JOINING.isdisjoint(tokens):
        return None
    if not options.several_in(frozenset(map(_stem, tokens))):
        return None
    for place, word in enumerate(tokens):
        joined: Literal["or", "and"] | None = (
            "or" if word in ("or", "/") else "and" if word == "and" else None
        )
        if joined is None:
            continue
        for joins in _options(tokens, place):
            found: dict[Spelled, None] = {}
            for option in joins:
                stems = tuple(stem for token in option if (stem := _stem(token)))
                if stems not in options.spelled:
                    break
                found[stems] = None
            else:
                if len(found) > 1:
                    return Coordinated(joined, tuple(found))
    return None


def _options(tokens: list[str], place: int) -> Iterator[Iterator[list[str]]]:
    """All ways to read what stands around a joining word as options that share the words before
    and behind them.
    """
    left = tokens[: place - 1] if tokens[place - 1 : place] == [","] else tokens[:place]
    right = tokens[place + 1 :]
    for middle, head in _listed(left):
        for taken in _lengths(head):
            before, first = head[:-taken], head[-taken:]
            before = before[:-1] if before and before[-1] in _BOTH else before
            first = first[1:] if first[0] in _BOTH else first
            if not first or "," in first:
                continue
            for last in _lengths(right):
                behind = right[last:]
                parts = [first, *middle, right[:last]]
                yield ([*before, *part, *behind] for part in parts)


def _lengths(side: list[str]) -> list[int]:
    """How many words of one side may be an option's own: few, or all of them."""
    few = range(1, min(len(side), MOST_EACH) + 1)
    return [*few, *([len(side)] if len(side) > MOST_EACH else [])]


def _listed(left: list[str]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """The middle options of "a, b, or c", and all that stands before them with the first option;
    none, one, or as many as commas allow.
    """
    middle: list[list[str]] = []
    head = left
    yield middle, head
    while "," in head:
        at = len(head) - 1 - head[::-1].index(",")
        middle, head = [head[at + 1 :], *middle], head[:at]
        if not middle[0] or len(middle[0]) > MOST_EACH:
            return
        yield middle, head
