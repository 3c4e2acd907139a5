"""Which of many statements have most of their words in common with one, without comparing it with
each of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_tracker.language.abbreviations import abbreviated
from policy_tracker.language.coordination import meant
from policy_tracker.record import Statement

if TYPE_CHECKING:
    import numpy as np

MOST_APART = 0.3
"""The part of their words that two sentences which say the same may have on one side alone; others
are not compared word by word, which takes long for every sentence with every other.
"""


class Alike:
    """Some statements, found by their words: how many of them each shares with a text is counted
    for all statements at once.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        # it takes a while to import, and most commands compare nothing
        import numpy as np

        self.np = np
        self.statements = [*statements]
        said = [_words_of(statement.text) for statement in self.statements]
        self.sizes = np.array([*map(len, said)])
        self.holding: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(said):
            for word in words:
                self.holding[word].append(place)
        self.places: dict[str, np.ndarray] = {}

    def to(self, statement: Statement) -> Iterator[Statement]:
        """Those that have most of their words in common with a statement, in their order."""
        said = _words_of(statement.text)
        places = [self.of(word) for word in said if word in self.holding]
        if not places:
            return
        common = self.np.bincount(self.np.concatenate(places), minlength=len(self.statements))
        together = self.sizes + len(said) - common
        close = together - common <= MOST_APART * together
        yield from (self.statements[place] for place in self.np.flatnonzero(close))

    def of(self, word: str) -> np.ndarray:
        """The places of the statements that have a word."""
        if word not in self.places:
            self.places[word] = self.np.array(self.holding[word])
        return self.places[word]


@lru_cache(maxsize=4_096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(meant(abbreviated(text)))
