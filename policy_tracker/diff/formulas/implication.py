"""How two expressions are related: whether one implies the other, decided by a small binary
decision diagram.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal

from policy_tracker.diff.formulas.expressions import AtLeast, Atom, Expression, Not

Relation = Literal["equal", "weaker", "stronger", "neither"]
"""What an expression became: the same, one that holds of more cases, one that holds of fewer, or
one that holds of some more and some fewer.
"""
MIRRORED: dict[Relation, Relation] = {
    "equal": "equal",
    "weaker": "stronger",
    "stronger": "weaker",
    "neither": "neither",
}
MOST_NODES = 20_000
"""Formulas whose diagram needs more are left undecided, so that time and memory stay bounded."""
MOST_ATOMS = 150
"""Formulas of more atoms are left undecided too: a diagram is as deep as it has atoms."""
_FALSE, _TRUE = 0, 1


class TooLargeError(Exception):
    """A formula's diagram grew beyond its bound."""


def relation(before: Expression, after: Expression) -> Relation | None:
    """What `before` became with `after`; None where that is too large to decide."""
    if before == after:
        return "equal"
    diagram = _Diagram()
    try:
        one, two = diagram.of(before), diagram.of(after)
        if one == two:
            return "equal"
        if diagram.choice(one, two, _TRUE) == _TRUE:
            return "weaker"
        return "stronger" if diagram.choice(two, one, _TRUE) == _TRUE else "neither"
    except TooLargeError:
        return None


class _Diagram:
    """A reduced ordered diagram: each node asks one atom, and equal functions are one node."""

    def __init__(self) -> None:
        self.places: dict[Hashable, int] = {}
        self.nodes: list[tuple[int, int, int]] = [(-1, 0, 0), (-1, 1, 1)]
        self.known: dict[tuple[int, int, int], int] = {}
        self.choices: dict[tuple[int, int, int], int] = {}

    def of(self, expression: Expression) -> int:
        """The node of an expression."""
        if isinstance(expression, Atom):
            place = self.places.setdefault(expression.name, len(self.places))
            if place >= MOST_ATOMS:
                raise TooLargeError
            return self.node(place, _FALSE, _TRUE)
        if isinstance(expression, Not):
            return self.choice(self.of(expression.part), _FALSE, _TRUE)
        return self.counted(expression)

    def counted(self, expression: AtLeast) -> int:
        """The node of so many of several parts: read from the last part on, for each number still
        needed.
        """
        parts = [self.of(part) for part in expression.parts]
        if expression.needed == len(parts):
            found = _TRUE
            for part in reversed(parts):
                found = self.choice(part, found, _FALSE)
            return found
        rest = [_TRUE, *[_FALSE] * expression.needed]
        for part in reversed(parts):
            rest = [
                _TRUE,
                *(
                    self.choice(part, rest[needed - 1], rest[needed])
                    for needed in range(1, expression.needed + 1)
                ),
            ]
        return rest[expression.needed]

    def node(self, place: int, low: int, high: int) -> int:
        """The node that asks one atom, and goes to `high` where it holds."""
        if low == high:
            return low
        key = (place, low, high)
        if key not in self.known:
            if len(self.nodes) > MOST_NODES:
                raise TooLargeError
            self.known[key] = len(self.nodes)
            self.nodes.append(key)
        return self.known[key]

    def choice(self, asked: int, then: int, otherwise: int) -> int:
        """The node of: `then` where `asked` holds, `otherwise` where it does not."""
        if asked == _TRUE or then == otherwise:
            return then
        if asked == _FALSE:
            return otherwise
        if (then, otherwise) == (_TRUE, _FALSE):
            return asked
        key = (asked, then, otherwise)
        if key not in self.choices:
            place = min(self.nodes[one][0] for one in key if one > _TRUE)
            low, high = (
                self.choice(*(self._branch(one, place, holds) for one in key))
                for holds in (False, True)
            )
            self.choices[key] = self.node(place, low, high)
        return self.choices[key]

    def _branch(self, node: int, place: int, holds: bool) -> int:
        asks, low, high = self.nodes[node]
        return node if asks != place else high if holds else low
