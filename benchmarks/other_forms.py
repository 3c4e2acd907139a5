"""Same words, another form: documents printed once more as wrapped text, with other labels and as
HTML, and made policies in eight forms, must give the same records.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks import corpus
from benchmarks.measuring import Measurement
from policy_tracker.documents.read import read_document
from policy_tracker.errors import PolicyTrackerError
from tests.made_policies import again, stock
from tests.made_policies.alike import differences, said
from tests.made_policies.forms.every import FORMS, rendered
from tests.made_policies.invent import invent
from tests.made_policies.measure import read
from tests.made_policies.writing import write

SEEDS = (0, 1)
ENDINGS = {".pdf", ".txt", ".html", ".docx"}


def measure() -> Iterator[Measurement]:
    notes: list[str] = []
    for name, ways in (("tuned", stock.tuned()), ("kept apart", stock.kept_apart())):
        yield from _made(name, ways, notes)
    place = corpus.folder()
    if place is None:
        print(f"Real documents are not printed again: {corpus.ABSENT}.", file=sys.stderr)
    else:
        yield from _real(place, notes)
    if told := os.environ.get("OTHER_FORMS_NOTES"):
        Path(told).write_text("\n".join([*notes, ""]), encoding="utf-8")


def _made(side: str, ways: list[stock.Way], notes: list[str]) -> Iterator[Measurement]:
    """Each content against its first form."""
    started = perf_counter()
    differing: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    documents = things = 0
    for way in ways:
        for seed in SEEDS:
            page = write(invent(seed), way, seed)
            records = {}
            for form in FORMS:
                name, data = rendered(page, form)
                records[form] = read(data, name)
            first, *others = FORMS
            documents += 1
            things += len(said(records[first]))
            for form in others:
                found = differences(records[first], records[form])
                differing[form] += bool(found)
                lost[form] += len(found)
                notes += [f"made {way.name}-{seed} {form}: {item}" for item in found[:6]]
    rows = [
        f"{form}: {differing[form]} of {documents} differ, in {lost[form]} of {things} things"
        for form in [*FORMS][1:]
    ]
    total = f"{sum(differing.values())} of {7 * documents} records differ"
    yield Measurement(
        f"made policies, {side}",
        perf_counter() - started,
        "a minute",
        60.0,
        "\n".join([total, *rows]),
    )


def _real(place: Path, notes: list[str]) -> Iterator[Measurement]:
    """Each document against what its own blocks give when they are printed again."""
    started = perf_counter()
    differing: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    documents = things = 0
    for path in _documents(place):
        try:
            data = path.read_bytes()
            first = read(data, path.name)
            page = again.page_of(read_document(data, path.name), path.stem)
        except (PolicyTrackerError, ValueError):
            continue  # several records, or none: another benchmark's
        if "statements" not in first:
            continue
        documents += 1
        things += len(said(first))
        for form, name, printed in _printed(page):
            try:
                found = differences(first, read(printed, name))
            except (PolicyTrackerError, ValueError) as error:
                found = [("failed", str(error))]
            differing[form] += bool(found)
            lost[form] += len(found)
            notes += [f"{path.stem} {form}: {item}" for item in found[:6]]
    rows = [
        f"{form}: {differing[form]} of {documents} differ, in {lost[form]} of {things} things"
        for form in differing
    ]
    yield Measurement(
        f"{documents} real documents, printed again",
        perf_counter() - started,
        "a minute",
        60.0,
        "\n".join(rows),
    )


def _documents(place: Path) -> list[Path]:
    """The documents of which verified truth exists, whichever truth."""
    return sorted(
        path
        for path in place.rglob("*")
        if path.suffix in ENDINGS and "truth" not in path.parts and "wild" not in path.parts
    )


def _printed(page: again.Written) -> Iterator[tuple[str, str, bytes]]:
    yield "HTML", "again.html", again.as_html(page)
    yield "HTML, other labels", "again.html", again.as_html(again.relabelled(page))
    yield "text of 90 characters", "again.txt", again.wrapped(page)
