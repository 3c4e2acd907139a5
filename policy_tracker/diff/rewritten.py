"""Items of a list that were rewritten where they stand: too little alike for their words to show
it, they have one place and one beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from policy_tracker.diff.tree import Tree, sign_of
from policy_tracker.language.stopwords import EMPTY
from policy_tracker.language.tokens import words

Name = TypeVar("Name")
LEAST_MATTER = 3
"""Words that name a matter well enough to know it by them."""
BEGINNING = 4
"""Items in one place that begin with so many equal words are one item."""


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """One side of a comparison: its tree, the names of the sections of both, and the name of each
    statement that has a pair already.
    """

    tree: Tree
    sections: Mapping[tuple[Tree, str], str]
    paired: Mapping[str, str]

    def list_of(self, key: str) -> tuple[str, str]:
        """The section and the parent of a statement, by the names that both sides give them."""
        statement = self.tree.by_key[key]
        parent = statement.parent or ""
        name = self.paired.get(parent, f"{id(self.tree)} {parent}") if parent else ""
        return self.sections[self.tree, statement.section], name


Place = Callable[[ListPlaces, str], object]


def labelled(side: ListPlaces, key: str) -> object:
    """The list and the printed label of an item, None where none is printed."""
    label = (side.tree.by_key[key].label or "").strip(" .()")
    return (*side.list_of(key), label) if label else None


def behind(side: ListPlaces, key: str) -> object:
    """The list of an item, and the item before it by its pair; None where that has none."""
    sibling = next(side.tree.ahead(side.tree.by_key[key]), None)
    if sibling is None:
        return (*side.list_of(key), "")
    before = side.paired.get(sibling.key)
    return (*side.list_of(key), before) if before is not None else None


def decided(side: ListPlaces, key: str) -> object:
    """The list of a sentence that decides by itself, and what it decides about: the words before
    its own term for the position. None where it leads a list, or has no such words.
    """
    statement = side.tree.by_key[key]
    if not statement.payer_term or key in side.tree.children:
        return None
    about, term, _ = statement.text.partition(statement.payer_term)
    matter = tuple(word for word in words(about) if word not in EMPTY)
    return (*side.list_of(key), matter) if term and len(matter) >= LEAST_MATTER else None


def redecided(
    left: tuple[ListPlaces, Iterable[str]], right: tuple[ListPlaces, Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """The open sentences of both sides that alone decide about one matter, whichever way."""
    lefts, rights = (unique(keys, side, decided) for side, keys in (left, right))
    for name, key in lefts.items():
        if name is not None and key is not None and (other := rights.get(name)) is not None:
            yield key, other


def rewritten(
    place: Place, left: tuple[ListPlaces, Iterable[str]], right: tuple[ListPlaces, Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """The open items of both sides that stand in one place, decide alike, lead nothing, and begin
    alike.
    """
    lefts, rights = (unique(keys, side, place) for side, keys in (left, right))
    for name, key in lefts.items():
        other = rights.get(name)
        if name is None or key is None or other is None:
            continue
        one, two = left[0].tree.by_key[key], right[0].tree.by_key[other]
        same = sign_of(one.position) == sign_of(two.position) and one.role == two.role
        leads = key in left[0].tree.children or other in right[0].tree.children
        if same and not leads and _begin_alike(left[0].tree.text[key], right[0].tree.text[other]):
            yield key, other


def _begin_alike(one: str, two: str) -> bool:
    """Whether two texts begin with the same words, of which at least one says what it is of."""
    start = [a for a, b in zip(one.split()[:BEGINNING], two.split(), strict=False) if a == b]
    return len(start) == BEGINNING and any(word not in EMPTY and len(word) > 3 for word in start)


Side = TypeVar("Side")


def unique(
    keys: Iterable[str], side: Side, name: Callable[[Side, str], Name]
) -> dict[Name, str | None]:
    """The key behind each name, None where several have it."""
    found: dict[Name, str | None] = {}
    for key in keys:
        called = name(side, key)
        found[called] = None if called in found else key
    return found
