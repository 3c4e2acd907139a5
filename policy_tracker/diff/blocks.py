"""What came or went as a whole: a statement with all that stands below it, or a section with its
statements.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from policy_tracker.diff.sections import parents_of
from policy_tracker.diff.tree import Tree
from policy_tracker.record import Statement

MOST_WORDS = 400
"""A block of more words is told in parts, because nobody can take it in as one: each list in it is
a block of its own.
"""


@dataclass(frozen=True, slots=True)
class UnmatchedBlock:
    """Statements that only one version has and that belong together.

    `lead` is the key of the statement that stands for it, `rest` the others in their order.
    `heading` is what the section is headed, where it came or went with the block. `part` tells a
    list out of a longer block.
    """

    lead: str
    rest: tuple[Statement, ...]
    heading: str | None = None
    part: bool = False


def blocks_of(
    tree: Tree, only: AbstractSet[str], kept_sections: AbstractSet[str]
) -> dict[str, UnmatchedBlock]:
    """The block of each statement that is part of one, by key.

    `only` are the statements that the other version does not have, `kept_sections` the sections
    that it has. In a section that it does not have, what follows a position belongs to it;
    elsewhere a block is a statement with what stands below it.
    """
    found: dict[str, UnmatchedBlock] = {}
    for section in tree.sections:
        own = [statement for statement in tree.in_section(section) if statement.key in only]
        whole = section not in kept_sections and len(own) == len(tree.in_section(section))
        heading = _heading(tree, section, kept_sections) if whole else None
        for group in _groups(tree, own, whole=whole):
            for number, part in enumerate(_parts(tree, group)):
                block = _block(part, None if number else heading, part=number > 0)
                if block.rest or block.heading:
                    found |= dict.fromkeys((statement.key for statement in part), block)
    return found


def _parts(tree: Tree, group: list[Statement]) -> list[list[Statement]]:
    """A group as it is; one of too many words without the lists right below its lead, and each of
    these with what stands below it.
    """
    if sum(len(statement.text.split()) for statement in group) <= MOST_WORDS:
        return [group]
    root = group[0].key
    place: dict[str, int] = {}
    parts: list[list[Statement]] = [[]]
    for statement in group:
        if statement.parent == root and statement.key in tree.children:
            place[statement.key] = len(parts)
            parts.append([])
        else:
            place[statement.key] = place.get(str(statement.parent), 0)
        parts[place[statement.key]].append(statement)
    return parts


def _groups(tree: Tree, own: list[Statement], *, whole: bool) -> list[list[Statement]]:
    """Statements that belong together: a root with what stands below it; in a `whole` section also
    what follows it and leads nothing.
    """
    keys = {statement.key for statement in own}
    follows = whole and all(
        tree.ordered(statement) for statement in own if statement.parent not in keys
    )
    groups: list[list[Statement]] = []
    place: dict[str, int] = {}
    for statement in own:
        if statement.parent in keys:
            place[statement.key] = place[str(statement.parent)]
        else:
            leads = statement.role == "position" or statement.key in tree.children
            if not (
                follows
                and groups
                and (not leads or not any(_leads(tree, one) for one in groups[-1]))
            ):
                groups.append([])
            place[statement.key] = len(groups) - 1
        groups[place[statement.key]].append(statement)
    return groups


def _leads(tree: Tree, statement: Statement) -> bool:
    return statement.role == "position" or statement.key in tree.children


def _block(group: list[Statement], heading: str | None, *, part: bool) -> UnmatchedBlock:
    keys = {one.key for one in group}
    roots = group[:1] if part else [one for one in group if one.parent not in keys]
    lead = next((one for one in roots if one.role == "position"), roots[0])
    return UnmatchedBlock(lead.key, tuple(one for one in group if one is not lead), heading, part)


def _heading(tree: Tree, section: str, kept: AbstractSet[str]) -> str:
    """The headings of a section and of those above it that the other version does not have either,
    outermost first.
    """
    return "\n".join(
        tree.sections[key].heading for key in parents_of(tree, section) if key not in kept
    )
