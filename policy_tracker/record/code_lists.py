"""The codes that a policy lists, and what is said of them."""

from typing import Annotated

from pydantic import Field

from policy_tracker.record.base import Value
from policy_tracker.record.codes import Code, CodeInList, Range
from policy_tracker.record.quantities import Span
from policy_tracker.record.source import Source
from policy_tracker.record.statements import AppliesTo
from policy_tracker.record.texts import Key, Text
from policy_tracker.record.vocabulary import NotCoveredBasis, Phase, Position, Requirement, StatedBy


class CodeGroup(Value):
    """Codes under one heading with one disposition; one code may stand in several groups."""

    key: Key
    """Its name within this version."""
    heading: Text
    """The heading, as printed."""
    disposition: Position
    """What the policy says of its codes."""
    basis: NotCoveredBasis | None = None
    """Why they are `not_covered`."""
    stated_by: StatedBy = "payer"
    """Who puts the codes there."""
    note: str | None = None
    """What else is said about the group."""
    codes: tuple[CodeInList, ...] = ()
    """The codes that are printed one by one."""
    ranges: tuple[Range, ...] = ()
    """The ranges and wildcards, as printed."""
    statement: Key | None = None
    """The key of the sentence that names them, where they stand in no list of their own."""
    source: Source | None = None
    """Where the list stands."""


class Pairing(Value):
    """Procedures whose disposition hangs on the diagnosis."""

    procedures: Annotated[tuple[Code, ...], Field(min_length=1)]
    """The procedures."""
    diagnoses: Annotated[tuple[Key, ...], Field(min_length=1)]
    """The keys of the code groups that hold the diagnoses."""
    disposition: Position
    """The disposition with one of these diagnoses."""
    otherwise: Position | None = None
    """The disposition without."""


class Authorization(Value):
    """What must be authorized before."""

    codes: tuple[Code, ...] = ()
    """The codes; empty: all of the policy's."""
    requirement: Requirement
    """Whether authorization is needed."""
    phase: Phase | None = None
    """In which phase of treatment."""
    vendor: str | None = None
    """Who decides, where it is not the payer itself."""
    valid_for: Span | None = None
    """For how long it holds."""
    statement: Key | None = None
    """The key of the statement that says so."""
    applies_to: AppliesTo | None = None
    """Which plans it applies to, where that is narrower than the policy."""
