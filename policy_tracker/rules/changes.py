"""A change: what became different between two versions, what it means, and what follows from it."""

from typing import Annotated, Literal

from pydantic import Field

from policy_tracker.record.base import Value
from policy_tracker.record.code_sets import CodeSet
from policy_tracker.record.codes import CodeRef
from policy_tracker.record.source import Source
from policy_tracker.record.vocabulary import (
    AXES,
    Axis,
    ChangeKind,
    ChangeType,
    DeclarationSource,
    DeclarationVerdict,
    Declared,
    Direction,
    Impact,
    VerdictDirection,
)


class Evidence(Value):
    """Where the two versions say it."""

    before: Source | None = None
    after: Source | None = None


class QuantityChange(Value):
    """A number that became another, in one unit."""

    before: float | None = None
    after: float | None = None
    unit: str


class Change(Value):
    """One change, told once.

    `difference` names what differs (policy, versions, place, content) and never depends on rules or
    wording; `id` is the difference as one rule reads it. `subject` is the path of headings,
    indication, drug and service that it is about, outermost first, in the payer's words. `before`
    and `after` are literally in the versions' records (None where that side has nothing).
    `headline` says in short what went and came ("" where it was compared before there were any),
    `heading` names the matter, `explanation` says what it means, `action` what to do about it.
    `codes` are those that it names; `concerns` says whose answer it changes, as places (from 0) in
    the comparison's `concerns`. `substantive`: could it change how a claim, an authorization or an
    appeal is decided?
    """

    id: str
    difference: str
    rule: str
    kind: ChangeKind
    axis: Axis | None = None
    direction: Direction = "neutral"
    impact: Impact
    substantive: bool
    heading: str
    section: str | None = None
    statement: str | None = None
    subject: tuple[str, ...] = ()
    headline: str = ""
    before: str | None = None
    after: str | None = None
    quantity: QuantityChange | None = None
    codes: tuple[CodeRef, ...] = ()
    concerns: tuple[int, ...] = ()
    explanation: str
    action: str | None = None
    declared: Declared = "unknown"
    evidence: Evidence = Evidence()

    @property
    def name(self) -> str:
        """What stands over the change: its headline, else its heading."""
        return self.headline or self.heading


class Superseded(Value):
    """A reading of a difference that is not told as a change of its own; counted and shown, never
    lost.

    `by` is the id of the reading that tells it. `switched_off`: nothing tells it, because this
    installation switched off its rule (`by` is its own id), or the rule of the reading that would
    tell it.
    """

    difference: str
    rule: str
    kind: ChangeKind
    by: str
    reason: Literal["told", "switched_off"] = "told"
    before: str | None = None
    after: str | None = None


class ReadingDoubt(Value):
    """A difference between two records without a word that differs in their documents: it says
    something about the reading of one of them, and is never told as the payer's change.

    `difference` names it, `rules` are those that read something in it that could decide a claim.
    """

    difference: str
    rules: tuple[str, ...]
    kind: ChangeKind
    section: str | None = None
    before: str | None = None
    after: str | None = None
    evidence: Evidence = Evidence()


class Account(Value):
    """How many words of both documents differ, and what became of them: told by changes, moved,
    quiet for a reason, or not classified; each in one place.
    """

    words_differing: int
    changed: int = 0
    moved: int = 0
    quiet: dict[str, int] = Field(default_factory=dict)
    not_classified: int = 0


class NotClassified(Value):
    """Words that differ, and of which nothing says what they mean; they may decide a claim."""

    before: str | None = None
    after: str | None = None
    place: str


class UnchangedStatement(Value):
    """A statement that both versions make."""

    statement: str
    section: str
    text: str


class NotCompared(Value):
    """Something that one version says and of which the other's source tells nothing, so that it
    cannot be called added or removed.
    """

    side: Literal["before", "after"]
    place: str
    text: str
    why: str


