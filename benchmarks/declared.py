"""What the payer declares of each change: how often it agrees with the verified truth, and what
matching costs beside the comparison.

Only changes that the comparison tells are judged; which truth each of them tells is decided by the
script that scores comparisons. A truth that is declared, or in part, wants `declared`, and one that
is not wants `silent`. Unknown ones are counted apart: there the records hold no history.
"""

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from benchmarks import corpus
from benchmarks.measuring import Measurement, fastest
from policy_tracker.extract.extract import extract
from policy_tracker.record import Record
from policy_tracker.rules import compare
from policy_tracker.rules.declarations.reconcile import reconcile

WANTED = {"yes": "declared", "partial": "declared", "no": "silent"}
ROUNDS = 3


def measure() -> Iterator[Measurement]:
    place = corpus.folder()
    if place is None:
        print(f"What payers declare is not measured: {corpus.ABSENT}.", file=sys.stderr)
        return
    script = place.parent / "bench" / "eval_diff.py"
    if not script.is_file():
        print(
            "What payers declare is not measured: the folder bench is not beside the corpus.",
            file=sys.stderr,
        )
        return
    scorer = _load(script)
    total: Counter[str] = Counter()
    seconds, reference = 0.0, 0.0
    for path in sorted((place / "truth" / "pairs").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        before, after = (
            _record(place / (truth.get(f"{side}_text_clean") or truth[side]))
            for side in ("old", "new")
        )
        counts = _judged(scorer, truth, before, after)
        total += counts
        changes = compare(before, after).changes
        one, two = (
            fastest(lambda: reconcile(before, after, changes), ROUNDS),  # noqa: B023
            fastest(lambda: compare(before, after), ROUNDS),  # noqa: B023
        )
        seconds, reference = seconds + one, reference + two
        yield Measurement(
            f"declared: {truth['pair']}", one, "the whole comparison", two, _words(counts)
        )
    yield Measurement(
        "declared: all pairs", seconds, "the whole comparisons", reference, _words(total)
    )


def _load(script: Path) -> ModuleType:
    """The scorer as a module; it imports what lies beside it."""
    sys.path.insert(0, str(script.parent))
    try:
        spec = importlib.util.spec_from_file_location("eval_diff", script)
        if spec is None or spec.loader is None:
            raise ImportError(str(script))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(script.parent))


def _record(path: Path) -> Record:
    return next(
        record for record in extract(path.read_bytes(), path.name) if isinstance(record, Record)
    )


def _judged(scorer: ModuleType, truth: dict, before: Record, after: Record) -> Counter[str]:
    """How often a told change agrees with its truth, by what the truth wants."""
    loud = [
        c
        for c in compare(before, after).model_dump(mode="json", by_alias=True)["changes"]
        if c["substantive"]
    ]
    must = [row for row in truth["changes"] if row["substantive"] and not row.get("borderline")]
    pairs, _ = scorer.match(loud, must, [row for row in truth["changes"] if row.get("borderline")])
    counts: Counter[str] = Counter()
    for place, number in pairs.items():
        wanted, given = WANTED.get(must[place]["declared"]), loud[number]["declared"]
        if wanted is None:
            continue
        if given == "unknown":
            counts["unknown"] += 1
        else:
            counts[f"{wanted} wanted"] += 1
            counts[f"{wanted} right"] += wanted == given
    return counts


def _words(counts: Counter[str]) -> str:
    parts = [
        f"{name} {counts[f'{name} right']} of {counts[f'{name} wanted']}"
        for name in ("declared", "silent")
        if counts[f"{name} wanted"]
    ]
    parts += [f"{counts['unknown']} unknown"] if counts["unknown"] else []
    return ", ".join(parts) or "nothing told"
