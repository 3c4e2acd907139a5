"""Reads made policies and adds up their scores by way of writing and by form."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.made_policies.forms.every import FORMS, rendered
from tests.made_policies.invent import invent
from tests.made_policies.later_writing import write
from tests.made_policies.scoring import Count, Score, score
from tests.made_policies.stock import Way, ways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass
class Measured:
    """Counts by name, of all documents, of each way and of each form; misses with their places."""

    total: dict[str, Count] = field(default_factory=dict)
    ways: dict[str, dict[str, Count]] = field(default_factory=dict)
    forms: dict[str, dict[str, Count]] = field(default_factory=dict)
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)
    documents: int = 0
    failed: list[str] = field(default_factory=list)

    def add(self, way: str, form: str, one: Score) -> None:
        """Take one document's score in."""
        self.documents += 1
        for table in (self.total, self.ways.setdefault(way, {}), self.forms.setdefault(form, {})):
            for name, count in one.counts.items():
                table.setdefault(name, Count()).add(count)
        self.misses += [(way, form, name, about) for name, about in one.misses]


def documents(
    chosen: Iterable[Way] | None = None, seeds: Iterable[int] = (0, 1), forms: Iterable[str] = FORMS
) -> Iterator[tuple[str, str, str, bytes, dict[str, Any]]]:
    """Way, form, name of the file, its bytes, and the truth."""
    for way in ways().values() if chosen is None else chosen:
        for seed in seeds:
            page = write(invent(seed), way, seed)
            for form in forms:
                yield way.name, form, *rendered(page, form), page.truth


def measure(
    made: Iterable[tuple[str, str, str, bytes, dict[str, Any]]],
    read: Callable[[bytes, str], dict[str, Any]],
) -> Measured:
    """Score what `read` makes of these documents; what it cannot read is scored as empty."""
    found = Measured()
    for way, form, name, data, truth in made:
        try:
            record = read(data, name)
        except Exception as error:  # whatever a reader does wrong is counted
            found.failed.append(f"{name}: {type(error).__name__}: {error}")
            record = {}
        found.add(way, form, score(truth, record))
    return found


def read(data: bytes, name: str) -> dict[str, Any]:
    """The record that the program makes of a document, as plain values."""
    from policy_tracker.extract.extract import extract

    (record,) = extract(data, name)
    return json.loads(record.model_dump_json(by_alias=True))


def commonest(found: Measured, name: str, count: int = 10) -> list[tuple[str, int]]:
    """The misses of one figure by way and text, most frequent first."""
    counted = Counter(f"{way}: {about}" for way, _, one, about in found.misses if one == name)
    return counted.most_common(count)
