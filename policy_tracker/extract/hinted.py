"""Patterns that are tried only where a word stands without which they cannot match: most sentences hold none of most words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hinted:
    """A pattern for lower-case text, and its hints: where none of them stands in a text, the pattern does not match (no hints: it may)."""

    pattern: re.Pattern[str]
    hints: tuple[str, ...]

    @classmethod
    def of(cls, words: str, hints: tuple[str, ...]) -> Hinted:
        """The pattern of a regular expression with its hints."""
        return cls(re.compile(words), hints)

    def search(self, plain: str) -> re.Match[str] | None:
        """The first match in a text that `lowered` made."""
        return self.pattern.search(plain) if self.may_match(plain) else None

    def each(self, plain: str) -> Iterator[re.Match[str]]:
        """All matches in a text that `lowered` made."""
        return self.pattern.finditer(plain) if self.may_match(plain) else iter(())

    def may_match(self, plain: str) -> bool:
        """Whether one of the hints stands in the text."""
        return not self.hints or any(hint in plain for hint in self.hints)


def lowered(text: str) -> str:
    """A text in lower case, of the same length, so that places in it are places in the text (a few letters have no such lower case)."""
    plain = text.lower()
    return plain if len(plain) == len(text) else "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
