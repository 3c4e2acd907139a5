"""Two records to differences: everything that differs, once, with what governs it on both sides."""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import cached_property
from typing import Literal

from policy_tracker.diff.align import Alignment, align_trees
from policy_tracker.diff.answers import Answers
from policy_tracker.diff.blocks import UnmatchedBlock, blocks_of
from policy_tracker.diff.codes import (
    CodeKey,
    CodesDifference,
    code_differences,
    left_out,
    listed_in,
    lists_of,
    named_codes,
    named_in,
    pair_groups,
    refs_of,
)
from policy_tracker.diff.dated import dates_differ, passed_for_both, start_of
from policy_tracker.diff.differences import (
    Content,
    Difference,
    Differences,
    EffectivePosition,
    Joint,
    Listed,
    NotComparable,
    Op,
    Phrase,
    Same,
    Subject,
    VersionStanding,
    code_refs,
    difference_hash,
)
from policy_tracker.diff.facts import FactDifference, fact_differences
from policy_tracker.diff.formulas.restructured import Restructured, restructured
from policy_tracker.diff.headings import lines_for_headings
from policy_tracker.diff.keyed import plain
from policy_tracker.diff.pairings import Paired
from policy_tracker.diff.sections import pair_sections
from policy_tracker.diff.tree import Side, Tree, sign_of
from policy_tracker.diff.unreadable import Gaps
from policy_tracker.record import CodeRef, Payer, Record, Source, Statement, normalise
from policy_tracker.record.base import Value
from policy_tracker.record.content import (
    Authorization,
    HistoryRow,
    RelatedPolicy,
    Residual,
    Section,
    Specialty,
    Unread,
)
from policy_tracker.record.time import DateFact

_GROUPS = {
    "standing": 0,
    "codes": 2,
    "pairing": 2,
    "residual": 2,
    "scope": 3,
    "applies_to": 3,
    "policy_type": 3,
    "related_policy": 3,
}
_STRUCTURE = frozenset({"text", "logic", "parent"})
_PLAIN_FIELDS = ("role", "position", "basis", "payer_term", "phase", "label", "applies_to")


def differences(
    before: Record, after: Record, alignment: Alignment | None = None, *, payer: Payer | None = None
) -> Differences:
    """The differences between two records of one policy.

    What only one of them says is a difference, unless the other's source is `partial` and does not
    tell of the matter: then it is not comparable. `payer` supplies the position that it states for
    codes which no policy lists.
    """
    return _Comparing(before, after, alignment, payer).run()


