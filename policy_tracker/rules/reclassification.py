"""What moved between two comparisons of the same two versions, made with different rules."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal

from pydantic import Field

from policy_tracker.language.tokens import fold
from policy_tracker.record.base import Value
from policy_tracker.record.vocabulary import AXES, Axis, ChangeKind, Direction, Impact
from policy_tracker.rules.changes import Change, Comparison, Directions


class Judged(Value):
    """How one rule judges a difference."""

    rule: str
    kind: ChangeKind
    axis: Axis | None = None
    direction: Direction
    impact: Impact
    substantive: bool


class Moved(Value):
    """One difference that is told otherwise than before; `heading` names the matter."""

    difference: str
    what: Literal["appeared", "vanished", "differs"]
    heading: str
    before: tuple[Judged, ...] = ()
    after: tuple[Judged, ...] = ()


class Movement(Value):
    """What moved in one step of a policy: differences, and the verdict where its directions or
    words became others.
    """

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
        return (
            not self.moved
            and self.directions_before == self.directions_after
            and self.summary_before == self.summary_after
        )


def movement(old: Comparison, new: Comparison) -> Movement:
    """What moved from `old` to `new`, which compare the same versions; differences by their ids, in
    the order in which they are told.
    """
    before, after = by_difference(old.changes), by_difference(new.changes)
    found = (
        _moved(difference, before.get(difference, ()), after.get(difference, ()))
        for difference in dict.fromkeys([*before, *after])
    )
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
    """Changes by the difference that they read, in the order of the differences."""
    found: dict[str, tuple[Change, ...]] = {}
    for change in changes:
        found[change.difference] = (*found.get(change.difference, ()), change)
    return found


def _moved(difference: str, before: tuple[Change, ...], after: tuple[Change, ...]) -> Moved | None:
    old, new = _judged(before), _judged(after)
    if old == new:
        return None
    what = "appeared" if not old else "vanished" if not new else "differs"
    return Moved(
        difference=difference,
        what=what,
        heading=(after or before)[0].heading,
        before=old,
        after=new,
    )


def _judged(changes: tuple[Change, ...]) -> tuple[Judged, ...]:
    names = Judged.model_fields
    found = (Judged(**{name: getattr(change, name) for name in names}) for change in changes)
    return tuple(sorted(found, key=lambda one: one.rule))


class Finding(Value):
    """One difference that was told wrongly: `gone` (there is no such change), `otherwise` (its kind
    or direction is another), `missing`.
    """

    what: Literal["gone", "otherwise", "missing"]
    told: tuple[Change, ...] = ()
    now: tuple[Change, ...] = ()


def findings(told: Comparison, now: Comparison) -> tuple[Finding, ...]:
    """What `told` has wrong among the changes that can decide a claim; what a rule that is switched
    off reads is no finding, nor what is told in the same words under another place, nor that the
    text was said not to tell a direction which better rules find.
    """
    ignored = _switched_off(told) | _switched_off(now)
    loud = [
        tuple(c for c in one.changes if c.substantive and c.difference not in ignored)
        for one in (told, now)
    ]
    before, after = map(by_difference, _without_the_same(*loud))
    found = (
        _finding(before.get(difference, ()), after.get(difference, ()))
        for difference in dict.fromkeys([*before, *after])
    )
    return tuple(one for one in found if one)


def turned(told: Comparison, now: Comparison) -> tuple[Axis, ...]:
    """The axes on which the verdict goes another way; none where it does so because a rule was
    switched off or on. Who was told that the direction is unclear was told no other.
    """
    decided = {change.difference for change in (*told.changes, *now.changes) if change.substantive}
    if decided & (_switched_off(told) ^ _switched_off(now)):
        return ()
    return tuple(
        axis
        for axis in AXES
        if told.verdict.direction.along(axis)
        not in (now.verdict.direction.along(axis), "indeterminate")
    )


def is_wrong(told: Comparison, now: Comparison) -> bool:
    """Whether somebody who was told the one would be misled, as far as the other is right."""
    return bool(turned(told, now) or findings(told, now))


def _finding(told: tuple[Change, ...], now: tuple[Change, ...]) -> Finding | None:
    if not now:
        return Finding(what="gone", told=told)
    said, says = _said(told), _said(now)
    unclear = {one[:2] for one in said if one[2] == "indeterminate"}
    if any(one not in says for one in said if not _found_out(one, says)):
        return Finding(what="otherwise", told=told, now=now)
    more = tuple(
        change
        for change in now
        if _said((change,)) - said and (change.kind, change.axis) not in unclear
    )
    return Finding(what="missing", now=more) if more else None


def _found_out(said: tuple[object, ...], says: set[tuple[object, ...]]) -> bool:
    """Whether a change was told without a direction, and still is one of that kind and axis."""
    return said[2] == "indeterminate" and any(one[:2] == said[:2] for one in says)


def _without_the_same(
    told: tuple[Change, ...], now: tuple[Change, ...]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Both without the changes that the two tell in the same words: another engine may know the
    place of a difference by another name.
    """
    here = {change.difference for change in told} & {change.difference for change in now}
    same = Counter(map(_in_words, told)) & Counter(map(_in_words, now))

    def rest(changes: tuple[Change, ...]) -> tuple[Change, ...]:
        left = Counter(same)
        found = []
        for change in changes:
            name = _in_words(change)
            if change.difference in here or not left[name]:
                found.append(change)
            else:
                left[name] -= 1
        return tuple(found)

    return rest(told), rest(now)


def _in_words(change: Change) -> tuple[object, ...]:
    """All that a reader learns of a change."""
    codes = tuple(sorted(code.code for code in change.codes))
    sides = (fold(change.before or ""), fold(change.after or ""))
    return change.kind, change.axis, change.direction, *sides, codes, change.section


def _said(changes: tuple[Change, ...]) -> set[tuple[object, ...]]:
    return {(change.kind, change.axis, change.direction) for change in changes}


def _switched_off(comparison: Comparison) -> set[str]:
    return {one.difference for one in comparison.superseded if one.reason == "switched_off"}
