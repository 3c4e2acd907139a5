"""How lines become one text: hyphens at line ends.

A hyphen on a word's end joins without a blank and stays, because payers write "B-cell" and "12-month"; it goes where typesetting put it in,
which shows where the document has the word without a hyphen elsewhere and never with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TAIL = re.compile(r"[A-Za-z]+-$")
_HEAD = re.compile(r"[a-z]+")


class Vocabulary:
    """The words of a document, to tell a typesetter's hyphen from the author's."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._all: str | None = None

    def is_typesetters(self, head: str, tail: str) -> bool:
        """Whether "headtail" is a word of the document and "head-tail" is not."""
        if self._all is None:
            self._all = "\n".join(self._texts).lower()
        head, tail = head.lower(), tail.lower()
        if head + tail not in self._all or f"{head}-{tail}" in self._all:
            return False
        return re.search(rf"\b{re.escape(head + tail)}\b", self._all) is not None


NO_WORDS = Vocabulary(())


def joined(lines: Iterable[tuple[str, bool]], words: Vocabulary = NO_WORDS) -> str:
    """The lines (text, whether pdfium swallowed its hyphen) as one text."""
    text = ""
    for line, _ in lines:
        if not text:
            text = line
        elif text.endswith("-") and not text.endswith(" -") and len(text) > 1:
            text = _hyphenated(text, line, words)
        else:
            text += f" {line}"
    return text


def _hyphenated(text: str, line: str, words: Vocabulary) -> str:
    tail, head = _TAIL.search(text), _HEAD.match(line)
    if tail and head and words.is_typesetters(tail.group()[:-1], head.group()):
        return text[:-1] + line
    return text + line
