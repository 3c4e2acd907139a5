"""The ANDs and ORs between siblings: which of the printed connectors joins which two statements."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policy_tracker.extract.roles import is_note
from policy_tracker.extract.structure.logic import Connector, leading_connector, trailing_connector
from policy_tracker.extract.structure.outline import Node


def join(nodes: Sequence[Node]) -> dict[Node, Connector]:
    """The connector behind each node that has one, at the node's own level.

    A connector printed behind a node, on its own line or at its end, joins at the level of what
    comes next: behind the last item of an inner list it belongs to the outer one. Behind a lead-in,
    right before its own items, it joins nothing.
    """
    joined: dict[Node, Connector] = {}
    telling = [node for node in nodes if not is_note(node.block.text)]
    for node, following in pairwise(telling):
        word = (
            node.block.connector
            or trailing_connector(node.block.text)
            or (leading_connector(following.block.text) if following.heads else None)
        )
        if word is None:
            continue
        place: Node | None = node
        while place is not None and place.parent is not following.parent:
            place = place.parent
        if place is not None and (place.parent is not None or place.part is following.part):
            joined.setdefault(place, word)
    return joined