class Declaration(Value):
    """One thing that the payer itself says changed, or did not, on the way from one version to the
    next.

    `text` is the payer's own; `source` says whether its revision history or a bulletin has it.
    `verdict`: `found` among the changes (whose ids are in `changes`), `not_found`,
    `nothing_declared` (it names no change), or `contradicted`: it says that nothing changed, and
    the changes in `changes` did.
    """

    text: str
    date: str | None = None
    source: DeclarationSource
    verdict: DeclarationVerdict
    changes: tuple[str, ...] = ()


class Directions(Value):
    """The direction on each axis."""

    coverage: VerdictDirection = "neutral"
    burden: VerdictDirection = "neutral"
    payment: VerdictDirection = "neutral"
    recourse: VerdictDirection = "neutral"

    def along(self, axis: Axis) -> VerdictDirection:
        """The direction on one axis."""
        return getattr(self, axis)

    def moved(self) -> tuple[tuple[Axis, VerdictDirection], ...]:
        """The axes on which something happened, in their fixed order."""
        return tuple((axis, self.along(axis)) for axis in AXES if self.along(axis) != "neutral")


class Verdict(Value):
    """The whole comparison in short.

    `summary` is one sentence, `facts` are the weightiest of its changes, each in a few words, the
    weightiest first; `codes` are those that the changes concern.
    """

    change_type: ChangeType
    direction: Directions
    impact: Impact
    summary: str
    facts: tuple[str, ...] = ()
    codes: tuple[CodeRef, ...] = ()


class ActionItem(Value):
    """Something for a billing team to do; `due` says by or from when in words, `why` names the rule
    or fact that asks for it.
    """

    id: str
    text: str
    due: str | None = None
    why: str


class Comparison(Value):
    """Two versions of one policy compared.

    `from` is None where the policy is new; `ruleset` is the stamp of the rules that judged.

    `concerns` are the codes whose answer differs between the versions, by themselves and as
    stretches of ranges, each set for itself; None in comparisons that were stored before this was
    worked out, which concern the codes that they name. `declarations` are what the payer itself
    says of this step; `reading_doubts` are differences in our reading alone, which are told to
    nobody but the reviewer; `account` counts the words that differ, None where a version stands
    beside no document; `warnings` are whole sentences about how the version came to be.
    """

    payer: str
    policy: str
    from_version: Annotated[str | None, Field(alias="from")] = None
    to_version: Annotated[str, Field(alias="to")]
    verdict: Verdict
    changes: tuple[Change, ...] = ()
    concerns: tuple[CodeSet, ...] | None = None
    unchanged: int = 0
    kept: tuple[UnchangedStatement, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    not_comparable: tuple[NotCompared, ...] = ()
    reading_doubts: tuple[ReadingDoubt, ...] = ()
    account: Account | None = None
    not_classified: tuple[NotClassified, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    warnings: tuple[str, ...] = ()
    ruleset: str

    @property
    def concerned(self) -> tuple[CodeSet, ...]:
        """The sets of codes whose answer differs."""
        if self.concerns is not None:
            return self.concerns
        named = (
            *self.verdict.codes,
            *(ref for change in self.changes if change.substantive for ref in change.codes),
        )
        return (CodeSet(codes=tuple(dict.fromkeys(named))),)

    def touches(self, system: str, code: str) -> bool:
        """Whether the answer about a code differs between the two versions."""
        return any(one.holds(system, code) for one in self.concerned)

    def changes_for(self, system: str, code: str) -> tuple[Change, ...]:
        """The changes because of which the answer about a code differs."""
        if self.concerns is None:
            return tuple(
                change
                for change in self.changes
                if change.substantive
                and any((ref.system, ref.code) == (system, code) for ref in change.codes)
            )
        places = {place for place, one in enumerate(self.concerns) if one.holds(system, code)}
        return tuple(change for change in self.changes if not places.isdisjoint(change.concerns))
