"""Payers left out: each payer that has a format of its own loses it in turn, and its verified
documents are read as those of a payer that nobody has taught; beside it, what is found with it.

    python -m benchmarks payers_left_out

The formats of the payer, of data and of Python, and the names by which it is known are left out.
A payer counts as right where the name that was read shares a word of its own with the true one:
"Lumen Health Plan" is Lumen.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

from benchmarks import corpus
from benchmarks.measuring import Measurement
from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from policy_tracker.documents.versions_in_file import split_versions
from policy_tracker.extract import extract as reading
from policy_tracker.extract import payers
from policy_tracker.extract.head import letterhead
from policy_tracker.extract.head.letterhead import share_name
from policy_tracker.extract.payers.format import Format
from policy_tracker.extract.payers.payer_data import PayerData, known_payers
from policy_tracker.record import Bulletin, Record

SHOWN = ("identity", "dates", "statements", "positions", "logic", "codes", "quantities")
TURNED = ("reversed", "codes_reversed")


def measure() -> Iterator[Measurement]:
    place = corpus.folder()
    script = corpus.scorer(place) if place else None
    if place is None or script is None:
        print(f"Payers left out are not measured: {corpus.ABSENT}.", file=sys.stderr)
        return
    total: dict[str, list[float]] = {}
    whole: dict[str, list[float]] = {}
    started = perf_counter()
    documents = 0
    for payer, truths in sorted(_truths(place).items()):
        begun = perf_counter()
        known = _figures(place, script, truths, "")
        left_out = _figures(place, script, truths, payer)
        for sums, figures in ((whole, known), (total, left_out)):
            for name, counts in figures.items():
                before = sums.get(name, [0.0, 0.0, 0.0])
                sums[name] = [one + other for one, other in zip(before, counts, strict=True)]
        documents += len(truths)
        yield Measurement(
            f"{payer}: {len(truths)}", perf_counter() - begun, "-", 1.0, told(left_out, known)
        )
    name = f"all: {documents} documents"
    yield Measurement(name, perf_counter() - started, "-", 1.0, told(total, whole))


def told(left_out: dict[str, list[float]], known: dict[str, list[float]]) -> str:
    """A line for each figure: the share, right of wanted and given, and the share with the
    format.
    """
    lines = []
    for name in SHOWN:
        if name in left_out and any(left_out[name][1:]):
            hit, wanted, given = left_out[name]
            own, other = corpus.f1((hit, int(wanted), int(given))), _share(known[name])
            counts = f"{hit:.0f} of {wanted:.0f}, {given:.0f} given"
            lines.append(f"{name} {own:.3f} ({counts}; with its format {other:.3f})")
    lines += [
        f"{name} {left_out[name][0]:.0f} of {left_out[name][1]:.0f}"
        for name in TURNED
        if name in left_out
    ]
    return "\n".join(lines)


def _share(figure: Sequence[float]) -> float:
    hit, wanted, given = figure
    return corpus.f1((hit, int(wanted), int(given)))


def _truths(place: Path) -> dict[str, list[Path]]:
    """The truth files of each payer that has a format; those of bulletins tell of no policy."""
    found: dict[str, list[Path]] = {}
    with_formats = {payer.payer for payer in known_payers() if payer.format}
    for path in sorted((place / "truth" / "extract").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth.get("payer") in with_formats and "entries" not in truth:
            found.setdefault(truth["payer"], []).append(path)
    return found


def _figures(
    place: Path, script: Path, truths: Sequence[Path], left_out: str
) -> dict[str, list[float]]:
    """What the scorer makes of the records of these documents, one payer left out (or none)."""
    with tempfile.TemporaryDirectory() as name:
        folder, report = Path(name) / "truth", Path(name) / "report.json"
        folder.mkdir()
        for path in truths:
            (folder / path.name).write_bytes(path.read_bytes())
        module = f"{sys.executable} -m benchmarks.payers_left_out"
        command = f"{module} {left_out or '-'} {{}}"
        call = [sys.executable, script, "--truth", folder, "--docs", place]
        call += ["--command", command, "--json", report]
        subprocess.run(
            [str(word) for word in call],
            cwd=Path(__file__).parents[1],
            check=False,
            capture_output=True,
            timeout=600,
        )
        told_of = json.loads(report.read_text(encoding="utf-8"))
    return {key: list(figure) for key, figure in told_of["total"].items()}


def read_without(data: bytes, name: str, payer: str) -> list[Record | Bulletin]:
    """The records of a document as they are read where this payer is not known."""
    rest = [one for one in known_payers() if one.payer != payer]
    formats = _formats_without(payer, rest)

    def format_of(version: Document, _: str | None = None) -> Format:
        return payers.format_of(version, None, formats)

    letterhead._shipped.cache_clear()
    with (
        patch.object(letterhead, "known_payers", lambda: rest),
        patch.object(reading, "format_of", format_of),
    ):
        found = [
            _named(record, payer)
            for version in split_versions(read_document(data, name))
            for record in reading.read_version(version, name)
        ]
    letterhead._shipped.cache_clear()
    return found


def _formats_without(payer: str, rest: Sequence[PayerData]) -> tuple[Format, ...]:
    python = [form for form in payers.formats_in_python() if form.payer != payer]
    return payers.in_order([*python, *payers.formats_of_data(rest)])


def _named(record: Record | Bulletin, payer: str) -> Record | Bulletin:
    """The record under the true short name where it was read under one that shares its word."""
    same = share_name(record.payer, payer)
    return record.model_copy(update={"payer": payer}) if same else record


def main(payer: str, path: str) -> None:
    """Print the record of a document as JSON, a payer left out ("-" for none)."""
    file = Path(path)
    data = file.read_bytes()
    records = (
        reading.extract(data, file.name) if payer == "-" else read_without(data, file.name, payer)
    )
    print(records[0].model_dump_json(by_alias=True, exclude_none=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
