"""How likely each statement of one version is each of the other, and the assignment for which that
is greatest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from policy_tracker.diff.assignment import greatest
from policy_tracker.diff.sections import SHARED
from policy_tracker.diff.tree import Tree
from policy_tracker.record import Statement

CUTOFF = 0.45
"""Pairs that score less are two statements, not one reworded; measured at .98 precision and full
recall on consecutive versions of long texts.
"""
LEAST_ALIKE, LEAST_ALIKE_WITH_KEY = 0.25, 0.12
"""Share of common words below which no other evidence makes a pair."""
_SAME_KEY, _SAME_CODES, _SAME_PARENT = 0.25, 0.20, 0.05
_OTHER_PARENT, _OTHER_LIST, _OTHER_SECTION, _OTHER_ROLE, _FAR = 0.05, 0.15, 0.05, 0.08, 0.05
LEAST_ALIKE_APART = 0.8
"""Share of common words below which statements of sections, or of lists, that are known to be
different ones are two statements.
"""
LEAST_HELD, LEAST_HELD_WORDS = 0.9, 8
"""They may also be one if the longer holds this part of the words of the shorter, in order, and the
shorter has so many words.
"""

Open = tuple[Tree, list[str]]
"""A tree, and the keys of its statements that are not paired yet."""


def assign(
    left: Open, right: Open, pairs: Mapping[str, str], sections: tuple[list[str], list[str]]
) -> list[tuple[str, str, float]]:
    """The pairs of open statements for which the sum of the scores is greatest, each with its score
    up to 1.

    `pairs` leads from left to right keys that are paired already; they tell which parents are one.
    `sections` are the names of the statements' sections, by which `is_apart` tells those that are
    not one.
    """
    table = scores(left, right, pairs, sections)
    return [
        (left[1][i], right[1][j], min(1.0, round(float(table[i, j]), 4)))
        for i, j in greatest(table)
        if table[i, j] > 0
    ]


def scores(
    left: Open, right: Open, pairs: Mapping[str, str], sections: tuple[list[str], list[str]]
) -> np.ndarray:
    """How likely each left statement is each right one, 0 below the cutoff.

    The share of words that two texts have in common in order (rapidfuzz's normalised Indel
    similarity), and a little for what else agrees.
    """
    spell, taken = _Speller(), set(pairs.values())
    spelled = [[spell(tree.text[key]) for key in keys] for tree, keys in (left, right)]
    alike = cdist(
        spelled[0], spelled[1], scorer=Indel.normalized_similarity, dtype=np.float32
    ).astype(np.float64)
    ones, twos = ([tree.by_key[key] for key in keys] for tree, keys in (left, right))
    same_key = _equal([(s.key, s.section) for s in ones], [(s.key, s.section) for s in twos])
    same_section = _equal(*sections)
    apart = ~same_section & np.logical_or.outer(
        *([name.startswith(SHARED) for name in side] for side in sections)
    )
    same_role = _equal([s.role for s in ones], [s.role for s in twos])
    same_codes = _equal(
        [_subject(s, i) for i, s in enumerate(ones)],
        [_subject(s, -1 - i) for i, s in enumerate(twos)],
    )
    same_parent = _equal([_parent(s, pairs) for s in ones], [s.parent or "" for s in twos])
    other_list = ~same_parent & np.logical_and.outer(
        [s.parent in pairs for s in ones], [s.parent in taken for s in twos]
    )
    far = np.abs(np.subtract.outer(_places(left[0], ones), _places(right[0], twos)))
    total = alike + _SAME_KEY * same_key + _SAME_CODES * same_codes - _FAR * far
    total += (
        np.where(same_parent, _SAME_PARENT, -_OTHER_PARENT)
        - _OTHER_SECTION * ~same_section
        - _OTHER_ROLE * ~same_role
    )
    total -= _OTHER_LIST * other_list
    sizes = [np.array([len(text) for text in side]) for side in spelled]
    shorter = np.minimum.outer(*sizes)
    held = alike * np.add.outer(*sizes) / 2 >= LEAST_HELD * shorter
    known = (alike >= LEAST_ALIKE_APART) | (held & (shorter >= LEAST_HELD_WORDS))
    enough = (alike >= np.where(same_key, LEAST_ALIKE_WITH_KEY, LEAST_ALIKE)) & (
        known | same_key | ~(apart | other_list)
    )
    return np.where((total >= CUTOFF) & enough, total, 0.0)


def _parent(statement: Statement, pairs: Mapping[str, str]) -> str:
    """The right key of a left statement's parent; no key where that is not paired."""
    if statement.parent is None:
        return ""
    return pairs.get(statement.parent, f"\x00{statement.parent}")


class _Speller:
    """Spells a text with one character for each word, for which rapidfuzz is fastest; more than a
    million different words start over.
    """

    def __init__(self) -> None:
        self.letters: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        return "".join(
            self.letters.setdefault(word, chr(0x10000 + len(self.letters) % 0x100000))
            for word in text.split(" ")
        )


def _subject(statement: Statement, unique: int) -> object:
    """What a position is about: its codes.

    Statements without a position or codes are like no other.
    """
    about = frozenset((c.system, c.code) for c in statement.codes)
    return about if about and statement.role == "position" else unique


def _equal(ones: Sequence[object], twos: Sequence[object]) -> np.ndarray:
    """Which of two lists' values are equal, as a table."""
    numbers: dict[object, int] = {}
    left, right = (
        [numbers.setdefault(value, len(numbers)) for value in values] for values in (ones, twos)
    )
    return np.equal.outer(np.array(left), np.array(right))


def _places(tree: Tree, statements: list[Statement]) -> np.ndarray:
    """Each statement's place in its document, 0 to 1; that of the list where the order in the list
    says nothing.
    """
    total = max(1, len(tree.rank))
    return np.array([_place(tree, statement) / total for statement in statements])


def _place(tree: Tree, statement: Statement) -> int:
    while not tree.ordered(statement) and statement.parent:
        statement = tree.by_key[statement.parent]
    return tree.rank[statement.key]
