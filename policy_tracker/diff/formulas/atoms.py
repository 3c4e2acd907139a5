"""What each statement of two versions says, as an expression over common atoms: which say one
thing, and which say several at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from policy_tracker.diff.align import Alignment
from policy_tracker.diff.formulas.expressions import ALWAYS, Atom, Expression, all_of, any_of
from policy_tracker.diff.tree import Tree
from policy_tracker.language.announcements import completed, own_words
from policy_tracker.language.coordination import Coordinated, Spellings, coordinated, meant
from policy_tracker.language.normalize import same_sense
from policy_tracker.record import Statement

Id = Hashable
"""A statement of both versions has one id, so that their trees can be laid upon each other."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The statements of one side: what each is called, by its key, and what it says itself."""

    ids: Mapping[str, Id]
    own: Mapping[str, Expression]


@dataclass(frozen=True, slots=True)
class Atoms:
    """Both sides; `joined` are the statements that say in one sentence what the other version
    spells one by one, each with the ids of those. `changed` are those of which no list tells how
    their words changed: they count as one atom, and their words are compared elsewhere.
    """

    before: Said
    after: Said
    joined: Mapping[Id, frozenset[Id]]
    changed: frozenset[Id]


def atoms_of(before: Tree, after: Tree, alignment: Alignment) -> Atoms:
    """What the statements of two versions say.

    A statement of both versions is one atom: how its words changed is asked elsewhere. Statements
    of the same words in lists that announce the same are one atom too. A sentence that joins
    options is taken apart where the other version has each option by itself.
    """
    return _Naming(before, after, alignment).run()


