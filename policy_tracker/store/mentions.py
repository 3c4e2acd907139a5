"""Where a record names codes: pure projection of a record into rows that a lookup by code can
find.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from policy_tracker.record.answering import Answering, conditions_of, says_related
from policy_tracker.record.code_sets import AFTER_ALL, sort_key
from policy_tracker.record.drugs import TIED_KEY
from policy_tracker.record.governance import CodeClass, Tie, class_of, effective_positions
from policy_tracker.record.inside import inherited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.record import CodeRange, CodeRef, Record, Statement
    from policy_tracker.record.base import Value
    from policy_tracker.record.content import CodeGroup
    from policy_tracker.record.vocabulary import Position

MentionKind = Literal["code_group", "statement", "authorization", "pairing", "related"]
__all__ = [
    "AFTER_ALL",
    "Basis",
    "Mention",
    "bases",
    "facts",
    "mentions",
    "positions",
    "sort_key",
    "span_keys",
]
positions = effective_positions


@dataclass(frozen=True, slots=True)
class Mention:
    """A code or a range named at one place of a record; `statement` is the key of the statement
    concerned.

    `says` is a digest of what the place adds to the answer about the code: where it is the same in
    two records, they answer alike there.
    """

    kind: MentionKind
    named: CodeRef | CodeRange
    place: str
    heading: str | None = None
    position: Position | None = None
    statement: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    says: str = ""

    @property
    def basis(self) -> tuple[str, str, CodeClass]:
        """Under which name the basis of this mention is kept: its kind, its place, and the class of
        its code.
        """
        return self.kind, self.place, class_of(self.named.system)


class Basis(NamedTuple):
    """What the codes of one class that a place names rest on; `content` has `criteria`, and what
    pairings say of them.

    `diagnosis_set` describes the diagnoses with which procedures are paired, `pairings` say with
    which procedures a diagnosis is.
    """

    kind: MentionKind
    place: str
    code_class: CodeClass
    content: dict[str, Any]


def span_keys(span: CodeRange) -> tuple[str, str]:
    """Keys between which every member of a range sorts: from the first on, and before the second.

    What lies below the last code (`C00.91` of `C00.9`), and everything below a wildcard's stem,
    sorts behind it; codes between that are no members are left out afterwards by `CodeRange.holds`.
    """
    return sort_key(span.first), sort_key(span.last) + AFTER_ALL


def dates_of_statements(record: Record) -> dict[str, dict[str, Any]]:
    """From when until when the statements hold that have dates, their own or those of the
    statements above them, as plain data.
    """
    return {
        key: {
            name: _plain(fact)
            for name, fact in (("effective", effective), ("ends", ends))
            if fact is not None
        }
        for key, (effective, ends) in inherited(record.statements).items()
    }


def mentions(record: Record, answering: Answering | None = None) -> Iterator[Mention]:
    """Every place at which a record names a code or a range, in the record's order."""
    answers = answering or Answering(record)
    for group in record.code_groups:
        yield from _of_group(group, answers)
    for statement in record.statements:
        if statement.codes or statement.ranges:
            yield from _of_statement(statement, answers)
    yield from _of_authorizations(record, answers)
    for place, pairing in enumerate(record.pairings):
        detail = {"diagnoses": list(pairing.diagnoses), "otherwise": pairing.otherwise}
        for code in pairing.procedures:
            says = str(answers.says_pairing(place, class_of(code.system)))
            yield Mention(
                "pairing", code, f"pairings[{place}]", None, pairing.disposition, None, detail, says
            )
    for place, related in enumerate(record.related_policies):
        detail, says = _plain(related, "codes"), says_related(related)
        for code in related.codes:
            yield Mention(
                "related",
                code,
                f"related_policies[{place}]",
                related.title,
                None,
                None,
                detail,
                says,
            )
    # last, so that the places of what is printed keep their numbers
    for group in answers.record.code_groups:
        if group.key == TIED_KEY:
            yield from _of_group(group, answers)


