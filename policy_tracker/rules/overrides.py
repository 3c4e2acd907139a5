"""What an installation makes of the catalogue: other impacts, and rules that are switched off.

Plain values, bound once at the edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from policy_tracker.diff.differences import ENGINE
from policy_tracker.record import digest
from policy_tracker.rules.registry import RULESET

if TYPE_CHECKING:
    from policy_tracker.record.vocabulary import Impact
    from policy_tracker.rules.registry import Rule


from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.diff.align import Alignment
    from policy_tracker.diff.stream import Documents
    from policy_tracker.record import BulletinEntry, Payer, Record
    from policy_tracker.record.code_sets import Names
    from policy_tracker.rules.changes import Comparison
    from policy_tracker.rules.effective import EffectiveInterval

HASH_LENGTH = 8


@dataclass(frozen=True)
class RuleSettings:
    """Overrides by rule id: an impact in the place of the catalogue's, or `off`.

    A rule that is off still reads; the change that it would tell is listed among what is
    superseded, with whatever it superseded itself.
    """

    impacts: Mapping[str, Impact] = field(default_factory=lambda: MappingProxyType({}))
    off: frozenset[str] = frozenset()

    def applied(self, rule: Rule) -> Rule:
        """The rule as this installation has it."""
        impact = self.impacts.get(rule.id, rule.impact)
        return rule if impact == rule.impact else replace(rule, impact=impact)

    @cached_property
    def stamp(self) -> str:
        """The version that a comparison carries: rule set, engine, and a hash of the overrides
        where there are any (`2.1+5f0c9a13`).

        A stored comparison with another stamp may not be what would be said now.
        """
        plain = f"{RULESET}.{ENGINE}"
        if not (self.impacts or self.off):
            return plain
        return f"{plain}+{digest('overrides', sorted(self.impacts.items()), sorted(self.off), length=HASH_LENGTH)}"  # noqa: E501


AS_DECLARED = RuleSettings()
"""The catalogue without overrides."""


class Compare(Protocol):
    """What compares two versions, whose alignment is given.

    `payer` is the payer where it states what a comparison asks, `announced` are the entries of its
    bulletins, `effective` says from when the changes apply (None: as the records tell it),
    `elsewhere` are the codes that the policy's other versions name, where one of the two says what
    holds for everything that it does not name; `documents` are the texts of both versions'
    documents, where both were read from one.
    """

    def __call__(
        self,
        before: Record | None,
        after: Record,
        *,
        alignment: Alignment | None = None,
        payer: Payer | None = None,
        announced: Iterable[BulletinEntry] = (),
        effective: EffectiveInterval | None = None,
        elsewhere: Names | None = None,
        documents: Documents | None = None,
    ) -> Comparison:
        """The comparison of two versions; without an earlier one, that of a policy's first."""
        ...
