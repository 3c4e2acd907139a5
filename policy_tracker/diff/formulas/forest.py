"""The trees of criteria of both versions laid upon each other, and formulas of their parts with any
choice of what changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product

from policy_tracker.diff.formulas.atoms import Atoms, Id, Said
from policy_tracker.diff.formulas.expressions import ALWAYS, Expression, all_of, combined
from policy_tracker.diff.formulas.implication import Relation, relation
from policy_tracker.diff.tree import Tree
from policy_tracker.language.announcements import turns_list
from policy_tracker.record import Statement

_TAKEN = frozenset({"position", "criterion", "exclusion", "limit"})
"""Roles of statements that say what can be approved."""
_BESIDE = frozenset({"exclusion", "limit"})
"""Roles of statements that hold beside a list, whatever its logic."""
MOST_REACHED = 2_000
"""So many nodes a formula has at most, both versions together."""
MOST_OPEN = 3
"""So many lists that do not say how their members combine are tried in every way."""


@dataclass(frozen=True, slots=True)
class CriteriaNode:
    """A statement as a part of the tree: below what it stands, what it says itself, and how the
    list that it leads combines (None: not stated).
    """

    parent: Id | None
    own: Expression
    logic: str | None
    beside: bool


@dataclass(frozen=True, slots=True)
class Forest:
    """The nodes of both versions by their ids; `joined` are those that say on one side in a
    sentence what is a list on the other.
    """

    before: Mapping[Id, CriteriaNode]
    after: Mapping[Id, CriteriaNode]
    joined: AbstractSet[Id]

    def mixed(self, later: AbstractSet[Id]) -> dict[Id, CriteriaNode]:
        """The earlier version with some nodes as the later one has them; what hangs below nothing
        is out of the formula.
        """
        found = {name: node for name, node in self.before.items() if name not in later}
        found.update((name, node) for name, node in self.after.items() if name in later)
        return found

    def differing(self) -> set[Id]:
        """The nodes that the two versions do not have alike."""
        return {
            name
            for name in {*self.before, *self.after}
            if self.before.get(name) != self.after.get(name)
        }

    def compared(self, root: Id, one: Iterable[Id], two: Iterable[Id]) -> Relation | None:
        """What the formula of a node became, from one choice of later nodes to another; None where
        a list does not say how it combines and that matters.
        """
        trees = self.mixed(set(one)), self.mixed(set(two))
        if trees[0].keys().isdisjoint({root}) or root not in trees[1]:
            return None
        below = tuple(map(_children, trees))
        reached = [(side, name) for side in (0, 1) for name in _reached(below[side], root)]
        if any(_unclear(trees[side], below[side], name) for side, name in reached):
            return None
        counts = [
            {name: _counted(trees[side], below[side], name) for at, name in reached if at == side}
            for side in (0, 1)
        ]
        if any(
            bool(one) != bool(counts[1].get(name, one)) and name not in self.joined
            for name, one in counts[0].items()
        ):
            return None  # a list of which one version has no member says nothing of the others
        open_lists = {
            name
            for side, name in reached
            if trees[side][name].logic is None and _counted(trees[side], below[side], name) > 1
        }
        if len(open_lists) > MOST_OPEN or len(reached) > MOST_REACHED:
            return None
        ordered = sorted(open_lists, key=repr)
        found: set[Relation | None] = set()
        for ways in product(("all_of", "any_of"), repeat=len(ordered)):
            tried = dict(zip(ordered, ways, strict=True))
            sides = [_formula(trees[side], below[side], root, tried) for side in (0, 1)]
            found.add(relation(*sides))
            if len(found) > 1:
                return None
        return found.pop()


def _unclear(
    tree: Mapping[Id, CriteriaNode], below: Mapping[Id | None, list[Id]], name: Id
) -> bool:
    """Whether a list of which not all must hold names limits or exclusions: they may be options, or
    hold beside it.
    """
    return tree[name].logic not in ("all_of", None) and any(
        tree[child].beside for child in below.get(name, ())
    )


def _children(tree: Mapping[Id, CriteriaNode]) -> dict[Id | None, list[Id]]:
    found: dict[Id | None, list[Id]] = defaultdict(list)
    for name, node in tree.items():
        found[node.parent].append(name)
    return found


def _reached(below: Mapping[Id | None, list[Id]], root: Id) -> list[Id]:
    found = [root]
    for name in found:
        found += below.get(name, ())
    return found


def _counted(tree: Mapping[Id, CriteriaNode], below: Mapping[Id | None, list[Id]], name: Id) -> int:
    return sum(not tree[child].beside for child in below.get(name, ()))


def _formula(
    tree: Mapping[Id, CriteriaNode],
    below: Mapping[Id | None, list[Id]],
    name: Id,
    tried: Mapping[Id, str],
) -> Expression:
    node = tree[name]
    parts = {child: _formula(tree, below, child, tried) for child in below.get(name, ())}
    members = [part for child, part in parts.items() if not tree[child].beside]
    beside = [part for child, part in parts.items() if tree[child].beside]
    logic = node.logic or tried.get(name, "all_of")
    listed = [combined(logic, members)] if members else []
    return all_of([node.own, *listed, *beside])


def forest_of(before: Tree, after: Tree, atoms: Atoms) -> Forest:
    """The trees of two versions with one id for each statement of both."""
    return Forest(_nodes(before, atoms.before), _nodes(after, atoms.after), atoms.joined.keys())


def _nodes(tree: Tree, said: Said) -> dict[Id, CriteriaNode]:
    found: dict[Id, CriteriaNode] = {}
    for statement in tree.record.statements:
        name = said.ids[statement.key]
        if name in found or (statement.role not in _TAKEN and not tree.children.get(statement.key)):
            continue
        parent = said.ids[statement.parent] if statement.parent else None
        leads = bool(tree.children.get(statement.key))
        own = ALWAYS if statement.role == "position" and leads else said.own[statement.key]
        found[name] = CriteriaNode(
            parent=parent,
            own=own,
            logic=_logic(statement) if leads else None,
            beside=statement.role in _BESIDE,
        )
    return found


def _logic(statement: Statement) -> str | None:
    """How a list combines, read with what its lead-in denies."""
    turned = (
        statement.logic == "any_of" and statement.role != "position" and turns_list(statement.text)
    )
    return "none_of" if turned else statement.logic
