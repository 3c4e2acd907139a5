"""Code tables by set algebra: which codes came, went, or stand elsewhere, whatever the order, the
page, or the way of printing a range.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import compress, repeat
from operator import attrgetter, is_not
from typing import NamedTuple

from policy_tracker.diff.answers import Answers
from policy_tracker.diff.code_ranges import left_of, shared_part, spans_by_list
from policy_tracker.diff.dated import DATES, Days, dates_differ, days_of, passed_for_both
from policy_tracker.diff.differences import CodesAt, EffectivePosition, Op, Placement, code_ref
from policy_tracker.diff.keyed import NO_QUALIFIERS
from policy_tracker.diff.successors import Succession, successions
from policy_tracker.diff.tree import Tree, sign_of
from policy_tracker.errors import CodeError
from policy_tracker.language.tokens import fold
from policy_tracker.record import CodeRange, CodeRef, ListedCode, Payer, Record, Statement
from policy_tracker.record.code_forms import FORMS
from policy_tracker.record.content import CodeGroup
from policy_tracker.record.ranges import numeric_members

_NUMERIC = frozenset({"CPT", "HCPCS", "CDT"})
_CODE, _QUALIFIERS = attrgetter("code"), attrgetter("qualifiers")
_PRINTED = attrgetter("system", "code", "description", "marker", *DATES)
LEAST_SHARED = 0.5
"""Groups of other keys and headings are one group if they share at least this part of their codes,
and the disposition.
"""


class CodeKey(NamedTuple):
    """What makes a row of a code table: system, code (or both ends of a range that cannot be
    expanded) and qualifiers.
    """

    system: str
    code: str
    last: str | None
    qualifiers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CodesDifference:
    """Codes that changed alike: `op` as a difference's, with both sides."""

    op: Op
    before: CodesAt | None
    after: CodesAt | None
    codes: tuple[CodeRef, ...]
    named: tuple[str, ...]
    fields: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Table:
    """One record's code groups by key, with every code's groups."""

    record: Record
    names: dict[str, CodeGroup]
    rows: dict[CodeKey, dict[str, ListedCode | CodeRange]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    said: dict[tuple[CodeKey, str], tuple[Hashable, ...]] = field(default_factory=dict)
    """What stands beside a row in a group: disposition, basis, description, marker, dates.

    Two tables are compared by this in one step.
    """


def lists_of(record: Record) -> tuple[CodeGroup, ...]:
    """The lists of codes; what a sentence names is compared with the sentence."""
    return tuple(group for group in record.code_groups if group.statement is None)


def named_in(record: Record) -> frozenset[CodeKey]:
    """All codes of a record, in lists and in sentences, without their qualifiers."""
    tables = map(listed_in, record.code_groups)
    return frozenset().union(*tables, *map(named_codes, record.statements))


def listed_in(group: CodeGroup) -> frozenset[CodeKey]:
    """The codes of a list, those of its ranges too, without their qualifiers."""
    single = (CodeKey(code.system, code.code, None, ()) for code in group.codes)
    return frozenset((*single, *(key for span in group.ranges for key in _expanded(span))))


def left_out(one: Statement, two: Statement) -> frozenset[CodeKey]:
    """The codes that one statement names and another does not; of a range that the other prints
    with other ends, what lies beyond these.
    """
    spans = {(span.system, span.first, span.last): span for span in one.ranges}
    found: set[CodeKey] = set()
    for key in named_codes(one) - named_codes(two):
        span = spans.get((key.system, key.code, key.last or ""))
        ends = left_of(span, (*two.codes, *two.ranges)) if span and key.last else None
        if ends is not None:
            found.update(_part(key.system, part) for part in ends)
        elif key.last or not any(
            other.system == key.system and other.holds(key.code) for other in two.ranges
        ):
            found.add(key)
    return frozenset(found)


def refs_of(keys: Iterable[CodeKey]) -> tuple[CodeRef, ...]:
    """Codes as plain references, sorted; of a range that cannot be written out both ends."""
    return _refs([*keys])


def pair_groups(before: Record, after: Record) -> dict[str, str]:
    """The later key of each earlier list of codes that is still there.

    An equal key, else an equal heading, else one disposition and half of the codes.
    """
    pairs: dict[str, str] = {}
    olds, news = lists_of(before), lists_of(after)
    later = {g.key: g for g in news}
    pairs.update({g.key: g.key for g in olds if g.key in later})
    for same in (_same_heading, _mostly_same_codes):
        ones = sorted((g for g in olds if g.key not in pairs), key=lambda g: g.key)
        twos = sorted((g for g in news if g.key not in pairs.values()), key=lambda g: g.key)
        scores = sorted(
            ((-same(a, b), a.key, b.key) for a in ones for b in twos if same(a, b) > 0),
            key=lambda s: (s[0], min(s[1:]), max(s[1:])),
        )
        for _, one, two in scores:
            if one not in pairs and two not in pairs.values():
                pairs[one] = two
    return pairs


def _same_heading(one: CodeGroup, two: CodeGroup) -> float:
    return float(fold(one.heading) == fold(two.heading))


def _mostly_same_codes(one: CodeGroup, two: CodeGroup) -> float:
    if one.disposition != two.disposition:
        return 0.0
    shared = shared_part((*one.codes, *one.ranges), (*two.codes, *two.ranges))
    return shared if shared >= LEAST_SHARED else 0.0


def code_differences(
    before: Tree, after: Tree, payer: Payer | None = None
) -> Iterator[CodesDifference]:
    """The differences between two records' code tables, codes that changed alike told together, in
    a fixed order.
    """
    pairs = pair_groups(before.record, after.record)
    kept = _kept_ranges(before.record, after.record, pairs)
    names = {g.key: g.key for g in lists_of(after.record)}
    known = cache(lambda: successions(before.record, after.record, payer))
    touched_codes = _touched(before.record, after.record, pairs, kept)
    if touched_codes:  # a code may give way to one that stood there all along
        touched_codes |= {
            code
            for pair in known()
            if touched_codes & {code for _, code in pair}
            for _, code in pair
        }
    passed = passed_for_both(before.record, after.record)
    old = _table(before.record, pairs, kept, touched_codes, passed)
    new = _table(after.record, names, kept, touched_codes, passed)
    _cut_ranges(old, new)
    answers = Answers(before, payer), Answers(after, payer)
    found = _TableDifferences(old, new, answers, known)
    touched = sorted({key for (key, _), _ in old.said.items() ^ new.said.items()}, key=_order)
    yield from found.tell([key for key in touched if found.differs(key)])
    yield from found.redescribed(touched)
    yield from found.redated(touched, passed)
    yield from _redated_in_sentences(before.record, after.record, answers, passed)


def _redated_in_sentences(
    before: Record, after: Record, answers: tuple[Answers, Answers], passed: str | None
) -> Iterator[CodesDifference]:
    """Codes that sentences name, in their own lists, and that hold on other days than before; what
    else is said of them is in the words.
    """
    lists = [
        {group.key: group for group in record.code_groups if group.statement is not None}
        for record in (before, after)
    ]
    kept = lists[0].keys() & lists[1].keys()
    dated = {
        name
        for name in kept
        if any(
            row.effective or row.ends
            for side in lists
            for row in (*side[name].codes, *side[name].ranges)
        )
    }
    if not dated:
        return
    spans: set[tuple[str, str, str, str]] = {
        (name, r.system, r.first, r.last)
        for side in lists
        for name in dated
        for r in side[name].ranges
    }
    tables = [
        _filled(_Table(record, {name: side[name] for name in sorted(dated)}), spans, None, passed)
        for record, side in zip((before, after), lists, strict=True)
    ]
    touched = sorted(
        {key for (key, _), _ in tables[0].said.items() ^ tables[1].said.items()}, key=_order
    )
    yield from _TableDifferences(tables[0], tables[1], answers, frozenset).redated(touched, passed)


def _order(key: CodeKey) -> tuple[str, str, str, tuple[tuple[str, ...], ...]]:
    return key.system, key.code, key.last or "", key.qualifiers


def _kept_ranges(
    before: Record, after: Record, pairs: dict[str, str]
) -> set[tuple[str, str, str, str]]:
    """Ranges that stand in a group before and after: (later group key, system, ends).

    They need no expansion.
    """
    new = {(g.key, r.system, r.first, r.last) for g in lists_of(after) for r in g.ranges}
    return {
        (pairs[g.key], r.system, r.first, r.last)
        for g in lists_of(before)
        if g.key in pairs
        for r in g.ranges
    } & new


def _touched(
    before: Record, after: Record, pairs: dict[str, str], kept: set[tuple[str, str, str, str]]
) -> set[str] | None:
    """The codes of which a row may differ, found without looking at each row; None where ranges
    differ, which may hold any code.
    """
    old = {pairs.get(g.key, f"-{g.key}"): g for g in lists_of(before)}
    new = {g.key: g for g in lists_of(after)}
    found: set[str] = set()
    for name in {**old, **new}:
        sides = [side[name] for side in (old, new) if name in side]
        if any(
            (name, r.system, r.first, r.last) not in kept for group in sides for r in group.ranges
        ):
            return None
        rows = [set(map(_PRINTED, group.codes)) for group in sides]
        alike = len(sides) == 2 and _says(sides[0]) == _says(sides[1])
        found.update(row[1] for row in (rows[0] ^ rows[1] if alike else set().union(*rows)))
        for group in sides:
            qualified = map(is_not, map(_QUALIFIERS, group.codes), repeat(NO_QUALIFIERS))
            found.update(code.code for code in compress(group.codes, qualified))
    return found


def _table(
    record: Record,
    names: dict[str, str],
    kept: set[tuple[str, str, str, str]],
    wanted: set[str] | None,
    passed: str | None,
) -> _Table:
    """The rows of a record by code and group, of some codes or all; groups are called by their
    later key, so that pairs meet.
    """
    return _filled(
        _Table(record, {names.get(g.key, f"-{g.key}"): g for g in lists_of(record)}),
        kept,
        wanted,
        passed,
    )


def _filled(
    table: _Table, kept: set[tuple[str, str, str, str]], wanted: set[str] | None, passed: str | None
) -> _Table:
    rows = table.rows
    for name, group in table.names.items():
        disposition, basis = group.disposition, group.basis
        for code in (
            group.codes
            if wanted is None
            else compress(group.codes, map(wanted.__contains__, map(_CODE, group.codes)))
        ):
            key = _key(code)
            rows[key][name] = code
            table.said[key, name] = (
                disposition,
                basis,
                code.description,
                code.marker,
                days_of(code, passed),
            )
        for span in group.ranges:
            whole = (name, span.system, span.first, span.last) in kept
            for key in (
                (CodeKey(span.system, span.first, span.last, ()),) if whole else _expanded(span)
            ):
                if name not in rows[key]:
                    rows[key][name] = span
                    table.said[key, name] = (disposition, basis, None, None, days_of(span, passed))
    return table


def _cut_ranges(old: _Table, new: _Table) -> None:
    """Leave of each range what the same list of the other version does not hold."""
    sides = (old, new), (new, old)
    left = [
        (table, key, name, ends)
        for table, other in sides
        for name, spans in spans_by_list(table.rows).items()
        for key, span in spans
        if key.last and name not in other.rows.get(key, {})
        for ends in [left_of(span, _listed(other, name))]
        if ends
    ]
    for table, key, name, ends in left:
        row, said = table.rows[key].pop(name), table.said.pop((key, name))
        if not table.rows[key]:
            del table.rows[key]
        for first, last in ends:
            part = _part(key.system, (first, last))
            table.rows[part].setdefault(name, row)
            table.said.setdefault((part, name), said)


def _part(system: str, ends: tuple[str, str]) -> CodeKey:
    first, last = ends
    return CodeKey(system, first, None if first == last else last, ())


def _listed(table: _Table, name: str) -> Iterator[ListedCode | CodeRange]:
    """The rows of one list of a version."""
    group = table.names.get(name)
    return iter((*group.codes, *group.ranges) if group else ())


def _key(code: ListedCode) -> CodeKey:
    found = code.qualifiers
    if found is NO_QUALIFIERS or not (found.modifiers or found.place_of_service or found.revenue):
        return CodeKey(code.system, code.code, None, ())
    return CodeKey(
        code.system,
        code.code,
        None,
        tuple(tuple(sorted(q)) for q in (found.modifiers, found.place_of_service, found.revenue)),
    )


def _expanded(span: CodeRange) -> Iterable[CodeKey]:
    """A range's members where they follow from its form, else the range itself."""
    if span.system in _NUMERIC:
        try:
            return [CodeKey(span.system, code, None, ()) for code in numeric_members(span)]
        except CodeError:
            pass  # too large or of mixed form: compared as printed
    return [CodeKey(span.system, span.first, span.last, ())]


def named_codes(statement: Statement) -> frozenset[CodeKey]:
    """The codes that a statement names, those of its ranges too; a range that cannot be written out
    stands for itself.
    """
    single = {CodeKey(code.system, code.code, None, ()) for code in statement.codes}
    return frozenset(single | {key for span in statement.ranges for key in _expanded(span)})


_Ways = dict[tuple[str, str], set[tuple[str, str]]]


def _ways(known: Iterable[Succession], alone: set[tuple[str, str]], side: int) -> _Ways:
    """The codes of the other side that may stand for each code of one side; those that stood there
    before only as its successors.
    """
    found: _Ways = defaultdict(set)
    for one, other in known:
        if side == 0 or other in alone:
            found[one].add(other)
        if one in alone:
            found[other].add(one)
    return found


class _TableDifferences:
    """Two tables, and what differs between them."""

    def __init__(
        self,
        old: _Table,
        new: _Table,
        answers: tuple[Answers, Answers],
        successors: Callable[[], frozenset[Succession]],
    ) -> None:
        self.old, self.new, self.answers, self.successors = old, new, answers, successors
        self.spans = tuple(
            {name: group.ranges for name, group in table.names.items() if group.ranges}
            for table in (old, new)
        )
        self.found_at: dict[tuple[int, CodeKey], tuple[Placement, ...]] = {}
        self.placed: dict[tuple[int, frozenset[str]], tuple[Placement, ...]] = {}

    def differs(self, key: CodeKey) -> bool:
        """Whether a row stands in other groups, or under other dispositions, than before.

        Being covered by a range counts as standing there.
        """
        old, new = self.old.rows.get(key, {}), self.new.rows.get(key, {})
        if (not old or not new) and self.spans == ({}, {}):
            return True
        if old.keys() != new.keys():
            removed = [name for name in old if name not in new and not self.held(1, name, key)]
            added = [name for name in new if name not in old and not self.held(0, name, key)]
            if removed or added:
                return True
        return any(
            _says(self.old.names[name]) != _says(self.new.names[name])
            for name in old.keys() & new.keys()
        )

    def held(self, side: int, name: str, key: CodeKey) -> bool:
        """Whether a range of that group on that side covers a row."""
        return any(
            span.system == key.system
            and span.holds(key.code)
            and (key.last is None or span.holds(key.last))
            for span in self.spans[side].get(name, ())
        )

    def at(self, side: int, key: CodeKey) -> tuple[Placement, ...]:
        """The groups that a row stands in on one side, listed or covered by a range."""
        if not self.spans[side]:
            listed = (self.old, self.new)[side].rows.get(key)
            return self.placements(side, frozenset(listed)) if listed else ()
        found = self.found_at.get((side, key))
        if found is None:
            rows = (self.old, self.new)[side].rows.get(key, {})
            names = frozenset(
                (*rows, *(name for name in self.spans[side] if self.held(side, name, key)))
            )
            found = self.found_at[side, key] = self.placements(side, names)
        return found

    def placements(self, side: int, names: frozenset[str]) -> tuple[Placement, ...]:
        """Some groups of one side, in the order of their keys."""
        if (side, names) not in self.placed:
            groups = sorted(
                ((self.old, self.new)[side].names[name] for name in names), key=lambda g: g.key
            )
            self.placed[side, names] = tuple(
                Placement(g.key, g.heading, g.disposition, g.basis, g.source) for g in groups
            )
        return self.placed[side, names]

    def tell(self, changed: list[CodeKey]) -> Iterator[CodesDifference]:
        """Codes with equal groups before, equal groups after and equal positions in force, each
        such bunch as one difference.
        """
        changed = [*changed]
        yield from self._replaced(changed)
        yield from self._succeeded(changed)
        yield from self._requalified(changed)
        bunches: dict[tuple[object, ...], tuple[EffectivePosition, EffectivePosition]] = {}
        bunched: dict[tuple[object, ...], list[CodeKey]] = defaultdict(list)
        for key in changed:
            before, after = self.at(0, key), self.at(1, key)
            was, becomes = self.effective(0, key, before), self.effective(1, key, after)
            alike = (
                *(id(before), was.position, was.known),
                *(id(after), becomes.position, becomes.known),
                key.last is not None and self._restates(_way(before, after), [key]),
            )
            bunches.setdefault(alike, (was, becomes))
            bunched[alike].append(key)
        for alike, keys in bunched.items():
            was, becomes = bunches[alike]
            before, after = self.at(0, keys[0]), self.at(1, keys[0])
            op: Op = _way(before, after)
            if self._restates(op, keys):
                op = "restated"
            yield CodesDifference(
                op,
                self.side(0, keys, before, was),
                self.side(1, keys, after, becomes),
                _refs(keys),
                _names(keys),
            )

    def effective(
        self, side: int, key: CodeKey, placements: tuple[Placement, ...]
    ) -> EffectivePosition:
        """The position that answers for a row on one side; several groups answer together only
        where their positions agree.
        """
        if not placements:
            return self.answers[side].of(key.system, key.code)
        if len(placements) == 1:
            return EffectivePosition(placements[0].disposition, "listed")
        positions = {p.disposition for p in placements}
        signs = {sign_of(p) for p in positions}
        if len(positions) > 1 and len(signs) > 1:
            return EffectivePosition(None, "listed")
        return EffectivePosition(min(positions), "listed")

    def side(
        self,
        side: int,
        keys: list[CodeKey],
        placements: tuple[Placement, ...],
        effective: EffectivePosition,
    ) -> CodesAt:
        """One side of a difference; a side without placements still says which position answers
        there.
        """
        rows = (self.old, self.new)[side].rows
        found: list[ListedCode | CodeRange] = []
        for key in keys:
            found += [
                row
                for row in rows.get(key, {}).values()
                if isinstance(row, ListedCode) or row not in found[-1:]
            ]
        return CodesAt(tuple(found), placements, effective)

    def _restates(self, op: str, keys: list[CodeKey]) -> bool:
        """Whether a diagnosis range only came or went where its codes stand printed one by one on
        the other side, or the other way round; one code alone is not all that a wildcard holds.
        """
        if op not in ("added", "removed") or not all(key.last for key in keys):
            return False
        here, other = (self.new, self.old) if op == "added" else (self.old, self.new)
        return all(
            isinstance(row, CodeRange)
            and (
                left_of(row, _listed(other, name)) == []
                or _printed_out(
                    row, [o.code for o in other.rows if _inside(key, o) and name in other.rows[o]]
                )
            )
            for key in keys
            for name, row in here.rows[key].items()
        )

    def _requalified(self, changed: list[CodeKey]) -> Iterator[CodesDifference]:
        """One code of one group whose qualifiers became others; takes what it tells out of
        `changed`.
        """
        if not any(key.qualifiers for key in changed):
            return
        by_code: dict[tuple[str, str, str | None], list[CodeKey]] = defaultdict(list)
        for key in changed:
            by_code[key.system, key.code, key.last].append(key)
        for keys in (keys for keys in by_code.values() if len(keys) > 1):
            removed = [k for k in keys if not self.at(1, k)]
            added = [k for k in keys if not self.at(0, k)]
            if len(removed) == len(added) == 1 and _same_places(
                self.at(0, removed[0]),
                self.at(1, added[0]),
                self.old.rows[removed[0]],
                self.new.rows[added[0]],
            ):
                yield self._turned("requalified", removed, added)
                changed[:] = [k for k in changed if k not in (removed[0], added[0])]

    def _replaced(self, changed: list[CodeKey]) -> Iterator[CodesDifference]:
        """A code that gave way to one with the same printed description in the same group; takes
        what it tells out of `changed`.
        """
        removed, added = self._by_description(changed, 0), self._by_description(changed, 1)
        for name in sorted(removed.keys() & added.keys()):
            if (
                len(removed[name]) == len(added[name]) == 1
                and removed[name][0].code != added[name][0].code
            ):
                yield self._turned("replaced", removed[name], added[name])
                changed[:] = [k for k in changed if k not in (removed[name][0], added[name][0])]

    def _succeeded(self, changed: list[CodeKey]) -> Iterator[CodesDifference]:
        """Codes that gave way to known successors with the same disposition; takes what it tells
        out of `changed`.

        Read backwards, the former code takes its successor's place. A successor may have stood
        there before, a former code that stays gave way to nothing.
        """
        known = self.successors()
        related = {code for pair in known for code in pair}
        some = [k for k in changed if (k.system, k.code) in related]
        alone = [
            [k for k in some if self.at(side, k) and not self.at(1 - side, k)] for side in (0, 1)
        ]
        if not alone[0] and not alone[1]:
            return
        for side in (0, 1):
            ways = _ways(
                known if side == 0 else {(new, old) for old, new in known},
                {(k.system, k.code) for k in alone[1 - side]},
                side,
            )
            leading = [k for k in alone[side] if ways.get((k.system, k.code))]
            for key in leading:
                here, there = self._succession(
                    key, side, ways, [k for k in leading if k in changed]
                )
                if there and key in changed:
                    yield self._turned("replaced", *((here, there) if side == 0 else (there, here)))
                    changed[:] = [k for k in changed if k not in here and k not in there]

    def _succession(
        self, key: CodeKey, side: int, ways: _Ways, alone: list[CodeKey]
    ) -> tuple[list[CodeKey], list[CodeKey]]:
        """A code of one side with all that share a successor with it, and the successors on the
        other side.
        """
        reached = {k: found for k in alone if (found := self._successors_of(k, side, ways))}
        here, there = {key}, {*reached.get(key, ())}
        while more := [k for k, found in reached.items() if k not in here and there & {*found}]:
            here.update(more)
            there.update(other for k in more for other in reached[k])
        return sorted(here, key=_order), sorted(there, key=_order)

    def _successors_of(self, key: CodeKey, side: int, ways: _Ways) -> list[CodeKey]:
        """The rows on the other side that a code of one side gave way to, if all of them have its
        disposition.
        """
        table, said = (
            (self.new, self.old)[side].rows,
            {(p.disposition, p.basis) for p in self.at(side, key)},
        )
        others = [
            CodeKey(system, code, None, key.qualifiers)
            for system, code in sorted(ways.get((key.system, key.code), ()))
        ]
        others = [other for other in others if other in table]
        return (
            others
            if all(
                {(p.disposition, p.basis) for p in self.at(1 - side, other)} == said
                for other in others
            )
            else []
        )

    def _by_description(
        self, changed: list[CodeKey], side: int
    ) -> dict[tuple[str, str], list[CodeKey]]:
        """Codes that stand on one side alone by group and printed description."""
        here, there = (self.old, self.new) if side == 0 else (self.new, self.old)
        found: dict[tuple[str, str], list[CodeKey]] = defaultdict(list)
        described = [
            (key, name, row.description)
            for key, rows in here.rows.items()
            if len(rows) == 1
            for name, row in rows.items()
            if isinstance(row, ListedCode) and row.description
        ]
        asked = {*changed} if described else set()
        for key, name, description in described:
            if key in asked and key not in there.rows and not self.at(1 - side, key):
                found[name, fold(description)].append(key)
        return found

    def _turned(self, op: Op, removed: list[CodeKey], added: list[CodeKey]) -> CodesDifference:
        before, after = self.at(0, removed[0]), self.at(1, added[0])
        return CodesDifference(
            op,
            self.side(0, removed, before, self.effective(0, removed[0], before)),
            self.side(1, added, after, self.effective(1, added[0], after)),
            _refs([*removed, *added]),
            _names([*removed, *added]),
        )

    def redescribed(self, touched: list[CodeKey]) -> Iterator[CodesDifference]:
        """Codes whose printed description or footnote mark became another in a group that they
        stayed in.
        """
        for key in (key for key in touched if key in self.old.rows and key in self.new.rows):
            old, new = self.old.rows[key], self.new.rows[key]
            for name in sorted(old.keys() & new.keys()):
                one, two = old[name], new[name]
                if isinstance(one, ListedCode) and isinstance(two, ListedCode):
                    fields = frozenset(
                        f for f in ("description", "marker") if _print(one, f) != _print(two, f)
                    )
                    if fields:
                        sides = [
                            CodesAt(
                                (row,), self._one(side, name), EffectivePosition(None, "listed")
                            )
                            for side, row in enumerate((one, two))
                        ]
                        yield CodesDifference(
                            "modified", sides[0], sides[1], _refs([key]), _names([key]), fields
                        )

    def redated(self, touched: list[CodeKey], passed: str | None) -> Iterator[CodesDifference]:
        """Codes and ranges that hold on other days than before in a group that they stayed in;
        those with equal days together.
        """
        bunches: dict[tuple[str, Days, Days], list[CodeKey]] = defaultdict(list)
        for key in (key for key in touched if key in self.old.rows and key in self.new.rows):
            old, new = self.old.rows[key], self.new.rows[key]
            for name in sorted(old.keys() & new.keys()):
                days = days_of(old[name], passed), days_of(new[name], passed)
                if days[0] != days[1]:
                    bunches[name, *days].append(key)
        for (name, *_), keys in bunches.items():
            tables = (self.old.rows, self.new.rows)
            rows = [tuple(dict.fromkeys(table[key][name] for key in keys)) for table in tables]
            groups = [self._one(side, name) for side in (0, 1)]
            sides = [
                CodesAt(
                    rows[side],
                    groups[side],
                    EffectivePosition(groups[side][0].disposition, "listed"),
                )
                for side in (0, 1)
            ]
            fields = dates_differ(rows[0][0], rows[1][0], passed)
            yield CodesDifference("modified", sides[0], sides[1], _refs(keys), _names(keys), fields)

    def _one(self, side: int, name: str) -> tuple[Placement, ...]:
        group = (self.old, self.new)[side].names[name]
        return (Placement(group.key, group.heading, group.disposition, group.basis, group.source),)


def _way(before: tuple[Placement, ...], after: tuple[Placement, ...]) -> Op:
    return "added" if not before else "removed" if not after else "modified"


def _print(row: ListedCode, name: str) -> str:
    return " ".join((getattr(row, name) or "").split())


def _says(group: CodeGroup) -> tuple[str, str | None]:
    return group.disposition, group.basis


def _printed_out(span: CodeRange, codes: list[str]) -> bool:
    """Whether these codes of a range may be all that it holds; one is not, beside a wildcard, but
    for the category itself.
    """
    return bool(codes) and (not span.is_wildcard or len(codes) > 1 or span.first in codes)


def _inside(span: CodeKey, row: CodeKey) -> bool:
    """Whether a row is a single code that a range holds."""
    if row.last or row.system != span.system or span.last is None:
        return False
    return CodeRange.model_construct(
        system=span.system, first=span.code, last=span.last, raw=""
    ).holds(row.code)


def _same_places(
    before: tuple[Placement, ...], after: tuple[Placement, ...], old: dict, new: dict
) -> bool:
    return [p.disposition for p in before] == [
        p.disposition for p in after
    ] and old.keys() == new.keys()


def _refs(keys: list[CodeKey]) -> tuple[CodeRef, ...]:
    """The codes of rows; of a range that is compared as printed, both ends, which it holds.

    A wildcard's stem is no code.
    """
    found = {(key.system, code) for key in keys for code in (key.code, key.last) if code}
    return tuple(
        code_ref(system, code) for system, code in sorted(found) if FORMS[system].fullmatch(code)
    )


def _names(keys: list[CodeKey]) -> tuple[str, ...]:
    """The codes and ranges of rows as people write them."""
    found = {key.code if key.last in (None, key.code) else f"{key.code}-{key.last}" for key in keys}
    return tuple(sorted(found))
