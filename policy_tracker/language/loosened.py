"""Words of which one asks for more than another in its place: "all" beside "any", "and" beside
"or", "must" beside "may".
"""

from __future__ import annotations

from typing import Literal

from rapidfuzz.distance import Indel

from policy_tracker.language.remembered import remembered
from policy_tracker.language.stopwords import ARTICLES
from policy_tracker.language.tokens import NEGATIONS, words

Loosened = Literal[-1, 0, 1]
"""+1 where a sentence holds of more cases than before, -1 of fewer, 0 where the words do not
tell.
"""

_ALL = frozenset({"all", "both", "each", "every"})
_ANY = frozenset({"any", "either", "1", "some"})
_MUST = frozenset({"must", "shall"})
_MAY = frozenset({"may", "can", "should"})
_BESIDE = ARTICLES | {"of"}
_SCALES = ((_ALL, _ANY), (frozenset({"and"}), frozenset({"or"})))
"""Words that ask for more, and words that ask for less."""


@remembered
def loosened(before: str, after: str) -> Loosened:
    """What a word does that stands in the place of a stricter one, or of a looser one, where the
    sentences differ in nothing else; behind a negation it is the other way round.
    """
    found = _exchanged(before, after)
    if found is None:
        return 0
    ahead, gone, come = found
    way = next((way for scale in _SCALES if (way := _along(scale, gone, come))), 0)
    return _turn(way, ahead)


@remembered
def obliged_less(before: str, after: str) -> Loosened:
    """+1 where "may" stands in the place of "must", -1 the other way round, 0 elsewhere."""
    found = _exchanged(before, after)
    return 0 if found is None else _along((_MUST, _MAY), *found[1:])


def _along(scale: tuple[frozenset[str], frozenset[str]], gone: str, come: str) -> Loosened:
    strict, loose = scale
    if gone in strict and come in loose:
        return 1
    return -1 if gone in loose and come in strict else 0


def _turn(way: Loosened, ahead: tuple[str, ...]) -> Loosened:
    denied = sum(word in NEGATIONS for word in ahead) % 2
    return (-1 if way > 0 else 1) if denied and way else way


def _exchanged(before: str, after: str) -> tuple[tuple[str, ...], str, str] | None:
    """The one word that stands in another's place, with the words before both."""
    one, two = words(before), words(after)
    if abs(len(one) - len(two)) > 1:
        return None
    ops = [op for op in Indel.opcodes(one, two) if op.tag != "equal"]
    gone = [w for op in ops for w in one[op.src_start : op.src_end] if w not in _BESIDE]
    come = [w for op in ops for w in two[op.dest_start : op.dest_end] if w not in _BESIDE]
    if len(gone) != 1 or len(come) != 1:
        return None
    places = one.index(gone[0], ops[0].src_start), two.index(come[0], ops[0].dest_start)
    return (one[: places[0]], gone[0], come[0]) if abs(places[0] - places[1]) <= 1 else None
