"""Where each statement of a version comes from: the lines that links draw through versions that
follow one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from policy_tracker.diff.align import Pair
from policy_tracker.diff.tree import Tree
from policy_tracker.language.tokens import fold
from policy_tracker.record import Record, Statement, normalise
from policy_tracker.record.canonical import digest

Aspect = Literal["words", "position", "logic", "codes", "scope", "role", "place", "split", "merged"]
"""What a version can change of a statement; `split` and `merged` say that it was part of another,
or several others.
"""

Origin = Literal["brought", "first_held", "not_told_before"]
"""How a version is known to have brought a statement.

The one before it lacks it; it is the first that is held; the one before it is told only in part, so
that the statement may be older.
"""

Fate = Literal["dropped", "not_told_after"]
"""How a version is known to lack a statement that the one before it has; `not_told_after` where it
is told only in part.
"""

PARTS = ("split", "merge")
"""Links that are found in this way stand behind every other: they join a part to what it was part
of.
"""


@dataclass(frozen=True, slots=True)
class Stage:
    """A version on the way, and the links that lead to its statements from the version before
    it.
    """

    record: Record
    links: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Touch:
    """A version changed a statement: from which version, to which, and what of it."""

    before: str
    version: str
    fields: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class StatementLineage:
    """A statement with its past.

    `since` is the version that brought it, `touches` are the changes since then, newest first,
    `versions` all versions in which it stands, earliest first; in the last `unchanged` of them it
    stands as it does now. `depth` counts the statements above it.
    """

    statement: Statement
    position: str | None
    depth: int
    since: str
    origin: Origin
    touches: tuple[Touch, ...]
    versions: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class RemovedStatement:
    """A statement that no longer stands: as it stood in its last version, and the version that
    lacks it.
    """

    line: StatementLineage
    last: str
    removed: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Blame:
    """The statements of a version in its order, each with its past, and what is gone, what went
    last first.
    """

    record: Record
    lines: tuple[StatementLineage, ...]
    removed: tuple[RemovedStatement, ...] = ()

    def line(self, key: str) -> StatementLineage:
        """The line of a statement."""
        return next(line for line in self.lines if line.statement.key == key)


def blame(stages: Sequence[Stage]) -> Blame:
    """The past of every statement of the last of some versions, given in valid time; at least
    one.
    """
    history = _History(stages)
    last = len(stages) - 1
    lines = tuple(history.line(last, statement.key) for statement in stages[last].record.statements)
    removed = tuple(found for place in range(last, 0, -1) for found in history.removed(place))
    return Blame(stages[last].record, lines, removed)


def differing(
    before: tuple[Tree, Statement],
    after: tuple[Tree, Statement],
    linked: frozenset[tuple[str, str]],
) -> tuple[Aspect, ...]:
    """In what two statements differ that are one over two versions; `linked` are the keys of what
    else is one.
    """
    (tree, one), (later, two) = before, after
    differs: dict[Aspect, bool] = {
        "words": normalise(one.text) != normalise(two.text)
        or normalise(one.payer_term or "") != normalise(two.payer_term or ""),
        "position": _position(tree, one) != _position(later, two) or one.basis != two.basis,
        "logic": one.logic != two.logic
        and bool(tree.children.get(one.key) and later.children.get(two.key)),
        "codes": _named(one) != _named(two),
        "scope": (one.phase, one.applies_to, one.effective, one.ends)
        != (two.phase, two.applies_to, two.effective, two.ends),
        "role": one.role != two.role,
        "place": not _same_place(before, after, linked),
    }
    return tuple(name for name, found in differs.items() if found)


def _position(tree: Tree, statement: Statement) -> str | None:
    """A statement's own position, else the governing one."""
    return statement.position or next(
        (one.position for one in tree.above(statement) if one.position), None
    )


def _named(
    statement: Statement,
) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str, str]]]:
    codes = frozenset((code.system, code.code) for code in statement.codes)
    return codes, frozenset((span.system, span.first, span.last) for span in statement.ranges)


def _same_place(
    before: tuple[Tree, Statement],
    after: tuple[Tree, Statement],
    linked: frozenset[tuple[str, str]],
) -> bool:
    """Whether two statements stand below one statement, or both at the top of one section."""
    (tree, one), (later, two) = before, after
    if one.parent is None or two.parent is None:
        same_section = one.section == two.section or tree.heading(one) == fold(
            later.sections[two.section].heading
        )
        return one.parent is two.parent and same_section
    return (one.parent, two.parent) in linked


