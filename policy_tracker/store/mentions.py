"""Where a record names codes: pure projection of a record into rows that a lookup by code can find."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from policy_tracker.record.inside import inherited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.record import CodeRange, CodeRef, Record, Statement
    from policy_tracker.record.base import Value
    from policy_tracker.record.content import CodeGroup
    from policy_tracker.record.vocabulary import Position

MentionKind = Literal["code_group", "statement", "authorization", "pairing", "related"]
AFTER_ALL = "~"
"""Sorts behind every character of a code."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A code or a range named at one place of a record; `statement` is the key of the statement concerned."""

    kind: MentionKind
    named: CodeRef | CodeRange
    place: str
    heading: str | None = None
    position: Position | None = None
    statement: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def sort_key(code: str) -> str:
    """A code as it is compared with the ends of a range: without its point."""
    return code.replace(".", "")


def span_keys(span: CodeRange) -> tuple[str, str]:
    """Keys between which every member of a range sorts: from the first on, and before the second.

    What lies below the last code (`C00.91` of `C00.9`), and everything below a wildcard's stem, sorts behind it; codes between that are
    no members are left out afterwards by `CodeRange.holds`.
    """
    return sort_key(span.first), sort_key(span.last) + AFTER_ALL


def positions(record: Record) -> dict[str, Position | None]:
    """Each statement's position: its own, or else its governing sentence's."""
    found: dict[str, Position | None] = {}
    for statement in record.statements:  # a parent always stands before its children
        found[statement.key] = statement.position or (found[statement.parent] if statement.parent else None)
    return found


def dates_of_statements(record: Record) -> dict[str, dict[str, Any]]:
    """From when until when the statements hold that have dates, their own or those of the statements above them, as plain data."""
    return {
        key: {name: _plain(fact) for name, fact in (("effective", effective), ("ends", ends)) if fact is not None}
        for key, (effective, ends) in inherited(record.statements).items()
    }


def mentions(record: Record) -> Iterator[Mention]:
    """Every place at which a record names a code or a range, in the record's order."""
    for group in record.code_groups:
        yield from _of_group(group)
    inherited = positions(record)
    for statement in record.statements:
        yield from _of_statement(statement, inherited[statement.key])
    yield from _of_authorizations(record)
    for place, pairing in enumerate(record.pairings):
        detail = {"diagnoses": list(pairing.diagnoses), "otherwise": pairing.otherwise}
        for code in pairing.procedures:
            yield Mention("pairing", code, f"pairings[{place}]", None, pairing.disposition, None, detail)
    for place, related in enumerate(record.related_policies):
        for code in related.codes:
            yield Mention("related", code, f"related_policies[{place}]", related.title, None, None, _plain(related, "codes"))


def _of_group(group: CodeGroup) -> Iterator[Mention]:
    shared = _plain(group, "key", "heading", "disposition", "codes", "ranges")
    for code in group.codes:
        yield Mention("code_group", code, group.key, group.heading, group.disposition, None, shared | _plain(code, "system", "code"))
    for span in group.ranges:
        yield Mention("code_group", span, group.key, group.heading, group.disposition, None, shared | _ends(span))


def _of_statement(statement: Statement, position: Position | None) -> Iterator[Mention]:
    shared = _plain(
        statement, "key", "parent", "section", "role", "position", "logic", "phase", "text", "label", "quantities", "codes", "ranges"
    )
    for code in statement.codes:
        yield Mention("statement", code, statement.key, statement.label, position, statement.key, shared)
    for span in statement.ranges:
        yield Mention("statement", span, statement.key, statement.label, position, statement.key, shared | _ends(span))


def _of_authorizations(record: Record) -> Iterator[Mention]:
    for place, authorization in enumerate(record.authorizations):
        for code in authorization.codes:
            yield Mention(
                "authorization", code, f"authorizations[{place}]", None, None, authorization.statement, _plain(authorization, "codes")
            )


def _ends(span: CodeRange) -> dict[str, Any]:
    dates = {} if span.effective is span.ends is None else _plain(span, "system", "first", "last", "raw")
    return {"from": span.first, "to": span.last} | dates


def _plain(value: Value, *without: str) -> dict[str, Any]:
    """A value's stated fields as plain data."""
    return value.model_dump(mode="json", exclude_defaults=True, exclude=set(without))


def facts(record: Record) -> dict[str, Any]:
    """What an answer about a code needs of the edition as a whole, small and without its code tables."""
    texts = {statement.key: statement.text for statement in record.statements}
    dated = dates_of_statements(record)
    wide = [
        {**_plain(one, "codes"), "text": texts.get(one.statement) if one.statement else None} | dated.get(one.statement or "", {})
        for one in record.authorizations
        if not one.codes
    ]
    told = record.model_dump(
        mode="json", exclude_defaults=True, include={"applies_to", "residual", "disagreements", "source_url", "source_kind", "completeness"}
    )
    return told | {"authorizations": wide}