def bases(record: Record, answering: Answering | None = None) -> Iterator[Basis]:
    """What the mentions of a record rest on, as far as there is anything."""
    answers, dated = answering or Answering(record), dates_of_statements(record)
    found: dict[tuple[MentionKind, str, CodeClass], dict[str, Any]] = {}
    for listing in answers.governance.listings:
        for code_class in listing.names:
            ties = answers.of_listing(listing.kind, listing.key, code_class)
            found[listing.kind, listing.key, code_class] = {
                "criteria": [_criterion(answers, tie, dated) for tie in ties]
            }
    for key, by_class in answers.governance.named.items():
        for code_class in by_class:
            ties = (*answers.governance.of_statement(key, code_class), Tie(key, "statement"))
            found["statement", key, code_class] = {
                "criteria": [_criterion(answers, tie, dated) for tie in ties]
            }
    for place, pairing in enumerate(record.pairings):
        names = answers.diagnoses(place)
        described = {"codes": len(names.codes), "ranges": len(names.spans), "digest": names.digest}
        paired = {
            "procedures": [_plain(code) for code in pairing.procedures],
            "otherwise": pairing.otherwise,
        }
        for code_class in {class_of(code.system) for code in pairing.procedures}:
            found.setdefault(("pairing", f"pairings[{place}]", code_class), {})["diagnosis_set"] = (
                described
            )
        for key in pairing.diagnoses:
            basis = found.setdefault(("code_group", key, "diagnosis"), {})
            basis["pairings"] = [
                *basis.get("pairings", []),
                paired | {"position": pairing.disposition},
            ]
    yield from (Basis(*name, content) for name, content in found.items() if any(content.values()))


def _criterion(answers: Answering, tie: Tie, dated: dict[str, dict[str, Any]]) -> dict[str, Any]:
    statement = answers.governance.by_key[tie.key]
    hidden = ("codes", "ranges", "source", "basis", "quantity_spans")
    said = _plain(statement, "position", "payer_term", *hidden)
    return (
        said
        | dated.get(tie.key, {})
        | {"position": answers.governance.positions[tie.key], "tied_by": tie.tied_by}
    )


def _of_group(group: CodeGroup, answers: Answering) -> Iterator[Mention]:
    shared = _plain(group, "key", "heading", "disposition", "codes", "ranges")
    known: dict[tuple[CodeClass, str], str] = {}

    def says(system: str, qualifiers: dict[str, Any]) -> str:
        name = class_of(system), repr(qualifiers)
        if name not in known:
            known[name] = str(answers.says_group(group, name[0], qualifiers))
        return known[name]

    for code in group.codes:
        detail = shared | _plain(code, "system", "code")
        said = says(code.system, conditions_of(code))
        yield Mention(
            "code_group", code, group.key, group.heading, group.disposition, None, detail, said
        )
    for span in group.ranges:
        said = says(span.system, conditions_of(span))
        yield Mention(
            "code_group",
            span,
            group.key,
            group.heading,
            group.disposition,
            None,
            shared | _ends(span),
            said,
        )


def _of_statement(statement: Statement, answers: Answering) -> Iterator[Mention]:
    key, position = statement.key, answers.governance.positions[statement.key]
    shared = _plain(
        statement,
        "key",
        "parent",
        "section",
        "role",
        "position",
        "logic",
        "phase",
        "text",
        "label",
        "quantities",
        "codes",
        "ranges",
    )
    says = {
        code_class: str(answers.says_statement(key, code_class))
        for code_class in answers.governance.named[key]
    }
    for code in statement.codes:
        yield Mention(
            "statement",
            code,
            key,
            statement.label,
            position,
            key,
            shared,
            says[class_of(code.system)],
        )
    for span in statement.ranges:
        yield Mention(
            "statement",
            span,
            key,
            statement.label,
            position,
            key,
            shared | _ends(span),
            says[class_of(span.system)],
        )


def _of_authorizations(record: Record, answers: Answering) -> Iterator[Mention]:
    for place, one in enumerate(record.authorizations):
        if one.codes:
            detail, says = _plain(one, "codes"), str(answers.says_authorization(place))
            for code in one.codes:
                yield Mention(
                    "authorization",
                    code,
                    f"authorizations[{place}]",
                    None,
                    None,
                    one.statement,
                    detail,
                    says,
                )


def _ends(span: CodeRange) -> dict[str, Any]:
    dates = (
        {}
        if span.effective is span.ends is None
        else _plain(span, "system", "first", "last", "raw")
    )
    return {"from": span.first, "to": span.last} | dates


def _plain(value: Value, *without: str) -> dict[str, Any]:
    """A value's stated fields as plain data."""
    return value.model_dump(mode="json", exclude_defaults=True, exclude=set(without))


def facts(record: Record) -> dict[str, Any]:
    """What an answer about a code needs of the version as a whole, small and without its code
    tables.
    """
    texts = {statement.key: statement.text for statement in record.statements}
    dated = dates_of_statements(record)
    wide = [
        {**_plain(one, "codes"), "text": texts.get(one.statement) if one.statement else None}
        | dated.get(one.statement or "", {})
        for one in record.authorizations
        if not one.codes
    ]
    told = record.model_dump(
        mode="json",
        exclude_defaults=True,
        include={
            "applies_to",
            "residual",
            "disagreements",
            "source_url",
            "source_kind",
            "completeness",
        },
    )
    return told | {"authorizations": wide, "read": record.extraction is not None}
