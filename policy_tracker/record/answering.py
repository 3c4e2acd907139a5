"""What a record answers about a code, place by place, as digests: two versions answer alike exactly
if the digests are the same.

Each place that names a code adds one part to its answer: what the place says, and what governs it
there. Descriptions, headings, footnote marks and places in the document are how a payer prints it,
and no part of the answer. What a policy says of everything that it lists (plans, residual, an
authorization for all) is a part of every code's answer.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from policy_tracker.record.canonical import digest, normalise
from policy_tracker.record.code_sets import Names
from policy_tracker.record.codes import CodeRange, ListedCode
from policy_tracker.record.drugs import Drug, with_tied_codes
from policy_tracker.record.governance import CodeClass, Governance, Tie, class_of, names_of
from policy_tracker.record.inside import begins_on, ended_on, inherited

if TYPE_CHECKING:
    from datetime import date

    from policy_tracker.record.base import Value
    from policy_tracker.record.code_lists import Authorization, CodeGroup
    from policy_tracker.record.content import Record, RelatedPolicy
    from policy_tracker.record.statements import Statement
    from policy_tracker.record.time import DateFact

LENGTH = 20
Plain = Any
NO_QUALIFIERS = ListedCode.model_fields["qualifiers"].default


Says = Hashable
"""What a place says of the codes that it names: equal exactly if the same is said."""


class AnswerPart(NamedTuple):
    """What one place adds to the answer of the codes in `names`; `statements` are the keys of what
    it rests on, `wide` what all share.
    """

    says: Says
    names: Names
    statements: frozenset[str]
    wide: bool = False


class Answering:
    """What one record answers; made once for a record.

    What it says comes as digests, which may be kept; with `alike`, as values that only a comparison
    within this process understands. `alike` replaces what statements say, by their keys (None: the
    statement is left out), where a comparison knows that another version says the same in other
    words, or elsewhere; without `residual_text` the words of the residual do not count either.
    `drugs` are those whose codes the payer's own file states. `since` is the day from which two
    versions are compared: what had ended before it is left out, and a first day that it lies behind
    is none. `elsewhere` are codes that other versions of the policy name: what a version says of
    everything that it does not name is said of them, too.
    """

    def __init__(
        self,
        record: Record,
        alike: Mapping[str, Says | None] | None = None,
        *,
        residual_text: bool = True,
        drugs: tuple[Drug, ...] = (),
        since: date | None = None,
        elsewhere: Names | None = None,
    ) -> None:
        self.record = record = with_tied_codes(record, drugs)
        self.governance = Governance(record)
        self._kept = alike is None
        self._alike = alike or {}
        self._residual_text = residual_text
        self._since = since
        self.elsewhere = elsewhere
        self._dates = inherited(record.statements)
        self._own: dict[str, str] = {}
        self._governed: dict[tuple[Tie, ...], Says] = {}

    def own(self, key: str) -> str:
        """What a statement says by itself."""
        if key not in self._own:
            dates = self._days(*self._dates.get(key, (None, None)))
            self._own[key] = own_of(
                self.governance.by_key[key], self.governance.positions[key], dates
            )
        return self._own[key]

    def said(self, key: str) -> Says | None:
        """What a statement says, and what the one above it says; None for one that is left out."""
        if self._is_over(key):
            return None
        if key in self._alike:
            return self._alike[key]
        parent = self.governance.by_key[key].parent
        return self.own(key), self.own(parent) if parent is not None else ""

    def governed(self, ties: tuple[Tie, ...]) -> Says:
        """What governing statements say together, whatever their order."""
        found = self._governed.get(ties)
        if found is None:
            together = frozenset(map(self.said, (tie.key for tie in ties))) - {None}
            found = self._governed[ties] = (
                digest(sorted(together, key=repr), length=LENGTH) if self._kept else together
            )
        return found

    def _says(self, *parts: Says) -> Says:
        return digest(*parts, length=LENGTH) if self._kept else parts

    def of_listing(self, kind: str, key: str, code_class: CodeClass) -> tuple[Tie, ...]:
        """What governs the codes of a class in a listing."""
        return self.governance.of_listing(kind, key, code_class)

    def parts(self) -> Iterator[AnswerPart]:
        """Every part of every code's answer."""
        for group in self.record.code_groups:
            yield from self._of_group(group)
        for key, by_class in self._named.items():
            for code_class, names in by_class.items():
                ties = self.governance.of_statement(key, code_class)
                yield AnswerPart(
                    self.says_statement(key, code_class), names, self._rests(ties) | {key}
                )
        for place, authorization in enumerate(self.record.authorizations):
            if authorization.codes and self._holds(authorization):
                names = Names((code.system, code.code) for code in authorization.codes)
                yield AnswerPart(
                    self.says_authorization(place), names, self._words_of(authorization)
                )
        for place, pairing in enumerate(self.record.pairings):
            for code_class, names in names_of(pairing.procedures).items():
                ties = self.of_listing("pairing", f"pairings[{place}]", code_class)
                yield AnswerPart(self.says_pairing(place, code_class), names, self._rests(ties))
        for related in self.record.related_policies:
            if related.codes:
                names = Names((code.system, code.code) for code in related.codes)
                yield AnswerPart(says_related(related), names, frozenset())
        yield from self._wide()

    def _of_group(self, group: CodeGroup) -> Iterator[AnswerPart]:
        """A group's parts: its codes by their class, those apart that are narrowed by a modifier,
        place, revenue code or date.
        """
        narrowed: dict[tuple[CodeClass, str], tuple[Plain, Names]] = {}
        marked = self._marked[group.key]
        for one in marked:
            conditions = self._conditions(one)
            if conditions:
                names = narrowed.setdefault(
                    (class_of(one.system), repr(conditions)), (conditions, Names())
                )[1]
                names.update(_named_by([one])[class_of(one.system)])
        bare = self._names_of_groups[group.key]
        if marked:
            bare = _named_by(
                one
                for one in (*group.codes, *group.ranges)
                if not _is_marked(one) or self._conditions(one) == {}
            )
        found = [(code_class, {}, names) for code_class, names in bare.items()]
        found += [
            (code_class, qualifiers, names)
            for (code_class, _), (qualifiers, names) in narrowed.items()
        ]
        for code_class, qualifiers, names in found:
            ties = self.of_listing("code_group", group.key, code_class)
            yield AnswerPart(
                self.says_group(group, code_class, qualifiers), names, self._rests(ties)
            )

    def says_group(self, group: CodeGroup, code_class: CodeClass, qualifiers: Plain) -> Says:
        """What a group says of its codes of a class that are narrowed alike."""
        governed = self.governed(self.of_listing("code_group", group.key, code_class))
        paired = repr(self._paired.get(group.key, []) if code_class == "diagnosis" else [])
        inferred = [group.stated_by] if group.stated_by != "payer" else []
        return self._says(
            "code_group",
            group.disposition,
            group.basis,
            repr(qualifiers),
            governed,
            paired,
            *inferred,
        )

    def says_statement(self, key: str, code_class: CodeClass) -> Says:
        """What a statement says of the codes of a class that it names."""
        return self._says(
            "statement",
            self.said(key),
            self.governed(self.governance.of_statement(key, code_class)),
        )

    def says_authorization(self, place: int) -> Says:
        """What an authorization says of the codes that it names."""
        return self._says("authorization", *self._authorization(self.record.authorizations[place]))

    def says_pairing(self, place: int, code_class: CodeClass) -> Says:
        """What a pairing says of its procedures."""
        pairing = self.record.pairings[place]
        governed = self.governed(self.of_listing("pairing", f"pairings[{place}]", code_class))
        dated = self._dated_diagnoses(place)
        return self._says(
            "pairing",
            pairing.disposition,
            pairing.otherwise,
            self.diagnoses(place).digest,
            governed,
            *([repr(dated)] if dated else []),
        )

    def _dated_diagnoses(self, place: int) -> list[Plain]:
        """The diagnoses of a pairing that have days of their own."""
        groups = {group.key: group for group in self.record.code_groups}
        listed = (
            one
            for key in self.record.pairings[place].diagnoses
            for one in (*groups[key].codes, *groups[key].ranges)
        )
        dated = (
            (one, "over" if self._ended(one.ends) else self._days(one.effective, one.ends))
            for one in listed
        )
        return sorted(
            ((next(iter(_named_by([one]).values())).digest, days) for one, days in dated if days),
            key=repr,
        )

    def _conditions(self, one: ListedCode | CodeRange) -> dict[str, Any] | None:
        """What narrows a listed code or range; None where it had ended before the day from which
        versions are compared.
        """
        return (
            None
            if self._ended(one.ends)
            else conditions_of(one, self._days(one.effective, one.ends))
        )

    def _ended(self, ends: DateFact | None) -> bool:
        over = ended_on(ends)
        return self._since is not None and over is not None and over <= self._since

    def _is_over(self, key: str) -> bool:
        return key in self._dates and self._ended(self._dates[key][1])

    def _holds(self, authorization: Authorization) -> bool:
        return authorization.statement is None or not self._is_over(authorization.statement)

    def _days(self, effective: DateFact | None, ends: DateFact | None) -> dict[str, str | None]:
        """From when until when something holds, without a first day that lies behind the day from
        which versions are compared.
        """
        begins = begins_on(effective)
        begun = begins is not None and self._since is not None and begins <= self._since
        first = {} if effective is None or begun else {"effective": effective.date}
        return first if ends is None else first | {"ends": ends.date}

    @cached_property
    def _marked(self) -> dict[str, list[ListedCode | CodeRange]]:
        """The codes and ranges of each group that anything narrows; most groups have none."""
        return {
            group.key: [one for one in (*group.codes, *group.ranges) if _is_marked(one)]
            for group in self.record.code_groups
        }

    @cached_property
    def _named(self) -> dict[str, dict[CodeClass, Names]]:
        """What statements name, without those that are over."""
        return {
            key: by_class
            for key, by_class in self.governance.named.items()
            if not self._is_over(key)
        }

    def diagnoses(self, place: int) -> Names:
        """The diagnoses of a pairing."""
        found = Names()
        for key in self.record.pairings[place].diagnoses:
            for names in self._names_of_groups[key].values():
                found.update(names)
        return found

    @cached_property
    def _names_of_groups(self) -> dict[str, dict[CodeClass, Names]]:
        return {
            listing.key: listing.names
            for listing in self.governance.listings
            if listing.kind == "code_group"
        }

    @cached_property
    def _paired(self) -> dict[str, list[Plain]]:
        """What pairings say of the diagnoses of a group."""
        found: dict[str, list[Plain]] = {}
        for pairing in self.record.pairings:
            said = [
                sorted((code.system, code.code) for code in pairing.procedures),
                pairing.disposition,
                pairing.otherwise,
            ]
            for key in pairing.diagnoses:
                found.setdefault(key, []).append(said)
        return {key: sorted(said, key=repr) for key, said in found.items()}

    def _authorization(self, one: Authorization) -> tuple[Says, Says]:
        return repr(sorted(_plain(one, "codes", "statement").items())), self.said(
            one.statement
        ) if one.statement else None

    def _words_of(self, one: Authorization) -> frozenset[str]:
        return frozenset([one.statement] if one.statement else [])

    def _rests(self, ties: tuple[Tie, ...]) -> frozenset[str]:
        return frozenset(tie.key for tie in ties)

    def _wide(self) -> Iterator[AnswerPart]:
        """What is said of everything that is listed; an authorization for all is not about what the
        policy calls out of its scope.
        """
        listed, inside, others = self._listed
        residual, retired = self.record.residual, self.record.dates.get("retired")
        says = self._says(
            "all",
            repr(_plain(self.record.applies_to)),
            (residual.position, _folded(residual.text) if self._residual_text else None)
            if residual
            else None,
            self.record.withdrawn is not None,
            repr(_plain(retired, "raw")) if retired else None,
        )
        yield AnswerPart(says, self._beyond(listed) if residual else listed, frozenset(), wide=True)
        for one in self.record.authorizations:
            if not one.codes and self._holds(one):
                says = self._says("authorization for all", *self._authorization(one))
                yield AnswerPart(says, inside, self._words_of(one), wide=True)
                yield AnswerPart(says, others, self._words_of(one), wide=True)

    @cached_property
    def everything(self) -> Names:
        """All that the record names, what is over included."""
        found = Names()
        for by_class in (
            *(listing.names for listing in self.governance.listings),
            *self.governance.named.values(),
        ):
            for names in by_class.values():
                found.update(names)
        found.update(self.listed)
        return found

    def _beyond(self, listed: Names) -> Names:
        """Whoever the residual is about: what is listed, what is listed and over, and what other
        versions list.
        """
        found = Names(listed.codes, listed.spans)
        for further in (self.everything, self.elsewhere):
            if further:
                found.update(further.less(found))
        return found

    @property
    def listed(self) -> Names:
        """All that the record names."""
        return self._listed[0]

    @cached_property
    def _listed(self) -> tuple[Names, Names, Names]:
        """All that is named; what some place takes into the policy; and what no place takes in, and
        none puts out of its scope.
        """
        taken, put_out, open_ = Names(), Names(), Names()
        for position, names in self._places():
            (
                open_ if position is None else put_out if position == "out_of_scope" else taken
            ).update(names)
        listed = Names(
            taken.codes | put_out.codes | open_.codes, taken.spans | put_out.spans | open_.spans
        )
        return listed, taken, open_.less(put_out)

    def _places(self) -> Iterator[tuple[str | None, Names]]:
        for group in self.record.code_groups:
            by_class = self._names_of_groups[group.key]
            if any(self._ended(one.ends) for one in self._marked[group.key]):
                by_class = _named_by(
                    one for one in (*group.codes, *group.ranges) if not self._ended(one.ends)
                )
            for names in by_class.values():
                yield group.disposition, names
        for key, by_class in self._named.items():
            for names in by_class.values():
                yield self.governance.positions[key], names
        for pairing in self.record.pairings:
            yield (
                pairing.disposition,
                Names((code.system, code.code) for code in pairing.procedures),
            )
        for other in (*self.record.authorizations, *self.record.related_policies):
            yield None, Names((code.system, code.code) for code in other.codes)


