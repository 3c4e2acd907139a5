"""How well comparisons tell what really changed between two versions: the pairs with hand-verified
truth, and their script's figures.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from policy_tracker.commands.documents import chosen
from policy_tracker.diff.stream import Texts
from policy_tracker.documents.attached import unpacked
from policy_tracker.isolation.jobs.records import work
from policy_tracker.isolation.run import read_value
from policy_tracker.record import Record
from policy_tracker.rules import compare
from policy_tracker.rules.changes import Comparison

COMMAND = f"{sys.executable} -m policy_tracker diff {{old}} {{new}} --json"
ABSENT = (
    "the folder bench, whose script scores comparisons, is not beside the corpus, or the "
    "corpus tells of no pairs"
)
PARTS = (
    ("recall", "told", "wanted"),
    ("precision", "good", "predicted"),
    ("kind", "kind", "told"),
    ("direction", "direction", "told"),
)
Places = tuple[str, str]
"""Both documents of a pair, as places below the corpus."""
Counts = dict[str, int]
Answers = Mapping[Path, tuple[Places, Comparison]]
"""Comparisons with the documents that they are of, by the file that says what is true."""


@dataclass(frozen=True)
class Figures:
    """The script's counts over all pairs and for each, the means of the pairs' own recall and
    precision.
    """

    sums: Counts
    pairs: dict[str, Counts]
    means: dict[str, float]

    def shares(self) -> dict[str, float]:
        """The figures as shares of 1: recall, precision, kind, direction, and the recall of what
        the payer does not declare.
        """
        found = {name: share(self.sums, part, whole) for name, part, whole in PARTS}
        return {**found, "silent": share(self.sums, "silent_told", "silent_wanted")}


def share(counts: Counts, part: str, whole: str) -> float:
    """A part of a whole; 1 of nothing."""
    return counts[part] / counts[whole] if counts[whole] else 1.0


def truths(corpus: Path) -> dict[Path, Places]:
    """Every pair that has truth, with its documents."""
    found: dict[Path, Places] = {}
    for path in sorted((corpus / "truth" / "pairs").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        found[path] = (
            truth.get("old_text_clean") or truth["old"],
            truth.get("new_text_clean") or truth["new"],
        )
    return found


def scorer(corpus: Path) -> Path | None:
    """The script that scores comparisons, in the folder `bench` beside the corpus; None where it or
    the truth is absent.
    """
    script = corpus.parent / "bench" / "eval_diff.py"
    return script if script.is_file() and truths(corpus) else None


def end_to_end(corpus: Path, script: Path) -> Figures:
    """The figures of the command, which reads both documents of each pair anew."""
    return _scored(script, corpus / "truth" / "pairs", corpus, COMMAND, Path.cwd())


def read_and_compared(corpus: Path) -> dict[Path, tuple[Places, Comparison]]:
    """The comparisons that the command would print, each document read once, two at a time."""
    pairs = truths(corpus)
    places = sorted({place for both in pairs.values() for place in both})
    with ProcessPoolExecutor(2, get_context("spawn")) as readers:
        found = dict(
            zip(places, readers.map(_read, (corpus / place for place in places)), strict=True)
        )
    return {
        path: (
            (old, new),
            compare(found[old][0], found[new][0], documents=(found[old][1], found[new][1])),
        )
        for path, (old, new) in pairs.items()
    }


def _read(path: Path) -> tuple[Record, Texts]:
    """The record that the command takes of a document that holds one policy, and its texts."""
    values, texts = work(path.read_bytes(), str(path), None)
    read = [read_value(item) for item in values["records"]]
    records = [record for record in read if isinstance(record, Record)]
    return chosen(records, str(path), None), unpacked(texts) if len(records) == 1 else []


def of_answers(script: Path, answers: Answers) -> Figures:
    """The figures of comparisons that are at hand, by the file that says what is true of each.

    The script asks a command for each answer; here that prints the file in which the answer lies,
    below both documents' names.
    """
    with tempfile.TemporaryDirectory() as name:
        truth, folder = Path(name) / "truth", Path(name) / "answers"
        truth.mkdir()
        for path, ((old, new), comparison) in answers.items():
            (truth / path.name).write_bytes(path.read_bytes())
            answer = folder / old / new
            answer.parent.mkdir(parents=True, exist_ok=True)
            answer.write_text(comparison.model_dump_json(by_alias=True), encoding="utf-8")
        return _scored(script, truth, Path(), "cat {old}/{new}", folder)


def _scored(script: Path, truth: Path, documents: Path, command: str, where: Path) -> Figures:
    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "report.json"
        call = [
            sys.executable,
            script.absolute(),
            "--truth",
            truth,
            "--docs",
            documents,
            "--command",
            command,
            "--json",
            report,
        ]
        # its exit code is 1 where a pair failed, which the report tells too
        subprocess.run(
            [str(word) for word in call], cwd=where, check=False, capture_output=True, timeout=900
        )
        told = json.loads(report.read_text())
    return Figures(told["sums"], told["pairs"], told["macro"])
