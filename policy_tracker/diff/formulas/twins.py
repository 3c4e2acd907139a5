"""Statements that a version made twice, of which one still stands: taking the other away changes
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from policy_tracker.diff.align import Alignment
from policy_tracker.diff.formulas.common_words import Alike
from policy_tracker.diff.sections import parents_of
from policy_tracker.diff.tree import Tree
from policy_tracker.language.abbreviations import abbreviated
from policy_tracker.language.coordination import meant
from policy_tracker.language.names import tidy_name
from policy_tracker.language.rewording import rewording
from policy_tracker.language.tokens import fold
from policy_tracker.language.topics import named_by
from policy_tracker.record import Statement

LEAST_WORDS = 5
"""A shorter sentence says too little to stand for itself in another section."""


def twins(before: Tree, after: Tree, alignment: Alignment) -> tuple[frozenset[str], frozenset[str]]:
    """The statements of each side that the other does not have at their place, and that both make
    elsewhere in the same words.

    Looked for are those that stand in no list. In another section a sentence may be about another
    matter: there it counts where it takes a position and names what the policy is about, and what
    stands in its section with it goes along where all of that is said twice. What stands under the
    name of an indication is said of that alone, and stands for no sentence under another name.
    """
    after_of, before_of = alignment.after_of(), alignment.before_of()
    return (
        frozenset(_Twins(before, alignment.only_before, after_of).said_twice()),
        frozenset(_Twins(after, alignment.only_after, before_of).said_twice()),
    )


class _Twins:
    """One side: its statements that the other does not have, and those that it has."""

    def __init__(self, tree: Tree, alone: Iterable[str], pairs: Mapping[str, str]) -> None:
        self.tree = tree
        self.alone = [tree.by_key[key] for key in alone if self.simple(tree.by_key[key])]
        kept: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        if self.alone:
            for key in pairs:
                statement = tree.by_key[key]
                if self.simple(statement):
                    kept[_standing(statement)].append(statement)
        self.kept = {standing: Alike(statements) for standing, statements in kept.items()}
        self.subject = {word for word in meant(tree.record.title) if word.isalpha()}

    def simple(self, statement: Statement) -> bool:
        """Whether a statement stands in no list and leads none."""
        return statement.parent is None and statement.key not in self.tree.children

    def said_twice(self) -> Iterable[str]:
        """The keys of statements that stand a second time."""
        by_section: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.alone:
            by_section[statement.section].append(statement)
        for section, found in by_section.items():
            here = [one for one in found if self.twin(one, section)]
            yield from (one.key for one in here)
            elsewhere = [one for one in found if one not in here and self.twin(one)]
            whole = len(here) + len(elsewhere) == len(self.tree.in_section(section))
            if whole and any(self.names_subject(one) for one in elsewhere):
                yield from (one.key for one in elsewhere)

    def twin(self, statement: Statement, section: str | None = None) -> bool:
        """Whether another statement says the same: in one section, or anywhere under no name that
        does not stand over both.
        """
        names = self.names_over(statement.section)
        kept = self.kept.get(_standing(statement))
        return (
            kept is not None
            and len(meant(statement.text)) >= LEAST_WORDS
            and any(
                (
                    self.names_over(other.section) <= names
                    if section is None
                    else other.section == section
                )
                and not rewording(abbreviated(statement.text), abbreviated(other.text))
                for other in kept.to(statement)
            )
        )

    def names_over(self, section: str) -> frozenset[str]:
        """The names of things in the headings over a section, but for the policy's own."""
        headings = (self.tree.sections[key].heading for key in parents_of(self.tree, section))
        names = (name for heading in headings if (name := tidy_name(named_by(heading) or "")))
        return frozenset(fold(name) for name in names if not self.subject >= {*meant(name)})

    def names_subject(self, statement: Statement) -> bool:
        """Whether a sentence takes a position on what the policy's title names."""
        return (
            statement.role == "position"
            and bool(self.subject)
            and 2 * len(self.subject & {*meant(statement.text)}) > len(self.subject)
        )


def _standing(statement: Statement) -> tuple[object, ...]:
    """What two statements must have in common to be one, beside their words."""
    return statement.role, statement.position, statement.phase, statement.applies_to