class _Naming:
    def __init__(self, before: Tree, after: Tree, alignment: Alignment) -> None:
        self.trees = before, after
        self.ids = _ids(before, after, alignment)
        self.after_of = {
            one: two
            for one, two in alignment.after_of().items()
            if self.ids[0][one] == self.ids[1][two]
        }
        self.classes = _Classes()
        self.governing: dict[tuple[int, str], tuple[object, ...]] = {}
        self.leaves = self.spelled(0), self.spelled(1)
        self.spelled_there: dict[tuple[int, tuple[object, ...]], Spellings] = {}
        self.joins: dict[Id, list[tuple[int, str, Coordinated]]] = defaultdict(list)

    def run(self) -> Atoms:
        changed = self.changed()
        for side in (0, 1):
            for statement in self.statements(side):
                name = self.ids[side][statement.key]
                alone = name == (("before", "after")[side], statement.key)
                found = self.taken_apart(side, statement) if alone or name in changed else None
                if found:
                    self.joins[name].append((side, statement.key, found))
        for side in (0, 1):
            for statement in self.statements(side):
                name = self.ids[side][statement.key]
                if name in changed or name in self.joins:
                    continue
                self.classes.join(name, self.key(side, statement))
        return Atoms(
            Said(self.ids[0], self.said(0, changed)),
            Said(self.ids[1], self.said(1, changed)),
            {name: self.options(found) for name, found in self.joins.items()},
            changed - self.joins.keys(),
        )

    def statements(self, side: int) -> tuple[Statement, ...]:
        return self.trees[side].record.statements

    def words(self, side: int, statement: Statement) -> Words:
        """What a statement says itself: of a lead-in, what it says beside announcing its list."""
        leads = self.trees[side].children.get(statement.key)
        return own_words(statement.text) if leads else meant(statement.text)

    def governed(self, side: int, statement: Statement) -> tuple[object, ...]:
        """The lead-ins above a statement that it completes, by their ids where both versions have
        them.
        """
        known = self.governing.get((side, statement.key))
        if known is not None:
            return known
        found: list[object] = []
        for above in self.trees[side].above(statement):
            name = self.ids[side][above.key]
            own = own_words(above.text)
            if completed(above.text) or above.role == "position":
                found.append(name if name[0] == "both" else own)  # ty: ignore[not-subscriptable]
        self.governing[side, statement.key] = tuple(found)
        return tuple(found)

    def key(self, side: int, statement: Statement) -> tuple[object, ...]:
        return "words", self.governed(side, statement), self.words(side, statement)

    def spelled(self, side: int) -> dict[tuple[object, ...], dict[Words, list[str]]]:
        """The statements of a side that lead no list, by the lead-ins above them and what they say;
        those that complete a lead-in also with its words, as one sentence.
        """
        found: dict[tuple[object, ...], dict[Words, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for statement in self.statements(side):
            if self.trees[side].children.get(statement.key):
                continue
            said = meant(statement.text)
            found[self.governed(side, statement)][said].append(statement.key)
            lead = self.trees[side].parent(statement)
            if lead and lead.role != "position" and completed(lead.text):
                whole = (*own_words(lead.text), *said)
                found[self.governed(side, lead)][whole].append(statement.key)
        return found

    def option(self, side: int, governed: tuple[object, ...], words: Words) -> Expression:
        """What an option says that the other version spells by itself, or as one of a list."""
        other = 1 - side
        key = self.leaves[other][governed][words][0]
        statement = self.trees[other].by_key[key]
        own = Atom(self.classes.of(self.key(other, statement)))
        lead = self.trees[other].parent(statement)
        if lead is None or meant(statement.text) == words:
            return own
        return all_of([Atom(self.classes.of(self.key(other, lead))), own])

    def taken_apart(self, side: int, statement: Statement) -> Coordinated | None:
        """A sentence as options of which the other version has each by itself, in a list of the
        same lead-ins.
        """
        if self.trees[side].children.get(statement.key):
            return None
        governed = self.governed(side, statement)
        there = self.leaves[1 - side].get(governed, {})
        if meant(statement.text) in there:
            return None
        if (side, governed) not in self.spelled_there:
            self.spelled_there[side, governed] = Spellings(there)
        return coordinated(statement.text, self.spelled_there[side, governed])

    def options(self, found: list[tuple[int, str, Coordinated]]) -> frozenset[Id]:
        """The ids of the statements that say the options of a sentence one by one."""
        return frozenset(
            self.ids[1 - side][other]
            for side, key, parts in found
            for option in parts.options
            for other in self.leaves[1 - side][self.governed(side, self.trees[side].by_key[key])][
                option
            ]
        )

    def changed(self) -> frozenset[Id]:
        """The statements of both versions that say something else in each."""
        found: set[Id] = set()
        for one, two in self.after_of.items():
            old, new = self.trees[0].by_key[one], self.trees[1].by_key[two]
            leads = [bool(self.trees[side].children.get(key)) for side, key in ((0, one), (1, two))]
            same = self.words(0, old) == self.words(1, new) and (
                all(leads) or bool(self.words(0, old))
            )
            if not same and not (leads[0] == leads[1] and same_sense(old.text, new.text)):
                found.add(("both", two))
        return frozenset(found)

    def said(self, side: int, changed: frozenset[Id]) -> dict[str, Expression]:
        return {
            statement.key: self.expression(side, statement, changed)
            for statement in self.statements(side)
        }

    def expression(self, side: int, statement: Statement, changed: frozenset[Id]) -> Expression:
        name = self.ids[side][statement.key]
        for where, key, parts in self.joins.get(name, ()):
            if (where, key) == (side, statement.key):
                governed = self.governed(side, statement)
                atoms = [self.option(side, governed, option) for option in parts.options]
                return any_of(atoms) if parts.joined == "or" else all_of(atoms)
        if name in self.joins:
            return Atom(self.classes.of(self.key(side, statement)))
        if name in changed:
            return Atom(name)
        if not self.words(side, statement):
            return ALWAYS
        return Atom(self.classes.of(self.key(side, statement)))


class _Classes:
    """Names that stand for one thing."""

    def __init__(self) -> None:
        self.leads: dict[Hashable, Hashable] = {}

    def of(self, name: Hashable) -> Hashable:
        """The one name that stands for all of a class."""
        while name in self.leads:
            name = self.leads[name]
        return name

    def join(self, one: Hashable, two: Hashable) -> None:
        one, two = self.of(one), self.of(two)
        if one != two:
            self.leads[two] = one


def _ids(before: Tree, after: Tree, alignment: Alignment) -> tuple[dict[str, Id], dict[str, Id]]:
    """The ids of both sides' statements; one that says a part of another's sentence goes by that
    one's.
    """
    paired = alignment.after_of()
    pairs = {
        one: two for one, two in paired.items() if not _strangers(before, after, one, two, paired)
    }
    old: dict[str, Id] = {
        key: ("both", pairs[key]) if key in pairs else ("before", key) for key in before.by_key
    }
    later = set(pairs.values())
    new: dict[str, Id] = {
        key: ("both", key) if key in later else ("after", key) for key in after.by_key
    }
    for part in alignment.parts:
        side = old if part.side == "before" else new
        side[part.key] = side[part.of]
    return old, new


def _strangers(before: Tree, after: Tree, one: str, two: str, pairs: Mapping[str, str]) -> bool:
    """Whether two lead-ins that only announce their lists lead lists that share no member, or one
    of them is no lead-in.
    """
    old, new = before.children.get(one), after.children.get(two)
    if before.by_key[one].role == "position" or not (old or new):
        return False
    said = bool(own_words(before.by_key[one].text)), bool(own_words(after.by_key[two].text))
    if not old or not new:
        return not said[0 if old else 1]
    if any(said):
        return False
    later = {child.key for child in new}
    return not any(pairs.get(child.key) in later for child in old)
