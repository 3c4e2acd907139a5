"""Statements that were split or merged: one sentence of one edition that several of the other say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from policy_tracker.diff.tree import Tree

LEAST_WHOLE = 0.75
"""Share of common words from which several statements together are one of the other edition."""
LEAST_GAIN = 0.1
"""So much more alike must the parts together be than the first alone."""
MOST_PARTS = 8
LEAST_HELD = 0.8
"""Share of a part's words that the whole has, in order."""


@dataclass(frozen=True, slots=True)
class Part:
    """A statement of one side that says a part of one of the other; `of` is the key on its own side that is paired with the whole."""

    side: Literal["before", "after"]
    key: str
    of: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A statement and those of the other side that say it together, in their order; `paired` where the first was its pair already."""

    key: str
    parts: tuple[str, ...]
    score: float
    paired: bool


def wholes(tree: Tree, other: Tree, pairs: Mapping[str, str], open_keys: set[str], open_others: set[str]) -> Iterator[Whole]:
    """The statements of `tree` that several of `other` say together; none of those is used twice.

    `pairs` leads from keys of `tree` to keys of `other`; `open_keys` and `open_others` are those without a pair.
    """
    left = set(open_others)
    for key in tree.order:
        found = None
        if key in pairs and tree.text[key] != other.text[pairs[key]]:
            found = _whole(tree, key, other, [pairs[key], *_behind(other, pairs[key], left)], paired=True)
        elif key in open_keys:
            starts = (start for start in other.order if start in left and _held(other.text[start], tree.text[key]))
            runs = (_whole(tree, key, other, [start, *_behind(other, start, left - {start})], paired=False) for start in starts)
            found = next((run for run in runs if run), None)
        if found:
            left.difference_update(found.parts)
            yield found


def _behind(tree: Tree, key: str, open_keys: set[str]) -> list[str]:
    """The open statements right behind one in its section, below it or beside it, up to the first that has a pair."""
    own = [statement.key for statement in tree.in_section(tree.by_key[key].section)]
    found: list[str] = []
    for name in own[own.index(key) + 1 :]:
        if name not in open_keys or len(found) >= MOST_PARTS:
            break
        found.append(name)
    return found


def _whole(tree: Tree, key: str, other: Tree, run: list[str], *, paired: bool) -> Whole | None:
    """The beginning of a run that is most like a statement, if it has several members and is enough like it."""
    words = tree.text[key].split()
    said: list[str] = []
    best, length, first = 0.0, 0, 0.0
    for number, name in enumerate(run, 1):
        said += other.text[name].split()
        alike = Indel.normalized_similarity(words, said)
        if number == 1:
            first = alike
        if alike > best:
            best, length = alike, number
        if len(said) > 2 * len(words):
            break
    if length < 2 or best < LEAST_WHOLE or best < first + LEAST_GAIN:
        return None
    return Whole(key, tuple(run[:length]), round(best, 4), paired)


def _held(part: str, whole: str) -> bool:
    words, all_words = part.split(), whole.split()
    if not 3 <= len(words) <= len(all_words):
        return False
    common = (len(words) + len(all_words)) * Indel.normalized_similarity(words, all_words) / 2
    return common >= LEAST_HELD * len(words)
