"""Which of many words stand in a text, without looking for each of them.

Of a text every third stretch of four letters is taken: wherever a word of six letters or more
stands in it, one of the first three stretches of the word is among them. Words are looked for only
where one of theirs is, and for all indexes at once, since many are asked about one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from policy_tracker.language.remembered import remembered

_LENGTH = 4
"""Letters of a stretch: shorter ones stand in most texts."""
_APART = 3
"""Letters from the beginning of a stretch to that of the next one taken."""
_SHORTEST = _LENGTH + _APART - 1
"""Letters of the shortest word of which a stretch is always taken."""
_FEW = 6
"""Words of which each is looked for, because that takes no longer."""
_LONGEST = 2_000
"""Characters of a text in which each word is looked for: a whole document is asked few times."""


class WordIndex:
    """Words, each with the place of what it stands for."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        words = self._all = tuple(words)
        few = len(words) <= _FEW
        self._asked = tuple(one for one in words if few or len(one[0]) < _SHORTEST)
        self._known: dict[str, list[int]] = {}
        for word, place in words:
            if not few and len(word) >= _SHORTEST:
                self._known.setdefault(word, []).append(place)
        _VOCABULARY.add(self._known)

    def places_in(self, text: str) -> list[int]:
        """The places of the words that stand in a text, each once, in order."""
        if len(text) > _LONGEST:
            return sorted({place for word, place in self._all if word in text})
        found = []
        for word, place in self._asked:  # faster than a comprehension that calls a function
            if word in text:
                found.append(place)
        if known := self._known:
            for word in known.keys() & _words_in(text, _VOCABULARY.edition):
                found += known[word]
        return sorted(set(found)) if len(found) > 1 else found


class _Vocabulary:
    """The longer words of all indexes by their first stretches. It grows by one index at a time;
    `edition` counts how often it has.
    """

    def __init__(self) -> None:
        self.edition = 0
        self._known: dict[str, tuple[tuple[str, int], ...]] = {}
        self._words: set[str] = set()
        self._growing = Lock()

    def add(self, words: Iterable[str]) -> None:
        with self._growing:
            known = dict(self._known)  # whoever reads the one before goes on with that
            for word in set(words) - self._words:
                self._words.add(word)
                for start in range(_APART):
                    stretch = word[start : start + _LENGTH]
                    known[stretch] = (*known.get(stretch, ()), (word, start))
            self._known = known
            self.edition += 1

    def words_in(self, text: str) -> frozenset[str]:
        known = self._known.get
        found = []
        for at in range(0, len(text) - _LENGTH + 1, _APART):
            if words := known(text[at : at + _LENGTH]):
                for word, start in words:
                    # looked for at its place alone: in all of a long text it takes long
                    if at >= start and text.startswith(word, at - start):
                        found.append(word)
        return frozenset(found)


@remembered
def _words_in(text: str, edition: int) -> frozenset[str]:
    """The words of any index that stand in a text, all that an edition of the vocabulary has."""
    return _VOCABULARY.words_in(text)


_VOCABULARY = _Vocabulary()
