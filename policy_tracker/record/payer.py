"""What is known of a payer itself: its name, and what it states for codes that none of its policies
names.
"""

from typing import Annotated

from pydantic import Field

from policy_tracker.record.base import Flag, FormatVersion, Value
from policy_tracker.record.codes import Code, CodeRef
from policy_tracker.record.source import Source
from policy_tracker.record.texts import Slug, Text, WebAddress
from policy_tracker.record.time import IsoDate
from policy_tracker.record.vocabulary import CodeSystem, CptKind, Position


class PayerDefault(Value):
    """The position that a payer states for codes which no policy of it lists, such as all unlisted
    Category III codes.
    """

    system: CodeSystem
    """The code system that the default is about."""
    cpt_kind: CptKind | None = None
    """The kind of CPT codes that it is about; absent: all of the system."""
    position: Position
    """The position of such codes."""
    text: Text
    """The payer's statement of its default."""
    source: Source | None = None
    """Where it is stated."""


class CodeSuccession(CodeRef):
    """A deleted code, and the codes that took its place."""

    successors: Annotated[tuple[Code, ...], Field(min_length=1)]
    """The codes that took its place."""
    since: IsoDate | None = None
    """From when."""
    source: Source | None = None
    """Where that is announced."""


class DrugCode(Value):
    """A drug, and the code by which this payer bills it, for policies that name the drug alone."""

    drug: Text
    """The drug's generic name."""
    brands: tuple[Text, ...] = ()
    """Names under which it is sold."""
    code: Annotated[str, Field(pattern=r"^[A-Z][0-9]{4}$")]
    """Its HCPCS code."""
    source: Text
    """Where the payer says so, in a few words: `the plan's list of infused drugs, 2026`."""


class Payer(Value):
    """A payer: its name, and what it states by default."""

    record: FormatVersion
    """The version of this format."""
    payer: Slug
    """The short name, which is the folder's name."""
    name: Annotated[str, Field(min_length=1, max_length=200)]
    """The name as people know it."""
    homepage: WebAddress | None = None
    """The payer's own address on the web."""
    fixture: Flag = False
    """True for an invented payer: pages and mails say so wherever its name stands."""
    dates_back: Flag = False
    """True where this payer dates back as a matter of course: the printed effective date counts,
    however late a version came out.
    """
    defaults: tuple[PayerDefault, ...] = ()
    """What the payer states for codes that none of its policies names."""
    successors: tuple[CodeSuccession, ...] = ()
    """Codes that gave way to others, beside those that are known already."""
    drug_codes: tuple[DrugCode, ...] = ()
    """The HCPCS codes of drugs whose policies name no code, beside and before the shipped table's.
    """