class _Comparing:
    """The work of one comparison: both trees, their alignment, and the differences found so far."""

    def __init__(
        self, before: Record, after: Record, alignment: Alignment | None, payer: Payer | None
    ) -> None:
        self.before, self.after, self.payer = Tree(before), Tree(after), payer
        self.alignment = alignment or align_trees(self.before, self.after)
        self.after_of, self.before_of = self.alignment.after_of(), self.alignment.before_of()
        self.takes = _positions_taken(before) | _positions_taken(after)
        self.fallback = _residual_answer(before), _residual_answer(after)
        self.parts = {side: self.alignment.parts_of(side) for side in ("before", "after")}
        self.sections = _paired_sections(self.before, self.after, self.after_of)
        self.blocks = {
            "before": blocks_of(self.before, set(self.alignment.only_before), set(self.sections)),
            "after": blocks_of(
                self.after, set(self.alignment.only_after), set(self.sections.values())
            ),
        }
        self.headings = {
            "before": lines_for_headings(self.before, self.after, self.alignment.only_before),
            "after": lines_for_headings(self.after, self.before, self.alignment.only_after),
        }
        self.starts = start_of(before), start_of(after)
        self.passed = passed_for_both(before, after)
        self.before_keys = list(self.before.order)
        self.found: list[Difference] = []
        self.same: list[Same] = []
        self.not_comparable: list[NotComparable] = []

    def run(self) -> Differences:
        """Facts, statements, sections and codes; in the later document's order where there is
        one.
        """
        groups = pair_groups(self.before.record, self.after.record)
        for fact in fact_differences(self.before.record, self.after.record, groups, self.after_of):
            self.take_fact(fact)
        self.compare_statements()
        self.compare_sections()
        for codes in code_differences(self.before, self.after, self.payer):
            self.take_codes(codes)
        return Differences(
            tuple(sorted(self.found, key=self.rank)),
            tuple(self.same),
            tuple(self.not_comparable),
            self.alignment,
        )

    def rank(self, difference: Difference) -> tuple[int, float, str, str]:
        """What a reader wants first: whether the version is in force, its statements as they stand
        in the document, codes, the rest.

        An authorization entry stands with its statement, a statement that is gone behind the one
        that it followed.
        """
        contents = [
            c.statement if isinstance(c, Joint) else c
            for c in (difference.after, difference.before)
        ]
        found = [(c, i == 1) for i, c in enumerate(contents) if isinstance(c, Statement)]
        place = self.document_place(*found[0]) if found else 0.0
        group = 1 if found else _GROUPS.get(difference.subject, 4)
        return group, place, difference.place, difference.op

    def document_place(self, statement: Statement, earlier: bool) -> float:
        """A statement's place in the later document; between two places where only the earlier one
        has it.
        """
        if not earlier:
            return float(self.after.order[statement.key])
        for key in reversed(self.before_keys[: self.before.order[statement.key] + 1]):
            if key in self.after_of:
                return self.after.order[self.after_of[key]] + 0.5
        return -0.5

    # facts

    def take_fact(self, fact: FactDifference) -> None:
        """A fact that differs, unless the side that lacks it tells only a part."""
        lacking = "before" if _absent(fact.before) else "after" if _absent(fact.after) else None
        if lacking and self.partial(lacking) and not self.spoken_of(fact, lacking):
            # the border between two versions is what tells them apart, not something that one of
            # them omits
            if fact.subject == "date":
                return
            self.leave_not_comparable(
                lacking, fact.place, _words_of(fact.after if lacking == "before" else fact.before)
            )
            return
        op: Op = "added" if fact.before is None else "removed" if fact.after is None else "modified"
        self.note(
            fact.subject,
            op,
            fact.place,
            fact.before,
            fact.after,
            fields=fact.fields,
            codes=_codes_of(fact.before, fact.after),
        )

    def spoken_of(self, fact: FactDifference, lacking: str) -> bool:
        """Whether a partial source tells of the matter although it has no such fact.

        It does of authorization where it has any entry for one of the codes.
        """
        if fact.subject == "standing":
            return True
        entry = fact.after if lacking == "before" else fact.before
        if (
            fact.subject != "authorization"
            or not isinstance(entry, Joint)
            or not isinstance(entry.value, Authorization)
        ):
            return False
        own = {(c.system, c.code) for c in entry.value.codes}
        others = (self.before if lacking == "before" else self.after).record.authorizations
        return any(
            not own or not other.codes or own & {(c.system, c.code) for c in other.codes}
            for other in others
        )

    # statements

    def compare_statements(self) -> None:
        """Pairs and additions in the later order, then what is gone in the earlier one."""
        only_after = set(self.alignment.only_after)
        for key, statement in self.after.by_key.items():
            earlier = self.before_of.get(key)
            if key in only_after:
                self.only_one("after", statement)
            elif earlier is not None:
                self.compare_pair(self.whole("before", earlier), self.whole("after", key))
        for key in self.alignment.only_before:
            self.only_one("before", self.before.by_key[key])

    def whole(self, side: Literal["before", "after"], key: str) -> Statement:
        """A statement with what stands in others of its version and is said in one sentence on the
        other side.
        """
        tree, parts = (self.before if side == "before" else self.after), self.parts[side].get(key)
        statement = tree.by_key[key]
        if not parts:
            return statement
        said = [statement, *(tree.by_key[part] for part in parts)]
        if all(tree.ordered(one) for one in said):
            said.sort(key=lambda one: tree.rank[one.key])
        names = ("quantities", "codes", "ranges")
        joined = {
            name: tuple(dict.fromkeys(item for one in said for item in getattr(one, name)))
            for name in names
        }
        text, source = "\n".join(one.text for one in said), _joint_source(said)
        return statement.model_copy(update={"text": text, "source": source, **joined})

    def compare_pair(self, one: Statement, two: Statement) -> None:
        """A statement of both versions."""
        fields = self.differing(one, two)
        if not fields:
            self.same.append(Same(one, two))
            return
        fields = self.comparable(one, two, fields)
        if not fields:
            return
        removed, added = (
            (refs_of(left_out(one, two)), refs_of(left_out(two, one)))
            if "codes" in fields
            else ((), ())
        )
        self.note(
            "statement",
            "modified",
            f"statements/{two.key}",
            one,
            two,
            fields=fields,
            sides=(self.before.side(one), self.after.side(two)),
            above=self.above_both(one, two),
            codes=code_refs((*removed, *added)) or _statement_codes(one, two),
            added=added,
            removed=removed,
            criteria=self.criteria[1].get(two.key) if fields & _STRUCTURE else None,
        )

    @cached_property
    def criteria(self) -> tuple[dict[str, Restructured], dict[str, Restructured]]:
        """What formulas decide of both sides' statements."""
        return restructured(self.before, self.after, self.alignment)

    def comparable(self, one: Statement, two: Statement, fields: frozenset[str]) -> frozenset[str]:
        """The fields that can be compared: what one side prints behind a colon, and the other shows
        in a picture, is left not comparable.
        """
        for lacking, said in (("before", two), ("after", one)):
            unread = self.gaps[lacking].of_announcement(said.key) if self.gaps[lacking] else None
            if unread:
                self.leave_not_comparable(lacking, f"statements/{two.key}", said.text, unread)
                return fields - {"text", "codes", "quantities"}
        return fields

    def only_one(self, side: Literal["before", "after"], statement: Statement) -> None:
        """A statement that one version alone makes."""
        tree, lacking = (self.after, "before") if side == "after" else (self.before, "after")
        place = (
            f"statements/{statement.key}"
            if side == "after"
            else f"statements/{statement.key}@before"
        )
        if statement.key in self.headings[side]:
            version = "earlier" if lacking == "before" else "later"
            why = f"The {version} version has these words as a heading."
            self.not_comparable.append(NotComparable(side, place, statement.text, why))
            return
        unread = self.gaps[lacking].of_statement(statement) if self.gaps[lacking] else None
        if (unread or self.partial(lacking)) and not self.below_turned(side, statement):
            self.leave_not_comparable(lacking, place, statement.text, unread)
            return
        found = tree.side(statement)
        later = side == "after"
        block = self.blocks["after" if later else "before"].get(statement.key)
        self.note(
            "statement",
            "added" if later else "removed",
            place,
            None if later else statement,
            statement if later else None,
            sides=(None, found) if later else (found, None),
            above=()
            if block and block.part and block.lead == statement.key
            else self.above(side, statement),
            codes=_statement_codes(statement),
            block=block if block and block.lead == statement.key else None,
            added=self.unheard(side, statement) if later else (),
            removed=() if later else self.unheard(side, statement),
            fallback=self.fallback_of(lacking, statement),
            criteria=self.criteria[later].get(statement.key),
        )

    def fallback_of(
        self, lacking: str, statement: Statement
    ) -> tuple[EffectivePosition, EffectivePosition]:
        """What each version says of a statement's matter without it; codes that a list or the
        payer's default denies are denied already.
        """
        answers = (
            self.answers[lacking == "after"].denial(statement.codes) if statement.codes else None
        )
        one, two = self.fallback
        return (answers or one, two) if lacking == "before" else (one, answers or two)

    @cached_property
    def answers(self) -> tuple[Answers, Answers]:
        """What each version says of single codes."""
        return Answers(self.before, self.payer), Answers(self.after, self.payer)

    def unheard(self, side: str, statement: Statement) -> tuple[CodeRef, ...]:
        """The codes of a statement that one version alone makes, of which nothing else tells: the
        other version names them nowhere.
        """
        named = named_codes(statement)
        found = named - (self.named[0] & self.named[1]) - self.told if named else frozenset()
        return refs_of(key for key in found if self.tellers[side].get(key) == statement.key)

    @cached_property
    def tellers(self) -> dict[str, dict[CodeKey, str]]:
        """Which of the statements that one version alone makes tells of a code: the first of those
        that name it.
        """
        only = {
            "before": (self.before, self.alignment.only_before),
            "after": (self.after, self.alignment.only_after),
        }
        found: dict[str, dict[CodeKey, str]] = {"before": {}, "after": {}}
        for side, (tree, keys) in only.items():
            naming = [
                tree.by_key[key]
                for key in keys
                if tree.by_key[key].codes or tree.by_key[key].ranges
            ]
            for statement in sorted(naming, key=lambda one, tree=tree: (tree.place(one), one.key)):
                for code in named_codes(statement):
                    found[side].setdefault(code, statement.key)
        return found

    @cached_property
    def named(self) -> tuple[frozenset[CodeKey], frozenset[CodeKey]]:
        """All codes of both versions."""
        return named_in(self.before.record), named_in(self.after.record)

    @cached_property
    def told(self) -> frozenset[CodeKey]:
        """The codes of which a list, or a statement of both versions, tells that they came or
        went.
        """
        pairs = (
            (named_codes(self.before.by_key[p.before]), named_codes(self.after.by_key[p.after]))
            for p in self.alignment.pairs
        )
        records = self.before.record, self.after.record
        lists = [
            {key for group in lists_of(record) for key in listed_in(group)} for record in records
        ]
        return frozenset((lists[0] ^ lists[1]).union(*(one ^ two for one, two in pairs)))

    def below_turned(self, side: str, statement: Statement) -> bool:
        """Whether a statement above one turned between denying and approving: what stands below is
        then part of what changed.
        """
        tree, other, names = (
            (self.after, self.before, self.before_of)
            if side == "after"
            else (self.before, self.after, self.after_of)
        )
        for above in tree.above(statement):
            if above.key in names:
                return (
                    sign_of(above.position) * sign_of(other.by_key[names[above.key]].position) < 0
                )
        return False

    def differing(self, one: Statement, two: Statement) -> frozenset[str]:
        """The fields in which two statements differ; how a list of no members combines is no
        difference.
        """
        fields = {name for name in _PLAIN_FIELDS if getattr(one, name) != getattr(two, name)}
        if one.text != two.text and normalise(one.text) != normalise(two.text):
            fields.add("text")
        if (
            one.logic != two.logic
            and one.key in self.before.children
            and two.key in self.after.children
        ):
            fields.add("logic")
        if plain(one.quantities) != plain(two.quantities):
            fields.add("quantities")
        if (one.codes, one.ranges) != (two.codes, two.ranges) and named_codes(one) != named_codes(
            two
        ):
            fields.add("codes")
        if (
            self.after_of.get(one.parent, "") if one.parent else None
        ) != two.parent:  # a parent that is gone is no parent of the later version
            fields.add("parent")
        if self.sections.get(one.section) != two.section:
            fields.add("section")
        fields |= dates_differ(one, two, self.passed)
        return frozenset(fields)

    def above(self, side: str, statement: Statement) -> tuple[str, ...]:
        """The places of the statements above one, and of the one that leads the new or former block
        that it is part of.
        """
        if side == "after":
            block = self.blocks["after"].get(statement.key)
            lead = [self.after.by_key[block.lead]] if block and block.lead != statement.key else []
            return tuple(
                dict.fromkeys(f"statements/{s.key}" for s in (*self.after.above(statement), *lead))
            )
        block = self.blocks["before"].get(statement.key)
        lead = [self.before.by_key[block.lead]] if block and block.lead != statement.key else []
        found = tuple(dict.fromkeys((*self.before.above(statement), *lead)))
        return tuple(
            f"statements/{self.after_of[s.key]}"
            if s.key in self.after_of
            else f"statements/{s.key}@before"
            for s in found
        )

    def above_both(self, one: Statement, two: Statement) -> tuple[str, ...]:
        """The places of the statements that stand above a pair in both versions: one that moved
        below another is not explained by that.
        """
        earlier = set(self.above("before", one))
        return tuple(place for place in self.above("after", two) if place in earlier)

    # sections and codes

    def compare_sections(self) -> None:
        """Headings, kinds and logic of sections that both versions have."""
        for one_key, two_key in self.sections.items():
            one, two = self.before.sections[one_key], self.after.sections[two_key]
            fields = {
                name for name in ("heading", "kind") if getattr(one, name) != getattr(two, name)
            }
            if (
                one.logic != two.logic
                and _has_statements(self.before, one)
                and _has_statements(self.after, two)
            ):
                fields.add("logic")
            if fields:
                self.note(
                    "section",
                    "modified",
                    f"sections/{two.key}",
                    one,
                    two,
                    fields=frozenset(fields),
                    sides=(None, None),
                )

    def take_codes(self, found: CodesDifference) -> None:
        """Codes that changed alike, unless the side that does not list them tells only a part and
        names them nowhere.
        """
        before, after = found.before, found.after
        lacking = (
            "before"
            if before and not before.placements
            else "after"
            if after and not after.placements
            else None
        )
        answer = before if lacking == "before" else after
        if lacking and self.partial(lacking) and answer and answer.effective.known != "named":
            self.leave_not_comparable(lacking, _codes_place(found), ", ".join(found.named))
            return
        listed = after if lacking == "before" else before
        unread = (
            self.gaps[lacking].of_codes(listed)
            if lacking and listed and self.gaps[lacking]
            else None
        )
        if lacking and unread:
            self.leave_not_comparable(lacking, _codes_place(found), ", ".join(found.named), unread)
            return
        self.note(
            "codes",
            found.op,
            _codes_place(found),
            before,
            after,
            fields=found.fields,
            codes=found.codes,
            named=found.named,
        )

    # what was found

    @cached_property
    def gaps(self) -> dict[str, Gaps]:
        """What could not be read of each version."""
        records = self.before.record, self.after.record
        groups = (
            pair_groups(*records)
            if any(r.extraction and r.extraction.unread for r in records)
            else {}
        )
        turned = ({new: old for old, new in pairs.items()} for pairs in (self.sections, groups))
        return {
            "before": Gaps(self.before, self.after, self.before_of, *turned),
            "after": Gaps(self.after, self.before, self.after_of, self.sections, groups),
        }

    def partial(self, side: str) -> bool:
        """Whether a side's source tells only a part of its version."""
        return (self.before if side == "before" else self.after).record.completeness == "partial"

    def leave_not_comparable(
        self, lacking: str, place: str, text: str, unread: Unread | None = None
    ) -> None:
        """Note that something cannot be compared: the side that lacks it tells only a part, or was
        not read where it may stand.
        """
        has, version = ("after", "earlier") if lacking == "before" else ("before", "later")
        why = (
            f"The source for the {version} version tells only a part of it, and says nothing of "
            f"this."
        )
        if unread:
            where = f" on page {unread.page}" if unread.page else ""
            why = (
                f"The {version} version has something{where} that could not be read "
                f"({unread.why}); this may stand there."
            )
        self.not_comparable.append(
            NotComparable("after" if has == "after" else "before", place, text, why)
        )

    def note(  # noqa: PLR0913 - a difference has that many parts
        self,
        subject: Subject,
        op: Op,
        place: str,
        before: Content | None,
        after: Content | None,
        *,
        fields: frozenset[str] = frozenset(),
        sides: tuple[Side | None, Side | None] = (None, None),
        above: tuple[str, ...] = (),
        codes: tuple[CodeRef, ...] = (),
        named: tuple[str, ...] = (),
        block: UnmatchedBlock | None = None,
        added: tuple[CodeRef, ...] = (),
        removed: tuple[CodeRef, ...] = (),
        fallback: tuple[EffectivePosition, EffectivePosition] | None = None,
        criteria: Restructured | None = None,
    ) -> None:
        """Note a difference."""
        fallback = fallback or self.fallback
        old, new = self.before.record, self.after.record
        sides_said = [canonical(content) for content in (before, after)]
        if block:
            sides_said = [
                said and [said, block.heading, sorted(map(canonical, block.rest), key=repr)]
                for said in sides_said
            ]
        identity = difference_hash(
            (new.payer, new.policy), (old.version, new.version), place, *sides_said
        )
        self.found.append(
            Difference(
                subject=subject,
                op=op,
                place=place,
                before=before,
                after=after,
                hash=identity,
                fields=fields,
                side_before=sides[0],
                side_after=sides[1],
                above=above,
                fallback_before=fallback[0],
                fallback_after=fallback[1],
                takes=self.takes,
                codes=codes,
                named=named,
                block=block,
                starts=self.starts,
                added=added,
                removed=removed,
                criteria=criteria,
            )
        )


