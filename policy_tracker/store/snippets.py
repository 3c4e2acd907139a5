"""Snippets: the stretch of a text in which words were found, with the words marked; alike on both databases, and plain text."""

from __future__ import annotations

import re
from math import ceil

from policy_tracker.store.views import SnippetSpan

_TOKEN = re.compile(r"\w+")
_WORDS_BEFORE, _WORDS_AFTER = 8, 24
_SHORTEST_STEM, _SHARED = 4, 0.6


def snippet(text: str, words: list[str]) -> tuple[SnippetSpan, ...]:
    """The part of `text` around the first of `words` in it.

    Put together, the stretches are that part, with an ellipsis where it was cut. The databases find words by their stems, which they do not
    tell: words that begin alike are taken for the same, for marking, not for finding.
    """
    wanted = {part.lower() for word in words for part in _TOKEN.findall(word)}
    tokens = list(_TOKEN.finditer(text))
    hits = [any(_alike(token[0].lower(), word) for word in wanted) for token in tokens]
    first = hits.index(True) if True in hits else 0
    begin, end = max(0, first - _WORDS_BEFORE), min(len(tokens), first + _WORDS_AFTER)
    start = tokens[begin].start() if begin else 0
    stop = tokens[end - 1].end() if end < len(tokens) else len(text)
    found = [SnippetSpan(text="…")] if start else []
    place = start
    for token, hit in zip(tokens[begin:end], hits[begin:end], strict=True):
        if hit:
            found += [SnippetSpan(text=text[place : token.start()]), SnippetSpan(text=token[0], match=True)]
            place = token.end()
    found.append(SnippetSpan(text=text[place:stop] + ("…" if stop < len(text) else "")))
    return tuple(span for span in found if span.text)


def _alike(token: str, word: str) -> bool:
    if token == word:
        return True
    shared = max(_SHORTEST_STEM, ceil(_SHARED * max(len(token), len(word))))
    return token[:shared] == word[:shared] and len(token) >= shared
