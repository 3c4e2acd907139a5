"""What is known of a payer and its documents, as data: one file `<payer>.toml` beside this module.

A file says how the payer prints its own name, and for each kind of document that it issues how
one is recognised, which labels stand in its head, and what its parts are called. A payer whose
documents need no more than that needs no Python. Where they do, `reader` names the module of this
folder that reads them with the words of the file.

Patterns are regular expressions. Those that recognise a document, and `words`, ignore case, and `^`
is the start of a line in them; headings are compared whole and in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from policy_tracker.documents.blocks import Document
from policy_tracker.errors import VocabularyError
from policy_tracker.extract.payers.format import head_text, says
from policy_tracker.extract.payers.profile import RUN_IN, Profile
from policy_tracker.language.lexicon import PartKind, read_toml
from policy_tracker.record.vocabulary import (
    DateName,
    LineOfBusiness,
    PolicyType,
    Position,
    SectionKind,
)

FOLDER = Path(__file__).parent
_FLAGS = re.IGNORECASE | re.MULTILINE


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class IssuerData(_Data):
    """How a payer prints its own name, and forms of policy numbers that no other payer prints.

    A name is a pattern for a whole line of a letterhead, or the word of an address on the web.
    """

    names: tuple[str, ...] = Field(min_length=1)
    numbers: tuple[str, ...] = ()


class HeadingData(_Data):
    """What a heading of the payer's opens."""

    pattern: str
    section: SectionKind
    wherever: bool = False
    """Whether it opens its part wherever it stands, or only within the coverage part."""
    examples: tuple[str, ...] = Field(min_length=1)
    seen: tuple[str, ...] = ()


class PartData(_Data):
    """A large part that codes or histories are looked for in, where its heading is unusual."""

    part: PartKind
    pattern: str


class TitleData(_Data):
    """Where the title stands, if no label names it: in the largest type of the head.

    `largest` is the least size in points, `without` a pattern of large lines that name the kind
    of document. `other = "alias"` keeps a title behind a label as an alias.
    """

    largest: float
    without: str | None = None
    other: Literal["alias"] | None = None


class PolicyRule(_Data):
    """How a policy is named: `key`, `alias` and `version` with the groups of `number` in braces."""

    number: str
    key: str
    alias: str | None = None
    version: str | None = None


class TypeRule(_Data):
    """The type of a policy whose number begins so, whose head says so and whose section is so."""

    type: PolicyType
    number: str | None = None
    says: str | None = None
    section: str | None = None


class InferredDate(_Data):
    """A date that is not printed, and the one that stands for it unless `unless` is printed."""

    date: DateName
    source: DateName = Field(alias="from")
    unless: DateName | None = None
    ground: str


class ScopeData(_Data):
    """Words of the head that narrow the policy, and how the record says so."""

    pattern: str
    words: str


class HeadData(_Data):
    """What the head of a document prints, and how a policy is named by it."""

    labels: dict[str, tuple[str, ...]] = {}
    drop: frozenset[str] = frozenset()
    """Fields whose usual labels this payer does not use."""
    drop_unless_said: dict[str, str] = {}
    """Fields of which that holds where the head does not say these words."""
    number: str | None = None
    """Where the number stands without a label: a pattern with a group `number`, perhaps `title`."""
    capitals: bool = False
    title: TitleData | None = None
    policy: tuple[PolicyRule, ...] = ()
    type: tuple[TypeRule, ...] = Field(min_length=1)
    inferred: tuple[InferredDate, ...] = ()
    scope: ScopeData | None = None
    lines_of_business: tuple[LineOfBusiness, ...] = ()


