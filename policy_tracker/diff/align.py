"""Which statement of one edition is which of the other, as a value of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from policy_tracker.diff.tree import Tree
from policy_tracker.record import Record

How = Literal["equal", "run", "assigned"]

MOST_CELLS = 4_000_000
"""Larger tables of scores are worked through section by section, so that memory and time stay bounded."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One statement in both editions.

    Its keys, how sure (0 to 1), and found how: word for word, as the neighbour of such, or by likeness.
    """

    before: str
    after: str
    score: float
    how: How


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs in the later edition's order, and the keys of statements that only one edition has, in that edition's order."""

    pairs: tuple[Pair, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    def after_of(self) -> dict[str, str]:
        """The later key of each earlier one."""
        return {pair.before: pair.after for pair in self.pairs}

    def before_of(self) -> dict[str, str]:
        """The earlier key of each later one."""
        return {pair.after: pair.before for pair in self.pairs}

    def links(self) -> tuple[Pair, ...]:
        """Every link from an earlier statement to a later one."""
        return self.pairs


def align(before: Record, after: Record) -> Alignment:
    """Align the statements of two records.

    Statements that are word for word equal and unique anchor the rest; equal neighbours of a pair follow; what is left is assigned by
    likeness of words, helped a little by section, parent, role, place, and more by an equal key in an equal section or the same codes
    under a position. The sides may be swapped, and members of a list whose logic is stated may stand in any order: the same pairs come
    out.
    """
    return align_trees(Tree(before), Tree(after))


def align_trees(before: Tree, after: Tree) -> Alignment:
    """As `align`, for trees that are built already."""
    turned = _canonical(after) < _canonical(before)
    found = _Matching(after, before) if turned else _Matching(before, after)
    found.run()
    pairs = [Pair(r, l, s, h) if turned else Pair(l, r, s, h) for l, (r, s, h) in found.pairs.items()]  # noqa: E741 - left and right
    pairs.sort(key=lambda pair: after.order[pair.after])
    old, new = {pair.before for pair in pairs}, {pair.after for pair in pairs}
    return Alignment(tuple(pairs), tuple(k for k in before.order if k not in old), tuple(k for k in after.order if k not in new))


def _sort_key(tree: Tree, key: str) -> tuple[str, str, int, str]:
    return tree.path(key), tree.whole(key), tree.order[key] if tree.ordered(tree.by_key[key]) else -1, key


def _canonical(tree: Tree) -> list[tuple[str, str, str]]:
    """A text of the whole tree that does not depend on the order of its lists, to look at both sides in one orientation."""
    return sorted((tree.path(key), tree.text[key], key) for key in tree.by_key)


class _Matching:
    """The work of one alignment: what is paired so far, and the steps that pair more."""

    def __init__(self, left: Tree, right: Tree) -> None:
        self.left, self.right = left, right
        self.pairs: dict[str, tuple[str, float, How]] = {}
        self.taken: dict[str, str] = {}

    def run(self) -> None:
        """All steps, the surest first."""
        self.anchor(lambda tree, key: (tree.path(key), tree.whole(key)))
        self.anchor(lambda tree, key: (tree.path(key), tree.text[key]))
        self.anchor(lambda tree, key: tree.whole(key))
        self.anchor(lambda tree, key: tree.text[key])
        self.follow_parents()
        self.extend_runs()
        self.pair_repeats()
        self.assign(lambda tree, key: key in tree.children)
        self.follow_parents()
        self.assign(lambda _tree, _key: True)

    def pair(self, left: str, right: str, score: float, how: How) -> None:
        """Note one pair."""
        self.pairs[left] = (right, score, how)
        self.taken[right] = left

    def open_left(self) -> list[str]:
        """The left keys that are not paired yet."""
        return [key for key in self.left.order if key not in self.pairs]

    def open_right(self) -> list[str]:
        """The right keys that are not paired yet."""
        return [key for key in self.right.order if key not in self.taken]

    def anchor(self, name: Callable[[Tree, str], object]) -> None:
        """Pair what has a name that no other open statement of its side has."""
        lefts, rights = _unique(self.open_left(), self.left, name), _unique(self.open_right(), self.right, name)
        for found, key in lefts.items():
            if key is not None and (other := rights.get(found)) is not None:
                self.pair(key, other, 1.0, "equal")

    def follow_parents(self) -> None:
        """Pair equal statements that are unique below a pair, from the top down."""
        for key in self.left.order:
            if key not in self.pairs or key not in self.left.children:
                continue
            lefts = [s.key for s in self.left.children[key] if s.key not in self.pairs]
            rights = [s.key for s in self.right.children.get(self.pairs[key][0], ()) if s.key not in self.taken]
            names = _unique(rights, self.right, lambda tree, k: tree.text[k])
            for name, child in _unique(lefts, self.left, lambda tree, k: tree.text[k]).items():
                if child is not None and (other := names.get(name)) is not None:
                    self.pair(child, other, 1.0, "equal")

    def extend_runs(self) -> None:
        """Pair equal neighbours of pairs, forwards and backwards, where the order of statements says something."""
        lefts, rights = _ordered_keys(self.left), _ordered_keys(self.right)
        place = {key: i for i, key in enumerate(rights)}
        for step in (1, -1):
            for i in range(len(lefts))[::step]:
                if lefts[i] not in self.pairs or not 0 <= i + step < len(lefts):
                    continue
                j = place.get(self.pairs[lefts[i]][0], -len(rights) - 9) + step
                if 0 <= j < len(rights):
                    self.pair_if_equal(lefts[i + step], rights[j])

    def pair_if_equal(self, left: str, right: str) -> None:
        """Pair two open statements if their texts are equal."""
        if left not in self.pairs and right not in self.taken and self.left.text[left] == self.right.text[right]:
            self.pair(left, right, 1.0, "run")

    def pair_repeats(self) -> None:
        """Pair what repeats word for word below equal headings, one after the other."""
        rights = _grouped(self.open_right(), self.right)
        for name, keys in _grouped(self.open_left(), self.left).items():
            for left, right in zip(keys, rights.get(name, ()), strict=False):
                self.pair(left, right, 1.0, "run")

    def assign(self, wanted: Callable[[Tree, str], bool]) -> None:
        """Pair what is left so that the sum of the scores is greatest."""
        lefts = sorted((k for k in self.open_left() if wanted(self.left, k)), key=lambda k: _sort_key(self.left, k))
        rights = sorted((k for k in self.open_right() if wanted(self.right, k)), key=lambda k: _sort_key(self.right, k))
        if len(lefts) * len(rights) <= MOST_CELLS:
            self.assign_block(lefts, rights)
            return
        sections = defaultdict(list)
        for key in rights:
            sections[self.right.heading(self.right.by_key[key])].append(key)
        for heading in sorted(sections):
            block = [k for k in lefts if self.left.heading(self.left.by_key[k]) == heading]
            for start in range(0, len(block), max(1, MOST_CELLS // len(sections[heading]))):
                rest = [k for k in sections[heading] if k not in self.taken]
                self.assign_block(block[start : start + max(1, MOST_CELLS // len(sections[heading]))], rest)

    def assign_block(self, lefts: list[str], rights: list[str]) -> None:
        """Assign one table of scores."""
        if not lefts or not rights:
            return
        from policy_tracker.diff.likeness import assign  # numpy takes a while to import, and most commands compare nothing

        for left, right, score in assign((self.left, lefts), (self.right, rights), {l: r for l, (r, _, _) in self.pairs.items()}):  # noqa: E741
            self.pair(left, right, score, "assigned")


def _unique(keys: Iterable[str], tree: Tree, name: Callable[[Tree, str], object]) -> dict[object, str | None]:
    """The key behind each name, None where several have it."""
    found: dict[object, str | None] = {}
    for key in keys:
        called = name(tree, key)
        found[called] = None if called in found else key
    return found


def _grouped(keys: Iterable[str], tree: Tree) -> dict[object, list[str]]:
    groups: dict[object, list[str]] = defaultdict(list)
    for key in keys:
        groups[tree.path(key), tree.text[key]].append(key)
    return {name: sorted(found, key=lambda k: _sort_key(tree, k)[1:]) for name, found in groups.items()}


def _ordered_keys(tree: Tree) -> list[str]:
    return [key for key, statement in tree.by_key.items() if tree.ordered(statement)]
