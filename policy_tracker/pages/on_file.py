"""How sure it is that the text on file was the payer's on a day, in words: about the text alone,
never about payment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting
from policy_tracker.rules.words import interval_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from policy_tracker.record import Record, Start
    from policy_tracker.store.views import Certainty, Gap, Governing, LaneSpan, TimelineSpan


@dataclass(frozen=True, slots=True)
class OnFile:
    """What stands beside every answer that names a version.

    `words` is the phrase (`text on file, last checked Mar 22, 2026`), `reasons` are whole sentences
    that say more, `nearest` are the versions on file around the day, where the answer is not
    certain.
    """

    certainty: Certainty
    words: str
    reasons: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it as text: `Not certain: 3 versions are known not to be on file between …`."""
        told = ": " if self.certainty == "uncertain" else ". "
        return formatting.sentence(self.words) + (
            f"{told}{' '.join(self.reasons)}" if self.reasons else "."
        )


def on_file(governing: Governing, day: date) -> OnFile | None:
    """What stands beside an answer for a day; None where no version is named."""
    if governing.version is None:
        return None
    late = bool(governing.start and governing.start.issued and day < governing.start.issued)
    ordinary = governing.until is None and not late
    near = tuple(
        dict.fromkeys(
            one
            for one in (governing.nearest_before, governing.nearest_after, *governing.tied)
            if one
        )
    )
    return _told(
        governing.certainty,
        governing.certainty_reasons,
        governing.checked_on,
        ordinary=ordinary,
        nearest=near if governing.certainty == "uncertain" else (),
    )


def span_on_file(span: TimelineSpan | LaneSpan) -> OnFile | None:
    """What stands beside a stretch of time; None where no version is named."""
    if span.version is None:
        return None
    return _told(
        span.certainty, span.certainty_reasons, span.checked_on, ordinary=span.to_day is None
    )


def _told(
    certainty: Certainty,
    reasons: Sequence[str],
    checked_on: date | None,
    *,
    ordinary: bool,
    nearest: tuple[str, ...] = (),
) -> OnFile:
    said = tuple(formatting.spoken(reason) for reason in reasons)
    if certainty == "certain":
        return OnFile(certainty, "text on file for this date")
    if certainty == "uncertain":
        return OnFile(certainty, "not certain", said, nearest)
    return OnFile(certainty, f"text on file, {checked_words(checked_on)}", () if ordinary else said)


def checked_words(checked_on: date | None) -> str:
    """When somebody last looked: `last checked Mar 22, 2026`."""
    return (
        f"last checked {formatting.short_date(checked_on)}"
        if checked_on
        else "never checked since it was recorded"
    )


def missing_words(missing: int | None) -> str:
    """How many versions are not on file: `3 versions not on file`."""
    return (
        f"{formatting.counted(missing, 'version')} not on file"
        if missing
        else "versions not on file"
    )


def gap_words(gap: Gap) -> str:
    """Between which days changes came: `between Jun 1, 2024 and Nov 1, 2025; 3 versions not on
    file`.
    """
    return interval_words(gap.after, gap.before, gap.missing)


@dataclass(frozen=True, slots=True)
class Effect:
    """From when a version applies: a label, the day or the interval, and what that rests on.

    (`Takes effect on`, `Friday, September 26, 2025`, `basis not stated`)
    """

    label: str
    when: str
    ground: str | None
    began: bool

    @property
    def sentence(self) -> str:
        """All of it: `Takes effect on Friday, September 26, 2025 (basis not stated)`."""
        return f"{self.label} {self.when}" + (f" ({self.ground})" if self.ground else "")


def effect_of(
    start: Start, today: date, gap: Gap | None = None, record: Record | None = None
) -> Effect:
    """From when a version's changes apply, `record` being its record.

    Across a gap that is between two days: nobody knows when within them each change came.
    """
    if start.day is None:
        return Effect(
            "Start",
            "unknown: the source states no date on which this version took effect",
            None,
            began=True,
        )
    began = start.day <= today
    ground = formatting.start_ground(start, record)
    if gap:
        later = (
            f"this version {'took' if began else 'takes'} effect on "
            f"{formatting.short_date(start.day)}; {ground}"
        )
        return Effect("Changed", gap_words(gap), later, began)
    return Effect(
        "Took effect on" if began else "Takes effect on",
        formatting.long_date(start.day),
        ground,
        began,
    )
