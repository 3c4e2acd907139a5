"""A negation put into a sentence, or taken out of one that else says the same: "has had surgery"
and "has not had surgery" hold of different cases.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import Indel

from policy_tracker.language.inflection import stem
from policy_tracker.language.remembered import remembered
from policy_tracker.language.stopwords import ARTICLES, BEING, HAVING, OTHER_AUXILIARIES, PAST
from policy_tracker.language.tokens import NEGATIONS, words

_BESIDE = ARTICLES | BEING | HAVING | PAST | OTHER_AUXILIARIES | {"any", "with", "can", "some"}
"""Words that come and go with a negation: "with a splint" and "without any splint"."""
_OTHER_SENSE = frozenset(
    {"more", "less", "fewer", "greater", "later", "than", "only", "limited", "least", "necessarily"}
)
"""Behind "not" these say something else than that it is not so: "not more than 3", "not only"."""


class Turned(NamedTuple):
    """A negation that one of two sentences has alone: the words before and behind it there, and
    whether it came.
    """

    ahead: tuple[str, ...]
    behind: tuple[str, ...]
    came: bool


@remembered
def turned(before: str, after: str) -> Turned | None:
    """The one negation in which two sentences differ; None where they differ in more, or where it
    stands in a remark in parentheses.
    """
    one, two = words(before), words(after)
    denied = [sum(word in NEGATIONS for word in side) for side in (one, two)]
    if abs(denied[0] - denied[1]) != 1:
        return None
    came = denied[1] > denied[0]
    less, more = (one, two) if came else (two, one)
    place = _negation(less, more)
    if place is None or (more[place + 1 : place + 2] and more[place + 1] in _OTHER_SENSE):
        return None
    if more[place - 1 : place] == ("or",) or _in_remark(after if came else before, more, place):
        return None
    return Turned(more[:place], more[place + 1 :], came)


def _negation(less: tuple[str, ...], more: tuple[str, ...]) -> int | None:
    """Where the negation stands that only the longer of two sentences has."""
    left, right = tuple(map(_plain, less)), tuple(map(_plain, more))
    found: list[int] = []
    gone: list[str] = []
    come: list[str] = []
    for op in Indel.opcodes(left, right):
        if op.tag == "equal":
            continue
        gone += left[op.src_start : op.src_end]
        come += right[op.dest_start : op.dest_end]
        found += [n for n in range(op.dest_start, op.dest_end) if more[n] in NEGATIONS]
    if len(found) != 1 or not NEGATIONS.isdisjoint(gone) or not _BESIDE.issuperset(gone):
        return None
    rest = [word for word in come if word not in NEGATIONS]
    return found[0] if _BESIDE.issuperset(rest) else None


def _plain(word: str) -> str:
    """A word in one form; what may come and go with a negation stays as it is."""
    return word if word in _BESIDE | NEGATIONS else stem(word)


def _in_remark(text: str, said: tuple[str, ...], place: int) -> bool:
    """Whether a word of a sentence stands in parentheses."""
    nth = sum(word == said[place] for word in said[: place + 1])
    depth, seen = 0, 0
    for part in text.replace("(", " ( ").replace(")", " ) ").split():
        depth += (part == "(") - (part == ")")
        if words(part) == (said[place],):
            seen += 1
            if seen == nth:
                return depth > 0
    return False
