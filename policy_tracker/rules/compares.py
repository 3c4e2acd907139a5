"""What compares two versions: the comparison itself, or one that is bound to the rules of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.diff.align import Alignment
    from policy_tracker.record import BulletinEntry, Payer, Record
    from policy_tracker.record.code_sets import Names
    from policy_tracker.rules.changes import Comparison
    from policy_tracker.rules.effective import EffectiveInterval


class Compare(Protocol):
    """What compares two versions, whose alignment is given.

    `payer` is the payer where it states what a comparison asks, `announced` are the entries of its bulletins,
    `effective` says from when the changes apply (None: as the records tell it), `elsewhere` are the codes that the policy's other versions
    name, where one of the two says what holds for everything that it does not name.
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
    ) -> Comparison:
        """The comparison of two versions; without an earlier one, that of a policy's first."""
        ...
