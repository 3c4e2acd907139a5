"""What governs a code in a record: which statements say under what conditions, and within which
limits, its listing holds.

A policy lists codes in one place ("covered when criteria are met") and says the criteria in
another. Which belong together is read from what the payer prints, the nearest first: the sentence
that names the codes; a key path, heading or section that both share; and where nothing tells the
lists apart, every statement of that position (`tied_by: policy`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from policy_tracker.record.code_sets import CodeKey, Names, stretch_of
from policy_tracker.record.vocabulary import APPROVING, DENYING

if TYPE_CHECKING:
    from policy_tracker.record.codes import CodeRef
    from policy_tracker.record.content import Record
    from policy_tracker.record.ranges import CodeRange
    from policy_tracker.record.statements import Statement
    from policy_tracker.record.vocabulary import Position

TiedBy = Literal["statement", "path", "heading", "section", "policy"]
CodeClass = Literal["diagnosis", "service"]
_LIMITING = frozenset({"limit", "exclusion", "prior_auth", "documentation", "review_interval"})
SILENT_SECTIONS = ("background", "references", "history")
"""Sections of which a statement without a position governs nothing."""


class Tie(NamedTuple):
    """A statement that governs something, by its key, and what ties it to that."""

    key: str
    tied_by: TiedBy


class CodeListing(NamedTuple):
    """Something that lists codes under one position: a code group, or a pairing where no group
    lists its procedures.
    """

    kind: Literal["code_group", "pairing"]
    key: str
    heading: str
    position: Position
    statement: str | None
    names: dict[CodeClass, Names]


def class_of(system: str) -> CodeClass:
    """Whether a system's codes say what a patient has, or what is done and supplied."""
    return "diagnosis" if system == "ICD10CM" else "service"


def effective_positions(record: Record) -> dict[str, Position | None]:
    """Each statement's position: its own, or else its governing sentence's."""
    found: dict[str, Position | None] = {}
    for statement in record.statements:  # a parent always stands before its children
        found[statement.key] = statement.position or (
            found[statement.parent] if statement.parent else None
        )
    return found


def names_of(codes: Iterable[CodeRef], ranges: Iterable[CodeRange] = ()) -> dict[CodeClass, Names]:
    """Codes and ranges by their class."""
    diagnoses: set[CodeKey] = set()
    services: set[CodeKey] = set()
    for code in codes:
        (diagnoses if code.system == "ICD10CM" else services).add((code.system, code.code))
    found: dict[CodeClass, Names] = {}
    if services:
        found["service"] = Names(services)
    if diagnoses:
        found["diagnosis"] = Names(diagnoses)
    for span in ranges:
        found.setdefault(class_of(span.system), Names()).spans.add(stretch_of(span))
    return found


