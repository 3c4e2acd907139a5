"""What became of a version's criteria through what changed in their structure: statements that came
or went, moved, or combine otherwise, each by itself and all together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from policy_tracker.diff.align import Alignment
from policy_tracker.diff.formulas.atoms import Atoms, Id, atoms_of
from policy_tracker.diff.formulas.forest import CriteriaNode, Forest, forest_of
from policy_tracker.diff.formulas.implication import Relation
from policy_tracker.diff.formulas.twins import twins
from policy_tracker.diff.tree import Sign, Tree, sign_of, times
from policy_tracker.record import Statement

MOST_CHANGED = 400
"""Of versions that differ in more statements nothing is decided by formulas."""
MOST_MEMBERS = 60
"""Of more changes below one statement each is left to what it says by itself."""


@dataclass(frozen=True, slots=True)
class Restructured:
    """What a difference does to the criteria that it stands in.

    `relation` is what their formula became: equal, weaker (it holds of more cases), stronger,
    neither. `sign` says what it means for approvals if it holds of more. `wrapped`: a list came or
    went around what was there. `joined`: a sentence says what the other version spells one by
    one. `stays`: the statement did not change its place in the text, so that its level of nesting
    alone was read otherwise.
    """

    relation: Relation
    sign: Sign
    wrapped: bool = False
    joined: bool = False
    stays: bool = False


def restructured(
    before: Tree, after: Tree, alignment: Alignment
) -> tuple[dict[str, Restructured], dict[str, Restructured]]:
    """What formulas decide of the statements of both versions, by their keys."""
    lists = any(
        statement.parent for tree in (before, after) for statement in tree.record.statements
    )
    found = _Deciding(before, after, alignment).run() if lists else ({}, {})
    for tree, side, keys in zip(
        (before, after), found, twins(before, after, alignment), strict=True
    ):
        side.update((key, Restructured("equal", tree.sign(tree.by_key[key]))) for key in keys)
    return found


class _Deciding:
    def __init__(self, before: Tree, after: Tree, alignment: Alignment) -> None:
        self.trees = before, after
        self.atoms: Atoms = atoms_of(before, after, alignment)
        self.forest: Forest = forest_of(before, after, self.atoms)
        self.lists = self.forest.lists()
        self.below: dict[Id, Forest] = {}
        self.decided: dict[Id, Relation | None] = {}
        self.keys: tuple[dict[Id, str], dict[Id, str]] = (
            _first_keys(self.atoms.before.ids),
            _first_keys(self.atoms.after.ids),
        )

    def run(self) -> tuple[dict[str, Restructured], dict[str, Restructured]]:
        found: dict[Id, Restructured] = {}
        if len(self.changed) <= MOST_CHANGED:
            for root, members in self.roots.items():
                sign = self.sign(root)
                if sign is not None and len(members) <= MOST_MEMBERS:
                    found |= self.region(root, members, sign)
        # that the formula stayed the same says nothing of words that changed within one atom
        found = {
            name: one
            for name, one in found.items()
            if one.relation != "equal" or name not in self.atoms.changed
        }
        return (
            {self.keys[0][name]: one for name, one in found.items() if name in self.keys[0]},
            {self.keys[1][name]: one for name, one in found.items() if name in self.keys[1]},
        )

    @cached_property
    def changed(self) -> frozenset[Id]:
        """The statements that the two versions do not have alike."""
        return frozenset(self.forest.differing())

    def nodes(self, name: Id) -> tuple[CriteriaNode | None, CriteriaNode | None]:
        return self.forest.before.get(name), self.forest.after.get(name)

    # regions

    @cached_property
    def roots(self) -> dict[Id, set[Id]]:
        """The smallest statement of both versions above each change, with all changes below it
        that have no smaller one.
        """
        found: dict[Id, set[Id]] = defaultdict(set)
        for name in self.changed:
            root = self.root(name)
            if root is not None:
                found[root].add(name)
        return dict(sorted(found.items(), key=repr))

    def root(self, name: Id) -> Id | None:
        one, two = self.nodes(name)
        if one and two and one.parent == two.parent and one.own == two.own:
            return name  # its list combines otherwise
        paths = [self.path(side, name) for side, node in enumerate((one, two)) if node is not None]
        common = (place for place in paths[0] if all(place in path for path in paths[1:]))
        return next(
            (
                place
                for place in common
                if all(self.nodes(place)) and place not in self.atoms.joined
            ),
            None,
        )

    def path(self, side: int, name: Id) -> list[Id]:
        nodes = (self.forest.before, self.forest.after)[side]
        found: list[Id] = []
        parent = nodes[name].parent
        while parent is not None and parent in nodes:
            found.append(parent)
            parent = nodes[parent].parent
        return found

    def sign(self, root: Id) -> Sign | None:
        """What it means for approvals if a statement's list holds of more cases; None where the two
        versions do not agree.
        """
        signs: set[Sign] = set()
        for tree, keys in zip(self.trees, self.keys, strict=True):
            signs |= _list_signs(tree, tree.by_key[keys[root]])
        return signs.pop() if len(signs) == 1 else None

    def part(self, root: Id) -> Forest:
        """The trees below one statement."""
        if root not in self.below:
            self.below[root] = self.forest.below(root, self.lists)
        return self.below[root]

    def whole(self, root: Id) -> Relation | None:
        """What the formula of a statement became by all that changed."""
        if root not in self.decided:
            self.decided[root] = self.part(root).compared(root, (), self.changed)
        return self.decided[root]

    # one region

    def region(self, root: Id, members: set[Id], sign: Sign) -> dict[Id, Restructured]:
        """What the changes below one statement do."""
        whole = self.whole(root)
        if whole == "equal" or self.within_equal(root):
            return dict.fromkeys(members, Restructured("equal", sign))
        found: dict[Id, Restructured] = {}
        blocks, middles = self.parts(members)
        for block in blocks:
            decided = self.block(root, block, middles)
            if decided:
                found[block[0]] = Restructured(decided, sign)
                if decided == "equal":
                    found |= dict.fromkeys(block, Restructured(decided, sign))
        for middle in middles:
            only = whole if len(middles) == 1 and not blocks else None
            found |= self.middle(root, middle, blocks, found, only, sign)
        return found

    def within_equal(self, root: Id) -> bool:
        """Whether a list above one, in which something changed too, says the same all in all."""
        above = [name for name in self.path(1, root) if name in self.roots]
        return any(name in self.path(0, root) and self.whole(name) == "equal" for name in above)

    def parts(self, members: set[Id]) -> tuple[list[list[Id]], list[set[Id]]]:
        """The changes of a region: what came or went with all that stands below it, its head
        first; and all else, put together where one stands in another's list.
        """
        alone = {name for name in members if self.pure(name)}
        blocks: dict[Id, list[Id]] = {}
        for name in sorted(alone, key=self.place):
            head = name
            while (parent := self.only(head).parent) in alone:
                head = parent
            blocks.setdefault(head, []).append(name)
        middles: list[set[Id]] = []
        for name in sorted(members - alone, key=self.place):
            linked = {name, *self.atoms.joined.get(name, ())} & members
            one, two = self.nodes(name)
            linked |= {
                parent
                for node, other in ((one, two), (two, one))
                if node and (parent := node.parent) in members and not all(self.nodes(parent))
            }
            together = [middle for middle in middles if middle & linked]
            middles = [middle for middle in middles if not middle & linked]
            middles.append(linked.union(*together))
        taken = set().union(*middles) if middles else set()
        return [block for block in blocks.values() if not taken & {*block}], middles

    def pure(self, name: Id) -> bool:
        """Whether a statement that one version alone has leads nothing that both have."""
        one, two = self.nodes(name)
        if one and two:
            return False
        return name not in self.leading[0 if one else 1]

    @cached_property
    def leading(self) -> tuple[frozenset[Id], frozenset[Id]]:
        """The statements of each side above one that both versions have."""
        return (
            frozenset(
                above
                for name in self.forest.before
                if name in self.forest.after
                for above in self.path(0, name)
            ),
            frozenset(
                above
                for name in self.forest.after
                if name in self.forest.before
                for above in self.path(1, name)
            ),
        )

    def only(self, name: Id) -> CriteriaNode:
        one, two = self.nodes(name)
        found = two or one
        if found is None:
            raise KeyError(name)
        return found

    def place(self, name: Id) -> tuple[int, int, str]:
        side = 1 if name in self.keys[1] else 0
        return side, self.trees[side].rank[self.keys[side][name]], repr(name)

    def block(self, root: Id, block: list[Id], middles: list[set[Id]]) -> Relation | None:
        """What a block that came or went does, among what is there before all else changes, and
        after it; None where the two disagree.
        """
        own = {*block}
        parent = self.only(block[0]).parent
        around = next((middle for middle in middles if parent in middle), set())
        came = self.forest.after.get(block[0]) is not None
        if came:
            return self.toggled(root, own, first=around, last=set())
        return self.toggled(root, own, first=set(), last=around)

    def toggled(self, root: Id, own: set[Id], first: set[Id], last: set[Id]) -> Relation | None:
        """What a part of the changes does: to the earlier version, where `first` has changed
        already, and to the later one, where `last` has not; None where the two disagree.
        """
        rest = {*self.changed} - last
        early = self.part(root).compared(root, first, first | own)
        late = self.part(root).compared(root, rest - own, rest)
        return early if early == late else None

    def middle(
        self,
        root: Id,
        middle: set[Id],
        blocks: list[list[Id]],
        told: Mapping[Id, Restructured],
        whole: Relation | None,
        sign: Sign,
    ) -> dict[Id, Restructured]:
        """What moved, combines otherwise, or was wrapped, does; `whole` where nothing else
        changed.

        A list that came around what was there tells what it brought; what was there before tells
        the rest, where that is something else.
        """
        around = [block for block in blocks if self.only(block[0]).parent in middle]
        came = {name for block in around for name in block if name in self.forest.after}
        gone = {name for block in around for name in block if name in self.forest.before}
        decided = whole or self.toggled(root, middle, first=gone, last=came)
        if decided is None:
            return {}
        spelled = {other for name in middle for other in self.atoms.joined.get(name, ())}
        wraps = {name for name in middle if not all(self.nodes(name))} - spelled
        brought = {told[block[0]].relation for block in around if block[0] in told} - {"equal"}
        lead: Relation = "neither" if len(brought) > 1 else (brought or {decided}).pop()
        rest: Relation = "equal" if wraps and lead == decided else decided
        found = {
            name: Restructured(
                lead if name in wraps else rest,
                sign,
                wrapped=bool(wraps),
                joined=name in self.atoms.joined,
                stays=name in self.staying,
            )
            for name in middle
        }
        # the sentence that says options together tells what became of them
        alone = (middle & spelled) - self.atoms.joined.keys()
        return found | dict.fromkeys(alone, Restructured("equal", sign))

    @cached_property
    def staying(self) -> frozenset[Id]:
        """The statements of both versions that passed none of the others."""
        both = [name for name in self.keys[0] if name in self.keys[1]]
        both.sort(key=lambda name: self.trees[0].rank[self.keys[0][name]])
        places = [self.trees[1].rank[self.keys[1][name]] for name in both]
        earlier = [-1, *accumulate(places, max)]
        later = [*reversed([*accumulate(reversed(places), min)]), len(self.keys[1])]
        return frozenset(
            name
            for index, name in enumerate(both)
            if earlier[index] < places[index] < later[index + 1]
        )


def _list_signs(tree: Tree, statement: Statement) -> set[Sign]:
    """What it means for approvals if the list that a statement leads holds of more cases, as each
    member tells.
    """
    turn = -1 if statement.logic == "none_of" else 1
    members = [
        child
        for child in tree.children.get(statement.key, ())
        if child.role in ("criterion", "position")
    ]
    if not members:
        return {sign_of(statement.position) if statement.position else tree.sign(statement)}
    return {times(turn, tree.sign(child)) for child in members}


def _first_keys(ids: Mapping[str, Id]) -> dict[Id, str]:
    found: dict[Id, str] = {}
    for key, name in ids.items():
        found.setdefault(name, key)
    return found


__all__ = ["Restructured", "restructured"]