class FormatData(_Data):
    """One kind of document that a payer issues.

    It is recognised where the head has all patterns of one of the lists in `recognise`, and the
    document `said_anywhere` (with case). `version` counts what changes the records that are read.
    Of formats that recognise one document the lowest `order` reads it.
    """

    name: str
    version: int = Field(ge=1)
    order: int = 50
    recognise: tuple[tuple[str, ...], ...] = Field(min_length=1)
    said_anywhere: str | None = None
    reader: str = "labelled"
    starts: tuple[str, ...] = ()
    """Headings with one of which the body begins."""
    approved: Position = "medically_necessary"
    """The position of a sentence that grants without saying why ("is covered")."""
    run_in: tuple[str, ...] = RUN_IN
    """Labels in the margin whose value follows on the same line."""
    sentence_codes: Literal["without_lists", "always"] = "without_lists"
    head: HeadData
    words: dict[str, str] = {}
    """Patterns that the reader asks for by name."""
    heading: tuple[HeadingData, ...] = ()
    part: tuple[PartData, ...] = ()

    def recognises(self, document: Document) -> bool:
        """Whether a document is of this kind, by its own words."""
        if not any(says(document, *patterns) for patterns in self.recognise):
            return False
        anywhere = self.said_anywhere
        return not anywhere or bool(re.search(anywhere, document.text + head_text(document)))

    def word(self, name: str) -> re.Pattern[str]:
        """One of the patterns in `words`."""
        return re.compile(self.words[name], _FLAGS)

    @property
    def body_starts(self) -> str | None:
        """The headings with which the body begins, as one pattern."""
        return "|".join(self.starts) or None

    def profile(self) -> Profile:
        """What the headings are called, for the reader of the coverage part."""
        coverage = [heading for heading in self.heading if heading.section == "coverage"]
        return Profile(
            self.name,
            tuple(heading.pattern for heading in coverage if heading.wherever),
            tuple(heading.pattern for heading in coverage if not heading.wherever),
            tuple((h.section, h.pattern) for h in self.heading if h.section != "coverage"),
            self.run_in,
            self.approved,
        )


class PayerData(_Data):
    """A payer: its short name and name, its letterhead, and the formats of its documents."""

    payer: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    dates_back: bool = False
    """Whether the payer makes policies hold from days before their issue as a matter of course."""
    issuer: IssuerData
    format: tuple[FormatData, ...] = ()


def payers_in(folder: Path) -> tuple[PayerData, ...]:
    """The payers whose files lie in a folder, by their short names.

    Raises:
        VocabularyError: a file is not as it must be, or is not named after its payer.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def checked(payers: Sequence[PayerData]) -> Sequence[PayerData]:
    """The payers, all of whose patterns can be used; shipped ones are checked by the tests.

    Raises:
        VocabularyError: a pattern is no regular expression.
    """
    for payer in payers:
        for place, pattern in patterns_of(payer):
            try:
                re.compile(pattern, _FLAGS)
            except re.error as error:
                reason = f"{pattern!r} is no pattern: {error}"
                raise VocabularyError(f"{payer.payer}.toml", place, reason) from error
    return payers


def patterns_of(payer: PayerData) -> Iterator[tuple[str, str]]:
    """Every pattern of a payer's data, with the place where it stands."""
    yield from (("issuer.names", name) for name in payer.issuer.names)
    yield from (("issuer.numbers", form) for form in payer.issuer.numbers)
    for data in payer.format:
        head, place = data.head, f"format {data.name}"
        yield from ((f"{place}.recognise", one) for said in data.recognise for one in said)
        yield from ((f"{place}.heading", heading.pattern) for heading in data.heading)
        yield from ((f"{place}.part", part.pattern) for part in data.part)
        yield from ((f"{place}.words", pattern) for pattern in data.words.values())
        yield from ((f"{place}.head.labels", one) for said in head.labels.values() for one in said)
        yield from ((f"{place}.head.policy", rule.number) for rule in head.policy)
        yield from ((f"{place}.starts", one) for one in data.starts)
        loose = [data.said_anywhere, head.number, head.title.without if head.title else None]
        loose += [one for rule in head.type for one in (rule.number, rule.says, rule.section)]
        loose += [head.scope.pattern if head.scope else None, *head.drop_unless_said.values()]
        yield from ((place, pattern) for pattern in loose if pattern is not None)


@cache
def known_payers() -> tuple[PayerData, ...]:
    """The payers that are shipped."""
    return payers_in(FOLDER)


def _read(path: Path) -> PayerData:
    payer = read_toml(path, PayerData)
    if payer.payer != path.stem:
        raise VocabularyError(path.name, "payer", f"the file must be named {payer.payer}.toml")
    return payer