class Governance:
    """What governs the listings and the statements of one record that name codes; made once for a
    record.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.positions = effective_positions(record)
        self.by_key = {statement.key: statement for statement in record.statements}
        kinds = {section.key: section.kind for section in record.sections}
        self.governs = {
            key: _governs(one, self.positions[key], kinds.get(one.section, "other"))
            for key, one in self.by_key.items()
        }
        self.named = {
            key: names_of(one.codes, one.ranges)
            for key, one in self.by_key.items()
            if one.codes or one.ranges
        }
        self.children: dict[str | None, list[Statement]] = defaultdict(list)
        for statement in record.statements:
            self.children[statement.parent].append(statement)
        self.listings = list(_listings(record))
        self._of_statements: dict[tuple[str, CodeClass], tuple[Tie, ...]] = {}
        self._unnamed_limits: dict[tuple[CodeClass, str], list[str]] = {}
        self._together: dict[tuple[str | None, CodeClass], list[tuple[str, tuple[str, ...]]]] = {}
        self._by_position: dict[Position, frozenset[int]] = {}

    def of_listing(self, kind: str, key: str, code_class: CodeClass) -> tuple[Tie, ...]:
        """What governs the codes of one class that a listing names, in the record's order."""
        return self._of_listings.get((kind, key, code_class), ())

    def of_statement(self, key: str, code_class: CodeClass) -> tuple[Tie, ...]:
        """What governs the codes of one class that a statement names, besides itself, in the
        record's order.

        The sentences above it; what stands below it and what an `all_of` asks for beside it, unless
        that is about some of these codes, or others, by name; and what limits everything that the
        policy approves.
        """
        if (key, code_class) not in self._of_statements:
            self._of_statements[key, code_class] = self._around(key, code_class)
        return self._of_statements[key, code_class]

    def _around(self, key: str, code_class: CodeClass) -> tuple[Tie, ...]:
        mine = self.named[key].get(code_class, Names())
        found: dict[str, TiedBy] = dict.fromkeys(self._below(key, mine, code_class), "statement")
        beside, here = True, self.by_key[key]
        while here.parent is not None:
            above = self.by_key[here.parent]
            found[above.key] = "statement"
            beside = beside and code_class not in self.named.get(above.key, {})
            if beside and above.logic == "all_of":
                found |= dict.fromkeys(self._beside(here, code_class), "statement")
            here = above
        if self.positions[key] in APPROVING:
            for at_large in self._at_large(code_class, self.by_key[key].section):
                found.setdefault(at_large, "policy")
        found.pop(key, None)
        return self._in_order(found)

    def _in_order(self, found: dict[str, TiedBy]) -> tuple[Tie, ...]:
        return tuple(
            Tie(key, found[key])
            for key in sorted(
                (key for key in found if self.governs[key]), key=self._order.__getitem__
            )
        )

    @cached_property
    def _order(self) -> dict[str, int]:
        return {statement.key: place for place, statement in enumerate(self.record.statements)}

    def _below(self, key: str, mine: Names, code_class: CodeClass) -> Iterator[str]:
        for child in self.children[key]:
            if not self._tells_apart(child.key, mine, code_class):
                yield child.key
                yield from self._below(child.key, mine, code_class)

    def _beside(self, here: Statement, code_class: CodeClass) -> Iterator[str]:
        for key, whole in self._asked_together(here.parent, code_class):
            if key != here.key:
                yield from whole

    def _asked_together(
        self, parent: str | None, code_class: CodeClass
    ) -> list[tuple[str, tuple[str, ...]]]:
        """What stands below a sentence and names no codes of the class, each with what stands below
        it; one list for all who ask.
        """
        if (parent, code_class) not in self._together:
            quiet = [
                one.key
                for one in self.children[parent]
                if code_class not in self.named.get(one.key, {})
            ]
            below: dict[str, tuple[str, ...]] = {
                key: (key, *self._below(key, Names(), code_class)) for key in quiet
            }
            self._together[parent, code_class] = list(below.items())
        return self._together[parent, code_class]

    def _tells_apart(self, key: str, listed: Names, code_class: CodeClass) -> bool:
        """Whether a statement is about some of the codes listed, by name; codes that are not listed
        are merely mentioned in it.
        """
        names = self.named.get(key, {}).get(code_class)
        return names is not None and _meet(names, listed)

    def _at_large(self, code_class: CodeClass, section: str) -> list[str]:
        """Statements that limit whatever the policy approves, or this section of it does, and name
        no codes of the class.
        """
        if (code_class, section) not in self._unnamed_limits:
            self._unnamed_limits[code_class, section] = [
                key
                for key, (_, at_large) in self._scopes.items()
                if at_large
                and code_class not in self.named.get(key, {})
                and self._reaches(key, section)
            ]
        return self._unnamed_limits[code_class, section]

    def _reaches(self, key: str, section: str) -> bool:
        """Whether a limit holds for a section: its own, or any where it stands among no sentences
        that codes are tied to.
        """
        here = self.by_key[key].section
        return not self._limits_by_role(key) or here == section or here not in self._tying_sections

    def _limits_by_role(self, key: str) -> bool:
        """Whether a statement, or the one above all that it stands below, is a limit of what its
        own position approves.
        """
        one = self.by_key[key]
        while one.parent is not None:
            one = self.by_key[one.parent]
        return one.role in _LIMITING and self.positions[one.key] in APPROVING

    @cached_property
    def _tying_sections(self) -> frozenset[str]:
        tying = {
            *self.named,
            *(listing.statement for listing in self.listings if listing.statement),
        }
        return frozenset(self.by_key[key].section for key in tying if key in self.by_key)

    @cached_property
    def _scopes(self) -> dict[str, tuple[dict[int, TiedBy], bool]]:
        """Of each governing statement the listings (by place) that it belongs to, and whether it
        limits all that is approved.
        """
        found: dict[str, tuple[dict[int, TiedBy], bool]] = {}
        candidates: dict[Position | None, tuple[list[int], bool]] = {}
        for statement in self.record.statements:
            key, position = statement.key, self.positions[statement.key]
            if not self.governs[key]:
                continue
            above = found.get(statement.parent or "")
            if above is None or position != self.positions[statement.parent or ""]:
                if position not in candidates:
                    candidates[position] = _candidates(self.listings, position)
                places, at_large = candidates[position]
                scope: dict[int, TiedBy] = dict.fromkeys(places, "policy")
                scope = self._narrowed(statement, scope)
                # "No more than 8 sessions in 12 months" at the top of a policy holds for codes that
                # a sentence of their own names, too
                at_large = at_large or (
                    self._is_limit(statement) and all(how == "policy" for how in scope.values())
                )
            else:
                scope, at_large = above
                scope = self._narrowed(statement, scope)
            found[key] = scope, at_large
        return found

    def _is_limit(self, statement: Statement) -> bool:
        """Whether a statement at the top limits what its position approves, and names no codes."""
        at_top = statement.parent is None and statement.role in _LIMITING
        return (
            at_top
            and self.positions[statement.key] in APPROVING
            and statement.key not in self.named
        )

    def _narrowed(self, statement: Statement, scope: dict[int, TiedBy]) -> dict[int, TiedBy]:
        """Those of the listings with which a statement shares a path, a heading or a section; all,
        where it shares none with any.
        """
        if not scope:
            return scope
        path = statement.key.split("/")
        degrees = {
            place: _shared(path, self._paths[place])
            for place in self._by_first.get(path[0], ())
            if place in scope
        }
        if degrees:
            most = max(degrees.values())
            return {place: "path" for place, degree in degrees.items() if degree == most}
        for name in (statement.label, self._headings.get(statement.section)):
            if name and (
                found := [
                    place for place in self._by_heading.get(_folded(name), ()) if place in scope
                ]
            ):
                return dict.fromkeys(found, "heading")
        if found := [
            place for place in self._by_segment.get(statement.section, ()) if place in scope
        ]:
            return dict.fromkeys(found, "section")
        return scope

    @cached_property
    def _paths(self) -> list[list[str]]:
        return [listing.key.split("/") for listing in self.listings]

    @cached_property
    def _by_first(self) -> dict[str, list[int]]:
        return _index((path[:1] for path in self._paths), range(len(self.listings)))

    @cached_property
    def _by_segment(self) -> dict[str, list[int]]:
        return _index((dict.fromkeys(path) for path in self._paths), range(len(self.listings)))

    @cached_property
    def _by_heading(self) -> dict[str, list[int]]:
        parts = (
            dict.fromkeys(_folded(part) for part in listing.heading.split(">"))
            for listing in self.listings
        )
        return _index(parts, range(len(self.listings)))

    @cached_property
    def _headings(self) -> dict[str, str]:
        return {section.key: section.heading for section in self.record.sections}

    @cached_property
    def _of_listings(self) -> dict[tuple[str, str, CodeClass], tuple[Tie, ...]]:
        belonging: dict[int, list[tuple[str, TiedBy]]] = defaultdict(list)
        for key, (scope, _) in self._scopes.items():
            for place, how in scope.items():
                belonging[place].append((key, how))
        found: dict[tuple[str, str, CodeClass], tuple[Tie, ...]] = {}
        for place, listing in enumerate(self.listings):
            for code_class, names in listing.names.items():
                ties = self._tied(place, listing, code_class, names, belonging)
                found[listing.kind, listing.key, code_class] = ties
        return found

    def _tied(
        self,
        place: int,
        listing: CodeListing,
        code_class: CodeClass,
        names: Names,
        belonging: dict[int, list[tuple[str, TiedBy]]],
    ) -> tuple[Tie, ...]:
        if listing.statement is not None:
            here: dict[str, TiedBy] = dict.fromkeys(
                self._below(listing.statement, Names(), code_class), "statement"
            )
            one = self.by_key.get(listing.statement)
            while one is not None:
                here[one.key] = "statement"
                one = self.by_key.get(one.parent) if one.parent else None
            limits: dict[str, TiedBy] = (
                dict.fromkeys(
                    self._at_large(code_class, self.by_key[listing.statement].section), "policy"
                )
                if listing.position in APPROVING and listing.statement in self.by_key
                else {}
            )
            return self._in_order(limits | here)
        mine = dict(belonging[place])
        if not any(self.positions[key] is not None and not self._scopes[key][1] for key in mine):
            mine = self._unmatched(place) | mine
        if code_class in self._named_classes:
            left_out: set[str] = set()
            for key in sorted(mine, key=self._order.__getitem__):
                if self.by_key[key].parent in left_out or self._tells_apart(key, names, code_class):
                    left_out.add(key)
            mine = {key: how for key, how in mine.items() if key not in left_out}
        return self._in_order(mine)

    @cached_property
    def _named_classes(self) -> frozenset[CodeClass]:
        """The classes of the codes that any statement names."""
        return frozenset(code_class for by_class in self.named.values() for code_class in by_class)

    def _unmatched(self, place: int) -> dict[str, TiedBy]:
        """Where every statement of a listing's position shares something with other listings: all
        of them, since nothing else is said.
        """
        found: dict[str, TiedBy] = {}
        for key in self._scopes:
            position = self.positions[key]
            if position is not None and place in self._places_of(position):
                found[key] = "policy"
        return found

    def _places_of(self, position: Position) -> frozenset[int]:
        if position not in self._by_position:
            self._by_position[position] = frozenset(_candidates(self.listings, position)[0])
        return self._by_position[position]


