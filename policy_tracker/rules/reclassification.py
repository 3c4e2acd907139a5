"""What moved between two comparisons of the same two versions, made with different rules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from policy_tracker.record.base import Value
from policy_tracker.record.vocabulary import Axis, ChangeKind, Direction, Impact
from policy_tracker.rules.changes import Change, Comparison, Directions


class Judged(Value):
    """How one rule judges an edit."""

    rule: str
    kind: ChangeKind
    axis: Axis | None = None
    direction: Direction
    impact: Impact
    substantive: bool


class Moved(Value):
    """One edit that is told otherwise than before; `heading` names the matter."""

    difference: str
    what: Literal["appeared", "vanished", "differs"]
    heading: str
    before: tuple[Judged, ...] = ()
    after: tuple[Judged, ...] = ()


class Movement(Value):
    """What moved in one step of a policy: edits, and the verdict where its directions or words became others."""

    from_version: Annotated[str | None, Field(alias="from")] = None
    to_version: Annotated[str, Field(alias="to")]
    ruleset_before: str
    ruleset_after: str
    moved: tuple[Moved, ...] = ()
    directions_before: Directions
    directions_after: Directions
    summary_before: str
    summary_after: str

    @property
    def nothing(self) -> bool:
        """Whether only the stamp, or what nobody is told, became another."""
        return not self.moved and self.directions_before == self.directions_after and self.summary_before == self.summary_after


def movement(old: Comparison, new: Comparison) -> Movement:
    """What moved from `old` to `new`, which compare the same versions; edits by their ids, in the order in which they are told."""
    before, after = by_difference(old.changes), by_difference(new.changes)
    found = (_moved(difference, before.get(difference, ()), after.get(difference, ())) for difference in dict.fromkeys([*before, *after]))
    return Movement(
        from_version=new.from_version,
        to_version=new.to_version,
        ruleset_before=old.ruleset,
        ruleset_after=new.ruleset,
        moved=tuple(one for one in found if one),
        directions_before=old.verdict.direction,
        directions_after=new.verdict.direction,
        summary_before=old.verdict.summary,
        summary_after=new.verdict.summary,
    )


def by_difference(changes: tuple[Change, ...]) -> dict[str, tuple[Change, ...]]:
    """Changes by the edit that they read, in the order of the edits."""
    found: dict[str, tuple[Change, ...]] = {}
    for change in changes:
        found[change.difference] = (*found.get(change.difference, ()), change)
    return found


def _moved(difference: str, before: tuple[Change, ...], after: tuple[Change, ...]) -> Moved | None:
    old, new = _judged(before), _judged(after)
    if old == new:
        return None
    what = "appeared" if not old else "vanished" if not new else "differs"
    return Moved(difference=difference, what=what, heading=(after or before)[0].heading, before=old, after=new)


def _judged(changes: tuple[Change, ...]) -> tuple[Judged, ...]:
    names = Judged.model_fields
    found = (Judged(**{name: getattr(change, name) for name in names}) for change in changes)
    return tuple(sorted(found, key=lambda one: one.rule))
