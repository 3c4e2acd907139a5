"""What answers for a code in one version: a statement, a list, or what is said of all that is
listed nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from policy_tracker.diff.differences import EffectivePosition
from policy_tracker.diff.tree import Tree, sign_of
from policy_tracker.record import CodeRef, Payer, cpt_kind

_UNKNOWN = EffectivePosition(None, "unknown")


class Answers:
    """What one version says of a code that its tables do not list.

    A statement that names it, else its residual, else the payer's default.
    """

    def __init__(self, tree: Tree, payer: Payer | None) -> None:
        self.payer, self.groups = payer, tree.record.code_groups
        rest = tree.record.residual
        self.remaining = EffectivePosition(rest.position, "residual") if rest else None
        self.named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for statement in tree.record.statements:
            if statement.codes and statement.role in ("position", "criterion", "scope"):
                position = tree.side(statement).position
                if sign_of(position) or position == "out_of_scope":
                    for code in statement.codes:
                        self.named[code.system, code.code].add(str(position))

    def of(self, system: str, code: str) -> EffectivePosition:
        """The position that answers for one code; positions that disagree answer nothing."""
        named = self.named.get((system, code))
        if named:
            return EffectivePosition(next(iter(named)) if len(named) == 1 else None, "named")
        if self.remaining:
            return self.remaining
        for default in self.payer.defaults if self.payer else ():
            if default.system == system and (
                default.cpt_kind is None or (system == "CPT" and default.cpt_kind == cpt_kind(code))
            ):
                return EffectivePosition(default.position, "payer_default")
        return _UNKNOWN

    def denial(self, codes: Iterable[CodeRef]) -> EffectivePosition | None:
        """The denial of all of these codes by the lists that they stand in, else by the payer's
        default; None where one is not denied so.

        An approval is no such answer: it says nothing of a further use of the code.
        """
        found = [self._by_itself(code) for code in codes]
        return (
            found[0]
            if found
            and all(
                sign_of(one.position) < 0 and one.known in ("listed", "payer_default")
                for one in found
            )
            else None
        )

    def _by_itself(self, code: CodeRef) -> EffectivePosition:
        spans = {
            g.disposition
            for g in self.groups
            for r in g.ranges
            if r.system == code.system and r.holds(code.code)
        }
        positions = spans | self.listed.get((code.system, code.code), set())
        if positions:
            return EffectivePosition(
                min(positions) if all(sign_of(p) < 0 for p in positions) else None, "listed"
            )
        return self.of(code.system, code.code)

    @cached_property
    def listed(self) -> dict[tuple[str, str], set[str]]:
        """The dispositions of the lists that each code stands in."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for group in self.groups:
            for code in group.codes:
                found[code.system, code.code].add(group.disposition)
        return found
