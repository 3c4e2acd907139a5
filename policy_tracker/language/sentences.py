"""Prose into sentences, and the short title that a list item begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from policy_tracker.language.remembered import remembered

_BREAK = re.compile(
    r"(?=[\s\"”)\]])"  # asked first, since it is told in one step
    r"(?:(?<=[.!?])(?:[\"”)\]])?\s+(?=[A-Z(\[\"“*†‡^≥])|(?<=[.!?][\"”)])\s+(?=[A-Z]))"
)
_NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|Dr|Drs|Inc|Ltd|Co|Corp|No|Nos|etc|al|approx|St|Mr|Ms|Mrs|Fig|Vol|pp|Sec|Ph\.D|M\.D"
    r"|U\.S|U\.S\.C|a\.m|p\.m|wt|max|min)\.|\b[A-Z]\.)$"
)
_NAMED = re.compile(
    r"\s*(?:group|class|type|stage|level|tier|grade|phase|part|category|option|step|dimension)"
    r" (?:[IVX]{1,4}|\d{1,2}|[A-Z])\.\s*",
    re.IGNORECASE,
)
"""What a paragraph begins with that is numbered: "Group II. A fever of …"."""
_LONGEST = 600
_TITLE = re.compile(r"(?P<title>[A-Z0-9][^.:;]{1,90}?)\.\s+(?=[A-Z])")


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph in order.

    A full stop ends one only before a capital, outside brackets and behind no abbreviation.
    """
    return [text[start:end] for start, end in sentence_spans(text)]


@remembered
def sentence_spans(text: str) -> Sequence[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end, the white space between them left out."""
    cuts = [0]
    for match in _BREAK.finditer(text):
        if _NAMED.fullmatch(text, cuts[-1], match.end()):
            continue
        if _NO_END.search(text[max(cuts[-1], match.end() - 24) : match.end()].rstrip()) or _is_open(
            text, cuts[-1], match.end()
        ):
            continue
        cuts.append(match.end())
    spans: list[tuple[int, int]] = []
    for begin, end in pairwise([*cuts, len(text)]):
        words = text[begin:end].strip()
        if words or end < len(text):
            start = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
            spans.append((start, start + len(words)))
    return tuple(spans)


def _is_open(text: str, begin: int, end: int) -> bool:
    """Whether a bracket opened between two places is not closed there (a bracket too few in print
    does not hold on for ever).
    """
    piece = text[begin:end] if end - begin < _LONGEST else ""
    return any(piece.count(opening) > piece.count(closing) for opening, closing in ("()", "[]"))


@remembered
def title_of(text: str) -> str | None:
    """The short title that an item begins with: "Initial Therapy" of "Initial Therapy.

    Approve for …"; None where there is none.
    """
    match = _TITLE.match(text)
    if not match or len(match["title"].split()) > 12 or _NO_END.search(f"{match['title']}."):
        return None
    return match["title"]
