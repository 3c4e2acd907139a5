"""Words of which one asks for more than another in its place: "all" beside "any", "and" beside
"or", "must" beside "may".
"""

from __future__ import annotations

from typing import Literal

from policy_tracker.language.exchange import Exchange, exchange_of
from policy_tracker.language.remembered import remembered
from policy_tracker.language.tokens import NEGATIONS

Loosened = Literal[-1, 0, 1]
"""+1 where a sentence holds of more cases than before, -1 of fewer, 0 where the words do not
tell.
"""

_ALL = frozenset({"all", "both", "each", "every"})
_ANY = frozenset({"any", "either", "1", "some"})
_MUST = frozenset({"must", "shall"})
_MAY = frozenset({"may", "can", "should"})
_SCALES = ((_ALL, _ANY), (frozenset({"and"}), frozenset({"or"})))
"""Words that ask for more, and words that ask for less."""


@remembered
def loosened(before: str, after: str) -> Loosened:
    """What a word does that stands in the place of a stricter one, or of a looser one, where the
    sentences differ in nothing else; behind a negation it is the other way round.
    """
    found = exchange_of(before, after)
    if found is None:
        return 0
    way = next((way for scale in _SCALES if (way := _along(scale, found))), 0)
    return _turn(way, found.ahead)


@remembered
def obliged_less(before: str, after: str) -> Loosened:
    """+1 where "may" stands in the place of "must", -1 the other way round, 0 elsewhere."""
    found = exchange_of(before, after)
    return 0 if found is None else _along((_MUST, _MAY), found)


def _along(scale: tuple[frozenset[str], frozenset[str]], found: Exchange) -> Loosened:
    strict, loose = scale
    if found.gone in strict and found.come in loose:
        return 1
    return -1 if found.gone in loose and found.come in strict else 0


def _turn(way: Loosened, ahead: tuple[str, ...]) -> Loosened:
    denied = sum(word in NEGATIONS for word in ahead) % 2
    return (-1 if way > 0 else 1) if denied and way else way
