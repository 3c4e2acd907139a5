"""What moved when stored changes were recomputed, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from policy_tracker.commands.show_diff import STYLES
from policy_tracker.pages.formatting import counted
from policy_tracker.record.vocabulary import AXES
from policy_tracker.rules.words import direction_sign, direction_words, impact_words, kind_words

if TYPE_CHECKING:
    from rich.console import Console

    from policy_tracker.pipeline import Reclassification
    from policy_tracker.rules.reclassification import Judged, Moved, Movement

_SIGNS = {"appeared": ("+", "green"), "vanished": ("-", "red"), "differs": ("~", "yellow")}


def show_reclassified(console: Console, found: Reclassification) -> None:
    """Per policy and step: verdicts that go another way or read differently, and each difference
    that is told otherwise, with its id.
    """
    for policy in found.policies:
        for step in policy.steps:
            if not step.nothing:
                _show_step(console, f"{policy.payer}/{policy.policy}", step)


def reclassified_sentence(found: Reclassification, *, dry_run: bool) -> str:
    """The outcome in words: `12 policies examined, 3 brought up to date; 5 changes moved.`."""
    policies = counted(found.examined, "policy")
    done = "would be brought up to date" if dry_run else "brought up to date"
    failed = f", {len(found.failed)} could not be compared" if found.failed else ""
    return (
        f"{policies} examined, {len(found.policies)} {done}{failed}; {counted(found.moved, 'change')} "  # noqa: E501
        f"moved."
    )


def _show_step(console: Console, policy: str, step: Movement) -> None:
    console.print(
        Text(f"{policy}  {step.from_version or 'nothing'} → {step.to_version}", style="bold")
    )
    console.print(
        Padding(
            Text(f"rules {step.ruleset_before} → {step.ruleset_after}", style="dim"),
            (0, 0, 0, 2),
            expand=False,
        )
    )
    for axis in AXES:
        before, after = step.directions_before.along(axis), step.directions_after.along(axis)
        if before != after:
            line = Text(f"Verdict: {direction_words(axis, before)} → ").append(
                direction_words(axis, after), style=STYLES[after]
            )
            console.print(Padding(line, (0, 0, 0, 2), expand=False))
    if step.summary_before != step.summary_after:
        for label, words in (("Said", step.summary_before), ("Says", step.summary_after)):
            console.print(
                Padding(Text(f"{label}: {words}", style="dim"), (0, 0, 0, 2), expand=False)
            )
    for moved in step.moved:
        _show_moved(console, moved)
    console.print()


def _show_moved(console: Console, moved: Moved) -> None:
    sign, style = _SIGNS[moved.what]
    line = (
        Text(f"{sign} ", style=style)
        .append(moved.heading, style="bold")
        .append(f"  {moved.what}  edit {moved.difference}", style="dim")
    )
    console.print(Padding(line, (0, 0, 0, 2), expand=False))
    for label, found in (("was", moved.before), ("is", moved.after)):
        for judged in found:
            console.print(
                Padding(Text(f"{label:>3}  {_judged(judged)}"), (0, 0, 0, 6), expand=False)
            )


def _judged(judged: Judged) -> str:
    decides = "" if judged.substantive else ", decides no claim"
    way = f"{direction_sign(judged.direction)} {direction_words(judged.axis, judged.direction)}"
    return (
        f"{judged.rule}: {kind_words(judged.kind)}, {way}, {impact_words(judged.impact)} "
        f"impact{decides}"
    )
