"""One code: what every payer says of it on a day, and over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting
from policy_tracker.pages.naming import PayerName, payer_of
from policy_tracker.pages.on_file import OnFile, missing_words, on_file, span_on_file
from policy_tracker.pages.policy import period_words
from policy_tracker.pages.sanitize import web_address
from policy_tracker.pages.sourcing import ClaimView, DisagreementView
from policy_tracker.pages.timeline_svg import (
    Bar,
    BarSpan,
    Tick,
    bars_of,
    percent,
    scale_of,
    ticks_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from policy_tracker.record.content import RelatedPolicy
    from policy_tracker.record.vocabulary import Position, Requirement
    from policy_tracker.store.views import (
        AuthorizationView,
        CodeAnswer,
        CodeLane,
        DispositionView,
        LaneSpan,
        PayerDefaultAnswer,
        PayerMention,
        PolicyAnswer,
        StatementView,
    )

STATUS_WORDS = {
    "in_force": "text on file",
    "future_only": "no version on file yet",
    "retired": "retired",
    "gap": "no version on file",
    "indeterminate": "depends on more than the date of service",
    "nothing_known": "nothing known",
}

SHORT_WORDS: dict[str, str] = {
    "medically_necessary": "Medically necessary",
    "covered": "Covered",
    "not_medically_necessary": "Not medically necessary",
    "experimental_investigational": "Experimental",
    "not_covered": "Not covered",
    "out_of_scope": "Out of scope",
    "informational": "Informational",
    "indeterminate": "Not determined",
}
"""Positions on a bar, where room is short; the table and the bar's own sentence have the whole
words.
"""


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position with its words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a version says something about the code: under which heading, how it names the code,
    under which conditions.
    """

    position: PositionView
    heading: str
    named: str | None
    conditions: tuple[str, ...]
    description: str | None
    note: str | None
    place: str | None
    excluded: bool


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A statement that governs the code's listing, with how deep it stands below others that do."""

    role: str
    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One policy's answer."""

    payer: PayerName
    policy: str
    label: str
    title: str
    positions: tuple[PositionView, ...]
    version: str | None
    nearest: str | None
    status: str
    why: str
    since: str | None
    until: str | None
    file: OnFile | None
    grounds: tuple[Ground, ...]
    authorizations: tuple[str, ...]
    statements: tuple[StatementView, ...]
    criteria: tuple[CriterionLine, ...]
    all_lists: bool
    related: tuple[str, ...]
    residual: str | None
    disagreements: tuple[DisagreementView, ...]
    applies_note: str | None
    other_days: tuple[str, ...]
    unknowns: tuple[str, ...]
    next_change: str | None
    source_kind: str | None
    review: str | None
    partial: bool
    source_url: str | None


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A stretch of a lane as a row of the table; `file` says how sure it is that this was the
    payer's text.
    """

    period: str
    positions: tuple[PositionView, ...]
    said: str
    version: str | None
    file: str | None


@dataclass(frozen=True, slots=True)
class LaneView:
    """One policy's lane."""

    payer: PayerName
    policy: str
    label: str
    title: str
    bars: tuple[Bar, ...]
    rows: tuple[LaneRow, ...]


@dataclass(frozen=True, slots=True)
class DefaultView:
    """A payer's stated default for codes of this kind."""

    payer: PayerName
    position: PositionView
    text: str
    place: str | None


@dataclass(frozen=True, slots=True)
class CodeView:
    """Everything that a code's page shows."""

    code: str
    system: str
    known: bool
    as_of: date
    description: str | None
    answers: tuple[AnswerView, ...]
    silent: tuple[AnswerView, ...]
    defaults: tuple[DefaultView, ...]
    not_addressed: tuple[PayerName, ...]
    unreachable: str | None
    not_watched: str
    lanes: tuple[LaneView, ...]
    ticks: tuple[Tick, ...]
    today_x: str
    as_of_x: str | None
    unsure: bool


