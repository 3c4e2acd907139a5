"""Reading documents: each PDF of the corpus against PDFium's own text of it, peak memory, and how
much of the verified truth is found.

The reference opens the file and asks PDFium for the text of every page. Beside it stand the blocks
(what `documents/read.py` makes of the bytes: lines, tables, reading order) and the records (the
whole reading, blocks included). What is remembered of sentences is forgotten before each of them:
a document is read once, and not five times.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pypdfium2

from benchmarks import corpus
from benchmarks.measuring import Measurement, in_turn
from policy_tracker.documents.read import read_document
from policy_tracker.extract.extract import extract
from policy_tracker.language.remembered import forget_all
from policy_tracker.record import Record

ROUNDS = 5
# the high-water mark of /proc: what getrusage tells of a child begins with its parent's
PEAK = """
import sys
from pathlib import Path
from policy_tracker.extract.extract import extract
extract(Path(sys.argv[1]).read_bytes(), "document.pdf")
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""  # noqa: E501


def measure() -> Iterator[Measurement]:
    place = corpus.folder()
    if place is None:
        print(f"Extraction is not measured: {corpus.ABSENT}.", file=sys.stderr)
        return
    # those that nobody annotated are `bench/wild.py`'s, and some of them are refused as no policies
    paths = [
        path
        for path in sorted(place.rglob("*.pdf"))
        if "dictionary" not in path.stem and "wild" not in path.parts
    ]
    for path in paths:
        yield from _document(path)
    yield _memory(paths)
    script = corpus.scorer(place)
    if script is None:
        print(
            "What extraction finds is not measured: the folder bench is not beside the corpus.",
            file=sys.stderr,
        )
        return
    yield _found(place, script)


def _document(path: Path) -> Iterator[Measurement]:
    data, name = path.read_bytes(), f"{path.parent.name}/{path.stem}"[:36]
    blocks, records = read_document(data, path.name).blocks, extract(data, path.name)
    tables = sum(block.table is not None for block in blocks)
    lists = sum(len(record.code_groups) for record in records if isinstance(record, Record))
    plain, layer, whole = in_turn(
        lambda: _plain_text(data),
        lambda: _forgetful(read_document, data, path.name),
        lambda: _forgetful(extract, data, path.name),
        rounds=ROUNDS,
    )
    yield Measurement(
        f"{name}: blocks", layer, "PDFium's text", plain, f"{_pages(path)} pages, {tables} tables"
    )
    yield Measurement(
        f"{name}: records",
        whole,
        "PDFium's text",
        plain,
        f"{len(records)} records, {lists} lists of codes",
    )


def _forgetful(read: Callable[[bytes, str], object], data: bytes, name: str) -> object:
    forget_all()
    return read(data, name)


def _plain_text(data: bytes) -> int:
    with pypdfium2.PdfDocument(data) as pdf:
        return sum(len(page.get_textpage().get_text_range()) for page in pdf)


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


def _memory(paths: list[Path]) -> Measurement:
    """Each document in a process of its own, whole: start, imports, reading.

    The memory is that of the one that takes most.
    """
    started = perf_counter()
    peaks = {path: _peak(path) for path in paths}
    most = max(peaks, key=lambda path: peaks[path])
    return Measurement(
        name=f"{len(paths)} documents, each in a process of its own",
        seconds=perf_counter() - started,
        reference="a minute",
        reference_seconds=60.0,
        quality=f"at most {peaks[most] // 1_000_000} MB ({_pages(most)} pages)",
    )


def _peak(path: Path) -> int:
    """The most memory in bytes that the process took."""
    told = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    ).stdout
    return int(told) * 1024


def _found(place: Path, script: Path) -> Measurement:
    started = perf_counter()
    total, macro, failed = corpus.figures(place, script)
    total["determinations"] = corpus.determinations(place)
    rows = [
        _row(name, figure, macro.get(name))
        for name, figure in total.items()
        if not name.endswith("_classes")
    ]
    return Measurement(
        name="documents with verified truth",
        seconds=perf_counter() - started,
        reference="a minute",
        reference_seconds=60.0,
        quality="\n".join([f"{failed} failed", *rows]),
    )


def _row(name: str, figure: corpus.Figure, macro: float | None) -> str:
    mean = f", mean {macro:.3f}" if macro is not None else ""
    return f"{name} {corpus.f1(figure):.3f} ({figure[0]:g} of {figure[1]}{mean})"
