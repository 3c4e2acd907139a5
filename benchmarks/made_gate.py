"""Does the gate publish bad readings of made policies, or hold good ones?

A reading is bad where its payer is wrong, more than a tenth of its statements or a twentieth of its
codes is missing or has another status, or more than a fiftieth of its positions is turned round. A
reading that waits for nothing but an unconfirmed payer counts as published. Shares are given with
their counts and the interval in which they lie in nineteen of twenty cases (Wilson's).
"""

import json
from collections import Counter
from collections.abc import Iterator
from math import sqrt
from time import perf_counter
from typing import Any

from benchmarks.measuring import Measurement
from policy_tracker.errors import InputError
from policy_tracker.extract.extract import extract
from policy_tracker.extract.quality import UNKNOWN_PAYER, review_reasons
from policy_tracker.record import Record
from tests.made_policies import stock
from tests.made_policies.measure import documents
from tests.made_policies.scoring import Count, plain, score

SEEDS = (0, 1)
LEAST_STATEMENTS, LEAST_CODES, MOST_TURNED = 0.9, 0.95, 0.02
_WORDS_OF_A_REASON = 7


def measure() -> Iterator[Measurement]:
    sides = {
        "tuned": stock.tuned(),
        "kept apart": stock.kept_apart(),
        "added later": stock.later_ways().values(),
    }
    for name, ways in sides.items():
        started = perf_counter()
        found = Counter[str]()
        held = Counter[str]()
        for _, _, file, data, truth in documents(ways, SEEDS):
            bad, reasons = judged(file, data, truth)
            kind = "bad" if bad else "good"
            found[f"{kind} {'held' if reasons else 'published'}"] += 1
            held.update(f"{kind} held: {_short(reason)}" for reason in reasons)
            if bad and not reasons:
                held[f"bad published: {file}: {', '.join(bad)}"] += 1
        yield Measurement(
            f"made policies, {name}", perf_counter() - started, "a minute", 60.0, told(found, held)
        )


def judged(name: str, data: bytes, truth: dict[str, Any]) -> tuple[list[str], tuple[str, ...]]:
    """What makes the reading of a document bad, and why the gate holds it."""
    try:
        (record,) = extract(data, name)
    except InputError as error:
        return ["refused"], (str(error),)
    if not isinstance(record, Record):
        return ["no policy"], ()
    values = json.loads(record.model_dump_json(by_alias=True))
    counts = score(truth, values).counts
    return faults(truth, values, counts), review_reasons(
        record, confirmed=record.payer != UNKNOWN_PAYER
    )


def faults(truth: dict[str, Any], record: dict[str, Any], counts: dict[str, Count]) -> list[str]:
    """What makes a reading bad."""
    found = [] if plain(record["payer"]) == plain(truth["payer"]) else [f"payer {record['payer']}"]
    for figure, least in (("statements", LEAST_STATEMENTS), ("codes", LEAST_CODES)):
        one = counts.get(figure)
        if one and one.wanted and one.right < least * one.wanted:
            found.append(f"{figure} {one.right} of {one.wanted}")
    turned = counts.get("reversed")
    if turned and turned.right > MOST_TURNED * turned.wanted:
        found.append(f"turned {turned.right} of {turned.wanted}")
    return found


def told(found: Counter[str], held: Counter[str]) -> str:
    """The counts with their intervals, and the reasons, most frequent first."""
    published = found["bad published"] + found["good published"]
    good = found["good published"] + found["good held"]
    lines = [
        f"bad among the published: {share(found['bad published'], published)}",
        f"held among the good: {share(found['good held'], good)}",
        f"good among all: {share(good, found.total())}",
        *(f"  {count} {reason}" for reason, count in held.most_common(60)),
    ]
    return "\n".join(lines)


def share(count: int, of: int) -> str:
    """A share with its interval: "3 of 40 (2.6% to 19.9%)"."""
    if not of:
        return "none"
    z, p = 1.96, count / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{count} of {of} ({max(0.0, middle - reach):.1%} to {middle + reach:.1%})"


def _short(reason: str) -> str:
    words = reason.split()
    return " ".join(words[1:_WORDS_OF_A_REASON] if words[0].isdigit() else words[:6])