def _governs(statement: Statement, position: Position | None, kind: str) -> bool:
    if position is not None:
        return True
    return statement.role != "note" and kind not in SILENT_SECTIONS


def _listings(record: Record) -> Iterator[CodeListing]:
    listed: dict[CodeClass, Names] = {"service": Names(), "diagnosis": Names()}
    for group in record.code_groups:
        names = names_of(group.codes, group.ranges)
        for code_class, some in names.items() if record.pairings else ():
            listed[code_class].update(some)
        yield CodeListing(
            "code_group", group.key, group.heading, group.disposition, group.statement, names
        )
    for place, pairing in enumerate(record.pairings):
        apart = [
            code
            for code in pairing.procedures
            if not listed[class_of(code.system)].holds(code.system, code.code)
        ]
        if apart:
            yield CodeListing(
                "pairing", f"pairings[{place}]", "", pairing.disposition, None, names_of(apart)
            )


def _candidates(listings: list[CodeListing], position: Position | None) -> tuple[list[int], bool]:
    """The listings to which a statement of a position may belong, and whether it limits whatever is
    approved.

    Those of its position; else those of its family (approving or denying); else, as a denial that
    no list answers to, and as what is said without any position, all that approves; else the lists
    that take no position; else all.
    """

    def taking(wanted: Iterable[str]) -> list[int]:
        return [place for place, listing in enumerate(listings) if listing.position in wanted]

    if position is not None and (exact := taking([position])):
        return exact, False
    family = APPROVING if position in APPROVING else DENYING if position in DENYING else frozenset()
    if found := taking(family):
        return found, False
    neutral = ("informational", "indeterminate")
    if position in APPROVING:
        return taking(neutral), False
    found = taking(APPROVING) or taking(neutral) or (taking(DENYING) if position is None else [])
    return found, True


def _index(names: Iterable[Iterable[str]], places: Iterable[int]) -> dict[str, list[int]]:
    """The places at which each name stands."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, some in zip(places, names, strict=True):
        for name in some:
            found[name].append(place)
    return dict(found)


def _shared(one: list[str], other: list[str]) -> int:
    """How many leading segments two paths share."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _meet(one: Names, other: Names) -> bool:
    """Whether two sets have a member in common, or a stretch that overlaps."""
    if not one.codes.isdisjoint(other.codes):
        return True
    if any(other.holds(*code) for code in one.codes) or any(
        one.holds(*code) for code in other.codes if one.spans
    ):
        return True
    return any(
        (a.system, a.sequence) == (b.system, b.sequence) and a.low < b.high and b.low < a.high
        for a in one.spans
        for b in other.spans
    )