def canonical(content: object) -> object:
    """A content as plain data without its provenance, for hashing."""
    if isinstance(content, Value):
        return plain(content)
    if isinstance(content, Paired):
        return plain(content.value)
    if is_dataclass(content) and not isinstance(content, type):
        return {
            name: canonical(item)
            for name, item in _shallow(content).items()
            if name not in ("source", "printed")
        }
    if isinstance(content, tuple):
        return sorted((canonical(item) for item in content), key=repr)
    return content


def _shallow(content: object) -> dict[str, object]:
    return {name: getattr(content, name) for name in content.__dataclass_fields__}  # ty: ignore[missing-attribute]


def _joint_source(said: list[Statement]) -> Source | None:
    """The place of the first of several statements, with the characters of all."""
    first = said[0].source
    if first is None:
        return None
    spans = tuple(span for one in said if one.source for span in one.source.spans)
    return first.model_copy(update={"spans": spans})


def _residual_answer(record: Record) -> EffectivePosition:
    return (
        EffectivePosition(record.residual.position, "residual")
        if record.residual
        else EffectivePosition(None, "unknown")
    )


def _positions_taken(record: Record) -> frozenset[int]:
    found = {s.position for s in record.statements} | {g.disposition for g in record.code_groups}
    return frozenset(sign for sign in map(sign_of, found) if sign)


