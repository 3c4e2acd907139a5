"""An answer about a code on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from policy_tracker.pages.formatting import (
    LINE_WORDS,
    PHASE_WORDS,
    REQUIREMENT_WORDS,
    ROLE_WORDS,
    SOURCE_KIND_WORDS,
    date_fact_words,
    listed,
    long_date,
    matter_words,
    plain_date,
    position_words,
    review_words,
    sentence,
    spoken,
    start_words,
    unreachable_words,
)
from policy_tracker.pages.on_file import on_file
from policy_tracker.record.vocabulary import APPROVING, DENYING

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from policy_tracker.store.views import (
        AuthorizationView,
        CodeAnswer,
        DispositionView,
        PolicyAnswer,
    )

INDENT = (0, 0, 0, 2)


def show_code(
    console: Console, found: CodeAnswer, *, descriptors: bool, today: date, time_zone: str
) -> None:
    """Each policy's answer with what it rests on, then the payers that say nothing."""
    as_of = found.question.as_of
    is_today = f" (today, {time_zone})" if as_of == today else ""
    console.print(
        Text.assemble(
            (found.code, "bold"), (f" · {found.kind} · as of {long_date(as_of)}{is_today}", "dim")
        )
    )
    if found.question.known_at:
        console.print(
            Text(
                f"by what was recorded until {found.question.known_at:%Y-%m-%d %H:%M} UTC",
                style="dim",
            )
        )
    for answer in found.policies:
        _show_policy(console, answer, as_of, descriptors=descriptors)
    _show_silent(console, found)


def payer_words(name: str, *, fixture: bool) -> str:
    """A payer's name; an invented one is said to be so."""
    return f"{name} (invented)" if fixture and "(invented" not in name else name


def _show_policy(console: Console, answer: PolicyAnswer, as_of: date, *, descriptors: bool) -> None:
    policy = answer.policy
    console.print()
    console.print(
        Text.assemble(
            (f"{payer_words(policy.payer_name, fixture=policy.fixture)} · {policy.label}", "bold"),
            f" · {policy.title}",
        )
    )
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(ratio=1)
    for label, text in _rows(answer, as_of, descriptors=descriptors):
        rows.add_row(label, text)
    console.print(Padding(rows, INDENT, expand=False))


def _rows(answer: PolicyAnswer, as_of: date, *, descriptors: bool) -> list[tuple[str, Text]]:
    governing = answer.governing
    rows = [("Position", _positions(answer))]
    rows += [
        ("", Text(_disposition(disposition, descriptors=descriptors), style="dim"))
        for disposition in answer.dispositions
    ]
    rows += [("Not this day", Text(other.sentence, style="yellow")) for other in answer.other_days]
    if governing.version and governing.start:
        until = f", until {plain_date(governing.until)}" if governing.until else ""
        rows.append(
            (
                "Version",
                Text(
                    f"{governing.version}, {'since ' if governing.start.day else ''}"
                    f"{start_words(governing.start)}{until}"
                ),
            )
        )
    if told := on_file(governing, as_of):
        rows.append(
            ("Text", Text(told.sentence, style="yellow" if told.certainty == "uncertain" else ""))
        )
        if told.nearest:
            rows.append(("Nearest", Text(listed(list(told.nearest)))))
    rows.append(
        ("Why", Text(spoken(sentence(governing.reason) if governing.version else governing.why)))
    )
    rows += [("Authorization", Text(_authorization(one))) for one in answer.authorizations]
    rows += [
        (ROLE_WORDS[statement.role], Text(f"“{statement.text}”")) for statement in answer.statements
    ]
    named = {statement.key for statement in answer.statements}
    rows += [
        (ROLE_WORDS[one.role], Text(f"“{one.text}”", style="dim"))
        for one in answer.criteria
        if one.key not in named
    ]
    if answer.residual and not answer.positions:
        rows.append(
            (
                "Otherwise",
                Text(
                    f"{sentence(position_words(answer.residual.position))}: "
                    f"“{answer.residual.text}”"
                ),
            )
        )
    if answer.applies is not True and answer.applies_why:
        rows.append(("Applies", Text(answer.applies_why, style="yellow")))
    rows += [
        ("Disagreement", _disagreement(one.about, [claim.text for claim in one.claims]))
        for one in answer.disagreements
    ]
    rows += [
        ("Not given", Text(f"{unknown.field.replace('_', ' ')}: {unknown.why}", style="yellow"))
        for unknown in answer.unknowns
    ]
    if answer.next_change:
        rows.append(("Next", Text(answer.next_change.sentence, style="bold")))
    if answer.source_kind:
        partial = (
            "; it tells only a part of what the version says"
            if answer.completeness == "partial"
            else ""
        )
        review = f"; {review_words(answer.review_state)}" if answer.review_state else ""
        rows.append(
            (
                "Source",
                Text(f"{SOURCE_KIND_WORDS[answer.source_kind]}{partial}{review}", style="dim"),
            )
        )
    return rows


