"""The brief: what a billing team needs to know of one version, on one page, made from its record
and the rules alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.diff.redline import RedlineSpan, redline
from policy_tracker.pages import formatting
from policy_tracker.pages.badges import ImpactView, Signal, impact_of, signal_of, signals_of
from policy_tracker.pages.codelists import GroupView, groups_of
from policy_tracker.pages.comparison import VersionChoice
from policy_tracker.pages.naming import PayerName, policy_label, version_label
from policy_tracker.pages.on_file import effect_of, span_on_file
from policy_tracker.pages.outline import StatementNode, applies_to_words, outline_of
from policy_tracker.pages.sourcing import DisagreementView, SourceView, disagreements_of, source_of
from policy_tracker.record.vocabulary import APPROVING, DENYING
from policy_tracker.rules.words import change_type_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from policy_tracker.pages.on_file import Effect
    from policy_tracker.record.codes import CodeRef
    from policy_tracker.record.content import Authorization, Record, RelatedPolicy
    from policy_tracker.rules.changes import ActionItem, Comparison
    from policy_tracker.store.views import TimelineSpan, VersionView

_ROWS = frozenset({"position", "criterion", "exclusion", "scope"})
_FROM = ("from ", "after ", "since ")
_NOTES = frozenset({"note", "limit", "documentation", "criterion"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the quick reference."""

    name: str
    value: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One indication: what it is, its status, its codes, and what to know about it."""

    indication: str
    detail: str | None
    position: str
    status: str
    payer_term: str | None
    codes: tuple[CodeRef, ...]
    notes: tuple[str, ...]
    place: str | None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something that is not approved under the policy, or can be taken out of it, and in which
    way.
    """

    text: str
    kind: str
    codes: tuple[CodeRef, ...]
    place: str | None


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A row of the before/after table; `signal` is None for what stayed the same."""

    heading: str
    spans: tuple[RedlineSpan, ...]
    has_before: bool
    has_after: bool
    signal: Signal | None


@dataclass(frozen=True, slots=True)
class RelatedView:
    """Another policy and how this one refers to it; `known` tells whether it is held here, so that
    it can be linked.
    """

    payer: str
    policy: str
    title: str
    relation: str
    why: str | None
    codes: tuple[CodeRef, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Outside:
    """Something that the policy does not govern, and where it belongs instead."""

    label: str | None
    text: str
    codes: tuple[CodeRef, ...]
    belongs: tuple[RelatedView, ...]


@dataclass(frozen=True, slots=True)
class AuthorizationRow:
    """What must be authorized, in words."""

    requirement: str
    required: bool
    phase: str | None
    vendor: str | None
    valid_for: str | None
    applies_to: str | None
    codes: tuple[CodeRef, ...]


@dataclass(frozen=True, slots=True)
class BriefView:
    """Everything that the brief shows."""

    payer: PayerName
    policy: str
    label: str
    title: str
    version: VersionChoice
    previous: VersionChoice | None
    effect: str
    began: bool
    late: bool
    file: tuple[str, ...]
    summary: str
    directions: tuple[Signal, ...]
    impact: ImpactView
    facts: tuple[Fact, ...]
    codes: tuple[CodeRef, ...]
    scope: str | None
    governs: tuple[StatementNode, ...]
    outside: tuple[Outside, ...]
    related: tuple[RelatedView, ...]
    glance: tuple[GlanceRow, ...]
    exclusions: tuple[Exclusion, ...]
    requirements: tuple[StatementNode, ...]
    authorizations: tuple[AuthorizationRow, ...]
    before_date: tuple[ActionItem, ...]
    after_date: tuple[ActionItem, ...]
    following: tuple[ActionItem, ...]
    changes: tuple[BeforeAfter, ...]
    groups: tuple[GroupView, ...]
    diagnoses: tuple[GroupView, ...]
    diagnoses_listed: bool
    disagreements: tuple[DisagreementView, ...]
    sources: tuple[SourceView, ...]
    ruleset: str


def brief_view(
    comparison: Comparison,
    before: VersionView | None,
    version: VersionView,
    payer: PayerName,
    *,
    spans: Sequence[TimelineSpan] = (),
    known_policies: frozenset[tuple[str, str]] = frozenset(),
    described: bool,
    today: date,
) -> BriefView:
    """The brief of a version, with what changed since `before`.

    `spans` are the bars of its policy, `known_policies` the (payer, policy) that have a page.
    """
    record, start = version.record, version.start
    gap = version.gap if before else None
    effect = effect_of(start, today, gap, record)
    nodes = [node for section in outline_of(record) for top in section.nodes for node in top.walk()]
    related = related_of(record, known_policies)
    outside = _outside(nodes, related)
    first, later, following = _by_date(comparison.actions)
    diagnoses = groups_of(record, described=described, diagnoses=True)
    return BriefView(
        payer=payer,
        policy=record.policy,
        label=policy_label(record),
        title=record.title,
        version=VersionChoice(record.version, version_label(record, start)),
        previous=VersionChoice(before.version, version_label(before.record, before.start))
        if before
        else None,
        effect=effect.sentence,
        began=effect.began,
        late=gap is not None
        or start.day is None
        or (start.issued is not None and start.issued >= start.day),
        file=_file(version, spans, today),
        summary=comparison.verdict.summary,
        directions=signals_of(comparison.verdict.direction),
        impact=impact_of(comparison.verdict.impact),
        facts=_facts(comparison, version, payer, effect),
        codes=comparison.verdict.codes,
        scope=record.scope,
        governs=tuple(
            node for node in nodes if node.role == "scope" and node.position != "out_of_scope"
        ),
        outside=outside,
        related=tuple(
            item for item in related if not any(item in place.belongs for place in outside)
        ),
        glance=_glance(record),
        exclusions=_exclusions(record, nodes),
        requirements=tuple(
            node
            for node in nodes
            if node.role in ("prior_auth", "documentation", "review_interval", "limit")
        ),
        authorizations=authorizations_of(record),
        before_date=first,
        after_date=later,
        following=following,
        changes=_before_after(comparison),
        groups=groups_of(record, described=described, diagnoses=False),
        diagnoses=diagnoses,
        diagnoses_listed=any(
            group.disposition != "informational" and group.stated_by is None for group in diagnoses
        ),
        disagreements=disagreements_of(record),
        sources=tuple(source_of(one.record, one.review_state) for one in (version, before) if one),
        ruleset=comparison.ruleset,
    )


def _outside(nodes: list[StatementNode], related: tuple[RelatedView, ...]) -> tuple[Outside, ...]:
    """What is out of scope, each with the policies that the record names for its codes."""
    found = []
    for node in nodes:
        if node.role == "scope" and node.position == "out_of_scope":
            codes = {(ref.system, ref.code) for ref in node.codes}
            belongs = tuple(
                item for item in related if codes & {(ref.system, ref.code) for ref in item.codes}
            )
            found.append(
                Outside(label=node.label, text=node.text, codes=node.codes, belongs=belongs)
            )
    return tuple(found)


def _file(version: VersionView, spans: Sequence[TimelineSpan], today: date) -> tuple[str, ...]:
    """How sure it is that this is the payer's text: today where it governs today, else what is not
    known of its time.
    """
    mine = [span for span in spans if span.version == version.version]
    now = next(
        (
            span
            for span in mine
            if (span.from_day or today) <= today and (span.to_day is None or span.to_day > today)
        ),
        None,
    )
    shown = [now] if now else [span for span in mine if span.certainty == "uncertain"]
    return tuple(dict.fromkeys(told.sentence for span in shown if (told := span_on_file(span))))


def _facts(
    comparison: Comparison, version: VersionView, payer: PayerName, effect: Effect
) -> tuple[Fact, ...]:
    """The quick reference, in the order that readers know."""
    record = version.record
    specialties = [specialty.name for specialty in record.specialties]
    by = {
        formatting.STATED_BY_WORDS[specialty.stated_by]
        for specialty in record.specialties
        if specialty.stated_by != "payer"
    }
    action = next(iter(comparison.actions), None)
    facts = [
        Fact("Payer", payer.name),
        Fact("Policy", record.title),
        Fact("Policy code", policy_label(record)),
        Fact("Kind", formatting.POLICY_TYPE_WORDS[record.policy_type]),
        Fact("Change type", change_type_words(comparison.verdict.change_type)),
        Fact(*_when(version, effect)),
        Fact("Impact level", impact_of(comparison.verdict.impact).words),
        Fact(
            "Specialties affected",
            formatting.sentence(", ".join(specialties)) or "Not stated",
            "; ".join(sorted(by)) or None,
        ),
        Fact(
            "Applies to",
            formatting.sentence(
                applies_to_words(record.applies_to) or "all plans: the source names no restriction"
            ),
        ),
    ]
    if action:
        facts.append(Fact("Key action", action.text, action.due))
    return tuple(facts)


def _when(version: VersionView, effect: Effect) -> tuple[str, str, str | None]:
    """The line of the quick reference that says from when it applies, with what that rests on."""
    start = version.start
    if start.day is None:
        printed = version.record.dates.get("effective")
        return (
            "Effective date",
            formatting.sentence(formatting.date_fact_words(printed)),
            "start unknown",
        )
    if effect.label == "Changed":
        return "Changed", effect.when, effect.ground
    name = "Effective date" if start.stated_as == "effective" else "Applies from"
    return name, formatting.plain_date(start.day), effect.ground


def _glance(record: Record) -> tuple[GlanceRow, ...]:
    """The indications: statements that place something (by their own position or by codes), the
    most particular of each branch.
    """
    rows: list[GlanceRow] = []
    for section in outline_of(record):
        for top in section.nodes:
            _gather(top, rows, record)
    return tuple(sorted(rows, key=lambda row: row.position == "out_of_scope"))


def _gather(node: StatementNode, rows: list[GlanceRow], record: Record) -> bool:
    """Add the rows of a branch; True if there were any."""
    found = [
        _gather(child, rows, record)
        for child in node.children
        if child.role != "criterion" or child.own_position
    ]
    if any(found):
        return True
    places = node.position is not None and (
        node.own_position or bool(node.codes or node.ranges) or node.role == "position"
    )
    if node.role not in _ROWS or not places:
        return False
    rows.append(_glance_row(node, record))
    return True


def _glance_row(node: StatementNode, record: Record) -> GlanceRow:
    notes = [child.text for child in node.children if child.role in _NOTES]
    if node.logic and len(notes) > 1:
        notes.insert(0, f"{formatting.sentence(node.logic)} the following")
    codes: set[tuple[str, str]] = {(ref.system, ref.code) for ref in node.codes}
    if node.position == "out_of_scope":
        notes += [
            (
                f"{formatting.sentence(formatting.RELATION_WORDS[related.relation])} "
                f"{_related_title(related)}"
            )
            for related in record.related_policies
            if not related.codes or codes & {(ref.system, ref.code) for ref in related.codes}
        ]
    elif node.position in APPROVING:
        notes += [
            f"Prior authorization: {_requirement(item)}" for item in _authorizing(record, codes)
        ]
    return GlanceRow(
        indication=node.label or node.text,
        detail=node.text if node.label else None,
        position=node.position or "indeterminate",
        status=formatting.sentence(node.position_words),
        payer_term=node.payer_term,
        codes=node.codes,
        notes=tuple(notes),
        place=node.place,
    )


def _authorizing(record: Record, codes: set[tuple[str, str]]) -> list[Authorization]:
    return [
        item
        for item in record.authorizations
        if not item.codes or codes & {(ref.system, ref.code) for ref in item.codes}
    ]


def _requirement(item: Authorization) -> str:
    phase = f" for {formatting.PHASE_WORDS[item.phase]}" if item.phase else ""
    return f"{formatting.REQUIREMENT_WORDS[item.requirement].lower()}{phase}"


def _exclusions(record: Record, nodes: list[StatementNode]) -> tuple[Exclusion, ...]:
    found = []
    for node in nodes:
        if node.role == "exclusion":
            found.append(
                Exclusion(
                    node.text,
                    f"Exclusion, {node.applies_to}" if node.applies_to else "Exclusion",
                    node.codes,
                    node.place,
                )
            )
        elif node.position in DENYING and node.own_position and not node.children:
            found.append(
                Exclusion(
                    node.text, formatting.sentence(node.position_words), node.codes, node.place
                )
            )
        elif node.position == "out_of_scope" and node.own_position:
            found.append(Exclusion(node.text, "Out of scope", node.codes, node.place))
    if record.residual:
        kind = (
            f"{formatting.sentence(formatting.position_words(record.residual.position))}: "
            f"everything that the policy does not name"
        )
        found.append(
            Exclusion(
                record.residual.text, kind, (), formatting.place_words(record.residual.source)
            )
        )
    return tuple(found)


def _by_date(
    actions: tuple[ActionItem, ...],
) -> tuple[tuple[ActionItem, ...], tuple[ActionItem, ...], tuple[ActionItem, ...]]:
    """What is due before the version takes effect, what from then on, and what follows from single
    changes and says its time itself.
    """
    after = tuple(item for item in actions if item.due and item.due.lower().startswith(_FROM))
    before = tuple(item for item in actions if item.due and item not in after)
    return before, after, tuple(item for item in actions if not item.due)


def _before_after(comparison: Comparison) -> tuple[BeforeAfter, ...]:
    changed = [
        BeforeAfter(
            heading=change.name,
            spans=redline(change.before, change.after),
            has_before=change.before is not None,
            has_after=change.after is not None,
            signal=signal_of(change.axis, change.direction),
        )
        for change in comparison.changes
        if change.substantive
    ]
    kept = [
        BeforeAfter(
            "Unchanged", redline(item.text, item.text), has_before=True, has_after=True, signal=None
        )
        for item in comparison.kept
    ]
    return (*changed, *kept)


def related_of(record: Record, known: frozenset[tuple[str, str]]) -> tuple[RelatedView, ...]:
    """The policies that a record refers to."""
    return tuple(
        RelatedView(
            payer=related.payer,
            policy=related.policy,
            title=_related_title(related),
            relation=formatting.RELATION_WORDS[related.relation],
            why=related.why,
            codes=related.codes,
            known=(related.payer, related.policy) in known,
        )
        for related in record.related_policies
    )


def _related_title(related: RelatedPolicy) -> str:
    return (
        f"{related.policy.upper()} ({related.title})" if related.title else related.policy.upper()
    )


def authorizations_of(record: Record) -> tuple[AuthorizationRow, ...]:
    """What a record says about authorization."""
    return tuple(
        AuthorizationRow(
            requirement=formatting.REQUIREMENT_WORDS[item.requirement],
            required=item.requirement in ("required", "conditional"),
            phase=formatting.PHASE_WORDS[item.phase] if item.phase else None,
            vendor=item.vendor,
            valid_for=formatting.span_words(item.valid_for) if item.valid_for else None,
            applies_to=applies_to_words(item.applies_to),
            codes=item.codes,
        )
        for item in record.authorizations
    )
