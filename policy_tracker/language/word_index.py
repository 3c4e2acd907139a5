"""Which of many words stand in a text, without looking for each of them.

Of a text every third stretch of four letters is taken: wherever a word of six letters or more
stands in it, one of the first three stretches of the word is among them. Words are looked for only
where one of theirs is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_LENGTH = 4
"""Letters of a stretch: shorter ones stand in most texts."""
_APART = 3
"""Letters from the beginning of a stretch to that of the next one taken."""
_SHORTEST = _LENGTH + _APART - 1
"""Letters of the shortest word of which a stretch is always taken."""
_FEW = 12
"""Words of which each is looked for, because that takes no longer."""
_TEXTS_KEPT = 256


class WordIndex:
    """Words, each with the place of what it stands for."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        words = tuple(words)
        few = len(words) <= _FEW
        self._asked = tuple(one for one in words if few or len(one[0]) < _SHORTEST)
        self._known: dict[str, list[tuple[str, int]]] = {}
        for word, place in words if not few else ():
            for start in range(_APART if len(word) >= _SHORTEST else 0):
                stretch = word[start : start + _LENGTH]
                self._known.setdefault(stretch, []).append((word, place))

    def places_in(self, text: str) -> list[int]:
        """The places of the words that stand in a text, each once, in order."""
        found = {place for word, place in self._asked if word in text}
        if known := self._known:
            for stretch in known.keys() & _stretches(text):
                for word, place in known[stretch]:
                    if word in text:
                        found.add(place)
        return sorted(found)


@lru_cache(maxsize=_TEXTS_KEPT)
def _stretches(text: str) -> frozenset[str]:
    """Every third stretch of four letters of a text."""
    return frozenset(
        [text[start : start + _LENGTH] for start in range(0, len(text) - _LENGTH + 1, _APART)]
    )
