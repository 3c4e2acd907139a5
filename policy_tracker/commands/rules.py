"""The catalogue of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from policy_tracker.commands.session import read_settings
from policy_tracker.commands.terminal import out, print_values
from policy_tracker.errors import NotFoundError

if TYPE_CHECKING:
    from rich.console import Console

    from policy_tracker.rules import Rule, RuleSettings


def rules(
    rule_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One rule, with its explanation.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The rules that name and weigh changes."""
    from policy_tracker.rule_settings import rules_in_force
    from policy_tracker.rules.registry import catalogue

    settings = rules_in_force(read_settings())
    found = tuple(settings.applied(rule) for rule in catalogue())
    if rule_id is not None:
        found = (_one(found, rule_id),)
    if as_json:
        from policy_tracker.api.schemas_changes import rule_views, rules_answer

        one = next((view for view in rule_views(settings) if view.id == rule_id), None)
        print_values(one or rules_answer(settings))
    elif rule_id is not None:
        _show_one(out(), found[0], settings)
    else:
        _show_all(out(), found, settings)


def _one(found: tuple[Rule, ...], rule_id: str) -> Rule:
    from difflib import get_close_matches

    by_id = {rule.id: rule for rule in found}
    if rule_id not in by_id:
        near = get_close_matches(rule_id, by_id, n=3, cutoff=0.5)
        hint = (
            f"; did you mean {' or '.join(near)}?" if near else "; `policy-tracker rules` lists all"
        )
        message = f"There is no rule {rule_id!r}{hint}"
        raise NotFoundError(message)
    return by_id[rule_id]


def _show_all(console: Console, found: tuple[Rule, ...], settings: RuleSettings) -> None:
    from itertools import groupby

    from rich.padding import Padding
    from rich.text import Text

    for family, members in groupby(found, key=lambda rule: rule.family):
        console.print(Text(family.replace("_", " ").capitalize(), style="bold underline"))
        for rule in members:
            console.print(_line(rule, settings))
            console.print(Padding(Text(rule.summary), (0, 0, 0, 4), expand=False))
        console.print()
    told = f"{len(found)} rules, stamp {settings.stamp}; `policy-tracker rules ID` explains one."
    console.print(Text(told, style="dim"))


def _line(rule: Rule, settings: RuleSettings):  # noqa: ANN202 - rich is imported where it is needed
    from rich.text import Text

    from policy_tracker.commands.show_diff import STYLES
    from policy_tracker.rules.words import direction_sign, direction_words, impact_words

    line = Text(f"{direction_sign(rule.direction)} ", style=STYLES[rule.direction])
    line.append(rule.id, style="bold")
    line.append(
        f"  {direction_words(rule.axis, rule.direction)} · {impact_words(rule.impact)} impact",
        style="dim",
    )
    if rule.id in settings.impacts:
        line.append("  set here", style="yellow")
    if rule.id in settings.off:
        line.append("  switched off here", style="yellow")
    return line


def _show_one(console: Console, rule: Rule, settings: RuleSettings) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console.print(_line(rule, settings))
    console.print()
    console.print(Padding(Text(rule.doc), (0, 0, 1, 2), expand=False))
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(ratio=1)
    rows.add_row("Says", Text(rule.message))
    rows.add_row("Asks to do", Text(rule.action or "nothing"))
    rows.add_row("Kind", Text(rule.kind))
    rows.add_row("Decides claims", Text("it can" if rule.substantive else "no"))
    rows.add_row("Sides swapped", Text(rule.mirror or f"no rule: {rule.waiver}"))
    console.print(Padding(rows, (0, 0, 0, 2), expand=False))
