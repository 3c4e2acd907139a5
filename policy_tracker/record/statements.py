"""What a policy says: its sections, and the statements in them."""

from typing import Annotated

from pydantic import Field

from policy_tracker.record.base import Value
from policy_tracker.record.codes import Code, Range
from policy_tracker.record.quantities import Quantity
from policy_tracker.record.source import Source, Spans
from policy_tracker.record.texts import TOPIC, Key, Logic, State, Text
from policy_tracker.record.time import DateFact
from policy_tracker.record.vocabulary import (
    Funding,
    LineOfBusiness,
    NotCoveredBasis,
    Phase,
    Position,
    Role,
    SectionKind,
)


class States(Value):
    """Where something applies, as two-letter codes."""

    include: tuple[State, ...] = ()
    """Only there; empty: everywhere."""
    exclude: tuple[State, ...] = ()
    """Not there."""


class AppliesTo(Value):
    """Which plans something applies to; an empty list means that the payer does not narrow it."""

    lines_of_business: tuple[LineOfBusiness, ...] = ()
    """The lines of business."""
    funding: tuple[Funding, ...] = ()
    """Who bears the risk: an insurer (`fully_insured`) or the employer (`self_funded`, ASO)."""
    states: States = States()
    """The states."""
    governed_by: tuple[Text, ...] = ()
    """Law or contract that overrides the policy there, in the payer's words."""


class Section(Value):
    """A part of the document."""

    key: Key
    """Its name within this version."""
    heading: Text
    """The heading, as printed."""
    kind: SectionKind = "other"
    """What the part is about."""
    logic: Logic | None = None
    """How its top statements combine."""
    spans: Spans = ()
    """The characters of the document that print the heading."""


class Statement(Value):
    """One thing that the policy says; statements stand in the order of the document, a parent
    before its children.
    """

    key: Key
    """Its name within this version; the same statement best keeps its key from version to version.
    """
    parent: Key | None = None
    """The key of the statement that it is a part of."""
    section: Key
    """The key of its section."""
    role: Role
    """What it does: gives a position, sets a criterion or a limit, excludes, asks for documents or
    authorization, and so on.
    """
    position: Position | None = None
    """The position of the sentence that governs it."""
    basis: NotCoveredBasis | None = None
    """Why something is `not_covered`."""
    payer_term: str | None = None
    """The payer's own words for the position, verbatim."""
    logic: Logic | None = None
    """How its children combine: `all_of`, `any_of`, `none_of` or `at_least:N`."""
    phase: Phase | None = None
    """Whether it is about the first authorization or about going on."""
    text: Text
    """What the policy says, verbatim."""
    label: str | None = None
    """A short name for people, where the text is long."""
    quantities: tuple[Quantity, ...] = ()
    """The numbers in it."""
    quantity_spans: tuple[Spans, ...] = ()
    """For each of the numbers, the characters of the document that say it; none in records written
    by people.
    """
    codes: tuple[Code, ...] = ()
    """The codes that it names or is about."""
    ranges: tuple[Range, ...] = ()
    """The ranges of codes that it names or is about."""
    applies_to: AppliesTo | None = None
    """Which plans it applies to, where that is narrower than the policy."""
    effective: DateFact | None = None
    """The first day on which it applies, where that differs from the policy's."""
    ends: DateFact | None = None
    """The last day on which it applies; `undated`: it ended before the policy's own start."""
    source: Source | None = None
    """Where it stands."""


class Residual(Value):
    """The position of everything that the policy does not name."""

    position: Position
    """The position."""
    text: Text
    """What the policy says about it."""
    source: Source | None = None
    """Where it stands."""


class Claim(Value):
    """What one place of the source says."""

    text: Text
    """What it says."""
    source: Source | None = None
    """Where it stands."""


class Disagreement(Value):
    """A matter in which the source is at odds with itself; every claim is kept with its place."""

    about: Annotated[str, Field(pattern=TOPIC)]
    """The matter, in one word: `prior_auth`."""
    claims: Annotated[tuple[Claim, ...], Field(min_length=2)]
    """What the places say, two at least."""