def code_view(
    answer: CodeAnswer, lanes: Sequence[CodeLane], *, described: bool, today: date
) -> CodeView:
    """A code's page; policies that answer come before those whose governing version does not name
    it.
    """
    answers = [
        _answer_view(found, answer.question.as_of, described=described) for found in answer.policies
    ]
    stretches = [[_stretch(span) for span in lane.spans] for lane in lanes]
    as_of = answer.question.as_of
    scale = scale_of((stretch for lane in stretches for stretch in lane), today)
    inside = scale.first <= as_of <= scale.last and as_of != today
    printed = (
        ground.description for view in answers for ground in view.grounds if ground.description
    )
    return CodeView(
        code=answer.code,
        system=answer.kind,
        known=answer.known,
        as_of=as_of,
        description=next(printed, None),
        answers=tuple(view for view in answers if view.positions or view.grounds),
        silent=tuple(view for view in answers if not view.positions and not view.grounds),
        defaults=tuple(_default_view(found) for found in answer.defaults),
        not_addressed=tuple(_mention(found) for found in answer.not_addressed),
        unreachable=formatting.unreachable_words(answer.found_by_no_code)
        if answer.found_by_no_code
        else None,
        not_watched=answer.not_watched_why,
        lanes=tuple(
            _lane_view(lane, bars_of(found, scale))
            for lane, found in zip(lanes, stretches, strict=True)
        ),
        ticks=ticks_of(scale),
        today_x=percent(scale.at(today)),
        as_of_x=percent(scale.at(as_of)) if inside else None,
        unsure=any("uncertain" in stretch.tone for lane in stretches for stretch in lane),
    )


def position_view(position: Position) -> PositionView:
    """A position with its words, for a label."""
    return PositionView(
        value=position, words=formatting.sentence(formatting.position_words(position))
    )


def _answer_view(answer: PolicyAnswer, as_of: date, *, described: bool) -> AnswerView:
    governing = answer.governing
    return AnswerView(
        payer=payer_of(answer.policy),
        policy=answer.policy.policy,
        label=answer.policy.label,
        title=answer.policy.title,
        positions=tuple(position_view(position) for position in answer.positions),
        version=governing.version,
        nearest=governing.nearest,
        status=governing.status,
        why=formatting.spoken(governing.why),
        since=formatting.start_words(governing.start) if governing.start else None,
        until=formatting.plain_date(governing.until) if governing.until else None,
        file=on_file(governing, as_of),
        grounds=tuple(_ground(found, described=described) for found in answer.dispositions),
        authorizations=tuple(_authorization(found) for found in answer.authorizations),
        statements=answer.statements,
        criteria=_criteria(answer),
        all_lists=any(one.tied_by == "policy" for one in answer.criteria),
        related=tuple(_related(found) for found in answer.related),
        residual=_residual(answer),
        disagreements=_disagreements(answer),
        applies_note=answer.applies_why if answer.applies is not True else None,
        other_days=tuple(found.sentence for found in answer.other_days),
        unknowns=tuple(formatting.sentence(unknown.why) for unknown in answer.unknowns),
        next_change=formatting.spoken(answer.next_change.sentence) if answer.next_change else None,
        source_kind=formatting.SOURCE_KIND_WORDS[answer.source_kind]
        if answer.source_kind
        else None,
        review=formatting.review_words(answer.review_state) if answer.review_state else None,
        partial=answer.completeness == "partial",
        source_url=web_address(answer.source_url),
    )


def _ground(found: DispositionView, *, described: bool) -> Ground:
    conditions = []
    if found.modifiers:
        conditions.append(f"with modifier {formatting.listed(found.modifiers, 'or')}")
    if found.places_of_service:
        conditions.append(f"at place of service {formatting.listed(found.places_of_service, 'or')}")
    if found.diagnoses:
        conditions.append(f"with a diagnosis of {formatting.listed(found.diagnoses, 'or')}")
    if found.effective:
        conditions.append(f"from {formatting.date_fact_words(found.effective)}")
    if found.ends:
        conditions.append(f"through {formatting.date_fact_words(found.ends)}")
    if found.basis:
        conditions.append(formatting.NOT_COVERED_BASIS_WORDS[found.basis])
    if found.stated_by != "payer":
        conditions.append(formatting.STATED_BY_WORDS[found.stated_by])
    return Ground(
        position=position_view(found.position),
        heading=found.heading or found.place,
        named=None if found.exact else f"as part of {found.matched}",
        conditions=tuple(conditions),
        description=found.description if described else None,
        note=found.note,
        place=formatting.place_words(found.source),
        excluded=found.applies is False,
    )


def _authorization(found: AuthorizationView) -> str:
    parts = [f"Prior authorization: {formatting.REQUIREMENT_WORDS[found.requirement].lower()}"]
    if found.phase:
        parts.append(f"for {formatting.PHASE_WORDS[found.phase]}")
    if found.vendor:
        parts.append(f"through {found.vendor}")
    if found.valid_for:
        parts.append(f"valid for {formatting.span_words(found.valid_for)}")
    if found.every_code:
        parts.append("(stated for all of the policy's codes)")
    return " ".join(parts)


