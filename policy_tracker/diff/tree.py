"""A record's flat statements as the tree that their parents make, with what governs each of
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from policy_tracker.language.connectors import Connector, between
from policy_tracker.language.tokens import fold, words
from policy_tracker.record import Record, Section, Statement
from policy_tracker.record.vocabulary import APPROVING, DENYING

Sign = Literal[-1, 0, 1]
SET_LOGICS = ("all_of", "any_of", "none_of", "at_least")
"""Logics under which the order of the members says nothing."""


def sign_of(position: str | None) -> Sign:
    """+1 for a position under which a claim can be approved, -1 for one under which it is denied, 0
    where it is neither or not stated.
    """
    return 1 if position in APPROVING else -1 if position in DENYING else 0


@dataclass(frozen=True, slots=True)
class Side:
    """Where a statement stands in one version.

    `position` is its own, else the governing one; `governing` is what the statements above it say;
    `logic` is that of the list it is a member of. `sign` says what it means for approvals if the
    statement holds of more cases: +1 more can be approved, -1 less, 0 the text does not tell.
    `joined` is the connector that stands between it and its neighbors in the list.
    """

    statement: Statement
    section: Section
    parent: Statement | None
    position: str | None
    governing: str | None
    logic: str | None
    sign: Sign
    joined: Connector | None = None


class Tree:
    """The statements of one record, each with its parent, children and texts as words; built once
    for a comparison.

    `order` counts them as the record lists them, `rank` from the top, each with what stands below
    it behind it.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.sections = {section.key: section for section in record.sections}
        self.by_key = {statement.key: statement for statement in record.statements}
        self.children: dict[str | None, list[Statement]] = defaultdict(list)
        for statement in record.statements:
            self.children[statement.parent].append(statement)
        self.order = {statement.key: place for place, statement in enumerate(record.statements)}
        self._sections: dict[str, list[Statement]] = defaultdict(list)
        self.rank: dict[str, int] = {}
        for number, statement in enumerate(self._from_the_top(None)):
            self.rank[statement.key] = number
            self._sections[statement.section].append(statement)
        self._words: dict[str, list[str]] = {}
        self._path: dict[str, str] = {}
        self._whole: dict[str, str] = {}

    def _from_the_top(self, parent: str | None) -> Iterator[Statement]:
        for statement in self.children.get(parent, ()):
            yield statement
            yield from self._from_the_top(statement.key)

    @cached_property
    def text(self) -> dict[str, str]:
        """The words of each statement, parted by spaces."""
        return {one.key: " ".join(words(one.text)) for one in self.record.statements}

    @cached_property
    def _place_in_list(self) -> dict[str, int]:
        return {
            one.key: place for found in self.children.values() for place, one in enumerate(found)
        }

    def behind(self, statement: Statement) -> Iterator[Statement]:
        """The statements behind one in its list."""
        return islice(self.children[statement.parent], self._place_in_list[statement.key] + 1, None)

    def ahead(self, statement: Statement) -> Iterator[Statement]:
        """The statements before one in its list, the nearest first."""
        siblings = self.children[statement.parent]
        return (siblings[place] for place in range(self._place_in_list[statement.key])[::-1])

    def words(self, key: str) -> list[str]:
        """The words of a statement's text."""
        if key not in self._words:
            self._words[key] = self.text[key].split()
        return self._words[key]

    def path(self, key: str) -> str:
        """The section's heading and the texts of the statements above one."""
        if key not in self._path:
            statement = self.by_key[key]
            above = (
                f"{self.path(statement.parent)}\x1f{self.text[statement.parent]}"
                if statement.parent
                else self.heading(statement)
            )
            self._path[key] = above
        return self._path[key]

    def in_section(self, key: str) -> list[Statement]:
        """The statements of a section from the top, each with what stands below it behind it."""
        return self._sections.get(key, [])

    def heading(self, statement: Statement) -> str:
        """The folded heading of a statement's section."""
        return fold(self.sections[statement.section].heading)

    def whole(self, key: str) -> str:
        """A statement's text with all that stands below it, the same in whatever order that is
        listed.
        """
        if key not in self._whole:
            below = sorted(self.whole(child.key) for child in self.children.get(key, ()))
            self._whole[key] = f"{self.text[key]}({'|'.join(below)})" if below else self.text[key]
        return self._whole[key]

    def parent(self, statement: Statement) -> Statement | None:
        """The statement above one, None at the top of a section."""
        return self.by_key[statement.parent] if statement.parent else None

    def list_logic(self, statement: Statement) -> str | None:
        """The logic of the list that a statement is a member of: its parent's, at the top its
        section's.
        """
        parent = self.parent(statement)
        return parent.logic if parent else self.sections[statement.section].logic

    def ordered(self, statement: Statement) -> bool:
        """Whether the place of a statement may say something: it does not within a list whose logic
        is stated.
        """
        parent, logic = self.parent(statement), self.list_logic(statement)
        return (logic is None or not logic.startswith(SET_LOGICS)) and (
            parent is None or self.ordered(parent)
        )

    def place(self, statement: Statement) -> tuple[tuple[int, str], ...]:
        """Where a statement stands, from the top: its rank among its siblings, its key where their
        order says nothing.
        """
        own = (self.rank[statement.key], "") if self.ordered(statement) else (0, statement.key)
        parent = self.parent(statement)
        return (*self.place(parent), own) if parent else (own,)

    def above(self, statement: Statement) -> list[Statement]:
        """The statements above one, nearest first."""
        found: list[Statement] = []
        parent = self.parent(statement)
        while parent:
            found.append(parent)
            parent = self.parent(parent)
        return found

    def side(self, statement: Statement) -> Side:
        """Where a statement stands, and what governs it."""
        above = self.above(statement)
        governing = next((s.position for s in above if s.position), None)
        return Side(
            statement=statement,
            section=self.sections[statement.section],
            parent=above[0] if above else None,
            position=statement.position or governing,
            governing=governing,
            logic=self.list_logic(statement),
            sign=self.sign(statement),
            joined=self.joined(statement),
        )

    def joined(self, statement: Statement) -> Connector | None:
        """The connector between a statement and its neighbors in a list that has no logic."""
        if statement.parent is None or self.list_logic(statement) is not None:
            return None
        ahead = [one.text for one in self.ahead(statement)][::-1]
        return between(ahead, statement.text, [one.text for one in self.behind(statement)])

    def sign(self, statement: Statement) -> Sign:
        """What it means for approvals if a statement holds of more cases.

        A list's members move it their way under all-of, any-of and at-least, and the other way
        under none-of; a position under which claims are denied, and an exclusion, turn it round.
        What stands under another position than the sentence above it ("not covered unless all of
        these are met:") goes its own position's way. Where nothing above says what follows, the
        statement's own position does; where that is missing too, the text does not tell.
        """
        if statement.role == "exclusion" and not statement.position:
            return -1
        if statement.role == "position" and statement.position:
            return sign_of(statement.position)
        turn, current = 1, statement
        while True:
            if self.list_logic(current) == "none_of":
                turn = -turn
            parent = self.parent(current)
            if parent is None:
                return times(turn, sign_of(statement.position))
            if parent.position:
                own = sign_of(current.position)
                excepted = current.role != "position" and own * sign_of(parent.position) < 0
                return times(turn, own if excepted else sign_of(parent.position))
            if parent.role == "exclusion":
                return times(turn, -1)
            current = parent


def times(turn: int, sign: Sign) -> Sign:
    """A sign that is turned round, or not."""
    return 1 if turn * sign > 0 else -1 if turn * sign < 0 else 0
