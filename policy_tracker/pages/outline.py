"""A record's statements as the tree that they form, with positions and the words that tell how
parts combine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting

if TYPE_CHECKING:
    from policy_tracker.record.codes import CodeRange, CodeRef
    from policy_tracker.record.content import AppliesTo, Record, Statement

DEEPEST = 12
"""Levels that a page shows as a tree; no reader follows more, and no document was met that has more
than eight.
"""


@dataclass(frozen=True, slots=True)
class StatementNode:
    """A statement and what stands under it.

    `position` is its own or inherited; `own_position` says which.
    """

    key: str
    role: str
    role_words: str
    label: str | None
    text: str
    position: str | None
    position_words: str
    own_position: bool
    basis: str | None
    payer_term: str | None
    phase: str | None
    logic: str | None
    quantities: tuple[str, ...]
    codes: tuple[CodeRef, ...]
    ranges: tuple[CodeRange, ...]
    applies_to: str | None
    effective: str | None
    place: str | None
    page: int | None
    children: tuple[StatementNode, ...]

    def walk(self) -> tuple[StatementNode, ...]:
        """This node and all below it, in document order."""
        return (self, *(node for child in self.children for node in child.walk()))


@dataclass(frozen=True, slots=True)
class SectionNode:
    """A section with its top statements."""

    key: str
    heading: str
    kind: str
    logic: str | None
    nodes: tuple[StatementNode, ...]


def outline_of(record: Record) -> tuple[SectionNode, ...]:
    """The sections of a record that say something, each with its tree, in document order."""
    tops: dict[str, list[Statement]] = {}
    below: dict[str, list[Statement]] = {}
    for statement in record.statements:
        (
            below.setdefault(statement.parent, [])
            if statement.parent
            else tops.setdefault(statement.section, [])
        ).append(statement)
    sections = [
        SectionNode(
            key=section.key,
            heading=section.heading,
            kind=section.kind,
            logic=formatting.logic_words(section.logic),
            nodes=_nodes(tops.get(section.key, []), below, None, 1),
        )
        for section in record.sections
    ]
    return tuple(section for section in sections if section.nodes)


def _nodes(
    statements: list[Statement],
    below: dict[str, list[Statement]],
    inherited: str | None,
    depth: int,
) -> tuple[StatementNode, ...]:
    """Statements with what stands under them; below DEEPEST, what stands under them follows beside
    them.
    """
    if depth < DEEPEST:
        return tuple(
            _node(
                one,
                inherited,
                _nodes(below.get(one.key, []), below, one.position or inherited, depth + 1),
            )
            for one in statements
        )
    flat: list[StatementNode] = []
    waiting = [(statement, inherited) for statement in reversed(statements)]
    while waiting:
        statement, above = waiting.pop()
        flat.append(_node(statement, above, ()))
        waiting += [
            (child, statement.position or above) for child in reversed(below.get(statement.key, []))
        ]
    return tuple(flat)


def _node(
    statement: Statement, inherited: str | None, children: tuple[StatementNode, ...]
) -> StatementNode:
    position = statement.position or inherited
    return StatementNode(
        key=statement.key,
        role=statement.role,
        role_words=formatting.ROLE_WORDS[statement.role],
        label=statement.label,
        text=statement.text,
        position=position,
        position_words=formatting.position_words(position),
        own_position=statement.position is not None and statement.position != inherited,
        basis=formatting.NOT_COVERED_BASIS_WORDS[statement.basis] if statement.basis else None,
        payer_term=statement.payer_term,
        phase=formatting.PHASE_WORDS[statement.phase] if statement.phase else None,
        logic=formatting.logic_words(statement.logic),
        quantities=tuple(formatting.quantity_words(quantity) for quantity in statement.quantities),
        codes=statement.codes,
        ranges=statement.ranges,
        applies_to=applies_to_words(statement.applies_to),
        effective=formatting.date_fact_words(statement.effective) if statement.effective else None,
        place=formatting.place_words(statement.source),
        page=statement.source.page if statement.source else None,
        children=children,
    )


def applies_to_words(applies_to: AppliesTo | None) -> str | None:
    """Which plans something applies to, or None where nothing narrows it."""
    if applies_to is None:
        return None
    parts = []
    plans = [formatting.LINE_WORDS[line] for line in applies_to.lines_of_business] + [
        formatting.FUNDING_WORDS[kind] for kind in applies_to.funding
    ]
    if plans:
        parts.append(f"{formatting.listed(plans)} plans")
    if applies_to.states.include:
        parts.append(f"only in {formatting.listed(applies_to.states.include)}")
    if applies_to.states.exclude:
        parts.append(f"not in {formatting.listed(applies_to.states.exclude)}")
    if applies_to.governed_by:
        parts.append(f"governed by {formatting.listed(applies_to.governed_by)}")
    return "; ".join(parts) or None
