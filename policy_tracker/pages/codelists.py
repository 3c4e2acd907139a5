"""Codes as pages list them: by group, with their system in words and what the payer printed beside
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.pages import formatting
from policy_tracker.record.codes import describe_system

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.record.codes import CodeRange, ListedCode, Qualifiers
    from policy_tracker.record.content import CodeGroup, Record

DIAGNOSES = ("ICD10CM",)


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code as its table prints it. `code` is None for a range, whose print is `printed`."""

    code: str | None
    printed: str
    system: str
    description: str | None
    marker: str | None
    qualifiers: str | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of codes with one disposition."""

    key: str
    heading: str
    disposition: str
    disposition_words: str
    basis: str | None
    stated_by: str | None
    note: str | None
    place: str | None
    page: int | None
    rows: tuple[CodeLine, ...]


def group_view(group: CodeGroup, *, described: bool) -> GroupView:
    """A group for its table; `described` False leaves out the descriptors, for an installation that
    has no licence to show them.
    """
    return GroupView(
        key=group.key,
        heading=group.heading,
        disposition=group.disposition,
        disposition_words=formatting.sentence(formatting.position_words(group.disposition)),
        basis=formatting.NOT_COVERED_BASIS_WORDS[group.basis] if group.basis else None,
        stated_by=None
        if group.stated_by == "payer"
        else formatting.STATED_BY_WORDS[group.stated_by],
        note=group.note,
        place=formatting.place_words(group.source),
        page=group.source.page if group.source else None,
        rows=(
            *(_row(code, described=described) for code in group.codes),
            *(_range_row(span) for span in group.ranges),
        ),
    )


def groups_of(
    record: Record, *, described: bool, diagnoses: bool | None = None
) -> tuple[GroupView, ...]:
    """A record's groups; with `diagnoses` only those that hold diagnosis codes (True) or none
    (False).
    """
    chosen = [
        group
        for group in record.code_groups
        if diagnoses is None or holds_diagnoses(group) == diagnoses
    ]
    return tuple(group_view(group, described=described) for group in chosen)


def holds_diagnoses(group: CodeGroup) -> bool:
    """Whether a group lists diagnosis codes."""
    return any(member.system in DIAGNOSES for member in (*group.codes, *group.ranges))


def _row(code: ListedCode, *, described: bool) -> CodeLine:
    return CodeLine(
        code=code.code,
        printed=code.code,
        system=describe_system(code.system, code.code),
        description=code.description if described else None,
        marker=code.marker,
        qualifiers=_qualifier_words(code.qualifiers),
        page=code.source.page if code.source else None,
    )


def _range_row(span: CodeRange) -> CodeLine:
    return CodeLine(
        code=None,
        printed=span.raw,
        system=describe_system(span.system, span.first),
        description=None,
        marker=None,
        qualifiers=None,
    )


def _qualifier_words(qualifiers: Qualifiers) -> str | None:
    parts = [
        _named("modifier", qualifiers.modifiers),
        _named("place of service", qualifiers.place_of_service),
        _named("revenue code", qualifiers.revenue),
    ]
    return "; ".join(part for part in parts if part) or None


def _named(noun: str, values: Iterable[str]) -> str | None:
    listed = list(values)
    return f"{noun} {formatting.listed(listed, 'or')}" if listed else None
