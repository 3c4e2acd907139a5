"""Which section of one version is which of the other: by the headings that lead to it, by its own,
by what stands in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable

from policy_tracker.diff.tree import Tree
from policy_tracker.language.tokens import bare, fold

LEAST_SHARED = 0.5
"""Sections of other headings are one if they share more than this part of the sentences of the
smaller one.
"""


SHARED = "="
"""How the name of a section begins that both versions have."""


def is_apart(one: str, two: str) -> bool:
    """Whether two sections, by their names in an alignment, are different ones of which at least
    one stands in both versions.
    """
    return one != two and (one.startswith(SHARED) or two.startswith(SHARED))


def pair_sections(before: Tree, after: Tree) -> dict[str, str]:
    """The later key of each earlier section that is still there; the sides may be swapped, and the
    same pairs come out.
    """
    pairs: dict[str, str] = {}
    for name in (_path, _own_heading):
        _pair_unique(before, after, pairs, name)
    _pair_by_content(before, after, pairs)
    return pairs


def parents_of(tree: Tree, key: str) -> list[str]:
    """The keys of a section and of those that it stands in, outermost first: a key continues its
    parent's behind a slash.
    """
    parts = key.split("/")
    found = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return [name for name in found if name in tree.sections]


def _heading(tree: Tree, key: str) -> str:
    return fold(bare(tree.sections[key].heading)).rstrip(" :.")


def _path(tree: Tree, key: str) -> Hashable:
    return tuple(_heading(tree, name) for name in parents_of(tree, key))


def _own_heading(tree: Tree, key: str) -> Hashable:
    return _heading(tree, key)


def _pair_unique(
    before: Tree, after: Tree, pairs: dict[str, str], name: Callable[[Tree, str], Hashable]
) -> None:
    """Pair open sections whose name no other open section of their side has."""
    taken = set(pairs.values())
    lefts = _unique(before, [key for key in before.sections if key not in pairs], name)
    rights = _unique(after, [key for key in after.sections if key not in taken], name)
    pairs.update({key: rights[found] for found, key in lefts.items() if found in rights})


def _unique(
    tree: Tree, keys: list[str], name: Callable[[Tree, str], Hashable]
) -> dict[Hashable, str]:
    named: dict[Hashable, list[str]] = defaultdict(list)
    for key in keys:
        named[name(tree, key)].append(key)
    return {found: keys[0] for found, keys in named.items() if len(keys) == 1}


def _pair_by_content(before: Tree, after: Tree, pairs: dict[str, str]) -> None:
    """Pair open sections that share most of their sentences, the greatest share first."""
    taken = set(pairs.values())
    lefts, rights = ({key: _texts(tree, key) for key in tree.sections} for tree in (before, after))
    shares = []
    for one in (key for key in lefts if key not in pairs and lefts[key]):
        for two in (key for key in rights if key not in taken and rights[key]):
            smaller = min(lefts[one].total(), rights[two].total())
            share = (lefts[one] & rights[two]).total() / smaller
            if share > LEAST_SHARED:
                shares.append((-share, -smaller, min(one, two), max(one, two), one, two))
    for *_, one, two in sorted(shares):
        if one not in pairs and two not in taken:
            pairs[one] = two
            taken.add(two)


def _texts(tree: Tree, key: str) -> Counter[str]:
    return Counter(tree.text[statement.key] for statement in tree.in_section(key))
