"""A record: what one edition of a policy says, as frozen values.

A field that is absent means "not stated", never "no". The payer's own words stand beside our terms (`payer_term`, `raw`), verbatim.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from policy_tracker.record.base import Value
from policy_tracker.record.codes import Code, CodeInList, Range
from policy_tracker.record.quantities import Quantity, Span
from policy_tracker.record.source import Source
from policy_tracker.record.time import DateFact, Dates, IsoDate
from policy_tracker.record.vocabulary import (
    Completeness,
    Funding,
    LineOfBusiness,
    NotCoveredBasis,
    Phase,
    PolicyType,
    Position,
    Relation,
    Requirement,
    Role,
    SectionKind,
    SourceKind,
    StatedBy,
)

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$", max_length=120)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*$", max_length=400)]
EditionLabel = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$", max_length=120)]
Text = Annotated[str, Field(min_length=1, max_length=200_000)]
State = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


def _known_logic(value: str | None) -> str | None:
    if value is None or re.fullmatch(r"all_of|any_of|none_of|at_least:[1-9]\d?", value):
        return value
    message = f"{value!r} is not all_of, any_of, none_of or at_least:N"
    raise ValueError(message)


Logic = Annotated[str | None, AfterValidator(_known_logic), Field(json_schema_extra={"pattern": r"^(all_of|any_of|none_of|at_least:[1-9]\d?)$"})]


class States(Value):
    """Where something applies: only in `include` (everywhere if empty), and not in `exclude`; two-letter codes."""

    include: tuple[State, ...] = ()
    exclude: tuple[State, ...] = ()


class AppliesTo(Value):
    """Which plans something applies to; an empty list means that the payer does not narrow it. `governed_by` names law or contract that overrides it."""

    lines_of_business: tuple[LineOfBusiness, ...] = ()
    funding: tuple[Funding, ...] = ()
    states: States = States()
    governed_by: tuple[str, ...] = ()


class Specialty(Value):
    """A medical specialty concerned, and who says so."""

    name: str
    stated_by: StatedBy


class Section(Value):
    """A part of the document; `logic` says how its top statements combine."""

    key: Key
    heading: str
    kind: SectionKind = "other"
    logic: Logic = None


class Statement(Value):
    """One thing that the policy says.

    `logic` says how its children combine (children name it as `parent`). `position` is that of the governing sentence; `basis` says why something is
    `not_covered`. `text` is verbatim.
    """

    key: Key
    parent: Key | None = None
    section: Key
    role: Role
    position: Position | None = None
    basis: NotCoveredBasis | None = None
    payer_term: str | None = None
    logic: Logic = None
    phase: Phase | None = None
    text: Text
    label: str | None = None
    quantities: tuple[Quantity, ...] = ()
    codes: tuple[Code, ...] = ()
    ranges: tuple[Range, ...] = ()
    applies_to: AppliesTo | None = None
    effective: DateFact | None = None
    source: Source | None = None


class CodeGroup(Value):
    """Codes under one heading with one disposition; one code may stand in several groups."""

    key: Key
    heading: str
    disposition: Position
    basis: NotCoveredBasis | None = None
    stated_by: StatedBy = "payer"
    note: str | None = None
    codes: tuple[CodeInList, ...] = ()
    ranges: tuple[Range, ...] = ()
    source: Source | None = None


class Pairing(Value):
    """Procedures that have `disposition` with one of the diagnosis groups named, and `otherwise` without."""

    procedures: tuple[Code, ...]
    diagnoses: tuple[Key, ...]
    disposition: Position
    otherwise: Position | None = None


class Authorization(Value):
    """What must be authorized before, for which codes (all of the policy's where empty), in which phase, by whom, and for how long it holds."""

    codes: tuple[Code, ...] = ()
    requirement: Requirement
    phase: Phase | None = None
    vendor: str | None = None
    valid_for: Span | None = None
    statement: Key | None = None
    applies_to: AppliesTo | None = None


class Residual(Value):
    """The position of everything that the policy does not name."""

    position: Position
    text: Text
    source: Source | None = None


class RelatedPolicy(Value):
    """Another policy, and how this one refers to it."""

    payer: Slug
    policy: Slug
    relation: Relation
    why: str | None = None
    title: str | None = None
    codes: tuple[Code, ...] = ()


class HistoryRow(Value):
    """A row of the payer's own revision history."""

    date: IsoDate | None = None
    type: str | None = None
    text: str = ""
    source: Source | None = None


class Claim(Value):
    """What one place of the source says."""

    text: Text
    source: Source | None = None


class Disagreement(Value):
    """A matter in which the source is at odds with itself; every claim is kept with its place."""

    about: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    claims: Annotated[tuple[Claim, ...], Field(min_length=2)]


class Unread(Value):
    """A part of the document that was not read, and why."""

    page: int | None = None
    why: str
    text: str | None = None


class Extraction(Value):
    """How the record came from its document; `share` is the part (0 to 1) of the coverage part's words that its statements account for."""

    extractor: str
    version: int
    share: Annotated[float, Field(ge=0, le=1)] | None = None
    unread: tuple[Unread, ...] = ()
    warnings: tuple[str, ...] = ()


class Withdrawal(Value):
    """The payer took this edition back, as if it had never been issued; `on` is when that became known."""

    on: IsoDate | None = None
    why: str


class Record(Value):
    """An edition's record.

    `edition` is the edition's identity within its policy: the payer's version label, else the issued or published date, else the effective date.
    `completeness` is `partial` where the source tells only a part of what the edition says: what it does not mention may have stood there too, and
    cannot be compared. `corrects` (why) marks a record that replaces what was recorded before of the same edition; `withdrawn` one that the payer took back.
    """

    record: Literal[1]
    payer: Slug
    policy: Slug
    policy_number: str | None = None
    aliases: tuple[str, ...] = ()
    title: Text
    policy_type: PolicyType
    edition: EditionLabel
    version_label: str | None = None
    source_kind: SourceKind
    completeness: Completeness = "whole"
    source_url: Annotated[str, Field(pattern=r"^https?://", max_length=2000)] | None = None
    corrects: str | None = None
    withdrawn: Withdrawal | None = None
    dates: Dates = {}
    scope: str | None = None
    specialties: tuple[Specialty, ...] = ()
    applies_to: AppliesTo = AppliesTo()
    sections: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    code_groups: tuple[CodeGroup, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    residual: Residual | None = None
    related_policies: tuple[RelatedPolicy, ...] = ()
    revision_history: tuple[HistoryRow, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    extraction: Extraction | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> "Record":
        problems = [*_key_problems(self), *_basis_problems(self), *_code_problems(self), *_date_problems(self)]
        if problems:
            raise ValueError("; ".join(problems))
        return self


def _twice(keys: Iterable[object]) -> list[object]:
    seen: set[object] = set()
    return [key for key in keys if key in seen or seen.add(key)]


def _key_problems(record: Record) -> list[str]:
    """Keys that repeat, and references that lead nowhere. A parent must stand before its children, so there is no circle."""
    problems = [f"sections: key {key!r} twice" for key in _twice(s.key for s in record.sections)]
    problems += [f"statements: key {key!r} twice" for key in _twice(s.key for s in record.statements)]
    problems += [f"code_groups: key {key!r} twice" for key in _twice(g.key for g in record.code_groups)]
    sections, groups = {s.key for s in record.sections}, {g.key for g in record.code_groups}
    above: set[str] = set()
    for place, statement in enumerate(record.statements):
        if statement.section not in sections:
            problems.append(f"statements[{place}].section: there is no section {statement.section!r}")
        if statement.parent and statement.parent not in above:
            problems.append(f"statements[{place}].parent: no earlier statement has the key {statement.parent!r}")
        above.add(statement.key)
    problems += [
        f"pairings[{place}].diagnoses: there is no code group {key!r}" for place, p in enumerate(record.pairings) for key in p.diagnoses if key not in groups
    ]
    return problems + [
        f"authorizations[{place}].statement: there is no statement {a.statement!r}"
        for place, a in enumerate(record.authorizations)
        if a.statement and a.statement not in above
    ]


def _basis_problems(record: Record) -> list[str]:
    named = [(f"statements[{i}]", s.position, s.basis) for i, s in enumerate(record.statements)]
    named += [(f"code_groups[{i}]", g.disposition, g.basis) for i, g in enumerate(record.code_groups)]
    return [f"{place}.basis: only what is not_covered has a basis" for place, position, basis in named if basis and position != "not_covered"]


def _code_problems(record: Record) -> list[str]:
    """A code may stand in several groups, and in one group with different qualifiers, but not twice alike."""
    return [
        f"code_groups[{place}].codes: {key[1]} twice"
        for place, group in enumerate(record.code_groups)
        for key in _twice((c.system, c.code, c.qualifiers, c.marker) for c in group.codes)
        if isinstance(key, tuple)
    ]


def _date_problems(record: Record) -> list[str]:
    """An edition cannot end before it begins, and only an effective date is compared with a date of a claim."""
    problems = [f"dates.{name}.basis: only the effective date has a basis" for name, fact in record.dates.items() if fact.basis and name != "effective"]
    effective = record.dates.get("effective")
    for name in ("superseded_on", "retired"):
        end = record.dates.get(name)
        if effective and end and effective.first_day and end.first_day and end.first_day < effective.first_day:
            problems.append(f"dates.{name}: {end.date} lies before the effective date {effective.date}")
    return problems
