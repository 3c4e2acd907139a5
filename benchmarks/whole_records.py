"""Whole records of 400 statements and 5,000 codes compared, against DeepDiff on the same records;
and how the time grows.

DeepDiff is given its best case: both records as mappings by key, told to look into small mappings
too. How time grows is measured against our own smaller case: ten times the codes, and 40 % of them
changed where 5 % had been.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from deepdiff import DeepDiff

from benchmarks.invented import codes, paragraphs, record, reworded
from benchmarks.measuring import Measurement, in_turn
from policy_tracker.diff.compare import differences
from policy_tracker.record import Record
from policy_tracker.rules import compare

STATEMENTS, CODES = 400, 5_000
FEW, MANY = 0.05, 0.40
ROUNDS = 5
Pair = tuple[Record, Record]


def measure() -> Iterator[Measurement]:
    few, many = pair(STATEMENTS, CODES, FEW), pair(STATEMENTS, CODES, MANY)
    before, after = map(by_key, few)
    name = f"{STATEMENTS} statements, {CODES} codes"
    ours, judged, theirs = in_turn(
        lambda: differences(*few), lambda: compare(*few), lambda: deep(before, after), rounds=ROUNDS
    )
    keyed = "DeepDiff on the keyed records"
    yield Measurement(
        f"{name}: differences",
        ours,
        keyed,
        theirs,
        f"{theirs / ours:.0f} times as fast; {found(few)}",
    )
    yield Measurement(
        f"{name}: judged", judged, keyed, theirs, f"{theirs / judged:.0f} times as fast"
    )

    churned, ours, judged_many, judged = in_turn(
        lambda: differences(*many),
        lambda: differences(*few),
        lambda: compare(*many),
        lambda: compare(*few),
        rounds=ROUNDS,
    )
    yield Measurement(
        f"{name}, {MANY:.0%} of the codes changed",
        churned,
        f"{FEW:.0%} of the codes changed",
        ours,
        found(many),
    )
    yield Measurement(
        "the same, judged", judged_many, f"{FEW:.0%} of the codes changed", judged, ""
    )

    plain, tenfold = pair(0, CODES, FEW), pair(0, 10 * CODES, FEW)
    ten, one = in_turn(lambda: differences(*tenfold), lambda: differences(*plain), rounds=ROUNDS)
    yield Measurement(
        f"{10 * CODES} codes, {FEW:.0%} changed",
        ten,
        f"{CODES} codes, {FEW:.0%} changed",
        one,
        found(tenfold),
    )


def pair(statements: int, listed: int, churn: float) -> Pair:
    """Two versions: one statement in ten reworded, one in twenty gone and as many new, and a part
    of the codes replaced by others.
    """
    random = Random(7)
    pool = codes(round(listed * (1 + churn)))
    removed = set(random.sample(pool[:listed], round(listed * churn)))
    texts = {f"was-{number}": text for number, text in enumerate(paragraphs(statements))}
    kept = [key for key in texts if random.random() >= 1 / 20]
    later = {
        key: reworded(texts[key], random) if random.random() < 1 / 10 else texts[key]
        for key in kept
    }
    later |= {
        f"is-{number}": text for number, text in enumerate(paragraphs(statements // 20, seed=4))
    }
    return record(texts, pool[:listed]), record(
        later, [code for code in pool if code not in removed]
    )


def by_key(one: Record) -> dict[str, Any]:
    """A record as plain data, its lists as mappings by key, codes by system and code."""
    plain = one.model_dump(mode="json")
    for group in plain["code_groups"]:
        group["codes"] = {(code["system"], code["code"]): code for code in group["codes"]}
    for name in ("sections", "statements", "code_groups"):
        plain[name] = {item["key"]: item for item in plain[name]}
    return plain


def deep(before: Mapping[str, Any], after: Mapping[str, Any]) -> DeepDiff:
    return DeepDiff(before, after, threshold_to_diff_deeper=0)


def found(two: Pair) -> str:
    """How many of the changed codes the differences name."""
    named = {
        ref.code
        for difference in differences(*two).differences
        if difference.subject == "codes"
        for ref in difference.codes
    }
    ones, twos = ({code.code for group in side.code_groups for code in group.codes} for side in two)
    return (
        f"{len(named & (ones ^ twos))} of {len(ones ^ twos)} changed codes named, {len(named - (ones ^ twos))} "  # noqa: E501
        f"false"
    )
