"""Whom a change concerns: the codes whose answer differs between two versions.

Worked out by what places say, never code by code: each place that names codes says one thing of all
of them (`record.answering`); a code is concerned if something is said of it in one version and not
in the other. What the comparison finds to be the same in other words, or in another place, counts
as said by both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policy_tracker.diff.differences import Joint
from policy_tracker.record import Statement
from policy_tracker.record.answering import Answering, AnswerPart, Says
from policy_tracker.record.code_sets import CodeSet, Names
from policy_tracker.record.drugs import stated_drugs

if TYPE_CHECKING:
    from datetime import date

    from policy_tracker.diff.align import Alignment
    from policy_tracker.diff.differences import Difference
    from policy_tracker.record import Payer, Record
    from policy_tracker.rules.changes import Change


RESTATING = ("code-range-restated",)
"""Rules that tell of codes that stand otherwise in the list, which may leave out some: what decides
nothing for others does for these.
"""
MOST_MERGED = 200
"""Among more sets than this none is looked for within another."""


@dataclass(slots=True)
class Differing:
    """Codes of which one thing is said in one version alone, and the keys of the statements that
    this rests on, by side.
    """

    names: Names
    before: set[str] = field(default_factory=set)
    after: set[str] = field(default_factory=set)
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Concerns:
    """The sets of codes that a comparison concerns, and for each of its changes the places of those
    among them that it concerns.
    """

    sets: tuple[CodeSet, ...] = ()
    of_changes: tuple[tuple[int, ...], ...] = ()


def listed(record: Record, payer: Payer | None = None) -> tuple[CodeSet, ...]:
    """All that a record names: whom its first appearance, or its end, concerns."""
    names = Answering(record, drugs=stated_drugs(payer)).listed
    return (names.fixed(),) if names else ()


class Around(NamedTuple):
    """What is known beside two versions: the payer, the later one's first day (None: not known),
    codes that other versions name.
    """

    payer: Payer | None = None
    since: date | None = None
    elsewhere: Names | None = None


NOTHING_AROUND = Around()


def withdrawn(
    before: Record | None, after: Record, around: Around = NOTHING_AROUND
) -> tuple[CodeSet, ...]:
    """Whom it concerns that a payer took a version back: all that it listed, or what the one that
    governs again says otherwise.
    """
    if before is None:
        return listed(after, around.payer)
    as_issued = after.model_copy(update={"withdrawn": None})
    drugs = stated_drugs(around.payer)
    old, new = (
        Answering(one, drugs=drugs, since=around.since, elsewhere=around.elsewhere)
        for one in (before, as_issued)
    )
    _know_each_other(old, new)
    return _distinct(one.names.fixed() for one in _differing(old, new))


def concerns(
    before: Record,
    after: Record,
    alignment: Alignment,
    loud: Iterable[Difference],
    changes: Sequence[Change],
    around: Around = NOTHING_AROUND,
) -> Concerns:
    """Whom the changes of a comparison concern.

    `loud` are the differences that can decide a claim, told by themselves or by another.
    """
    loud = tuple(loud)
    alike_before, alike_after = _alike(alignment, loud)
    reworded = not any(difference.subject == "residual" for difference in loud)
    drugs = stated_drugs(around.payer)
    old, new = (
        Answering(
            record,
            alike,
            residual_text=not reworded,
            drugs=drugs,
            since=around.since,
            elsewhere=around.elsewhere,
        )
        for record, alike in ((before, alike_before), (after, alike_after))
    )
    _know_each_other(old, new)
    differing = _differing(old, new)
    if "partial" in (before.completeness, after.completeness):
        differing = _told_of(differing, old.listed, new.listed, changes)
    if not differing:
        return Concerns((), ((),) * len(changes))
    return _Attributing(before, after, alignment, differing).all(changes)


def _know_each_other(old: Answering, new: Answering) -> None:
    """Let what a version says of everything that it does not name be said of what the other one
    names.
    """
    if old.record.residual or new.record.residual:
        found = Names()
        for further in (old.elsewhere, old.everything, new.everything):
            if further:
                found.update(further)
        old.elsewhere = new.elsewhere = found


def _alike(
    alignment: Alignment, loud: Iterable[Difference]
) -> tuple[dict[str, Says | None], dict[str, Says | None]]:
    """What each version's statements count as, where no difference that can decide a claim is told
    of them.
    """
    loud_before, loud_after = _keys_of(loud)
    parts = {side: alignment.parts_of(side) for side in ("before", "after")}
    before_says: dict[str, Says | None] = {}
    after_says: dict[str, Says | None] = {}
    for number, pair in enumerate(alignment.pairs):
        if pair.before in loud_before or pair.after in loud_after:
            continue
        before_says[pair.before] = after_says[pair.after] = number
        before_says |= dict.fromkeys(parts["before"].get(pair.before, ()))
        after_says |= dict.fromkeys(parts["after"].get(pair.after, ()))
    before_says |= {key: None for key in alignment.only_before if key not in loud_before}
    after_says |= {key: None for key in alignment.only_after if key not in loud_after}
    return before_says, after_says


def _keys_of(loud: Iterable[Difference]) -> tuple[set[str], set[str]]:
    found: tuple[set[str], set[str]] = set(), set()
    for difference in loud:
        for side, content in zip(found, (difference.before, difference.after), strict=True):
            statement = content.statement if isinstance(content, Joint) else content
            if isinstance(statement, Statement):
                side.add(statement.key)
    return found


def _differing(old: Answering, new: Answering) -> list[Differing]:
    """Of whom one thing is said in one version alone; nobody stands in a set that lies within
    another one of the same kind.
    """
    before, after = _by_what_is_said(old.parts()), _by_what_is_said(new.parts())
    found: dict[tuple[frozenset, frozenset], Differing] = {}
    nothing = Differing(Names())
    for says in before.keys() | after.keys():
        one, two = before.get(says, nothing), after.get(says, nothing)
        if one.names.same_as(two.names):
            continue
        for names, rests, earlier in (
            (one.names.less(two.names), one, True),
            (two.names.less(one.names), two, False),
        ):
            if names:
                entry = found.setdefault(
                    (frozenset(names.codes), frozenset(names.spans)), Differing(names)
                )
                (entry.before if earlier else entry.after).update(rests.before)
                entry.wide = entry.wide or rests.wide
    ordered = sorted(
        found.values(),
        key=lambda one: (-len(one.names.codes), -len(one.names.spans), one.names.first),
    )
    return _merged(ordered)


def _merged(ordered: list[Differing]) -> list[Differing]:
    """The same without sets that lie within larger ones about as large: a list before and after a
    code was added to it is told as one.
    """
    kept: list[Differing] = []
    for one in ordered:
        for other in kept if len(ordered) <= MOST_MERGED else ():
            close = 2 * len(one.names.codes) >= len(other.names.codes) and one.wide == other.wide
            if (
                close
                and one.names.codes <= other.names.codes
                and one.names.spans <= other.names.spans
            ):
                other.before |= one.before
                other.after |= one.after
                break
        else:
            kept.append(one)
    return kept


def _by_what_is_said(parts: Iterable[AnswerPart]) -> dict[Says, Differing]:
    """Of each thing that one version says, of whom, and on which statements (in `before`) it
    rests.
    """
    found: dict[Says, Differing] = {}
    for part in parts:
        entry = found.get(part.says)
        if entry is None:
            found[part.says] = Differing(part.names, set(part.statements), wide=part.wide)
        else:
            entry.names = Names(
                entry.names.codes | part.names.codes, entry.names.spans | part.names.spans
            )
            entry.before.update(part.statements)
    return found


def _told_of(
    differing: list[Differing], before: Names, after: Names, changes: Sequence[Change]
) -> list[Differing]:
    """What can be said although a source tells only a part: of what both versions name, and of what
    a change names.
    """
    told = {
        (code.system, code.code)
        for change in changes
        if change.substantive
        for code in change.codes
    }
    codes, spans = (before.codes & after.codes) | told, before.spans & after.spans
    kept = [
        Differing(
            Names(one.names.codes & codes, one.names.spans & spans), one.before, one.after, one.wide
        )
        for one in differing
    ]
    return [one for one in kept if one.names]


class _Attributing:
    """Finds for each change whom it concerns: who is governed by its statement, whom it names, or
    all that the policy lists.
    """

    def __init__(
        self, before: Record, after: Record, alignment: Alignment, differing: list[Differing]
    ) -> None:
        self.differing = differing
        self.keys = {one.key for one in before.statements}, {one.key for one in after.statements}
        self.before_of = {pair.after: pair.before for pair in alignment.pairs}
        self.codes = {code for one in differing for code in one.names.codes}
        self.spans = {span for one in differing for span in one.names.spans}
        self.sets = [one.names.fixed() for one in differing]

    def all(self, changes: Sequence[Change]) -> Concerns:
        of_changes = tuple(
            self.of(change) if change.substantive or change.rule in RESTATING else ()
            for change in changes
        )
        return Concerns(tuple(self.sets), of_changes)

    def of(self, change: Change) -> tuple[int, ...]:
        if change.statement:
            later = change.statement if change.after is not None or change.before is None else None
            earlier = self.before_of.get(
                change.statement, change.statement if change.after is None else None
            )
            found = [
                place
                for place, one in enumerate(self.differing)
                if later in one.after or earlier in one.before
            ]
            if found:
                return tuple(found)
        if change.codes:
            return self._named(change)
        return tuple(place for place, one in enumerate(self.differing) if one.wide)

    def _named(self, change: Change) -> tuple[int, ...]:
        """Those whom a change names; of ranges it names the ends, which stand for their members."""
        named = {(code.system, code.code) for code in change.codes}
        ends = named - self.codes
        spans = [span for span in self.spans if any(Names((), [span]).holds(*end) for end in ends)]
        names = Names(named & self.codes, spans)
        if not names:
            return ()
        self.sets.append(names.fixed())
        return (len(self.sets) - 1,)


def _distinct(sets: Iterable[CodeSet]) -> tuple[CodeSet, ...]:
    return tuple({repr(one): one for one in sets if one.codes or one.spans}.values())
