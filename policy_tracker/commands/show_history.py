"""A policy's versions on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from policy_tracker.commands.show_code import payer_words
from policy_tracker.commands.show_diff import STYLES
from policy_tracker.errors import NotFoundError
from policy_tracker.pages.formatting import (
    SOURCE_KIND_WORDS,
    counted,
    plain_date,
    review_words,
    sentence,
    start_words,
)
from policy_tracker.pages.on_file import gap_words, span_on_file
from policy_tracker.pages.policy import period_words
from policy_tracker.record.vocabulary import AXES
from policy_tracker.rules.words import (
    change_type_words,
    direction_sign,
    direction_words,
    impact_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from rich.console import Console
    from sqlmodel import Session

    from policy_tracker.rules.changes import Verdict
    from policy_tracker.store.views import PolicyRow, TimelineSpan, VersionView

INDENT = (0, 0, 0, 4)


def steps_of(session: Session, views: Sequence[VersionView]) -> dict[str, Verdict]:
    """For each version the verdict of its comparison with the one before it in valid time."""
    from policy_tracker.store.queries import get_comparison

    verdicts = {}
    for view in views:
        if view.previous:
            verdicts[view.version] = get_comparison(
                session, view.policy.payer, view.policy.policy, view.previous, view.version
            ).verdict
    return verdicts


def show_history(
    console: Console,
    row: PolicyRow,
    views: Sequence[VersionView],
    spans: Sequence[TimelineSpan],
    steps: Mapping[str, Verdict],
    today: date,
) -> None:
    """Newest first: when each version applies, on what that rests, and what changed with it.

    Raises NotFoundError where nothing was recorded by then.
    """
    if not views:
        message = f"Nothing of {row.payer}/{row.policy} had been recorded by then"
        raise NotFoundError(message)
    console.print(
        Text.assemble(
            (f"{payer_words(row.payer_name, fixture=row.fixture)} · {row.label}", "bold"),
            f" · {row.title}",
        )
    )
    console.print(Text(f"{counted(len(views), 'version')}, newest first", style="dim"))
    for view in views:
        console.print()
        _show_version(
            console,
            view,
            spans,
            steps.get(view.version),
            in_force=view.version == row.version,
            today=today,
        )


def _show_version(
    console: Console,
    view: VersionView,
    spans: Sequence[TimelineSpan],
    verdict: Verdict | None,
    *,
    in_force: bool,
    today: date,
) -> None:
    start = view.start.day
    state = (
        "on file for today"
        if in_force
        else "withdrawn"
        if view.withdrawn
        else "to come"
        if start and start > today and view.governs
        else ""
    )
    mark = "●" if in_force else "○"
    line = Text.assemble((f"{mark} {view.version}", "bold"))
    if state:
        line.append(f"  {state}", style="bold green" if in_force else "yellow")
    console.print(line)
    until = f" until {plain_date(view.until)}" if view.until else ""
    console.print(
        Padding(
            Text(f"{'from ' if start else ''}{start_words(view.start, view.record)}{until}"),
            INDENT,
            expand=False,
        )
    )
    mine = [span for span in spans if span.version == view.version]
    for span in mine:
        if told := span_on_file(span):
            when = (
                f"{sentence(period_words(span.from_day if span.start_known else None, span.to_day))}: "  # noqa: E501
                if len(mine) > 1
                else ""
            )
            style = "yellow" if told.certainty == "uncertain" else "dim"
            console.print(
                Padding(Text(f"{when}{told.sentence}", style=style), INDENT, expand=False)
            )
    if view.gap:
        console.print(
            Padding(
                Text(f"what changed with it came {gap_words(view.gap)}", style="yellow"),
                INDENT,
                expand=False,
            )
        )
    if not view.governs and not view.withdrawn:
        console.print(
            Padding(
                Text(
                    "its turn never comes: another version was issued for the same day",
                    style="yellow",
                ),
                INDENT,
                expand=False,
            )
        )
    if view.withdrawn and view.record.withdrawn:
        console.print(
            Padding(
                Text(f"withdrawn: {view.record.withdrawn.why}", style="yellow"),
                INDENT,
                expand=False,
            )
        )
    if verdict:
        console.print(Padding(_verdict(verdict), INDENT, expand=False))
        console.print(Padding(Text(verdict.summary), INDENT, expand=False))
    corrected = f", corrected {counted(view.corrections, 'time')}" if view.corrections else ""
    review = review_words(view.review_state)
    recorded = (
        f"recorded {view.first_recorded_at:%Y-%m-%d} from "
        f"{SOURCE_KIND_WORDS[view.record.source_kind]}{corrected}; {review}"
    )
    console.print(Padding(Text(recorded, style="dim"), INDENT, expand=False))


def _verdict(verdict: Verdict) -> Text:
    line = Text(change_type_words(verdict.change_type), style="dim")
    for axis in AXES:
        direction = verdict.direction.along(axis)
        if direction != "neutral":
            line.append(" · ", style="dim")
            line.append(
                f"{direction_sign(direction)} {direction_words(axis, direction)}",
                style=STYLES[direction],
            )
    return line.append(f" · {impact_words(verdict.impact)} impact", style="dim")
