"""The optional corpus of real documents, and how much of its verified truth extraction finds."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record
from policy_tracker.settings import settings

Figure = tuple[float, int, int]
"""Found, wanted, given."""
ABSENT = "the corpus of real documents is not here (POLICY_TRACKER_CORPUS names its folder)"


def folder() -> Path | None:
    """The corpus; None where it is absent."""
    place = settings().corpus.absolute()
    return place if (place / "truth" / "extract").is_dir() else None


def scorer(corpus: Path) -> Path | None:
    """The script that scores extraction, in the folder `bench` beside the corpus; None where it is
    absent.
    """
    script = corpus.parent / "bench" / "eval_extract.py"
    return script if script.is_file() else None


def f1(figure: Figure) -> float:
    """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing was
    given.
    """
    hit, wanted, given = figure
    return 2 * hit / (wanted + given) if wanted + given else 1.0


def figures(corpus: Path, script: Path) -> tuple[dict[str, Figure], dict[str, float], int]:
    """The counts of every figure over all documents, the mean of the documents' own figures, and
    how many documents failed.
    """
    command = f"{sys.executable} -m policy_tracker extract {{}} --json"
    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "report.json"
        call = [
            sys.executable,
            script,
            "--truth",
            corpus / "truth" / "extract",
            "--docs",
            corpus,
            "--command",
            command,
            "--json",
            report,
        ]
        # its exit code is 1 where a document failed, which the report tells too
        subprocess.run(
            [str(word) for word in call],
            cwd=script.parent,
            check=False,
            capture_output=True,
            timeout=600,
        )
        told = json.loads(report.read_text())
    return (
        {name: tuple(figure) for name, figure in told["total"].items()},
        told["macro"],
        told["failed"],
    )


def determinations(corpus: Path) -> Figure:
    """How many determinations of the CMS export give number, title, text, and an effective date or
    word that it is undated.
    """
    export = corpus / "cms" / "ncd" / "ncd_trkg.csv"
    records = [
        record for record in extract(export.read_bytes(), export.name) if isinstance(record, Record)
    ]
    whole = sum(
        bool(
            record.policy_number
            and record.title
            and (record.statements or record.residual or record.scope)
            and "effective" in record.dates
        )
        for record in records
    )
    return whole, len(records), len(records)
