"""Who, what and when, under sixteen letterheads: payer, number, title, kind, lines of business,
each date, and the history of changes, counted by field; and what the gate makes of the readings.

Five of the heads are kept apart: nobody looks at what is missed there. The misses of the others are
written to the file that `MADE_POLICY_MISSES` names.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.made_gate import faults
from benchmarks.made_gate import told as told_of_gate
from benchmarks.measuring import Measurement
from policy_tracker.extract.quality import UNKNOWN_PAYER, review_reasons
from policy_tracker.record import Record
from tests.made_policies.forms.every import FORMS
from tests.made_policies.head_scoring import WHO_WHAT_WHEN, judged
from tests.made_policies.heads import Head, documents, heads
from tests.made_policies.measure import Measured, commonest
from tests.made_policies.scoring import Count

SEEDS = (0, 1)
_WORDS_OF_A_REASON = 6


def measure() -> Iterator[Measurement]:
    for side, apart in (("tuned", False), ("kept apart", True)):
        started = perf_counter()
        chosen = [head for head in heads().values() if head.apart == apart]
        found, gate, held = read(chosen)
        name = f"heads, {side}: {found.documents} documents"
        quality = f"{told(found.total)}\n{told_of_gate(gate, held)}"
        yield Measurement(name, perf_counter() - started, "a minute", 60.0, quality)
        for head, counts in found.ways.items():
            yield Measurement(f"head {head}", 0.0, "-", 1.0, told(counts))
        if (place := os.environ.get("MADE_POLICY_MISSES")) and not apart:
            Path(place).write_text(misses(found), encoding="utf-8")


def read(chosen: list[Head]) -> tuple[Measured, Counter[str], Counter[str]]:
    """The scores of all readings, and what the gate makes of them."""
    found, gate, held = Measured(), Counter[str](), Counter[str]()
    for head, form, name, data, truth in documents(chosen, SEEDS, FORMS):
        record, reasons = _read(data, name)
        one = judged(truth, record)
        found.add(head, form, one)
        payers = {truth["payer"], *truth["payer_alternatives"]}
        bad = min(
            (faults(truth | {"payer": payer}, record, one.counts) for payer in payers), key=len
        )
        gate[f"{'bad' if bad else 'good'} {'held' if reasons else 'published'}"] += 1
        held.update(f"{'bad' if bad else 'good'} held: {_short(reason)}" for reason in reasons)
        if bad and not reasons:
            held[f"bad published: {name}: {', '.join(bad)}"] += 1
    return found, gate, held


def told(counts: dict[str, Count]) -> str:
    """Each figure with its counts."""
    return ", ".join(
        f"{name} {one.figure:.3f} ({one.right}/{one.wanted}, {one.given} given)"
        for name in (*WHO_WHAT_WHEN, "dates", "statements", "codes")
        if (one := counts.get(name))
    )


def misses(found: Measured) -> str:
    """What was missed most, by figure and head."""
    names = [name for name in found.total if name in WHO_WHAT_WHEN]
    names += [f"{name}, surplus" for name in ("dates", "history")]
    lines = []
    for name in names:
        lines.append(f"## {name}")
        lines += [f"{count} {about}" for about, count in commonest(found, name, 200)]
    return "\n".join(lines) + "\n"


def _read(data: bytes, name: str) -> tuple[dict, tuple[str, ...]]:
    """The record of a document as plain values, and why it would wait."""
    from policy_tracker.errors import InputError
    from policy_tracker.extract.extract import extract

    try:
        (record,) = extract(data, name)
    except InputError as error:
        return {"payer": None}, (str(error),)
    values = json.loads(record.model_dump_json(by_alias=True))
    if not isinstance(record, Record):
        return values, ()
    return values, review_reasons(record, confirmed=record.payer != UNKNOWN_PAYER)


def _short(reason: str) -> str:
    words = reason.split()
    return " ".join(words[1:_WORDS_OF_A_REASON] if words[0].isdigit() else words[:6])
