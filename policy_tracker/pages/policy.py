"""A policy over time, and one version of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting
from policy_tracker.pages.naming import PayerName, payer_of, version_label
from policy_tracker.pages.on_file import checked_words, missing_words, span_on_file
from policy_tracker.pages.record_view import RecordView, record_view
from policy_tracker.pages.timeline_svg import (
    Bar,
    BarSpan,
    Tick,
    bars_of,
    percent,
    scale_of,
    ticks_of,
)
from policy_tracker.rules.words import interval_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from datetime import date, datetime

    from policy_tracker.store.views import PolicyRow, TimelineSpan, VersionView

ORIGIN_WORDS = {
    "first_record": "first recorded",
    "payer_change": "changed by the payer",
    "correction": "our record was corrected",
    "technical_upgrade": "read again by a better reader",
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in a policy's list, with its bars in valid time.

    `notes` say what is not known of it, each one sentence; `gap` how many versions before it are
    not on file, and between which days.
    """

    version: str
    label: str
    start: str
    start_day: date | None
    until: date | None
    state: str
    governs: bool
    withdrawn: bool
    previous: str | None
    corrections: int
    recorded_at: datetime
    origin: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...] = ()
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The versions of a policy with a common scale of time."""

    rows: tuple[VersionRow, ...]
    ticks: tuple[Tick, ...]
    today_x: str
    gaps: tuple[str, ...]
    tones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PolicyView:
    """Everything that a policy's page shows; `shown` is the version whose record it shows,
    `shown_why` in words.
    """

    payer: PayerName
    policy: str
    label: str
    number: str | None
    aliases: tuple[str, ...]
    title: str
    status: str
    status_words: str
    recorded_at: datetime
    timeline: Timeline
    shown: VersionRow
    shown_why: str
    record: RecordView
    unreachable: bool
    newest_pair: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Everything that a version's page shows."""

    payer: PayerName
    policy: str
    label: str
    title: str
    row: VersionRow
    previous: str | None
    next: str | None
    revision: int
    first_recorded_at: datetime
    withdrawn_why: str | None
    corrects: str | None
    record: RecordView


def policy_view(
    row: PolicyRow,
    versions: Sequence[VersionView],
    spans: Sequence[TimelineSpan],
    *,
    known_policies: frozenset[tuple[str, str]],
    described: bool,
    today: date,
    pictured: Container[str] = (),
    unreachable: bool = False,
) -> PolicyView:
    """A policy's page; `versions` newest first, at least one, those in `pictured` with pictures of
    their documents' pages.
    """
    timeline = timeline_view(versions, spans, today)
    shown = next((version for version in versions if version.version == row.version), versions[0])
    newest = versions[0]
    return PolicyView(
        payer=payer_of(row),
        policy=row.policy,
        label=row.label,
        number=row.policy_number
        if row.policy_number and not _within(row.policy_number, row.label)
        else None,
        aliases=row.aliases,
        title=row.title,
        status=row.status,
        status_words=status_sentence(row, today),
        recorded_at=row.recorded_at,
        timeline=timeline,
        shown=next(version for version in timeline.rows if version.version == shown.version),
        shown_why="the text on file for today"
        if row.version == shown.version
        else "the latest version held here",
        record=record_view(
            shown.record,
            known_policies=known_policies,
            described=described,
            pictured=shown.version in pictured,
            review=shown.review_state,
        ),
        unreachable=unreachable,
        newest_pair=(newest.previous, newest.version) if newest.previous else None,
    )


def _within(number: str, label: str) -> bool:
    """Whether a label says a number already, however it is punctuated."""
    one, other = (
        "".join(letter for letter in text.lower() if letter.isalnum()) for text in (number, label)
    )
    return one in other


def version_page(
    version: VersionView,
    *,
    spans: Sequence[TimelineSpan] = (),
    known_policies: frozenset[tuple[str, str]],
    described: bool,
    today: date,
    pictured: bool = False,
) -> VersionPage:
    """A version's page; `spans` are the bars of its policy."""
    record = version.record
    return VersionPage(
        payer=payer_of(version.policy),
        policy=version.policy.policy,
        label=version.policy.label,
        title=record.title,
        row=_version_row(version, spans, None, today),
        previous=version.previous,
        next=version.next,
        revision=version.revision,
        first_recorded_at=version.first_recorded_at,
        withdrawn_why=record.withdrawn.why if record.withdrawn else None,
        corrects=record.corrects,
        record=record_view(
            record,
            known_policies=known_policies,
            described=described,
            pictured=pictured,
            review=version.review_state,
        ),
    )


