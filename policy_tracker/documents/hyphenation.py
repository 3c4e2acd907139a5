"""How lines become one text: hyphens at line ends.

A hyphen on a word's end joins without a blank and stays, because payers write "B-cell" and
"12-month"; it goes where typesetting put it in, which shows where the document has the word without
a hyphen elsewhere and never with it, or where it has neither and the language has the word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.language.common_words import is_joined

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAIL = re.compile(r"(?<![A-Za-z])[A-Za-z]?[a-z]+-$")
_HEAD = re.compile(r"[a-z]+(?![A-Za-z])")
_LEAST_TAIL = 2
"""Letters that typesetting carries over at least."""


class Vocabulary:
    """The words of a document, to tell a typesetter's hyphen from the author's."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._all: str | None = None

    def is_typesetters(self, head: str, tail: str) -> bool:
        """Whether "headtail" is a word of the document and "head-tail" is not, or where it has
        neither, of the language.
        """
        if self._all is None:
            self._all = "\n".join(self._texts).lower()
        head, tail = head.lower(), tail.lower()
        if f"{head}-{tail}" in self._all:
            return False
        if head + tail in self._all and re.search(rf"\b{re.escape(head + tail)}\b", self._all):
            return True
        return len(tail) >= _LEAST_TAIL and is_joined(head, tail)


NO_WORDS = Vocabulary(())


def joined(lines: Iterable[tuple[str, bool]], words: Vocabulary = NO_WORDS) -> str:
    """The lines (text, whether pdfium swallowed its hyphen) as one text."""
    text = ""
    for line, _ in lines:
        kept, glue = seam(text, line, words)
        text = f"{text[:kept]}{glue}{line}"
    return text


def seam(text: str, line: str, words: Vocabulary = NO_WORDS) -> tuple[int, str]:
    """How a line goes on with a text: how many characters of the text are kept, and what stands
    between them and the line.
    """
    if not text:
        return 0, ""
    if not text.endswith("-") or text.endswith(" -") or len(text) == 1:
        return len(text), " "
    tail, head = _TAIL.search(text), _HEAD.match(line)
    is_typesetters = tail and head and words.is_typesetters(tail.group()[:-1], head.group())
    return len(text) - (1 if is_typesetters else 0), ""