def _criteria(answer: PolicyAnswer) -> tuple[CriterionLine, ...]:
    """What governs the code besides the statements that name it, in the document's order."""
    named = {statement.key for statement in answer.statements}
    depths: dict[str | None, int] = {None: -1}
    found = []
    for one in answer.criteria:
        depths[one.key] = depths.get(one.parent, -1) + 1
        if one.key not in named:
            found.append(
                CriterionLine(
                    role=formatting.ROLE_WORDS[one.role], text=one.text, depth=depths[one.key]
                )
            )
    return tuple(found)


def _related(found: RelatedPolicy) -> str:
    title = f" ({found.title})" if found.title else ""
    return (
        f"{formatting.sentence(found.why or 'this code')} "
        f"{formatting.RELATION_WORDS[found.relation]} {found.policy.upper()}{title}"
    )


def _residual(answer: PolicyAnswer) -> str | None:
    if answer.residual is None:
        return None
    return (
        f"What the policy does not name is "
        f"{formatting.position_words(answer.residual.position)}: {answer.residual.text}"
    )


def _disagreements(answer: PolicyAnswer) -> tuple[DisagreementView, ...]:
    return tuple(
        DisagreementView(
            about=formatting.matter_words(found.about),
            version=answer.governing.version or "",
            claims=tuple(
                ClaimView(text=claim.text, place=formatting.place_words(claim.source))
                for claim in found.claims
            ),
        )
        for found in answer.disagreements
    )


def _default_view(found: PayerDefaultAnswer) -> DefaultView:
    payer = PayerName(slug=found.payer, name=found.name, invented=found.fixture)
    return DefaultView(
        payer=payer,
        position=position_view(found.position),
        text=found.text,
        place=formatting.place_words(found.source),
    )


def _mention(found: PayerMention) -> PayerName:
    return PayerName(slug=found.payer, name=found.name, invented=found.fixture)


def _lane_view(lane: CodeLane, bars: tuple[Bar, ...]) -> LaneView:
    return LaneView(
        payer=payer_of(lane.policy),
        policy=lane.policy.policy,
        label=lane.policy.label,
        title=lane.policy.title,
        bars=bars,
        rows=tuple(_lane_row(span) for span in lane.spans),
    )


def _lane_row(span: LaneSpan) -> LaneRow:
    start = span.from_day if span.start_known else None
    return LaneRow(
        period=formatting.sentence(period_words(start, span.to_day)),
        positions=tuple(position_view(position) for position in span.positions),
        said=_said(span),
        version=span.version,
        file=_file_words(span),
    )


def _file_words(span: LaneSpan) -> str | None:
    told = span_on_file(span)
    return " ".join((f"{formatting.sentence(told.words)}.", *told.reasons)) if told else None


def _stretch(span: LaneSpan) -> BarSpan:
    start = span.from_day if span.start_known else None
    tone = (
        span.positions[0] if span.positions else "silent" if span.status == "in_force" else "none"
    )
    label = SHORT_WORDS[span.positions[0]] if span.positions else _said(span)
    told = span_on_file(span)
    file = f"; {told.words}" if told else ""
    if told and told.certainty == "uncertain":
        tone = f"{tone} uncertain"
        label = missing_words(span.missing) if span.missing else f"{label}?"
        file += f", {missing_words(span.missing)}" if span.missing else ""
    sentence = f"{_said(span)}, {period_words(start, span.to_day)}{file}"
    return BarSpan(start=start, end=span.to_day, tone=tone, label=label, sentence=sentence)


def _said(span: LaneSpan) -> str:
    """What a stretch says of the code, in one line."""
    if span.positions:
        said = formatting.sentence(
            formatting.listed([formatting.position_words(position) for position in span.positions])
        )
        return f"{said}{_requirements(span.authorization)}"
    return (
        "Not named" if span.status == "in_force" else formatting.sentence(STATUS_WORDS[span.status])
    )


def _requirements(requirements: Sequence[Requirement]) -> str:
    told = [
        formatting.REQUIREMENT_WORDS[item].lower() for item in requirements if item != "unknown"
    ]
    return f"; prior authorization {formatting.listed(told, 'or')}" if told else ""