def status_sentence(row: PolicyRow, today: date) -> str:
    """What is on file of a policy: `Text on file for services since September 26, 2025, last
    checked Mar 22, 2026; next version from …`.
    """
    following = ""
    if row.next_from:
        following = (
            f"; next version from {formatting.long_date(row.next_from)} "
            f"({formatting.countdown(row.next_from, today)})"
        )
    if row.status == "in_force":
        since = (
            f"for services since {formatting.plain_date(row.since)}"
            if row.since
            else "with an unknown start"
        )
        begins = f"on {formatting.plain_date(row.since)}" if row.since else "on an unknown day"
        if row.certainty == "uncertain":
            return (
                f"Not certain which text applies today; the nearest on file starts "
                f"{begins}{following}"
            )
        return f"Text on file {since}, {checked_words(row.checked_on)}{following}"
    said = {
        "future_only": "Announced, no version on file for today",
        "retired": "Retired",
        "gap": "No version on file for today",
        "indeterminate": "Which version applies today depends on more than the date of service",
        "nothing_known": "Nothing is known of the present",
    }
    return f"{said[row.status]}{following}"


def timeline_view(
    versions: Sequence[VersionView], spans: Sequence[TimelineSpan], today: date
) -> Timeline:
    """The versions with their bars, newest first."""
    named = {version.version: version_label(version.record, version.start) for version in versions}
    stretches = {
        version: [_stretch(span, named[version]) for span in spans if span.version == version]
        for version in named
    }
    scale = scale_of((stretch for found in stretches.values() for stretch in found), today)
    return Timeline(
        rows=tuple(
            _version_row(version, spans, bars_of(stretches[version.version], scale), today)
            for version in versions
        ),
        ticks=ticks_of(scale),
        today_x=percent(scale.at(today)),
        gaps=tuple(
            formatting.spoken(formatting.sentence(span.reason))
            for span in spans
            if span.version is None and span.status in ("gap", "retired")
        ),
        tones=frozenset(stretch.tone for found in stretches.values() for stretch in found),
    )


def _stretch(span: TimelineSpan, label: str) -> BarSpan:
    start = span.from_day if span.start_known else None
    told = span_on_file(span)
    file = f"; {told.words}" if told else ""
    missing = f", {missing_words(span.missing)}" if span.missing else ""
    sentence = f"{formatting.sentence(label)}: {period_words(start, span.to_day)}{file}{missing}"
    shown = missing_words(span.missing) if span.missing else label.removeprefix("effective ")
    return BarSpan(
        start=start, end=span.to_day, tone=span.certainty, label=shown, sentence=sentence
    )


def period_words(start: date | None, end: date | None) -> str:
    """A stretch of time in words; `end` is the first day on which it no longer holds."""
    since = f"from {formatting.plain_date(start)}" if start else "start unknown"
    return (
        f"{since}, until before {formatting.plain_date(end)}" if end else f"{since}, no end known"
    )


def _version_row(
    version: VersionView, spans: Sequence[TimelineSpan], bars: tuple[Bar, ...] | None, today: date
) -> VersionRow:
    mine = [span for span in spans if span.version == version.version]
    return VersionRow(
        version=version.version,
        label=version_label(version.record, version.start),
        start=formatting.start_words(version.start, version.record),
        start_day=version.start.day,
        until=version.until,
        state=_state(version, mine, today),
        governs=version.governs,
        withdrawn=version.withdrawn,
        previous=version.previous,
        corrections=version.corrections,
        recorded_at=version.recorded_at,
        origin=ORIGIN_WORDS[version.origin],
        bars=bars or (),
        notes=tuple(_review_reasons(mine)),
        gap=(
            f"{formatting.sentence(missing_words(version.gap.missing))} "
            f"{interval_words(version.gap.after, version.gap.before)}"
        )
        if version.gap
        else None,
    )


def _review_reasons(mine: Sequence[TimelineSpan]) -> Iterator[str]:
    """What is not certain of a version's stretches, each with its reasons."""
    for span in mine:
        told = span_on_file(span)
        if told and told.certainty == "uncertain":
            start = span.from_day if span.start_known else None
            yield f"Not certain ({period_words(start, span.to_day)}): {' '.join(told.reasons)}"
        elif told and told.reasons:
            yield (
                f"{formatting.sentence(told.words)} ({period_words(span.from_day, span.to_day)}): "
                f"{' '.join(told.reasons)}"
            )


def _state(version: VersionView, mine: Sequence[TimelineSpan], today: date) -> str:
    if version.withdrawn:
        return "Withdrawn"
    retired = version.record.dates.get("retired")
    if retired and retired.first_day and retired.first_day <= today:
        return "Retired"
    if not version.governs:
        return "Replaced on the day it started"
    if version.until and version.until <= today:
        return "Past"
    if version.start.day and version.start.day > today:
        return "Announced"
    now = next(
        (
            span
            for span in mine
            if (span.from_day or today) <= today and (span.to_day is None or span.to_day > today)
        ),
        None,
    )
    told = span_on_file(now) if now else None
    return formatting.sentence(told.words) if told else "Text on file"
