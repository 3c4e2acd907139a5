"""Who issued a document, under which number, title and version, and its dates: read from the head,
where payers print `label: value`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from policy_tracker.documents.blocks import Document, Line
from policy_tracker.extract.head.labelled_values import Labels, values_of
from policy_tracker.extract.head.rows import COLUMN_GAP, rows_of
from policy_tracker.extract.quality import UNDATED
from policy_tracker.language.dates import dates_in, fact_of
from policy_tracker.language.lexicon import terms
from policy_tracker.record import DateFact, digest
from policy_tracker.record.source import Spans
from policy_tracker.record.vocabulary import DateName

_NUMBER = re.compile(
    r"(?:[A-Za-z]{1,12}[-–. ]{1,3}){0,3}[A-Za-z]{0,12}\d[\w.–-]*(?:/[A-Za-z]\w{0,5})*"
    r"(?: [A-Z]\d{1,2}\b)?"
)


_HYPHENS = re.compile("[\u2010\u2011\u2212]")
"""Hyphens and minus that look like the key's own; a dash may be the payer's."""
_LONGEST_VERSION = 40
_MOST_BETWEEN = 1.5
"""Heights of a line that may lie between two lines of one title."""
_LEAST_SERIES = 3
"""Dates from which those of taking effect are a series, and not one for each of several plans."""
GROWING: frozenset[DateName] = frozenset({"revised", "last_review"})
"""Dates of which payers print a series, to which each edition adds one."""


@cache
def date_words() -> Mapping[DateName, Sequence[str]]:
    """Words that announce each date on heads; a format adds or takes away its own."""
    words: dict[DateName, list[str]] = {}
    for entry in terms("labels", "date").entries:
        if entry.meaning.date:
            words.setdefault(entry.meaning.date, []).append(entry.pattern)
    return words


@cache
def name_words() -> Mapping[str, Sequence[str]]:
    """Words that announce number, title and version on heads."""
    words: dict[str, list[str]] = {}
    for entry in terms("labels", "name").entries:
        if entry.meaning.field:
            words.setdefault(entry.meaning.field, []).append(entry.pattern)
    return words


@dataclass(frozen=True, slots=True)
class Identity:
    """What the head says: number, title and version as printed, dates, and every other labelled
    value by field.
    """

    number: str | None = None
    title: str | None = None
    version: str | None = None
    dates: Mapping[DateName, DateFact] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Spans] = field(default_factory=dict)
    """By field: the characters that print label and value."""


def read_identity(
    document: Document,
    words: Mapping[str, Sequence[str]] | None = None,
    drop: frozenset[str] = frozenset(),
) -> Identity:
    """The identity that the head of `document` prints.

    `words` adds a format's own labels (or replaces a field's), `drop` names fields whose labels the
    format does not use. A label without a value (`End Date:`) says nothing; one whose value is no
    date is `undated` with the words kept.
    """
    known = {**name_words(), **date_words(), **(words or {})}
    labels = Labels(
        {name: known[name] for name in known if name not in drop},
        dated=frozenset(date_words()),
        long=frozenset({"title"}),
    )
    found = values_of(document, labels)
    values = {name: value.text for name, value in found.items() if value.text}
    dates: dict[DateName, DateFact] = {
        name: fact
        for name in date_words()
        if name in values and (fact := _fact_of(values[name], name))
    }
    return Identity(
        number=_number(values.get("number")),
        title=values.get("title"),
        version=_version(values.get("version")),
        dates=dates,
        values=values,
        spans={name: value.spans for name, value in found.items() if value.text},
    )


def _fact_of(value: str, name: DateName) -> DateFact | None:
    """What the value of a date says; of a series that grows the newest."""
    if name in GROWING and (fact := fact_of(value, newest=True)):
        series = fact.status == "ambiguous"
        return fact if series else fact_of(_until_date_ends(value))
    newest = name == "effective" and len(list(dates_in(value))) >= _LEAST_SERIES
    series = fact_of(value, newest=True) if newest else None
    return series or fact_of(_until_date_ends(value))


def _until_date_ends(text: str) -> str:
    """A value without the words of a neighbouring column behind it."""
    return text if len(text) < 60 else text[:60]


def _number(text: str | None) -> str | None:
    match = _NUMBER.match(_HYPHENS.sub("-", text.strip())) if text else None
    return re.sub(r"\s+", "", match[0]).rstrip(".–-")[:_LONGEST_VERSION] if match else None


def _version(text: str | None) -> str | None:
    """A version as printed; words that go on for a sentence are none."""
    told = text and len(text) <= _LONGEST_VERSION and re.search(r"\d", text)
    return text.strip(" ,;") if text and told else None


def biggest_lines(
    lines: Sequence[Line], least: float, without: str | None = None
) -> tuple[Line, ...]:
    """The first run of lines in the largest type of a head (at least `least` points): the title
    where no label names it.

    `without` is a pattern of lines in large type that name the kind of document rather than its
    subject.
    """
    kind = re.compile(without, re.IGNORECASE) if without else None
    large = [
        line for line in lines if line.style.size >= least and not (kind and kind.search(line.text))
    ]
    if not large:
        return ()
    size = max(line.style.size for line in large)
    found: list[Line] = []
    for line in _first_column(large):
        if abs(line.style.size - size) >= 1:
            continue
        if found and _is_apart(found[-1], line):
            break
        found.append(line)
    return tuple(found)


def _first_column(lines: Sequence[Line]) -> list[Line]:
    """The lines without those of a column that stands to the right of the first: a title beside
    which a box of codes is set in the same type.
    """
    edges = [
        edge
        for row in rows_of(lines)
        for before, piece in pairwise(row.pieces)
        if before.place.right is not None
        and (edge := piece.place.left) is not None
        and edge - before.place.right > COLUMN_GAP
    ]
    if not edges:
        return list(lines)
    return [line for line in lines if line.place.left is None or line.place.left < min(edges)]


def _is_apart(above: Line, line: Line) -> bool:
    """Whether more than a line's height lies between two lines, so that they are no one title."""
    one, two = above.place, line.place
    if one.page != two.page:
        return True
    if one.top is None or one.bottom is None or two.top is None:
        return False
    return two.top - one.bottom > _MOST_BETWEEN * (one.bottom - one.top)


def title_in(lines: Sequence[Line]) -> str:
    """The title that lines print."""
    return join_lines([line.text for line in lines])


def join_lines(lines: Sequence[str]) -> str:
    """Lines as one text; a hyphen at a line's end is kept and nothing put behind it."""
    text = ""
    for line in lines:
        glue = "" if not text or re.search(r"\S-$", text) else " "
        text += glue + line.strip()
    return " ".join(text.split())


def slug_of(text: str) -> str:
    """`text` as a short name that can stand in an address."""
    return (
        re.sub(r"[^a-z0-9]+", "-", text.lower().replace("®", "").replace("™", ""))
        .strip("-")[:100]
        .strip("-")
    )


def version_of(identity: Identity, document: Document) -> str:
    """The name of the version: the version label, else the issued, published or effective date,
    else one that says that none is printed.
    """
    if identity.version:
        return re.sub(r"[^A-Za-z0-9]+", "-", identity.version).strip("-")
    for name in ("issued", "published", "effective", "revised", "last_review"):
        fact = identity.dates.get(name)
        if fact and fact.date:
            return fact.date
    return f"{UNDATED}{digest(document.text, length=8)}"
