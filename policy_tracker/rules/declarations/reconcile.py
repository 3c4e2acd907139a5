"""Reconciliation: what the payer says changed, what changed, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policy_tracker.record import BulletinEntry, Record
from policy_tracker.record.vocabulary import DeclarationVerdict, Declared
from policy_tracker.rules.changes import Change, Declaration
from policy_tracker.rules.declarations.item_words import ABOUT, Deed
from policy_tracker.rules.declarations.items import DeclaredItem, items_of
from policy_tracker.rules.declarations.matching import Matcher, side_matters_held
from policy_tracker.rules.declarations.statements_between import (
    PayerStatement,
    backwards,
    rows_between,
    said_between,
)

_FORM = frozenset({"date_changed", "layout_only"})


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The changes with what the payer declares of each, the payer's declarations, and warnings as
    whole sentences.
    """

    changes: tuple[Change, ...]
    declarations: tuple[Declaration, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def silent(self) -> int:
        """How many changes that can decide a claim the payer does not declare."""
        return sum(change.declared == "silent" for change in self.changes)


@dataclass(frozen=True, slots=True)
class _Heard:
    """An item, whose words it is, and the changes that it tells."""

    said: PayerStatement
    item: DeclaredItem
    told: tuple[Change, ...]


def reconcile(
    before: Record, after: Record, changes: Sequence[Change], entries: Iterable[BulletinEntry] = ()
) -> Reconciled:
    """Match a payer's own words to the changes between two versions.

    A change that can decide a claim and that nothing declares is silent. It is unknown where there
    is nothing that could declare it: the later version has no history and no bulletin names it, a
    source tells only a part, or the later version comes first.
    """
    if backwards(before, after):
        return Reconciled(tuple(changes))
    said = said_between(before, after, entries)
    heard = _heard(before, after, changes, said)
    declared = {change.id for one in heard for change in one.told}
    can_tell = _tells_all(before) and _tells_all(after) and bool(after.revision_history or said)
    judged = tuple(
        change.model_copy(update={"declared": _declared(change, declared, can_tell=can_tell)})
        for change in changes
    )
    silent = tuple(change for change in judged if change.declared == "silent")
    declarations = tuple(_declaration(one, heard, silent, before, after) for one in heard)
    return Reconciled(judged, declarations, _warnings(before, after, judged))


def _heard(
    before: Record, after: Record, changes: Sequence[Change], said: Sequence[PayerStatement]
) -> list[_Heard]:
    """Every item of what is said, with the changes that it tells; what one source says twice of one
    day counts once.
    """
    if not said:
        return []
    matcher = Matcher(changes, before, after)
    found = {
        (one.source, one.date, item): _Heard(one, item, matcher.told_by(item))
        for one in said
        for item in items_of(one.text, after.payer, one.label)
    }
    return _without_vaguer(list(found.values()))


def _without_vaguer(heard: list[_Heard]) -> list[_Heard]:
    """What came or went is told by the items that say so; one that says that something was changed
    is credited with it only where no other item tells it.
    """
    exact = {
        change.id for one in heard for change in one.told if _deed_of(change) in one.item.deeds
    }
    return [
        replace(
            one,
            told=tuple(
                change
                for change in one.told
                if change.id not in exact or _deed_of(change) in one.item.deeds
            ),
        )
        for one in heard
    ]


def _deed_of(change: Change) -> Deed | None:
    """What was done where only one side says something."""
    if change.before is None:
        return "added"
    return "removed" if change.after is None else None


def announced_texts(
    before: Record, after: Record, entries: Iterable[BulletinEntry]
) -> frozenset[str]:
    """The texts of the declarations that bulletins make of a step: what a comparison holds that was
    made with these entries.
    """
    if backwards(before, after):
        return frozenset()
    said = [one for one in said_between(before, after, entries) if one.source == "bulletin"]
    return frozenset(
        item.text for one in said for item in items_of(one.text, after.payer, one.label)
    )


def _tells_all(record: Record) -> bool:
    return record.source_kind != "secondary" and record.completeness == "whole"


def _declared(change: Change, declared: set[str], *, can_tell: bool) -> Declared:
    if change.id in declared:
        return "declared"
    return "silent" if change.substantive and can_tell else "unknown"


def _declaration(
    one: _Heard, heard: Sequence[_Heard], silent: Sequence[Change], before: Record, after: Record
) -> Declaration:
    verdict, changes = _verdict(one, heard, silent, before, after)
    return Declaration(
        text=one.item.text,
        date=one.said.date,
        source=one.said.source,
        verdict=verdict,
        changes=tuple(change.id for change in changes),
    )


def _verdict(
    one: _Heard, heard: Sequence[_Heard], silent: Sequence[Change], before: Record, after: Record
) -> tuple[DeclarationVerdict, Sequence[Change]]:
    item = one.item
    if one.told:
        return "found", one.told
    if item.denies:
        against = _denied(item, silent) if _speaks_alone(one, heard) else ()
        return ("contradicted", against) if against else ("nothing_declared", ())
    if not item.deeds & {"added", "removed", "changed"} or (
        item.vague and not item.matters and not item.section
    ):
        return "nothing_declared", ()
    if item.aside and not side_matters_held(item, before, after):
        return "nothing_declared", ()
    return ("not_found", ()) if item.admits or not item.vague else ("nothing_declared", ())


def _denied(item: DeclaredItem, silent: Sequence[Change]) -> tuple[Change, ...]:
    """The undeclared changes that an item says there are not: all of them, or those of the matters
    that it names.
    """
    kinds = frozenset().union(*(ABOUT[matter] for matter in item.matters))
    return tuple(change for change in silent if not kinds or change.kind in kinds)


def _speaks_alone(one: _Heard, heard: Sequence[_Heard]) -> bool:
    """Whether a denial is about the whole step: no other row declares a change with which an
    undeclared one may have come.
    """
    others = [other for other in heard if other.said != one.said]
    return not any(
        other.item.deeds & {"added", "removed", "changed"} and not other.item.aside
        for other in others
    )


def _warnings(before: Record, after: Record, changes: Sequence[Change]) -> tuple[str, ...]:
    """A warning where the payer published a version again with another text: neither its dates nor
    its history say so.
    """
    if (
        not (_tells_all(before) and _tells_all(after))
        or after.corrects
        or not _same_face(before, after)
    ):
        return ()
    other = [change for change in changes if change.kind not in _FORM]
    if not other:
        return ()
    deciding = sum(change.substantive for change in other)
    weight = (
        f"{deciding} of its changes can decide a claim"
        if deciding
        else "none of its changes can decide a claim"
    )
    return (
        (
            f"Republished without saying so: the text differs, and neither the dates nor the "
            f"revision history do; {weight}."
        ),
    )


def _same_face(before: Record, after: Record) -> bool:
    """Whether two records have the same dates, one known at least, the same version label, and no
    new row of history.
    """
    dates = [
        {name: fact.date for name, fact in record.dates.items() if fact.date}
        for record in (before, after)
    ]
    return (
        bool(dates[0])
        and dates[0] == dates[1]
        and before.version_label == after.version_label
        and not rows_between(before, after)
    )
