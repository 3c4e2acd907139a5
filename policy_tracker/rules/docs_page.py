"""The rule catalogue as a page of the documentation: `python -m policy_tracker.rules.docs_page
docs/rules.md` writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from policy_tracker.record.vocabulary import AXES
from policy_tracker.rules.actions import actions
from policy_tracker.rules.precedence import TABLE
from policy_tracker.rules.registry import RULESET, Rule, catalogue
from policy_tracker.rules.words import (
    axis_meaning,
    axis_words,
    direction_words,
    impact_words,
    kind_words,
)

_INTRODUCTION = """# Rule catalogue

<!-- Made from the rules themselves by `python -m policy_tracker.rules.docs_page docs/rules.md`; edit the rules, not this page. -->

A rule reads one difference between two versions and says what it means: its kind, the axis and direction it moves, its impact,
and what to do. There are {count} rules in {families} families; rule set {ruleset}. Each rule names its mirror, the rule that fires
when the two versions are swapped. An installation may give a rule another impact or switch it off: see
[overrides](operations.md#overrides-of-rules).

Direction is a question about sets: which combinations of code, diagnosis, population, setting, phase and date could be approved
before, and which after?
"""  # noqa: E501


def document() -> str:
    """The page as Markdown, the same for the same rules."""
    rules = catalogue()
    by_family = [(name, tuple(found)) for name, found in groupby(rules, key=lambda one: one.family)]
    parts = [
        _INTRODUCTION.format(count=len(rules), families=len(by_family), ruleset=RULESET),
        _axes(),
    ]
    parts += [_family(name, found) for name, found in by_family]
    return "\n".join([*parts, _precedence(), _actions()]).rstrip() + "\n"


def _axes() -> str:
    lines = [
        "| axis | what it is about |",
        "|---|---|",
        *(f"| {axis_words(axis)} | {axis_meaning(axis)} |" for axis in AXES),
    ]
    return "\n".join(lines) + "\n"


def _family(name: str, found: Iterable[Rule]) -> str:
    title = name.replace("_", " ").capitalize()
    return f"## {title}\n\n" + "\n".join(_rule(one) for one in found)


def _rule(one: Rule) -> str:
    facts = [
        kind_words(one.kind),
        direction_words(one.axis, one.direction),
        f"{impact_words(one.impact)} impact",
    ]
    facts += [] if one.substantive else ["decides no claim"]
    mirror = f"Mirror: `{one.mirror}`." if one.mirror != one.id else "Its own mirror."
    lines = [
        f"### `{one.id}`",
        "",
        " · ".join(dict.fromkeys(facts)),
        "",
        one.doc,
        "",
        mirror if one.mirror else f"No mirror: {one.waiver}.",
    ]
    if one.action:
        lines += ["", f"What to do: {one.action}"]
    return "\n".join(lines) + "\n"


def _precedence() -> str:
    rows = [f"| {_names(row.by)} | {_names(row.what)} | {row.because} |" for row in TABLE]
    head = (
        "## What absorbs what\n\nOne real change is told once. Readings that another change "
        "tells already are listed beside it.\n"
    )
    return "\n".join([head, "| told by | absorbed | because |", "|---|---|---|", *rows]) + "\n"


def _names(names: tuple[str, ...]) -> str:
    return (
        "anything"
        if names == ("*",)
        else ", ".join(f"`{name.partition(':')[2]}`" for name in names)
    )


def _actions() -> str:
    head = "## Action items\n\nMade from the changes and from what the current record says.\n"
    return "\n".join([head, *(f"- `{one.id}`: {one.summary}" for one in actions())]) + "\n"


def main() -> None:
    """Write the page to the path given."""
    Path(sys.argv[1]).write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
