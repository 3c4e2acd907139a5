"""The vocabulary that readers ask for, as data: each entry is a pattern with its meaning.

One file of TOML holds one subject. An entry has

* `pattern`: a regular expression for text in lower case;
* `read_in`: which readers ask it, such as "sentence" or "status" (the file says what they are);
* `meaning`: what words mean that it matches;
* `examples` that it matches, and `not_examples` that it does not, in sentences of our own;
* `seen`: the documents and public sources that print such words, by name; never their sentences.

Entries are tried in the order in which they stand. A file is read when it is first asked for, and
a pattern is compiled when a text holds a word without which it cannot match.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from policy_tracker.errors import VocabularyError
from policy_tracker.language.prefilter import Hinted
from policy_tracker.language.word_index import WordIndex
from policy_tracker.record.vocabulary import (
    DateName,
    Funding,
    LineOfBusiness,
    NotCoveredBasis,
    Phase,
    Position,
    Role,
    SectionKind,
)

FOLDER = Path(__file__).parent
Model = TypeVar("Model", bound=BaseModel)

PartKind = Literal["coverage", "coding", "history", "references", "appendix", "other"]
"""The large parts of a policy."""
Sense = Literal[
    "not_denied",
    "condition",
    "bundled",
    "codes",
    "status",
    "limits_or_criteria",
    "requirement",
    "vendor",
    "rights_holder",
    "shared_host",
    "common_first",
    "organization",
    "beside_date",
    "reach",
    "kind_of_text",
    "payer_row",
    "verdict_row",
    "news",
    "companion",
    "drug_list",
    "manual",
    "formulary",
    "business",
    "page",
    "payer_acts",
    "advice",
    "post",
]
"""What words mean that neither take a position nor name a part."""


class Meaning(BaseModel):
    """What the words of an entry mean; at least one of these is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    position: Position | None = None
    basis: NotCoveredBasis | None = None
    role: Role | None = None
    phase: Phase | None = None
    section: SectionKind | None = None
    wherever: bool = False
    """Of a heading: whether it opens its part wherever it stands.

    Otherwise it does so only within the coverage part.
    """
    part: PartKind | None = None
    date: DateName | None = None
    """Of a label: the date behind it."""
    field: Literal["number", "title", "version"] | None = None
    """Of a label: what else stands behind it."""
    line: LineOfBusiness | None = None
    """Of words for plans: the line of business."""
    funding: Funding | None = None
    """Of words for plans: who bears the risk."""
    specialty: str | None = None
    """Of words of a title: the medical specialty concerned."""
    sense: Sense | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Meaning:
        if not self.model_fields_set - {"wherever"}:
            message = "an entry must mean something"
            raise ValueError(message)
        return self


class LexiconEntry(BaseModel):
    """A pattern with its meaning, examples, and the places that print such words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str = Field(min_length=1)
    read_in: tuple[str, ...] = Field(min_length=1)
    meaning: Meaning
    examples: tuple[str, ...] = Field(min_length=1)
    not_examples: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


class LexiconMatch(NamedTuple):
    """Words that an entry matched, and what they mean."""

    meaning: Meaning
    match: re.Match[str]


class Terms:
    """The entries that one reader asks, in their order."""

    def __init__(self, entries: Sequence[LexiconEntry], file: str = "") -> None:
        self.entries = tuple(entries)
        self.file = file

    def find(self, plain: str) -> LexiconMatch | None:
        """The first words in `plain` that mean something, where earlier meanings beat later ones.

        Of entries that stand together and mean the same, the one counts whose words begin first.
        `plain` is in lower case.
        """
        found: LexiconMatch | None = None
        found_in = -1
        for place in self._near(plain):
            group, entry, pattern = self._patterns[place]
            if found and group != found_in:
                return found
            match = pattern.find(plain)
            if match and (found is None or match.start() < found.match.start()):
                found, found_in = LexiconMatch(entry.meaning, match), group
        return found

    def fit(self, plain: str) -> Meaning | None:
        """The meaning of the first entry that matches the whole of `plain`."""
        for place in self._near(plain):
            _, entry, pattern = self._patterns[place]
            if pattern.fits(plain):
                return entry.meaning
        return None

    def says(self, plain: str) -> bool:
        """Whether any entry matches somewhere in `plain`."""
        return any(self._patterns[place][2].find(plain) for place in self._near(plain))

    @cached_property
    def _patterns(self) -> tuple[tuple[int, LexiconEntry, Hinted], ...]:
        """Each entry with its pattern, and the number of the run of one meaning that it is in."""
        numbered = []
        group = 0
        for place, entry in enumerate(self.entries):
            if place and entry.meaning != self.entries[place - 1].meaning:
                group += 1
            numbered.append((group, entry, Hinted(entry.pattern)))
        return tuple(numbered)

    @cached_property
    def _hints(self) -> WordIndex:
        """Every word without which an entry cannot match, with the entry's place."""
        found: list[tuple[str, int]] = []
        for place, (_, entry, pattern) in enumerate(self._patterns):
            try:
                found += [(hint, place) for hint in pattern.hints or ("",)]
            except re.error as error:
                reason = f"it is no pattern: {error}"
                raise VocabularyError(self.file, entry.pattern, reason) from error
        return WordIndex(found)

    def _near(self, plain: str) -> list[int]:
        """The places of the entries that may match."""
        return self._hints.places_in(plain)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    entry: tuple[LexiconEntry, ...] = Field(min_length=1)


def read_entries(path: Path) -> tuple[LexiconEntry, ...]:
    """The entries of a file, in their order.

    Raises:
        VocabularyError: the file is no TOML, or an entry is not as it must be.
    """
    return read_toml(path, _File).entry


def read_toml(path: Path, model: type[Model]) -> Model:
    """A file of TOML as a model of what must stand in it.

    Raises:
        VocabularyError: names the file and the entry that is wrong.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(path.name, "", f"it is no TOML: {error}") from error
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise VocabularyError(path.name, _place(first["loc"]), first["msg"]) from error


def _place(steps: tuple[int | str, ...]) -> str:
    """A place in a file as a person writes it: `entry[3].pattern`, counted from one."""
    words = ""
    for step in steps:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return words


@cache
def entries_of(subject: str) -> tuple[LexiconEntry, ...]:
    """The entries of one subject, such as "coverage"."""
    return read_entries(FOLDER / f"{subject}.toml")


@cache
def terms(subject: str, read_in: str) -> Terms:
    """The entries of a subject that one reader asks."""
    asked = [entry for entry in entries_of(subject) if read_in in entry.read_in]
    return Terms(asked, f"{subject}.toml")


def joined(subject: str, read_in: str) -> str:
    """The patterns that one reader asks, as the alternatives of one, for use in a longer one."""
    return "|".join(entry.pattern for entry in terms(subject, read_in).entries)


def subjects() -> tuple[str, ...]:
    """The names of all files of the lexicon."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