def conditions_of(
    one: ListedCode | CodeRange, days: dict[str, str | None] | None = None
) -> dict[str, Any]:
    """What narrows a listed code or range: modifiers, places, revenue codes, and the days on which
    it stands there (`days`: only these).
    """
    found: dict[str, Any] = {}
    if isinstance(one, ListedCode) and one.qualifiers is not NO_QUALIFIERS:
        found |= _plain(one.qualifiers)
    if days is None:
        days = {
            name: fact.date
            for name, fact in (("effective", one.effective), ("ends", one.ends))
            if fact is not None
        }
    return found | days


def _is_marked(one: ListedCode | CodeRange) -> bool:
    """Whether anything narrows a listed code or range."""
    if one.effective is not None or one.ends is not None:
        return True
    return isinstance(one, ListedCode) and one.qualifiers is not NO_QUALIFIERS


def _named_by(items: Iterable[ListedCode | CodeRange]) -> dict[CodeClass, Names]:
    """Listed codes and ranges by their class."""
    listed = list(items)
    return names_of(
        (one for one in listed if isinstance(one, ListedCode)),
        (one for one in listed if isinstance(one, CodeRange)),
    )


def says_related(related: RelatedPolicy) -> str:
    """What a reference to another policy says of the codes that it names."""
    return digest("related", related.payer, related.policy, related.relation, length=LENGTH)


def own_of(statement: Statement, position: str | None, days: dict[str, str | None]) -> str:
    """What a statement says by itself: words, role, position, logic, quantities, plans and days;
    neither its key nor where it stands.
    """
    said = _plain(statement, *_NOT_SAID)
    quantities = sorted((_plain(one, "raw") for one in statement.quantities), key=repr)
    return digest(said | days, position, _folded(statement.text), quantities, length=LENGTH)


_NOT_SAID = (
    *(
        "key",
        "parent",
        "section",
        "position",
        "payer_term",
        "label",
        "text",
        "codes",
        "ranges",
        "source",
        "quantities",
        "quantity_spans",
    ),
    *("effective", "ends"),  # as they are printed; `days` says when they are
)


def _plain(value: Value, *without: str) -> dict[str, Any]:
    return value.model_dump(mode="json", exclude_defaults=True, exclude=set(without))


def _folded(text: str) -> str:
    """A text without what only printing makes of it: case, white space, and a mark at its end."""
    return normalise(text).casefold().rstrip(" .;:,")
