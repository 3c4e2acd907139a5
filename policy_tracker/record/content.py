"""A record: what one version of a policy says, as frozen values.

A field that is absent means "not stated", never "no". The payer's own words stand beside our terms
(`payer_term`, `raw`), verbatim.
"""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from policy_tracker.record.base import Flag, FormatVersion, Value, Whole
from policy_tracker.record.code_lists import Authorization, CodeGroup, Pairing
from policy_tracker.record.codes import Code
from policy_tracker.record.coherence import INCOHERENT, problems_of
from policy_tracker.record.source import Source, Spans
from policy_tracker.record.statements import (
    AppliesTo,
    Claim,
    Disagreement,
    Residual,
    Section,
    Statement,
    States,
)
from policy_tracker.record.texts import Key, Logic, Slug, State, Text, VersionLabel, WebAddress
from policy_tracker.record.time import Dates, IsoDate
from policy_tracker.record.vocabulary import (
    Completeness,
    MarkName,
    PolicyType,
    Relation,
    SourceKind,
    StatedBy,
)

__all__ = [
    "AppliesTo",
    "Authorization",
    "Claim",
    "CodeGroup",
    "Disagreement",
    "Extraction",
    "HistoryRow",
    "Key",
    "Logic",
    "Mark",
    "Pairing",
    "Record",
    "RelatedPolicy",
    "Residual",
    "Section",
    "SetAside",
    "Slug",
    "Specialty",
    "State",
    "Statement",
    "States",
    "Text",
    "TextCoverage",
    "Unread",
    "VersionLabel",
    "Withdrawal",
]


class Specialty(Value):
    """A medical specialty concerned."""

    name: Text
    """The specialty."""
    stated_by: StatedBy
    """Who says so."""


class RelatedPolicy(Value):
    """Another policy, and how this one refers to it."""

    payer: Slug
    """The other policy's payer."""
    policy: Slug
    """The other policy's short name."""
    relation: Relation
    """How this policy refers to it."""
    why: str | None = None
    """For what."""
    title: str | None = None
    """Its title, as printed here."""
    codes: tuple[Code, ...] = ()
    """The codes that the reference is about."""


class HistoryRow(Value):
    """A row of the payer's own revision history."""

    date: IsoDate | None = None
    """The date of the row."""
    type: str | None = None
    """What kind of revision the payer calls it."""
    text: str = ""
    """What the payer says changed."""
    source: Source | None = None
    """Where it stands."""


class Unread(Value):
    """A part of the document that was not read."""

    page: Annotated[Whole, Field(ge=1, le=100_000)] | None = None
    """Its page, counted from 1."""
    why: Text
    """Why it was not read."""
    text: str | None = None
    """Its text, where there is one."""
    decides: Flag = False
    """Whether its own words permit, deny, require an authorization or limit."""
    spans: Spans = ()
    """The characters of the document that it is."""


class SetAside(Value):
    """A sentence that directs something and stands outside of what is read for coverage."""

    page: Annotated[Whole, Field(ge=1, le=100_000)] | None = None
    """Its page, counted from 1."""
    text: Text
    """Its words."""
    why: Text
    """The part in which it stands: `background`, `references`, `history`, or `unaccounted` where
    nobody knows.
    """
    decides: Flag = False
    """Whether its own words permit, deny, require an authorization or limit."""
    spans: Spans = ()
    """The characters of the document that it is."""


class TextCoverage(Value):
    """How much of what the document directs stands in the record.

    Counted are the directive sentences of the whole document, each item and row that they govern,
    and each row of codes, as a detector finds them that shares no vocabulary with the reader.
    """

    units: Annotated[Whole, Field(ge=0)]
    """How many there are."""
    recorded: Annotated[Whole, Field(ge=0)]
    """How many stand in the record."""
    set_aside: Annotated[Whole, Field(ge=0)] = 0
    """How many stand in parts that the reader takes for something else."""
    unread: Annotated[Whole, Field(ge=0)] = 0
    """How many were not read: struck out, hidden or not readable ones too."""


