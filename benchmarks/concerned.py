"""Whom a comparison concerns: how long that takes beside the rest of the comparison, with lists of
codes and statements that name some.
"""

from collections.abc import Iterator

from benchmarks.measuring import Measurement, in_turn
from benchmarks.whole_records import CODES, FEW, MANY, ROUNDS, STATEMENTS, Pair, pair
from policy_tracker.diff.compare import differences
from policy_tracker.rules import compare
from policy_tracker.rules.concerns import concerns


def measure() -> Iterator[Measurement]:
    for share in (FEW, MANY):
        yield _measured(
            pair(STATEMENTS, CODES, share),
            f"{STATEMENTS} statements, {CODES} codes, {share:.0%} of them changed",
        )


def _measured(sides: Pair, name: str) -> Measurement:
    found, judged = differences(*sides), compare(*sides)
    decisive = {change.difference for change in judged.changes if change.substantive}
    loud = [difference for difference in found.differences if difference.hash in decisive]
    whom, whole = in_turn(
        lambda: concerns(*sides, found.alignment, loud, judged.changes),
        lambda: compare(*sides),
        rounds=ROUNDS,
    )
    said = f"{whom / (whole - whom):.2f} of the rest; {len(judged.concerns or ())} sets of codes"
    return Measurement(f"{name}: whom it concerns", whom, "the whole comparison", whole, said)
