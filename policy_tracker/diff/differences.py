"""A difference between two versions, with what governs it on both sides, and no
judgement of what it means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from policy_tracker.diff.align import Alignment
from policy_tracker.diff.blocks import UnmatchedBlock
from policy_tracker.diff.formulas.restructured import Restructured
from policy_tracker.diff.pairings import Paired
from policy_tracker.diff.tree import Side
from policy_tracker.record import CodeRange, CodeRef, ListedCode, Source, digest
from policy_tracker.record.base import Value
from policy_tracker.record.content import (
    HistoryRow,
    RelatedPolicy,
    Residual,
    Section,
    Specialty,
    Statement,
)
from policy_tracker.record.vocabulary import CodeSystem

Subject = Literal[
    "statement",
    "section",
    "codes",
    "pairing",
    "authorization",
    "date",
    "title",
    "identity",
    "policy_type",
    "scope",
    "applies_to",
    "residual",
    "related_policy",
    "specialty",
    "history",
    "standing",
]
Op = Literal["added", "removed", "modified", "replaced", "requalified", "restated"]
Known = Literal["listed", "named", "residual", "payer_default", "unknown"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a code stands: its group and what that says of it."""

    group: str
    heading: str
    disposition: str
    basis: str | None
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EffectivePosition:
    """The position that answers for something in one version, and on what that rests."""

    position: str | None
    known: Known


@dataclass(frozen=True, slots=True)
class CodesAt:
    """Codes and ranges in one version: the rows as printed, the groups they all stand in, and the
    position that answers for them.
    """

    rows: tuple[ListedCode | CodeRange, ...]
    placements: tuple[Placement, ...]
    effective: EffectivePosition


@dataclass(frozen=True, slots=True)
class Listed:
    """One named list of a record (lines of business, states, funding) as a set; empty means that
    nothing is narrowed.

    `printed` are the same items in the order in which the record has them.
    """

    name: str
    items: tuple[str, ...]
    printed: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A named text of a record that is no statement: title, scope, type, number."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class VersionStanding:
    """Whether a version is in force at all: why it is not (`retired`, `withdrawn`), and since when
    as printed.
    """

    state: Literal["in_force", "retired", "withdrawn"]
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """Two values of one matter: an authorization entry with the statement that words it, a named
    date.
    """

    value: Value
    name: str | None = None
    statement: Statement | None = None


Content = (
    Statement
    | Section
    | CodesAt
    | Joint
    | Listed
    | Phrase
    | VersionStanding
    | Paired
    | Residual
    | RelatedPolicy
    | Specialty
    | HistoryRow
)


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """One difference.

    Two differences are equal if they are one object; their `hash` says whether they are about one
    difference.

    `place` names the matter within the comparison, `above` the places of the statements over it,
    nearest first. `fields` are those that differ where both sides have something. `sides` say where
    a statement stands in each version; `fallback` what each version says of everything that it does
    not name; `takes` are the positions (+1 approving, -1 denying) that the two versions take at
    all. `hash` identifies the difference for ever: policy, both versions, place, and the content of
    both sides without its provenance. `named` are the codes and ranges of a code table as people
    write them. `block` is what came or went together with a statement that leads it. `starts` are
    the days from which the two versions apply, as far as they are stated. `come` and `gone` are the
    codes that a statement of both names on one side alone; of a statement that one version alone
    makes, those that the other names nowhere and that no statement of both tells. `criteria` is
    what a statement's coming, going or moving does to the formula that it is a part of, where that
    can be decided.
    """

    subject: Subject
    op: Op
    place: str
    before: Content | None
    after: Content | None
    hash: str
    fields: frozenset[str] = frozenset()
    side_before: Side | None = None
    side_after: Side | None = None
    above: tuple[str, ...] = ()
    fallback_before: EffectivePosition = EffectivePosition(None, "unknown")
    fallback_after: EffectivePosition = EffectivePosition(None, "unknown")
    takes: frozenset[int] = frozenset()
    codes: tuple[CodeRef, ...] = ()
    named: tuple[str, ...] = ()
    block: UnmatchedBlock | None = None
    starts: tuple[str | None, str | None] = (None, None)
    added: tuple[CodeRef, ...] = ()
    removed: tuple[CodeRef, ...] = ()
    criteria: Restructured | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """A statement that both versions make."""

    before: Statement
    after: Statement


@dataclass(frozen=True, slots=True)
class NotComparable:
    """What one version says and the other's source does not tell of."""

    side: Literal["before", "after"]
    place: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences between two versions, what stayed the same, what cannot be compared, and
    which statement was taken for which.
    """

    differences: tuple[Difference, ...]
    same: tuple[Same, ...]
    not_comparable: tuple[NotComparable, ...]
    alignment: Alignment


def code_refs(codes: tuple[CodeRef, ...]) -> tuple[CodeRef, ...]:
    """Codes as plain references, each once, sorted by system and code."""
    found = {(code.system, code.code) for code in codes}
    return tuple(code_ref(system, code) for system, code in sorted(found))


@lru_cache(maxsize=16_384)  # lists of thousands of codes hold the same ones in every version
def code_ref(system: CodeSystem, code: str) -> CodeRef:
    """A reference to a code of a record, which was checked when the record was made."""
    return CodeRef.model_construct(system=system, code=code)


def difference_hash(
    policy: tuple[str, str],
    versions: tuple[str | None, str],
    place: str,
    before: object,
    after: object,
) -> str:
    """The identity of a difference: 32 hexadecimal digits over policy, versions, place and both
    contents (plain data).
    """
    return digest(list(policy), list(versions), place, before, after, length=32)


ENGINE = "9"
"""Counted up when the same two records give other differences than before."""
