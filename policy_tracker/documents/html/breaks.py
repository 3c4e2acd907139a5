"""Which lines belong together that only line breaks part: a sentence that was wrapped by hand, or
several rules in one paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.labels import NOTE, connector_of
from policy_tracker.documents.levels import split_label

if TYPE_CHECKING:
    from policy_tracker.documents.html.inline import WordLine

_NARROWEST, _WIDEST = 40, 140
"""Characters between which the longest line is that of a text wrapped by hand."""
_FULL = 0.82
"""From which share of the longest line a line is full: the next word had no room on it."""
_LEAST_FULL = 2
_ITEM_END = re.compile(r";(?:\s*(?:and|or|and/or))?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.:?!][”\"')\]]*$")
_OPEN_END = re.compile(
    r"(?:[,(/–—-]|\b(?:and|or|of|the|a|an|to|in|for|with|by|at|on|as|that|than|from|per|is|are))$"
)
_FRESH = re.compile(r"[\"“‘'(\[]?[A-Z0-9]")


def grouped(lines: list[WordLine], *, whole: bool = False) -> list[list[WordLine]]:
    """The lines that make one block each; `whole` keeps together what no mark parts, as in a
    heading.
    """
    width = _width(lines)
    groups: list[list[WordLine]] = []
    fresh = True
    for line in lines:
        if not line.text:
            fresh = True
            continue
        before = groups[-1][-1] if groups else None
        stands_alone = connector_of(line.text) is not None
        if (
            fresh
            or before is None
            or stands_alone
            or (before.bold == "all") != (line.bold == "all")
            or _is_marked(line.text)
            or not (whole or before.bold == "all" or _goes_on(before.text, line.text, width))
        ):
            groups.append([line])
        else:
            groups[-1].append(line)
        fresh = stands_alone
    return groups


def _is_marked(text: str) -> bool:
    return split_label(text)[0] is not None or NOTE.match(text) is not None


def _width(lines: list[WordLine]) -> float:
    """The characters of a full line; infinite where lines are not wrapped by hand: then several
    that end within a sentence are about as long as the longest.
    """
    longest = max((len(line.text) for line in lines), default=0)
    if not _NARROWEST <= longest <= _WIDEST:
        return float("inf")
    full = sum(
        len(line.text) > _FULL * longest and _SENTENCE_END.search(line.text) is None
        for line in lines[:-1]
    )
    return float(longest) if full >= _LEAST_FULL else float("inf")


def _goes_on(before: str, line: str, width: float) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    if _ITEM_END.search(before):
        return False
    if _OPEN_END.search(before) or not _FRESH.match(line):
        return True
    if _SENTENCE_END.search(before):
        return False
    return len(before) + 1 + len(line.split(" ", 1)[0]) > _FULL * width
