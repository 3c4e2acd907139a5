"""The pairs of long legal texts in the corpus (Open Terms Archive): compared whole, each hunk of a
line diff accounted for, and the time.

The reference is difflib on the same paragraphs as lines, which tells neither what was reworded into
what nor what moved.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpus
from benchmarks.line_diffs import account, opcodes
from benchmarks.markdown_records import record_of
from benchmarks.measuring import Measurement, fastest
from policy_tracker.diff.spans import align_streams
from policy_tracker.diff.stream import stream_of_record
from policy_tracker.record import Record
from policy_tracker.rules import compare

LARGE = 400_000
ABSENT = "the corpus has no pairs of long texts"
Texts = tuple[str, str]


def measure() -> Iterator[Measurement]:
    place = corpus.folder()
    found = pairs(place) if place else {}
    if not found:
        print(
            f"Long texts are not measured: {ABSENT if place else corpus.ABSENT}.", file=sys.stderr
        )
        return
    records = {name: both(texts) for name, texts in found.items()}
    counts = [account(*one, compare(*one)) for one in records.values()]
    alike = sum(empty(side) for one in records.values() for side in one)
    wrong, lines, hunks = (
        sum(len(c.wrong) for c in counts),
        sum(c.lines for c in counts),
        sum(c.hunks for c in counts),
    )
    quality = (
        f"{wrong} of {lines} lines in {hunks} hunks not told once; {alike} of {2 * len(records)} "
        f"texts do not differ from themselves"
    )
    seconds = [fastest(lambda one=one: compare(*one), 1) for one in records.values()]
    reference = [fastest(lambda one=one: opcodes(*one), 1) for one in records.values()]
    yield Measurement(
        f"{len(records)} pairs of long texts",
        sum(seconds),
        "difflib on paragraphs",
        sum(reference),
        quality,
    )

    texts = large(found)
    one = both(texts)
    size = f"{min(map(len, texts)) // 1000} kB a side, {len(one[0].statements)} paragraphs"
    ours, theirs = fastest(lambda: compare(*one), 3), fastest(lambda: opcodes(*one), 3)
    yield Measurement(f"a text of {size}", ours, "difflib on paragraphs", theirs, "aim: 2 s")
    words = fastest(lambda: align_streams(*map(stream_of_record, one)), 3)
    yield Measurement(
        "the words of the same text aligned",
        words,
        "difflib on paragraphs",
        theirs,
        "aim: 2 s with the comparison",
    )


def pairs(place: Path) -> dict[str, Texts]:
    """Both texts of each pair by its name."""
    folders = sorted(path.parent for path in (place / "ota").glob("*/old.md"))
    return {path.name: (_text(path / "old.md"), _text(path / "new.md")) for path in folders}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def both(texts: Texts) -> tuple[Record, Record]:
    """The records of both texts."""
    return record_of(texts[0], "v1"), record_of(texts[1], "v2")


def large(found: dict[str, Texts]) -> Texts:
    """One pair of texts of the wanted size: as many pairs, the longest first, one behind the
    other.
    """
    longest = sorted(found.values(), key=lambda texts: -len(texts[0]))
    old, new = "", ""
    for one, two in longest:
        if min(len(old), len(new)) >= LARGE:
            break
        old, new = f"{old}\n\n{one}", f"{new}\n\n{two}"
    return old, new


def empty(record: Record) -> bool:
    """Whether a record compared with itself differs in nothing."""
    found = compare(record, record)
    return not (
        found.changes or found.superseded or found.not_comparable
    ) and found.unchanged == len(record.statements)
