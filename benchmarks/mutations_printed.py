"""Mutations of real documents from end to end: a document is printed once more as HTML, one thing
of one sentence is made another on the page, and both pages are read and compared.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks import corpus
from benchmarks.measuring import Measurement
from benchmarks.mutating import EACH
from benchmarks.mutations import SEED, Told, score
from policy_tracker.documents.read import read_document
from policy_tracker.errors import PolicyTrackerError
from policy_tracker.extract.extract import extract
from policy_tracker.record import Record
from tests.made_policies import again

SENTENCES = 4
"""Sentences of a document of which one mutant each is read."""
_LEAST = 25
"""Letters of a sentence that is looked for on the page."""
_ROLES = {"criterion", "limit", "exclusion", "documentation", "prior_auth", "position"}


def measure() -> Iterator[Measurement]:
    place = corpus.folder()
    if place is None:
        print(f"No document is mutated: {corpus.ABSENT}.", file=sys.stderr)
        return
    started = perf_counter()
    told = Told()
    for path in sorted(place.rglob("*")):
        if path.suffix in (".pdf", ".html") and not {"truth", "wild"} & {*path.parts}:
            tell(path, told)
    took = perf_counter() - started
    yield Measurement("mutations, printed and read", took, "a minute", 60.0, told.line())
    if notes := os.environ.get("MUTATIONS_NOTES"):
        Path(f"{notes}.printed").write_text("\n".join([*told.notes, ""]), encoding="utf-8")


def tell(path: Path, told: Told) -> None:
    """Read and compare a few mutants of one document."""
    try:
        data = again.as_html(again.page_of(read_document(path.read_bytes(), path.name), path.stem))
        before = _record(data)
    except (PolicyTrackerError, ValueError):
        return
    if before is None:
        return
    chance = Random(SEED)
    for old, new, name in _sample(before, data.decode(), chance):
        after = _record(data.decode().replace(old, new).encode())
        if after is not None:
            score(name, told, before, after, (f"{old} => {new}", 0, False))


def _sample(record: Record, page: str, chance: Random) -> list[tuple[str, str, str]]:
    """Sentences that stand once on the page, as printed and as mutated, with the mutation."""
    kinds = {section.key: section.kind for section in record.sections}
    found = []
    for statement in record.statements:
        old = escape(statement.text)
        if (
            statement.role not in _ROLES
            or kinds[statement.section] != "coverage"
            or len(old) < _LEAST
            or page.count(old) != 1
        ):
            continue
        ways = [(name, mutant) for name, way in EACH.items() for mutant in way(statement.text)]
        if ways:
            name, mutant = chance.choice(ways)
            found.append((old, escape(mutant.text), name))
    return chance.sample(found, min(SENTENCES, len(found)))


def _record(data: bytes) -> Record | None:
    found = [one for one in extract(data, "again.html") if isinstance(one, Record)]
    return found[0] if len(found) == 1 else None
