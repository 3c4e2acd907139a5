"""What was told of two versions and is found wrong with better rules, although nothing was changed by the payer."""

from __future__ import annotations

from typing import Literal

from policy_tracker.record.base import Value
from policy_tracker.record.vocabulary import AXES, Axis
from policy_tracker.rules.changes import Change, Comparison
from policy_tracker.rules.reclassification import by_difference


class Finding(Value):
    """One difference that was told wrongly: `gone` (there is no such change), `otherwise` (its kind or direction is another), `missing`."""

    what: Literal["gone", "otherwise", "missing"]
    told: tuple[Change, ...] = ()
    now: tuple[Change, ...] = ()


def findings(told: Comparison, now: Comparison) -> tuple[Finding, ...]:
    """What `told` has wrong among the changes that can decide a claim; what a rule that is switched off reads is no finding."""
    ignored = _switched_off(told) | _switched_off(now)
    before, after = (by_difference(tuple(c for c in one.changes if c.substantive and c.difference not in ignored)) for one in (told, now))
    found = (_finding(before.get(difference, ()), after.get(difference, ())) for difference in dict.fromkeys([*before, *after]))
    return tuple(one for one in found if one)


def turned(told: Comparison, now: Comparison) -> tuple[Axis, ...]:
    """The axes on which the verdict goes another way; none where it does so because a rule was switched off or on."""
    decided = {change.difference for change in (*told.changes, *now.changes) if change.substantive}
    if decided & (_switched_off(told) ^ _switched_off(now)):
        return ()
    return tuple(axis for axis in AXES if told.verdict.direction.along(axis) != now.verdict.direction.along(axis))


def is_wrong(told: Comparison, now: Comparison) -> bool:
    """Whether somebody who was told the one would be misled, as far as the other is right."""
    return bool(turned(told, now) or findings(told, now))


def _finding(told: tuple[Change, ...], now: tuple[Change, ...]) -> Finding | None:
    if not now:
        return Finding(what="gone", told=told)
    said, says = _said(told), _said(now)
    if said - says:
        return Finding(what="otherwise", told=told, now=now)
    more = tuple(change for change in now if _said((change,)) - said)
    return Finding(what="missing", now=more) if more else None


def _said(changes: tuple[Change, ...]) -> set[tuple[object, ...]]:
    return {(change.kind, change.axis, change.direction) for change in changes}


def _switched_off(comparison: Comparison) -> set[str]:
    return {one.difference for one in comparison.superseded if one.reason == "switched_off"}
