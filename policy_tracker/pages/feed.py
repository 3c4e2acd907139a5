"""The feed of changes: one row per step from a version to the next, grouped by when it takes
effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting
from policy_tracker.pages.badges import ImpactView, Signal, impact_of, signals_of
from policy_tracker.pages.naming import PayerName, payer_of
from policy_tracker.pages.on_file import gap_words, missing_words
from policy_tracker.rules.words import change_type_words, code_words, interval_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from policy_tracker.record.codes import CodeRef
    from policy_tracker.store.views import UpdateRow

SOON = 30
"""Days for which something counts as taking effect soon, or as just in force."""

FIRST = (Signal(sign="■", words="First version here", tone="neutral"),)
"""What a row says in place of directions where there is nothing to compare with."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One step: when, whose, what in one sentence, in which direction, how much hangs on it, for
    which codes.

    `day` is the first day on which the version both existed and applied: no countdown, and no entry
    of the calendar, is older. `late` says that it came out after it took effect; `between` and
    `missing` stand in place of a day where versions before it are not on file.
    """

    payer: PayerName
    policy: str
    label: str
    title: str
    before: str | None
    after: str
    effective: date | None
    day: date | None
    countdown: str | None
    late: str | None
    between: str | None
    missing: str | None
    summary: str
    change_type: str
    changes: int
    signals: tuple[Signal, ...]
    impact: ImpactView
    codes: tuple[CodeRef, ...]
    recorded_at: datetime
    secondary: bool
    review: str
    new: bool


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Rows that take effect in one stretch of time."""

    key: str
    heading: str
    rows: tuple[FeedRow, ...]


def feed_row(update: UpdateRow, today: date, *, seen_until: datetime | None = None) -> FeedRow:
    """An update as a row; `seen_until` is when the reader last looked (None: not known, and nothing
    is called new).
    """
    gap, day = update.gap, known_day(update)
    late = bool(day and update.effective and day > update.effective)
    return FeedRow(
        payer=payer_of(update.policy),
        policy=update.policy.policy,
        label=update.policy.label,
        title=update.policy.title,
        before=update.from_version,
        after=update.to_version,
        effective=update.effective,
        day=day,
        countdown=formatting.countdown(day, today) if day and not late and not gap else None,
        late=f"came out {formatting.counted((day - update.effective).days, 'day')} later"
        if late and day and update.effective
        else None,
        between=interval_words(gap.after, gap.before) if gap else None,
        missing=missing_words(gap.missing) if gap else None,
        summary=update.verdict.summary,
        change_type=change_type_words(update.verdict.change_type),
        changes=update.changes,
        signals=signals_of(update.verdict.direction) if update.from_version else FIRST,
        impact=impact_of(update.verdict.impact),
        codes=update.verdict.codes,
        recorded_at=update.recorded_at,
        secondary=update.source_kind == "secondary",
        review=formatting.review_words(update.review_state),
        new=seen_until is not None and update.recorded_at > seen_until,
    )


def known_day(update: UpdateRow) -> date | None:
    """The first day on which a version both existed and applied; None where its start is not
    known.
    """
    return max(update.effective, update.issued or update.effective) if update.effective else None


def grouped(rows: Iterable[FeedRow], today: date) -> tuple[FeedGroup, ...]:
    """The rows under the headings of their time, in the order in which they come; what is still to
    come is told soonest first.
    """
    groups: dict[tuple[str, str], list[FeedRow]] = {}
    for row in rows:
        groups.setdefault(_stretch(row.effective, today), []).append(row)
    return tuple(
        FeedGroup(
            key=key,
            heading=heading,
            rows=tuple(reversed(found)) if key in ("later", "soon") else tuple(found),
        )
        for (key, heading), found in sorted(
            groups.items(), key=lambda group: _ORDER.get(group[0][0], len(_ORDER))
        )
    )


_ORDER = {"soon": 0, "later": 1}


def _stretch(effective: date | None, today: date) -> tuple[str, str]:
    if effective is None:
        return "unknown", "Start unknown"
    days = (effective - today).days
    if days > SOON:
        return "later", f"Takes effect later than {SOON} days from now"
    if days > 0:
        return "soon", f"Takes effect in the next {SOON} days"
    month = formatting.month_words(effective)
    return f"since-{effective:%Y-%m}", f"Took effect in {month}"


def entry_title(update: UpdateRow) -> str:
    """One line that carries the news: `Cigna Healthcare MM 0300 from September 26, 2025: coverage
    broadened (0691T and 0743T)`.
    """
    since = (
        f" from {formatting.plain_date(update.effective)}"
        if update.effective
        else ", start unknown"
    )
    if update.gap:
        since = f", changed {gap_words(update.gap)}"
    told = signals_of(update.verdict.direction) if update.from_version else FIRST
    signals = [signal.words[:1].lower() + signal.words[1:] for signal in told]
    codes = f" ({code_words(update.verdict.codes)})" if update.verdict.codes else ""
    invented = " (invented example)" if update.policy.fixture else ""
    return (
        f"{update.policy.payer_name}{invented} {update.policy.label}{since}: {', '.join(signals)}"
        f"{codes}"
    )
