"""Which statement of one version is which of the other, as a value of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from policy_tracker.diff.drug_rows import drug_of, same_drugs, two_drugs
from policy_tracker.diff.rewritten import (
    ListPlaces,
    behind,
    labelled,
    redecided,
    rewritten,
    unique,
)
from policy_tracker.diff.sections import SHARED, is_apart, pair_sections
from policy_tracker.diff.splits import SplitPart, wholes
from policy_tracker.diff.tree import Tree, sign_of
from policy_tracker.record import Record

Name = TypeVar("Name")
Phrase = tuple[str, ...]
How = Literal["equal", "run", "assigned", "split", "merge"]

MOST_CELLS = 4_000_000
"""Larger tables of scores are worked through section by section, so that memory and time stay
bounded.
"""
_NUMBER = re.compile(r"\d+")
PHRASE, CUTOFF_SUBJECT = 3, 0.3
"""So many long words in a row name a matter; and how sure a pair is that rests on them alone."""
LEAST_WORDS = 6
"""A sentence of fewer words says too little to be known again in another section."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One statement in both versions.

    Its keys, how sure (0 to 1), and found how: word for word, as the neighbour of such, or by
    likeness; as one of several that say together what was one sentence (`split`), or are one now
    (`merge`).
    """

    before: str
    after: str
    score: float
    how: How


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs in the later version's order, and the keys of statements that only one version has,
    in that version's order.

    `parts` are statements that say, together with one that has a pair, what that pair says in one
    sentence.
    """

    pairs: tuple[Pair, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    parts: tuple[SplitPart, ...] = ()

    def links(self) -> tuple[Pair, ...]:
        """Every earlier statement with every later one that says it or a part of it."""
        after_of, before_of = self.after_of(), self.before_of()
        parts = (
            Pair(part.key, after_of[part.of], 1.0, "merge")
            if part.side == "before"
            else Pair(before_of[part.of], part.key, 1.0, "split")
            for part in self.parts
        )
        return (*self.pairs, *parts)

    def parts_of(self, side: Literal["before", "after"]) -> dict[str, list[str]]:
        """The parts that stand beside each paired statement of a side, by its key."""
        found: dict[str, list[str]] = defaultdict(list)
        for part in self.parts:
            if part.side == side:
                found[part.of].append(part.key)
        return dict(found)

    def after_of(self) -> dict[str, str]:
        """The later key of each earlier one."""
        return {pair.before: pair.after for pair in self.pairs}

    def before_of(self) -> dict[str, str]:
        """The earlier key of each later one."""
        return {pair.after: pair.before for pair in self.pairs}


def align(before: Record, after: Record) -> Alignment:
    """Align the statements of two records.

    Sections come first: what stands in sections that are not one is paired only where its words
    leave little doubt. Statements that are word for word equal and unique anchor the rest; equal
    neighbours of a pair follow; what is left is assigned by likeness of words, helped a little by
    section, parent, role, place, and more by an equal key in an equal section or the same codes
    under a position. The sides may be swapped, and members of a list whose logic is stated may
    stand in any order: the same pairs come out.
    """
    return align_trees(Tree(before), Tree(after))


def align_trees(before: Tree, after: Tree) -> Alignment:
    """As `align`, for trees that are built already."""
    turned = _canonical(after) < _canonical(before)
    found = _Matching(after, before) if turned else _Matching(before, after)
    found.run()
    pairs, parts = _with_parts(
        found.left, found.right, [Pair(left, *rest) for left, rest in found.pairs.items()]
    )
    if turned:
        pairs = [
            Pair(pair.after, pair.before, pair.score, _TURNED.get(pair.how, pair.how))
            for pair in pairs
        ]
        parts = [
            SplitPart("before" if part.side == "after" else "after", part.key, part.of)
            for part in parts
        ]
    pairs.sort(key=lambda pair: after.order[pair.after])
    old = {pair.before for pair in pairs} | {part.key for part in parts if part.side == "before"}
    new = {pair.after for pair in pairs} | {part.key for part in parts if part.side == "after"}
    only = tuple(
        tuple(key for key in tree.order if key not in held)
        for tree, held in ((before, old), (after, new))
    )
    return Alignment(tuple(pairs), only[0], only[1], tuple(parts))


def _with_parts(before: Tree, after: Tree, pairs: list[Pair]) -> tuple[list[Pair], list[SplitPart]]:
    """The pairs with those of statements that were split or merged, and the further parts of
    these.
    """
    after_of, before_of = {p.before: p.after for p in pairs}, {p.after: p.before for p in pairs}
    opens = (
        {key for key in before.order if key not in after_of},
        {key for key in after.order if key not in before_of},
    )
    found, parts = [*pairs], []
    for whole in wholes(before, after, after_of, *opens):
        parts += [SplitPart("after", key, whole.lead) for key in whole.others()]
        if not whole.paired:
            found = [pair for pair in found if pair.before != whole.key]
            found.append(Pair(whole.key, whole.lead, whole.score, "split"))
    used = (
        {pair.before for pair in found},
        {part.key for part in parts} | {pair.after for pair in found},
    )
    split = {part.of for part in parts}
    whole_pairs = {later: earlier for later, earlier in before_of.items() if later not in split}
    for whole in wholes(after, before, whole_pairs, opens[1] - used[1], opens[0] - used[0]):
        parts += [SplitPart("before", key, whole.lead) for key in whole.others()]
        if not whole.paired:
            found = [pair for pair in found if pair.after != whole.key]
            found.append(Pair(whole.lead, whole.key, whole.score, "merge"))
    return found, parts


_TURNED: dict[How, How] = {"split": "merge", "merge": "split"}


def _sort_key(tree: Tree, key: str) -> tuple[str, str, int, str]:
    return (
        tree.path(key),
        tree.whole(key),
        tree.rank[key] if tree.ordered(tree.by_key[key]) else -1,
        key,
    )


def _canonical(tree: Tree) -> list[tuple[str, str, str]]:
    """A text of the whole tree that does not depend on the order of its lists, to look at both
    sides in one orientation.
    """
    return sorted((tree.path(key), tree.text[key], key) for key in tree.by_key)


class _Matching:
    """The work of one alignment: what is paired so far, and the steps that pair more."""

    def __init__(self, left: Tree, right: Tree) -> None:
        self.left, self.right = left, right
        self.names = _section_names(left, right, pair_sections(left, right))
        self.pairs: dict[str, tuple[str, float, How]] = {}
        self.taken: dict[str, str] = {}

    def run(self) -> None:
        """All steps, the surest first."""
        self.anchor_drugs()
        self.anchor(lambda tree, key: (self.stands(tree, key), tree.whole(key)))
        self.anchor(lambda tree, key: (self.stands(tree, key), tree.text[key]))
        self.anchor_anywhere()
        self.anchor(lambda tree, key: (self.names[tree, tree.by_key[key].section], tree.whole(key)))
        self.anchor(lambda tree, key: (self.names[tree, tree.by_key[key].section], tree.text[key]))
        self.follow_parents()
        self.extend_runs()
        self.pair_repeats()
        self.assign(lambda tree, key: key in tree.children)
        self.follow_parents()
        self.assign(lambda _tree, _key: True)
        self.pair_subjects()
        self.pair_places()

    def stands(self, tree: Tree, key: str) -> tuple[str, str]:
        """Where a statement stands: its section, under one name where both sides have it, and the
        statements above it.
        """
        return self.names[tree, tree.by_key[key].section], tree.path(key)

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
        lefts, rights = (
            unique(self.open_left(), self.left, name),
            unique(self.open_right(), self.right, name),
        )
        for found, key in lefts.items():
            if key is not None and (other := rights.get(found)) is not None:
                self.pair(key, other, 1.0, "equal")

    def anchor_drugs(self) -> None:
        """Pair the rows of lists of drugs that name one drug, in whichever list it stands."""
        lefts, rights = (
            unique((key for key in tree.order if drug_of(tree, key)), tree, drug_of)
            for tree in (self.left, self.right)
        )
        for left, right in same_drugs(lefts, rights):
            self.pair(left, right, 1.0, "assigned")

    def anchor_anywhere(self) -> None:
        """Pair what each record says only once, wherever it stands: it moved.

        A few words are no proof of that, nor are any where the same words with another number
        stand in the place that it would have left or come to: then the number changed.
        """
        for name in (Tree.whole, _text_of):
            lefts, rights = (unique(tree.order, tree, name) for tree in (self.left, self.right))
            stayed = self.renumbered()
            for found, key in lefts.items():
                other = rights.get(found)
                if key is None or other is None or key in self.pairs or other in self.taken:
                    continue
                if {self.mould(self.left, key), self.mould(self.right, other)} & stayed:
                    continue
                if len(str(found).split()) >= LEAST_WORDS or not self.apart(key, other):
                    self.pair(key, other, 1.0, "equal")

    def mould(self, tree: Tree, key: str) -> tuple[object, str]:
        """Where a statement stands and what it says, whatever its numbers."""
        return self.stands(tree, key), _NUMBER.sub("#", tree.text[key])

    def renumbered(self) -> set[tuple[object, str]]:
        """The moulds with numbers that open statements of both sides have."""
        lefts, rights = (
            {self.mould(tree, key) for key in keys if _NUMBER.search(tree.text[key])}
            for tree, keys in ((self.left, self.open_left()), (self.right, self.open_right()))
        )
        return lefts & rights

    def apart(self, left: str, right: str) -> bool:
        """Whether two statements stand in sections of which at least one is another one on the
        other side.
        """
        one, two = self.left.by_key[left].section, self.right.by_key[right].section
        return is_apart(self.names[self.left, one], self.names[self.right, two])

    def follow_parents(self) -> None:
        """Pair equal statements that are unique below a pair, from the top down."""
        for key in self.left.order:
            if key not in self.pairs or key not in self.left.children:
                continue
            lefts = [s.key for s in self.left.children[key] if s.key not in self.pairs]
            rights = [
                s.key
                for s in self.right.children.get(self.pairs[key][0], ())
                if s.key not in self.taken
            ]
            names = unique(rights, self.right, lambda tree, k: tree.text[k])
            for name, child in unique(lefts, self.left, lambda tree, k: tree.text[k]).items():
                if child is not None and (other := names.get(name)) is not None:
                    self.pair(child, other, 1.0, "equal")

    def extend_runs(self) -> None:
        """Pair equal neighbours of pairs, forwards and backwards, where the order of statements
        says something.
        """
        lefts, rights = _ordered_keys(self.left), _ordered_keys(self.right)
        place = {key: i for i, key in enumerate(rights)}
        for step in (1, -1):
            for i in range(len(lefts))[::step]:
                if lefts[i] not in self.pairs or not 0 <= i + step < len(lefts):
                    continue
                j = place.get(self.pairs[lefts[i]][0], -len(rights) - 9) + step
                if 0 <= j < len(rights) and not self.apart(lefts[i + step], rights[j]):
                    self.pair_if_equal(lefts[i + step], rights[j])

    def pair_if_equal(self, left: str, right: str) -> None:
        """Pair two open statements if their texts are equal."""
        if (
            left not in self.pairs
            and right not in self.taken
            and self.left.text[left] == self.right.text[right]
        ):
            self.pair(left, right, 1.0, "run")

    def pair_repeats(self) -> None:
        """Pair what repeats word for word below equal headings, one after the other."""
        rights = self.grouped(self.open_right(), self.right)
        for name, keys in self.grouped(self.open_left(), self.left).items():
            for left, right in zip(keys, rights.get(name, ()), strict=False):
                self.pair(left, right, 1.0, "run")

    def pair_subjects(self) -> None:
        """Pair sentences left in one section that share a phrase which stands nowhere else in
        either record: they speak of one matter.
        """
        lefts, rights = (
            self.free(self.left, self.open_left()),
            self.free(self.right, self.open_right()),
        )
        shared = {
            (left, right): phrases
            for matter in lefts.keys() & rights.keys()
            for left, said in lefts[matter].items()
            for right, others in rights[matter].items()
            if (phrases := said & others)
        }
        if not shared:
            return
        wanted = frozenset().union(*shared.values())
        once = _said_once(self.left, wanted) & _said_once(self.right, wanted)
        found: dict[str, list[str]] = defaultdict(list)
        for (left, right), phrases in shared.items():
            if not once.isdisjoint(phrases):
                found[left].append(right)
        for left in sorted(found, key=self.left.order.__getitem__):
            others = [right for right in found[left] if right not in self.taken]
            if len(others) == 1:
                self.pair(left, others[0], CUTOFF_SUBJECT, "assigned")

    def pair_places(self) -> None:
        """Pair the items left that stand in one place of one list and begin alike, and sentences
        that decide about one matter.
        """
        steps = (redecided, partial(rewritten, labelled), partial(rewritten, behind))
        for step in steps:
            pairs = {left: right for left, (right, _, _) in self.pairs.items()}
            lefts = ListPlaces(self.left, self.names, pairs)
            rights = ListPlaces(self.right, self.names, {right: right for right in self.taken})
            found = step((lefts, self.open_left()), (rights, self.open_right()))
            for key, other in found:
                self.pair(key, other, CUTOFF_SUBJECT, "assigned")

    def free(
        self, tree: Tree, keys: Iterable[str]
    ) -> dict[tuple[str, int], dict[str, frozenset[Phrase]]]:
        """The phrases of the statements that stand in no list and lead none, by their section and
        whether they approve or deny.
        """
        found: dict[tuple[str, int], dict[str, frozenset[Phrase]]] = defaultdict(dict)
        for key in keys:
            statement = tree.by_key[key]
            if not statement.parent and key not in tree.children:
                matter = self.names[tree, statement.section], sign_of(statement.position)
                found[matter][key] = _phrases(tree.words(key))
        return found

    def grouped(self, keys: Iterable[str], tree: Tree) -> dict[object, list[str]]:
        """Keys by where they stand and what they say, each group in its order."""
        groups: dict[object, list[str]] = defaultdict(list)
        for key in keys:
            groups[self.stands(tree, key), tree.text[key]].append(key)
        return {
            name: sorted(found, key=lambda k: _sort_key(tree, k)[1:])
            for name, found in groups.items()
        }

    def assign(self, wanted: Callable[[Tree, str], bool]) -> None:
        """Pair what is left so that the sum of the scores is greatest."""
        lefts = sorted(
            (k for k in self.open_left() if wanted(self.left, k)),
            key=lambda k: _sort_key(self.left, k),
        )
        rights = sorted(
            (k for k in self.open_right() if wanted(self.right, k)),
            key=lambda k: _sort_key(self.right, k),
        )
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
                self.assign_block(
                    block[start : start + max(1, MOST_CELLS // len(sections[heading]))], rest
                )

    def assign_block(self, lefts: list[str], rights: list[str]) -> None:
        """Assign one table of scores."""
        if not lefts or not rights:
            return
        # numpy takes a while to import, and most commands compare nothing
        from policy_tracker.diff.likeness import assign

        pairs = {l: r for l, (r, _, _) in self.pairs.items()}  # noqa: E741
        named = [
            [self.names[tree, tree.by_key[key].section] for key in keys]
            for tree, keys in ((self.left, lefts), (self.right, rights))
        ]
        for left, right, score in assign(
            (self.left, lefts), (self.right, rights), pairs, (named[0], named[1])
        ):
            if not two_drugs(drug_of(self.left, left), drug_of(self.right, right)):
                self.pair(left, right, score, "assigned")


def _section_names(left: Tree, right: Tree, pairs: dict[str, str]) -> dict[tuple[Tree, str], str]:
    """One name for each section of both sides, the same for those that are one; `is_apart` reads
    them.
    """
    paired = set(pairs.values())
    names = {(right, key): f"{SHARED if key in paired else '>'}{key}" for key in right.sections}
    return names | {
        (left, key): f"{SHARED}{pairs[key]}" if key in pairs else f"<{key}" for key in left.sections
    }


def _phrases(words: Iterable[str]) -> frozenset[Phrase]:
    """The runs of PHRASE long words."""
    long = [word for word in words if len(word) > 3]
    return frozenset(zip(*(long[start:] for start in range(PHRASE)), strict=False))


def _said_once(tree: Tree, wanted: frozenset[Phrase]) -> frozenset[Phrase]:
    """Those of some phrases that one statement alone has."""
    telling = {max(phrase, key=len) for phrase in wanted}
    counts = Counter(
        phrase
        for key, text in tree.text.items()
        if any(map(text.__contains__, telling))
        for phrase in _phrases(tree.words(key)) & wanted
    )
    return frozenset(phrase for phrase, times in counts.items() if times == 1)


def _text_of(tree: Tree, key: str) -> str:
    return tree.text[key]


def _ordered_keys(tree: Tree) -> list[str]:
    return [key for key in tree.rank if tree.ordered(tree.by_key[key])]
