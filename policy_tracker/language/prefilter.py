"""Patterns that are tried only where a word stands without which they cannot match: most sentences hold none of most words.

A pattern is compiled when it is tried first, because most documents need few of them and compiling all takes longer than a short document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Hinted:
    """A pattern for lower-case text, and its hints: where none of them stands in a text, the pattern does not match (no hints: it may)."""

    words: str
    hints: tuple[str, ...]

    def search(self, plain: str) -> re.Match[str] | None:
        """The first match in a text that `lowered` made."""
        return _compiled(self.words).search(plain) if self.may_match(plain) else None

    def each(self, plain: str) -> Iterator[re.Match[str]]:
        """All matches in a text that `lowered` made."""
        return _compiled(self.words).finditer(plain) if self.may_match(plain) else iter(())

    def may_match(self, plain: str) -> bool:
        """Whether one of the hints stands in the text."""
        for hint in self.hints:  # faster than any(), and asked thousands of times
            if hint in plain:
                return True
        return not self.hints


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words)


def lowered(text: str) -> str:
    """A text in lower case, of the same length, so that places in it are places in the text (a few letters have no such lower case)."""
    plain = text.lower()
    return plain if len(plain) == len(text) else "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
