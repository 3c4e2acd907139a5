"""Statements that were split or merged: one sentence of one version that several of the other say
together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from rapidfuzz.distance import Indel

from policy_tracker.diff.tree import Tree

LEAST_WHOLE = 0.75
"""Share of common words from which several statements together are one of the other version."""
LEAST_GAIN = 0.1
"""So much more alike must the parts together be than the first alone."""
MOST_PARTS = 8
LEAST_HELD = 0.8
"""Share of a part's words that the whole has, in order."""


@dataclass(frozen=True, slots=True)
class SplitPart:
    """A statement of one side that says a part of one of the other; `of` is the key on its own side
    that is paired with the whole.
    """

    side: Literal["before", "after"]
    key: str
    of: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A statement and those of the other side that say it together, in their order; `lead` is the
    one that it is paired with, `paired` where it was that already.
    """

    key: str
    parts: tuple[str, ...]
    score: float
    paired: bool
    lead: str

    def others(self) -> list[str]:
        """The parts beside the lead."""
        return [part for part in self.parts if part != self.lead]


class _Held:
    """A statement that may be a part of others, or hold them as its parts."""

    def __init__(self, key: str, words: list[str]) -> None:
        self.key, self.words, self.different = key, words, {*words}

    def held_in(self, whole: _Held) -> bool:
        """Whether another statement has most of the words, in order."""
        here, there = len(self.words), len(whole.words)
        if not 3 <= here <= there:
            return False
        if len(self.different & whole.different) < LEAST_HELD * len(self.different):
            return False
        common = (here + there) * Indel.normalized_similarity(self.words, whole.words) / 2
        return common >= LEAST_HELD * here


def wholes(
    tree: Tree, other: Tree, pairs: Mapping[str, str], open_keys: set[str], open_others: set[str]
) -> Iterator[Whole]:
    """The statements of `tree` that several of `other` say together; none of those is used twice.

    `pairs` leads from keys of `tree` to keys of `other`; `open_keys` and `open_others` are those
    without a pair.
    """
    left = set(open_others)
    if not left:
        return
    changed = (key for key, other_key in pairs.items() if tree.text[key] != other.text[other_key])
    starts = [_Held(key, other.words(key)) for key in _from_the_top(other, left)]
    for key in _from_the_top(tree, {*changed, *open_keys}):
        if key in pairs:
            found = _around(tree, key, other, pairs[key], left)
        else:
            whole = _Held(key, tree.words(key))
            held = (part.key for part in starts if part.key in left and part.held_in(whole))
            runs = (
                _whole(tree, key, other, [start, *_behind(other, start, left - {start})])
                for start in held
            )
            found = next((run for run in runs if run), None)
        if found:
            left.difference_update(found.parts)
            yield found


def _around(tree: Tree, key: str, other: Tree, pair: str, open_keys: set[str]) -> Whole | None:
    """A paired statement with its pair and the open statements around that, where they say more of
    it together; the pair may be any of the parts.
    """
    behind = _behind(other, pair, open_keys)
    found = _whole(tree, key, other, [pair, *behind], pair=pair)
    if found:
        return found
    ahead = _ahead(other, pair, open_keys)
    return _whole(tree, key, other, [*ahead, pair, *behind], pair=pair) if ahead else None


def _ahead(tree: Tree, key: str, open_keys: set[str]) -> list[str]:
    """The open statement right before one, where their order says something and it leads
    nothing.
    """
    statement = tree.by_key[key]
    if not tree.ordered(statement):
        return []
    in_section = (one for one in tree.ahead(statement) if one.section == statement.section)
    return [
        sibling.key
        for sibling in islice(in_section, 1)
        if sibling.key in open_keys and sibling.key not in tree.children
    ]


def _from_the_top(tree: Tree, keys: Iterable[str]) -> list[str]:
    """Keys in the order in which the document says something, those of other lists by their
    names.
    """
    return sorted(keys, key=lambda key: (tree.place(tree.by_key[key]), key))


def _behind(tree: Tree, key: str, open_keys: set[str]) -> list[str]:
    """The open statements right below a statement, and right behind it where their order says
    something, up to the first with a pair.
    """
    below = [child.key for child in tree.children.get(key, ()) if child.key in open_keys]
    statement = tree.by_key[key]
    if not tree.ordered(statement):
        return below[:MOST_PARTS]
    for sibling in tree.behind(statement):
        if (
            sibling.key not in open_keys
            or sibling.section != statement.section
            or len(below) >= MOST_PARTS
        ):
            break
        below.append(sibling.key)
    return below[:MOST_PARTS]


def _whole(
    tree: Tree, key: str, other: Tree, run: list[str], *, pair: str | None = None
) -> Whole | None:
    """The statement at the beginning of a run with those behind it that make it most like another,
    if that is enough.

    What stands in a list whose order says nothing may be taken in any order.
    """
    words = tree.words(key)
    taken, rest = [run[0]], run[1:]
    if not rest:
        return None
    first = best = _alike(words, other, taken)
    while rest and sum(len(other.words(name)) for name in taken) <= 2 * len(words):
        free = [name for name in rest if not other.ordered(other.by_key[name])]
        places = range(1, len(taken) + 1) if free else (len(taken),)
        orders = (
            [*taken[:place], name, *taken[place:]] for name in free or rest[:1] for place in places
        )
        alike, _, order = max(
            (_alike(words, other, order), [other.text[name] for name in order], order)
            for order in orders
        )
        if alike <= best:
            break
        best, taken = alike, order
        rest = [name for name in rest if name not in taken]
    if len(taken) < 2 or best < LEAST_WHOLE or best < first + LEAST_GAIN:
        return None
    if pair and pair not in taken:
        return None
    lead = _lead(tree, key, other, taken, pair)
    return Whole(key, tuple(taken), round(best, 4), pair == lead, lead)


def _lead(tree: Tree, key: str, other: Tree, parts: list[str], pair: str | None) -> str:
    """The part that a statement is paired with: its pair, unless only another part takes its
    position.
    """
    wanted = tree.by_key[key].position
    first = pair or parts[0]
    if wanted is None or other.by_key[first].position == wanted:
        return first
    return next((part for part in parts if other.by_key[part].position == wanted), first)


def _alike(words: list[str], tree: Tree, keys: list[str]) -> float:
    """How alike a text, as words, is to statements one behind the other."""
    return Indel.normalized_similarity(words, [word for key in keys for word in tree.words(key)])