def _paired_sections(before: Tree, after: Tree, after_of: dict[str, str]) -> dict[str, str]:
    """The later key of each earlier section: by headings and content, else where most of its
    statements went.
    """
    pairs = pair_sections(before, after)
    votes: dict[tuple[str, str], int] = {}
    for one, two in after_of.items():
        way = before.by_key[one].section, after.by_key[two].section
        if way[0] not in pairs and way[1] not in pairs.values():
            votes[way] = votes.get(way, 0) + 1
    for one, two in sorted(votes, key=lambda way: (-votes[way], min(way), max(way))):
        if one not in pairs and two not in pairs.values():
            pairs[one] = two
    return pairs


def _has_statements(tree: Tree, section: Section) -> bool:
    return any(statement.section == section.key for statement in tree.children[None])


def _statement_codes(*statements: Statement) -> tuple[CodeRef, ...]:
    return code_refs(tuple(code for statement in statements for code in statement.codes))


def _codes_of(*contents: Content | None) -> tuple[CodeRef, ...]:
    found: list[CodeRef] = []
    for content in contents:
        value = content.value if isinstance(content, Joint | Paired) else content
        found += getattr(value, "codes", None) or getattr(value, "procedures", None) or ()
    return code_refs(tuple(found))


def _absent(content: Content | None) -> bool:
    """Whether a side says nothing: no fact, an empty list of plans, or a date that is known to be
    missing.
    """
    if isinstance(content, Listed):
        return not content.items
    return content is None or (
        isinstance(content, Joint)
        and isinstance(content.value, DateFact)
        and content.value.date is None
    )


def _words_of(content: Content | None) -> str:
    """A content as its record prints it."""
    value = content.value if isinstance(content, Joint | Paired) else content
    match value:
        case Listed():
            return ", ".join(value.items)
        case Phrase() | HistoryRow() | Residual() | Statement():
            return value.text
        case DateFact():
            return value.raw or value.date or ""
        case Authorization():
            return (
                content.statement.text
                if isinstance(content, Joint) and content.statement
                else value.requirement
            )
        case RelatedPolicy():
            return value.title or value.policy
        case Specialty():
            return value.name
        case VersionStanding():
            return value.said or value.state
        case _:
            return ", ".join(code.code for code in getattr(value, "procedures", ())) or str(value)


def _codes_place(found: CodesDifference) -> str:
    sides = (
        "+".join(p.group for p in side.placements) if side else ""
        for side in (found.before, found.after)
    )
    first = found.named[0] if found.named else ""
    return f"codes/{'>'.join(sides)}/{first}"
