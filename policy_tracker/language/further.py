"""What one more member of a list within a sentence does: a further absence, a further alternative
of what a duty asks for, or of the cases in which it is asked.
"""

from __future__ import annotations

from typing import Literal

_ABSENT = frozenset({"no", "without"})
_ALTERNATIVE = frozenset({"or", "unless", "except", "if"})
_OBLIGING = frozenset(
    {"must", "shall", "should", "required", "requires", "require", "needed", "needs", "submit"}
)
_IN_CASE = frozenset({"when", "whenever", "where", "if", "for"})


def is_further_absence(run: tuple[str, ...], ahead: tuple[str, ...]) -> bool:
    """Whether words, folded, name one more absence behind another, `ahead`: each has a negation of
    its own, so that none turns the other round, and all of them are asked for.
    """
    if len(run) < 2 or run[0] not in _ABSENT or not _ABSENT.intersection(ahead):
        return False
    return ahead[-1] not in _ALTERNATIVE and _ALTERNATIVE.isdisjoint(run)


def asks_less(run: tuple[str, ...], ahead: tuple[str, ...]) -> Literal[-1, 0, 1]:
    """What one more "or ..." does to a duty: +1 where it is another way to fulfil it ("must send a
    chart or a photograph"), -1 where it is one more case that brings it ("when a splint or a brace
    is used, the chart must show ..."), 0 where the words do not tell.
    """
    if run[:1] != ("or",) or not ahead or not _ALTERNATIVE.isdisjoint(run[1:]):
        return 0
    if not _OBLIGING.isdisjoint(ahead):
        return 0 if not _IN_CASE.isdisjoint(ahead) else 1
    return -1 if ahead[0] in _IN_CASE else 0
