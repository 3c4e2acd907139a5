"""A list of 5,000 codes of which 5 % changed, against set algebra on the bare codes, which tells nothing but the difference."""

from collections.abc import Iterator
from random import Random

from benchmarks.invented import codes, record
from benchmarks.measuring import Measurement, fastest
from policy_tracker.diff.compare import edits

SIZE = 5_000
CHURN = 0.05


def measure() -> Iterator[Measurement]:
    pool = codes(round(SIZE * (1 + CHURN)))
    gone = set(Random(2).sample(pool[:SIZE], round(SIZE * CHURN)))
    old, new = pool[:SIZE], [code for code in pool if code not in gone]
    before, after = record({}, old), record({}, new)

    changed = {ref.code for edit in edits(before, after).edits for ref in edit.codes}
    true = set(old) ^ set(new)
    yield Measurement(
        name=f"{SIZE} codes, {CHURN:.0%} changed",
        seconds=fastest(lambda: edits(before, after)),
        reference="set algebra on the bare codes",
        reference_seconds=fastest(lambda: (set(old) - set(new), set(new) - set(old))),
        quality=f"{len(changed & true)} of {len(true)} changes found, {len(changed - true)} false",
    )
