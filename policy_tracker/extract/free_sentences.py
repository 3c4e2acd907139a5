"""Prose of a coverage part to which nothing gives a position: it describes, and is no condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.extract.roles import position_of_headings
from policy_tracker.language.coverage_terms import names_rules
from policy_tracker.language.descriptions import only_describes

if TYPE_CHECKING:
    from policy_tracker.extract.roles import StatementRole
    from policy_tracker.extract.structure.outline import Node


def inherits_nothing(text: str, reading: StatementRole, node: Node) -> bool:
    """Whether a sentence that no other governs has no position: neither its own words nor a heading
    give one, it is no item of what its heading lists, and it sets no condition of a grant.
    """
    if reading.role != "criterion" or reading.payer_term is not None:
        return False
    if node.block.label or node.listed or node.block.table or not only_describes(text):
        return False
    path = node.part.path
    return position_of_headings(path) is None and not any(
        names_rules(heading) for heading in (*path[1:-1][-1:], *path[-1:])
    )