class _History:
    """Versions in valid time with their trees, and the links between them looked up from both
    sides.
    """

    def __init__(self, stages: Sequence[Stage]) -> None:
        self.stages = stages
        self.trees = [Tree(stage.record) for stage in stages]
        self.into: list[dict[str, list[Pair]]] = []
        self.out: list[dict[str, list[Pair]]] = []
        self.linked: list[frozenset[tuple[str, str]]] = []
        for stage in stages:
            into, out = defaultdict(list), defaultdict(list)
            for link in stage.links:
                into[link.after].append(link)
                out[link.before].append(link)
            self.into.append(dict(into))
            self.out.append(dict(out))
            self.linked.append(frozenset((link.before, link.after) for link in stage.links))

    def version(self, place: int) -> str:
        """The label of a version."""
        return self.stages[place].record.version

    def line(self, place: int, key: str) -> StatementLineage:
        """The past of a statement of one version: back along its surest links for what changed,
        along all for where it stands.
        """
        tree = self.trees[place]
        statement = tree.by_key[key]
        first, stands = self.ancestors(place, key)
        touches, unchanged = self.touches(place, key)
        return StatementLineage(
            statement=statement,
            position=_position(tree, statement),
            depth=len(tree.above(statement)),
            since=self.version(first),
            origin=self.origin(first),
            touches=touches,
            versions=tuple(self.version(one) for one in stands),
            unchanged=unchanged,
        )

    def ancestors(self, place: int, key: str) -> tuple[int, list[int]]:
        """The first version in which a statement, or what it was made from, stands, and all in
        which it does.
        """
        stands, keys = [place], {key}
        while place > 0:
            keys = {link.before for one in keys for link in self.into[place].get(one, ())}
            if not keys:
                break
            place -= 1
            stands.append(place)
        return place, stands[::-1]

    def origin(self, place: int) -> Origin:
        """How the version of a statement's first stand is known to have brought it."""
        if place == 0:
            return "first_held"
        return (
            "not_told_before"
            if self.stages[place - 1].record.completeness == "partial"
            else "brought"
        )

    def touches(self, place: int, key: str) -> tuple[tuple[Touch, ...], int]:
        """The changes of a statement, newest first, and in how many versions it has stood as it
        does since the newest.
        """
        found: list[Touch] = []
        unchanged = 1
        while links := self.into[place].get(key):
            link = max(links, key=lambda one: (one.how not in PARTS, one.score))
            fields = self.changed(place, link)
            if fields:
                found.append(Touch(self.version(place - 1), self.version(place), fields))
            elif not found:
                unchanged += 1
            place, key = place - 1, link.before
        return tuple(found), unchanged

    def changed(self, place: int, link: Pair) -> tuple[Aspect, ...]:
        """What a version changed of a statement that a link leads to."""
        before, after = self.trees[place - 1], self.trees[place]
        fields = differing(
            (before, before.by_key[link.before]),
            (after, after.by_key[link.after]),
            self.linked[place],
        )
        split: tuple[Aspect, ...] = ("split",) if len(self.out[place][link.before]) > 1 else ()
        merged: tuple[Aspect, ...] = ("merged",) if len(self.into[place][link.after]) > 1 else ()
        return (*fields, *split, *merged)

    def removed(self, place: int) -> list[RemovedStatement]:
        """The statements of the version before one that lead to nothing in it."""
        fate: Fate = (
            "not_told_after" if self.stages[place].record.completeness == "partial" else "dropped"
        )
        return [
            RemovedStatement(
                self.line(place - 1, key), self.version(place - 1), self.version(place), fate
            )
            for key in self.trees[place - 1].order
            if key not in self.out[place]
        ]


Node = tuple[str, str]
"""A statement of a version: the version's label, and its key."""


class Recorded(NamedTuple):
    """When a statement was first recorded: by which entry of the journal, as what revision of which
    version, and its key there.
    """

    sequence: int
    version: str
    number: int
    key: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A version with the one before it in valid time (None: the first), and the links between the
    two.
    """

    record: Record
    before: str | None = None
    links: tuple[Pair, ...] = ()


def lineages(
    branches: Sequence[Branch], recorded: Callable[[Node], Recorded]
) -> dict[Node, tuple[str, ...]]:
    """The lines of descent on which each statement stands, by names that stay: one, and several
    where statements were merged.

    Every branch stands behind the one that it leads from. A line is named by the statement of it
    that was recorded first, so that neither a later version nor an earlier one that becomes known
    late gives it another name.
    """
    roots: dict[Node, frozenset[Node]] = {}
    for branch in branches:
        into: dict[str, set[Node]] = defaultdict(set)
        for link in branch.links:
            into[link.after] |= roots[branch.before or "", link.before]
        for statement in branch.record.statements:
            node = branch.record.version, statement.key
            roots[node] = frozenset(into.get(statement.key) or {node})
    names = _names(branches, roots, recorded)
    return {node: tuple(sorted(names[root] for root in found)) for node, found in roots.items()}


def _names(
    branches: Sequence[Branch],
    roots: Mapping[Node, frozenset[Node]],
    recorded: Callable[[Node], Recorded],
) -> dict[Node, str]:
    """The name of each line, by the statement that it begins with: made from the one that was
    recorded first of those on it alone.
    """
    first: dict[Node, Recorded] = {}
    for node, found in roots.items():
        if len(found) == 1:
            [root] = found
            told = recorded(node)
            first[root] = min(first.get(root, told), told)
    about = [(branch.record.payer, branch.record.policy) for branch in branches[:1]]
    return {
        root: digest("lineage", about, told.version, told.number, told.key, length=16)
        for root, told in first.items()
    }
