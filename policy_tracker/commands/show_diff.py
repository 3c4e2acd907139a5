"""A comparison on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policy_tracker.commands.show_extract import is_low, trust_words
from policy_tracker.diff.redline import redline
from policy_tracker.extract.quality import NO_POLICY
from policy_tracker.pages.declared import (
    VERDICT_WORDS,
    declared_words,
    reconciled_sentence,
    where_words,
)
from policy_tracker.pages.formatting import (
    counted,
    long_date,
    matter_words,
    place_words,
    sentence,
    start_ground,
)
from policy_tracker.pages.passages import passages_of
from policy_tracker.record.validity import starts_of, timing_of
from policy_tracker.record.vocabulary import AXES
from policy_tracker.rules.words import (
    change_type_words,
    code_words,
    direction_sign,
    direction_words,
    impact_words,
)

if TYPE_CHECKING:
    from rich.console import Console

    from policy_tracker.pages.passages import ChangedPassage
    from policy_tracker.record.content import Record
    from policy_tracker.rules.changes import Change, Comparison

STYLES = {
    "broadened": "green",
    "narrowed": "red",
    "indeterminate": "yellow",
    "mixed": "yellow",
    "neutral": "dim",
}
DECLARED_STYLES = {"found": "green", "not_found": "yellow", "contradicted": "yellow"}
INDENT = (0, 0, 0, 2)
DEEPER = (0, 0, 0, 4)


def show_diff(console: Console, comparison: Comparison, before: Record, after: Record) -> None:
    """The verdict, each passage whose changes can decide a claim with its words before and after,
    and what is left out, counted.
    """
    verdict = comparison.verdict
    console.print(Text(f"{after.payer} · {_number(after)} · {after.title}", style="bold"))
    console.print(
        Text(
            f"{comparison.from_version} → {comparison.to_version}{_from_when(before, after)}",
            style="dim",
        )
    )
    for warning in comparison.warnings:
        console.print(Text(f"! {warning}", style="yellow"))
    console.print()
    console.print(Text(verdict.summary, style="bold"))
    console.print(_signals(comparison))
    for record in (before, after):
        if trust := trust_words(record):
            console.print(
                Text(
                    f"{record.version} was read from a document; {trust}.",
                    style="yellow" if is_low(record) else "dim",
                )
            )
    for warning in _warnings(before, after):
        console.print(Text(f"! {warning}", style="yellow"))
    telling = [change for change in comparison.changes if change.substantive]
    console.print()
    console.print(
        Text(f"{counted(len(telling), 'change')} that can decide a claim", style="bold underline")
    )
    for passage in passages_of(telling):
        _show_passage(console, passage, comparison)
    _show_declared(console, comparison)
    _show_rest(console, comparison, len(comparison.changes) - len(telling))
    _show_actions(console, comparison)


def _number(record: Record) -> str:
    return (record.aliases or (record.policy_number or record.policy,))[0]


def _from_when(before: Record, after: Record) -> str:
    """From when the later version applies: where both print one effective date, the policy's first,
    the day on which it came out.
    """
    start = starts_of({"before": timing_of(before), "after": timing_of(after)})["after"]
    if start.day is None:
        return " · start unknown"
    return f" · applies from {long_date(start.day)} ({start_ground(start, after)})"


def _signals(comparison: Comparison) -> Text:
    verdict = comparison.verdict
    line = Text(
        f"{change_type_words(verdict.change_type)} · {impact_words(verdict.impact)} impact",
        style="dim",
    )
    for axis in AXES:
        direction = verdict.direction.along(axis)
        if direction != "neutral":
            line.append(" · ", style="dim")
            line.append(
                f"{direction_sign(direction)} {direction_words(axis, direction)}",
                style=STYLES[direction],
            )
    if verdict.codes:
        line.append(f" · {code_words(verdict.codes)}", style="dim")
    return line


def _warnings(before: Record, after: Record) -> list[str]:
    told = [
        f"The source of {record.version} disagrees with itself about {matter_words(d.about)}."
        for record in (before, after)
        for d in record.disagreements
    ]
    secondary = [record.version for record in (before, after) if record.source_kind == "secondary"]
    if secondary:
        told.append(
            f"Recorded from a secondary source, not from the payer's document: {', '.join(secondary)}."  # noqa: E501
        )
    return [*told, *(words for record in (before, after) for words in kind_doubts(record))]


def kind_doubts(record: Record) -> list[str]:
    """That a document looks like no policy, and is compared since somebody named it."""
    warnings = record.extraction.warnings if record.extraction else ()
    return [
        f"{record.version} {words}. It is compared because you named it."
        for words in warnings
        if words.startswith(NO_POLICY)
    ]


def _show_passage(console: Console, passage: ChangedPassage, comparison: Comparison) -> None:
    lead, *further = passage.changes
    console.print()
    console.print(_title(lead, passage.heading))
    _show_sides(console, passage.widest)
    _show_meaning(console, lead, declared_words(lead, comparison))
    for change in further:
        console.print(Padding(_title(change, change.name), INDENT, expand=False))
        _show_meaning(console, change, declared_words(change, comparison))
    if passage.elsewhere:
        alike = (passage, *passage.elsewhere)
        console.print(
            Padding(Text(f"Changed alike at {counted(len(alike), 'place')}:"), INDENT, expand=False)
        )
        for one in alike:
            console.print(Padding(_where(one.changes[0]), DEEPER, expand=False))


def _title(change: Change, name: str) -> Text:
    title = Text(f"{direction_sign(change.direction)} ", style=STYLES[change.direction])
    title.append(name, style="bold")
    title.append(
        f"  {direction_words(change.axis, change.direction)}", style=STYLES[change.direction]
    )
    title.append(f"  {impact_words(change.impact)} impact", style="dim")
    return title


def _where(change: Change) -> Text:
    line = Text(" › ".join(change.subject or (change.heading,)))
    places = [
        f"{side} {words}"
        for side in ("before", "after")
        if (words := place_words(getattr(change.evidence, side)))
    ]
    return line.append(f"  [{', '.join(places)}]", style="dim") if places else line


def _show_sides(console: Console, change: Change) -> None:
    sides = Table.grid(padding=(0, 2))
    sides.add_column(style="dim", no_wrap=True)
    sides.add_column(ratio=1)
    plain = console.no_color or not console.is_terminal
    for side, op in (("before", "delete"), ("after", "insert")):
        text = _marked(change, op, plain=plain)
        place = place_words(getattr(change.evidence, side))
        if place:
            text.append(f"  [{place}]", style="dim")
        sides.add_row(side, text)
    console.print(Padding(sides, INDENT, expand=False))


def _show_meaning(console: Console, change: Change, declared: str | None) -> None:
    console.print(Padding(Text(change.explanation), INDENT, expand=False))
    if declared:
        style = "yellow" if change.declared == "silent" else "dim"
        console.print(Padding(Text(sentence(declared), style=style), INDENT, expand=False))
    if change.codes:
        console.print(
            Padding(
                Text(f"Codes: {code_words(change.codes, 12)}", style="dim"), INDENT, expand=False
            )
        )
    console.print(Padding(Text(f"rule {change.rule}", style="dim"), INDENT, expand=False))


def _marked(change: Change, op: str, *, plain: bool) -> Text:
    """One side of a change with what is different marked: by colour for a person, by brackets where
    there is none.
    """
    text = Text()
    if (change.before if op == "delete" else change.after) is None:
        return text.append("nothing is said", style="dim italic")
    style = "red strike" if op == "delete" else "green underline"
    opening, closing = ("[-", "-]") if op == "delete" else ("{+", "+}")
    for span in redline(change.before, change.after):
        if span.op == "equal":
            text.append(span.text)
        elif span.op == op:
            bare = span.text.strip()
            marked = (
                span.text.replace(bare, f"{opening}{bare}{closing}", 1)
                if plain and bare
                else span.text
            )
            text.append(marked, style=style)
    return text


def _show_declared(console: Console, comparison: Comparison) -> None:
    """What the payer itself says, each thing with whether it was found."""
    if (counts := reconciled_sentence(comparison)) is None:
        return
    console.print()
    console.print(Text("What the payer says changed", style="bold underline"))
    console.print(Text(counts))
    for one in comparison.declarations:
        line = Text(
            f"{VERDICT_WORDS[one.verdict]}: ", style=DECLARED_STYLES.get(one.verdict, "dim")
        )
        line.append(f"“{one.text}”", style="default")
        line.append(f" ({where_words(one)})", style="dim")
        console.print(Padding(line, INDENT, expand=False))


def _show_rest(console: Console, comparison: Comparison, silent: int) -> None:
    console.print()
    rest = f"{counted(silent, 'change')} that {'decides' if silent == 1 else 'decide'} no claim"
    console.print(Text(f"{counted(comparison.unchanged, 'statement')} unchanged, {rest}."))
    told = [one for one in comparison.superseded if one.reason == "told"]
    if told:
        console.print(
            Text(f"{counted(len(told), 'further reading')} told by the changes above.", style="dim")
        )
    off = [
        one.rule
        for one in comparison.superseded
        if one.reason == "switched_off" and one.by == f"{one.difference}-{one.rule}"
    ]
    if off:
        text = (
            f"{counted(len(off), 'difference')} not told, because this installation switched "
            f"the rule off: {', '.join(dict.fromkeys(off))}."
        )
        console.print(Text(text, style="yellow"))
    _show_account(console, comparison)
    if comparison.reading_doubts:
        doubts = counted(len(comparison.reading_doubts), "difference")
        text = f"{doubts} in our reading alone: the documents have the same words there."
        console.print(Text(text, style="dim"))
    if comparison.not_comparable:
        left = counted(len(comparison.not_comparable), "statement")
        text = (
            f"{left} of one version cannot be compared: the other's source tells only a part of it."
        )
        console.print(Text(text, style="dim"))


def _show_account(console: Console, comparison: Comparison) -> None:
    """How many words differ and what became of them; those that nothing classifies in full."""
    account = comparison.account
    if account is None:
        return
    quiet = sum(account.quiet.values())
    text = (
        f"{counted(account.words_differing, 'word')} of the two documents differ: "
        f"{account.changed} told, {account.moved} moved, {quiet} quiet, "
        f"{account.not_classified} not classified."
    )
    console.print(Text(text, style="yellow" if account.not_classified else "dim"))
    for one in comparison.not_classified:
        line = Text(f"{one.before or 'nothing'} → {one.after or 'nothing'}")
        line.append(f"  [{one.place}]", style="dim")
        console.print(Padding(line, INDENT, expand=False))


def _show_actions(console: Console, comparison: Comparison) -> None:
    if not comparison.actions:
        return
    console.print()
    console.print(Text("What to do", style="bold underline"))
    for action in comparison.actions:
        due = f" ({action.due})" if action.due and action.due not in action.text else ""
        console.print(Padding(Text(f"• {action.text}{due}"), INDENT, expand=False))
