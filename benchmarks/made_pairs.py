"""Two versions of made policies, in one physical form and in two: what differs only in form must
tell nothing, and what was changed on purpose must be told, with its kind and direction.

The script that scores the corpus' pairs matches changes here, too. `MADE_PAIR_NOTES` names a file
for every miss and alarm; `MADE_PAIR_WAYS` and `MADE_PAIR_SEEDS` restrict what is made.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter
from types import ModuleType
from typing import Any

from benchmarks import corpus
from benchmarks.measuring import Measurement
from benchmarks.pair_figures import share
from policy_tracker.diff.stream import Texts
from policy_tracker.documents.attached import unpacked
from policy_tracker.isolation.jobs.records import work
from policy_tracker.isolation.run import read_value
from policy_tracker.record import Record
from policy_tracker.rules import Comparison, compare
from tests.made_policies.forms.every import FORMS, rendered
from tests.made_policies.invent import invent
from tests.made_policies.mutating import Policy, mutated, reissued
from tests.made_policies.stock import later_ways, ways

Json = dict[str, Any]
TWO_FORMS = (
    ("html_lists", "pdf_column"),
    ("pdf_ruled", "html_breaks"),
    ("text_flat", "html_lists"),
    ("docx_numbered", "pdf_ruled"),
    ("docx_plain", "text_wrapped"),
    ("text_wrapped", "docx_numbered"),
    ("html_breaks", "docx_plain"),
    ("pdf_column", "text_flat"),
)
_STAYING = ("coverage", "denials", "continuation")
_BACK = ("references", "history", "disclaimer")
_SEEDS = (0, 1)


@dataclass
class Made:
    """Counts of one kind of pairs, and what was missed and told falsely."""

    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


def measure() -> Iterator[Measurement]:
    place = corpus.folder()
    script = place and place.parent / "bench" / "eval_diff.py"
    if not script or not script.is_file():
        print("Made pairs are not scored: the folder bench is not beside the corpus.")
        return
    started = perf_counter()
    chosen = os.environ.get("MADE_PAIR_WAYS", "").split() or [*ways(), *later_ways()]
    seeds = [int(seed) for seed in os.environ.get("MADE_PAIR_SEEDS", "").split()] or _SEEDS
    tables: dict[str, Counter[str]] = defaultdict(Counter)
    notes: list[str] = []
    policies = [(str(script), name, seed) for name in chosen for seed in seeds]
    with ProcessPoolExecutor(
        int(os.environ.get("MADE_PAIR_JOBS", "1")), get_context("spawn")
    ) as jobs:
        for found in jobs.map(_policy, policies):
            for name, made in found.items():
                tables[name] += made.counts
                notes += made.notes
    for name in sorted(tables):
        yield Measurement(name, perf_counter() - started, "-", 1.0, _told(tables[name]))
    if told := os.environ.get("MADE_PAIR_NOTES"):
        Path(told).write_text("\n".join([*notes, ""]), encoding="utf-8")


def _told(counts: Counter[str]) -> str:
    rows = [
        f"{name} {share(counts, part, whole):.3f} ({counts[part]} of {counts[whole]})"
        for name, part, whole in (
            ("recall", "told", "wanted"),
            ("precision", "told", "predicted"),
            ("kind", "kind", "told"),
            ("direction", "direction", "told"),
            ("not classified", "unclassified", "differing"),
        )
        if counts[whole]
    ]
    alarms = f"{counts['alarms']} alarms on {counts['alarmed']} of {counts['controls']} controls"
    return "\n".join([*rows, alarms] if counts["controls"] else rows)


def _scorer(script: str) -> ModuleType:
    folder = str(Path(script).parent)
    if folder not in sys.path:
        sys.path.append(folder)
    return import_module("eval_diff")


def _policy(asked: tuple[str, str, int]) -> dict[str, Made]:
    """All pairs of one policy of one payer."""
    script, name, seed = asked
    scorer = _scorer(script)
    rng = Random(f"pair {name} {seed}")
    first = Policy(invent(seed), (ways() | later_ways())[name])
    later = reissued(first)
    other, rows = mutated(later, rng, seed, rng.randint(1, 4))
    before, same, after = (_read(policy, seed) for policy in (first, later, other))
    shuffled = _read(_presented(later, rng), seed)
    found: dict[str, Made] = defaultdict(Made)
    pairs = [*(("one form", form, form) for form in FORMS), *(("two forms", *p) for p in TWO_FORMS)]
    for group, one, two in pairs:
        title = f"{name}-{seed} {one} > {two}"
        for told, changed, truth in (
            ("mutated", after, rows),
            ("same", same, []),
            ("presented otherwise", shuffled, []),
        ):
            old, new = before[one], changed[two]
            if old is None or new is None:
                found[f"{group}, total"].notes.append(f"{title} FAILED")
                continue
            found_now = compare(old[0], new[0], documents=(old[1], new[1]))
            changes = json.loads(found_now.model_dump_json(by_alias=True))["changes"]
            made = _scored(scorer, [c for c in changes if c["substantive"]], truth)
            made.counts += _accounted(found_now)
            names = (f"{group}, total", f"{group}, {one} > {two}", f"{group}, {told}")
            for table in names:
                found[table].counts += made.counts
            found[names[0]].notes += [f"{title} {told}: {note}" for note in made.notes]
            for row, right in zip(truth, made.rows, strict=True) if truth else ():
                by = found[f"{group}, mutation {row['mutation']}"].counts
                by["wanted"] += 1
                by.update(right)
    return found


def _accounted(found: Comparison) -> Counter[str]:
    """The words that differ, and those that nothing classifies."""
    account = found.account
    if account is None:
        return Counter()
    return Counter(differing=account.words_differing, unclassified=account.not_classified)


@dataclass
class _Scored(Made):
    rows: list[Counter[str]] = field(default_factory=list)


def _scored(scorer: ModuleType, loud: list[Json], truth: list[Json]) -> _Scored:
    pairs, neutral = scorer.match(loud, truth, [])
    false = [c for i, c in enumerate(loud) if i not in neutral and i not in pairs.values()]
    made = _Scored()
    for number, row in enumerate(truth):
        right: Counter[str] = Counter()
        if number in pairs:
            change = loud[pairs[number]]
            right["told"] = 1
            right["kind"] = int(scorer.same_kind(change, row))
            right["direction"] = int(change["direction"] in scorer.alternatives(row, "direction"))
            if not right["kind"]:
                made.notes.append(f"kind {change['kind']} for {row['kind']}: {_short(row)}")
            if not right["direction"]:
                made.notes.append(
                    f"direction {change['direction']} ({change['rule']}) for {row['direction']}: "
                    f"{_short(row)}"
                )
        else:
            made.notes.append(f"missed {row['mutation']}: {_short(row)}")
        made.rows.append(right)
        made.counts += right
    made.counts["wanted"] = len(truth)
    made.counts["predicted"] = len(loud) - len(neutral)
    if not truth:
        made.counts.update(controls=1, alarms=len(false), alarmed=int(bool(false)))
    made.notes += [f"false {change['rule']}: {_short(change)}" for change in false]
    return made


def _short(row: Json) -> str:
    codes = [c["code"] if isinstance(c, dict) else c for c in row.get("codes") or ()]
    return f"{str(row['before'])[:110]!r} -> {str(row['after'])[:110]!r} {' '.join(codes[:8])}"


def _read(policy: Policy, seed: int) -> dict[str, tuple[Record, Texts] | None]:
    """The record of each form with the texts of its document; None where there is not exactly
    one.
    """
    page = policy.page(seed)
    records: dict[str, tuple[Record, Texts] | None] = {}
    for form in FORMS:
        name, data = rendered(page, form)
        values, texts = work(data, name, None)
        found = [read_value(item) for item in values["records"]]
        one = found[0] if len(found) == 1 else None
        records[form] = (one, unpacked(texts)) if isinstance(one, Record) else None
    return records


def _presented(policy: Policy, rng: Random) -> Policy:
    """The policy with other labels and its parts in another order."""
    labels = {"1.": "a)", "a.": "1)", "i.": "(a)", "I.": "1.", "A.": "a.", "•": "–", "-": "•"}
    way = policy.way
    order = [*way.order]
    for turned in (_is_front, _is_back):
        parts = [part for part in order if turned(part)]
        rng.shuffle(parts)
        rest = iter(parts)
        order = [next(rest) if turned(part) else part for part in order]
    other = tuple(labels.get(label, label) for label in way.labels)
    return replace(policy, way=replace(way, order=tuple(order), labels=other))


def _is_front(part: str) -> bool:
    return part not in (*_STAYING, *_BACK)


def _is_back(part: str) -> bool:
    return part in _BACK