class Extraction(Value):
    """How the record came from its document; absent in records written by people."""

    extractor: Text
    """Which extractor read it."""
    version: Whole
    """The extractor's version."""
    text_coverage: TextCoverage | None = None
    """How much of what the document directs stands in the record; absent where nobody counted."""
    set_aside: tuple[SetAside, ...] = ()
    """What directs something outside of the parts that are read for coverage."""
    unread: tuple[Unread, ...] = ()
    """What was not read."""
    warnings: tuple[Text, ...] = ()
    """What a person should look at."""
    spans: Spans = ()
    """The characters of the document from which title, number, version and dates were read."""


class Mark(Value):
    """Words on the document that say it is not the payer's present text: a stamp, a watermark, a
    heading of its own.
    """

    mark: MarkName
    """What it says."""
    raw: Text
    """The words as printed."""
    source: Source | None = None
    """Where they stand; absent for what runs along the pages."""


class Withdrawal(Value):
    """The payer took this version back, as if it had never been issued."""

    on: IsoDate | None = None
    """When that became known."""
    why: Text
    """Why, as far as it is known."""


class Record(Value):
    """What one version of a policy says. A field that is absent means "not stated", never "no"."""

    record: FormatVersion
    """The version of this format."""
    payer: Slug
    """The payer's short name, which is the name of the folder above the policy's."""
    policy: Slug
    """The policy's short name, which is its folder's name."""
    policy_number: str | None = None
    """The policy's number, as printed."""
    aliases: tuple[Text, ...] = ()
    """Other names under which people know the policy."""
    title: Text
    """The title, as printed."""
    policy_type: PolicyType
    """What kind of document it is."""
    version: VersionLabel
    """The version's identity within its policy, and its file's name: the payer's version label,
    else the issued or published date, else the effective date.
    """
    version_label: str | None = None
    """The payer's own name of the version, as printed."""
    source_kind: SourceKind
    """From what it was recorded: the payer's document, the payer's data, or somebody's account of
    it (`secondary`).
    """
    completeness: Completeness = "whole"
    """`partial` where the source tells only a part of what the version says: what it does not
    mention may have stood there too, and is not compared.
    """
    source_url: WebAddress | None = None
    """Where the document is on the web."""
    corrects: Text | None = None
    """Why this record replaces what was recorded before of the same version, because that was
    wrong.
    """
    withdrawn: Withdrawal | None = None
    """Present where the payer took the version back."""
    dates: Dates = Field(default_factory=dict)
    """The version's dates."""
    retrieved: IsoDate | None = None
    """The day on which this document was fetched from the payer: on that day it was the payer's
    text.
    """
    marks: tuple[Mark, ...] = ()
    """Marks such as HISTORY or ARCHIVED that the document carries."""
    scope: str | None = None
    """What the policy governs, and what it does not."""
    specialties: tuple[Specialty, ...] = ()
    """The medical specialties concerned."""
    applies_to: AppliesTo = AppliesTo()
    """Which plans the policy applies to."""
    sections: tuple[Section, ...] = ()
    """The parts of the document, in order."""
    statements: tuple[Statement, ...] = ()
    """What the policy says, in order."""
    code_groups: tuple[CodeGroup, ...] = ()
    """The lists of codes."""
    pairings: tuple[Pairing, ...] = ()
    """Which procedures go with which diagnoses."""
    authorizations: tuple[Authorization, ...] = ()
    """What must be authorized before."""
    residual: Residual | None = None
    """The position of everything that the policy does not name."""
    related_policies: tuple[RelatedPolicy, ...] = ()
    """Other policies that this one refers to."""
    revision_history: tuple[HistoryRow, ...] = ()
    """The payer's own revision history."""
    disagreements: tuple[Disagreement, ...] = ()
    """Matters in which the source is at odds with itself."""
    extraction: Extraction | None = None
    """How the record came from its document."""

    @model_validator(mode="after")
    def _holds_together(self) -> "Record":
        problems = problems_of(self)
        if problems:
            words = "; ".join(str(problem) for problem in problems)
            raise PydanticCustomError(INCOHERENT, "{words}", {"words": words, "problems": problems})
        return self
