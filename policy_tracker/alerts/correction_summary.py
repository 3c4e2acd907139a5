"""A correction as a mail tells it: what was told, what is right, and how both read in the payer's
words, ready for the template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.alerts.change_summary import MOST_CHANGES, ChangeSummary, happening, opening_of
from policy_tracker.alerts.excerpt import excerpt, marked
from policy_tracker.rules.words import axis_words, direction_sign, direction_words

if TYPE_CHECKING:
    from policy_tracker.alerts.corrections import Correction
    from policy_tracker.diff.redline import RedlineSpan
    from policy_tracker.record.vocabulary import Axis, VerdictDirection
    from policy_tracker.rules.changes import ActionItem, Change, Comparison
    from policy_tracker.rules.reclassification import Finding

NOT_TOLD = "Nothing: this change was missing from our mail."
NO_CHANGE = "This is no change: the two versions do not differ so."
DECIDES_NOTHING = "They differ here, but not in a way that can decide a claim."
TOLD_ELSEWHERE = (
    "This is no change of its own: it belongs to another one, which stands on the comparison page."
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The verdict on one axis: what was told, and what is right."""

    axis: str
    told: str
    now: str
    way: str


@dataclass(frozen=True, slots=True)
class CorrectedChange:
    """One difference that was told wrongly; the spans are what the payer's two versions say."""

    heading: str
    told: tuple[str, ...]
    now: tuple[str, ...]
    before: tuple[RedlineSpan, ...]
    after: tuple[RedlineSpan, ...]

    @property
    def before_text(self) -> str:
        """What the older version says, with what is gone marked."""
        return marked(self.before)

    @property
    def after_text(self) -> str:
        """What the newer version says, with what is new marked."""
        return marked(self.after)


def subject_of_correction(news: ChangeSummary, amends: Correction) -> str:
    """The correction in one line: `Correction: Cigna MM 0300 from Sep 26, 2025: burden added (we
    told you: coverage narrowed)`.
    """
    told, now = happening(amends.told.comparison.verdict), happening(news.comparison.verdict)
    return f"Correction: {opening_of(news)}: " + (
        f"{now} (we told you: {told})" if now != told else f"{now}, but our alert told it wrongly"
    )


def turns(news: ChangeSummary, amends: Correction) -> list[Turn]:
    """Each axis on which the verdict goes another way than was told."""
    told, now = amends.told.comparison.verdict.direction, news.comparison.verdict.direction
    return [
        Turn(
            axis_words(axis),
            _way(axis, told.along(axis)),
            _way(axis, now.along(axis)),
            now.along(axis),
        )
        for axis in amends.turned
    ]


def amended(news: ChangeSummary, amends: Correction) -> list[CorrectedChange]:
    """The differences that were told wrongly, at most MOST_CHANGES."""
    return [_amended(one, news.comparison) for one in amends.findings[:MOST_CHANGES]]


def tasks_apart(news: ChangeSummary, amends: Correction) -> tuple[list[ActionItem], list[str]]:
    """What is to be done that our mail did not ask for, and what it asked for that need not be
    done.
    """
    told, now = amends.told.comparison.actions, news.comparison.actions
    asked, asks = {action.text for action in told}, {action.text for action in now}
    return [action for action in now if action.text not in asked], [
        action.text for action in told if action.text not in asks
    ]


def further(amends: Correction) -> int:
    """How many wrong differences the mail does not tell one by one."""
    return max(0, len(amends.findings) - MOST_CHANGES)


def _amended(finding: Finding, now: Comparison) -> CorrectedChange:
    shown = (finding.now or finding.told)[0]
    return CorrectedChange(
        heading=shown.heading,
        told=tuple(_reads(change, shown.heading) for change in finding.told) or (NOT_TOLD,),
        now=tuple(_reads(change, shown.heading) for change in finding.now)
        or (_instead(shown.difference, now),),
        before=excerpt(shown.before, shown.after, "before"),
        after=excerpt(shown.before, shown.after, "after"),
    )


def _reads(change: Change, heading: str) -> str:
    """A change as a sentence below a heading, with its direction, and its own heading where that is
    another one.
    """
    own = [change.heading] if change.heading != heading else []
    way = (
        [_way(change.axis, change.direction)]
        if change.axis and change.direction != "neutral"
        else []
    )
    named = ", ".join((*own, *way))
    return f"{named}: {change.explanation}" if named else change.explanation


def _instead(difference: str, now: Comparison) -> str:
    """What became of a difference that was told as a change."""
    if any(change.difference == difference for change in now.changes):
        return DECIDES_NOTHING
    return (
        TOLD_ELSEWHERE if any(one.difference == difference for one in now.superseded) else NO_CHANGE
    )


def _way(axis: Axis, way: VerdictDirection) -> str:
    words = _lower(direction_words(axis, way))
    return words if way == "neutral" else f"{direction_sign(way)} {words}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
