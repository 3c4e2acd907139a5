"""Patterns that are tried only where a word stands without which they cannot match.

Most sentences hold none of most words. The words are derived from the pattern (`literals`). A
pattern is compiled when it is tried first, because most documents need few of them, and compiling
all takes longer than reading a short document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import InitVar, dataclass
from functools import cache

from policy_tracker.language.literals import required_literals


@dataclass(frozen=True, slots=True)
class Hinted:
    """A pattern for lower-case text that is tried only where one of its hints stands.

    `written` is accepted for callers that still list hints beside the pattern, and not used.
    """

    words: str
    written: InitVar[tuple[str, ...]] = ()

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
        """Whether one of the hints stands in the text."""
        hints = required_literals(self.words)
        for hint in hints:  # faster than any(), and asked thousands of times
            if hint in plain:
                return True
        return not hints


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words)


def lowered(text: str) -> str:
    """A text in lower case, of the same length, so that places in it are places in the text.

    A few letters have no such lower case, and stay as they are.
    """
    plain = text.lower()
    if len(plain) == len(text):
        return plain
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