def _positions(answer: PolicyAnswer) -> Text:
    if not answer.positions:
        text = (
            ("not on this day" if answer.other_days else "not named by this version")
            if answer.governing.status == "in_force"
            else f"no answer: {answer.governing.status.replace('_', ' ')}"
        )
        return Text(sentence(text), style="bold")
    line = Text()
    for number, position in enumerate(answer.positions):
        line.append("; " if number else "")
        style = (
            "bold green" if position in APPROVING else "bold red" if position in DENYING else "bold"
        )
        line.append(
            sentence(position_words(position)) if not number else position_words(position),
            style=style,
        )
    return line


def _disposition(one: DispositionView, *, descriptors: bool) -> str:
    place = {"code_group": "code list ", "statement": "statement ", "pairing": ""}[one.stated_in]
    parts = [f"{position_words(one.position)}: {place}{one.heading or one.place}"]
    if not one.exact:
        parts.append(f"within {one.matched}")
    if one.modifiers:
        parts.append(f"with modifier {listed(one.modifiers, 'or')}")
    if one.places_of_service:
        parts.append(f"at place of service {listed(one.places_of_service, 'or')}")
    if one.stated_by == "inferred" and one.note:
        parts.append(one.note)
    if one.effective:
        parts.append(f"from {date_fact_words(one.effective)}")
    if one.ends:
        parts.append(f"through {date_fact_words(one.ends)}")
    if one.diagnoses:
        parts.append(f"code group {listed(one.diagnoses, 'or')}")
    if descriptors and one.description:
        parts.append(f"printed as “{one.description}”")
    return ", ".join(parts)


def _authorization(one: AuthorizationView) -> str:
    phase = f" for {PHASE_WORDS[one.phase]}" if one.phase else ""
    vendor = f", decided by {one.vendor}" if one.vendor else ""
    every = " (said of the whole policy)" if one.every_code else ""
    lines = (
        f", {listed([LINE_WORDS[line] for line in one.applies_to.lines_of_business])} plans"
        if one.applies_to and one.applies_to.lines_of_business
        else ""
    )
    return f"{REQUIREMENT_WORDS[one.requirement]}{phase}{lines}{vendor}{every}"


def _disagreement(about: str, claims: list[str]) -> Text:
    return Text(
        f"The source disagrees with itself about {matter_words(about)}: "
        + " / ".join(f"“{claim}”" for claim in claims),
        style="yellow",
    )


def _show_silent(console: Console, found: CodeAnswer) -> None:
    console.print()
    for default in found.defaults:
        who = payer_words(default.name, fixture=default.fixture)
        said = f"by its stated default {position_words(default.position)}: “{default.text}”"
        console.print(Text(f"{who}: no policy names it; {said}"))
    if found.not_addressed:
        names = listed(
            [payer_words(payer.name, fixture=payer.fixture) for payer in found.not_addressed]
        )
        console.print(Text(f"Not addressed by {names}. Silence is not a denial.", style="dim"))
    if found.found_by_no_code:
        console.print(Text(unreachable_words(found.found_by_no_code), style="dim"))
    console.print(Text(found.not_watched_why, style="dim"))
