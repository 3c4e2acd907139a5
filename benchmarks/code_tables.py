"""A list of 5,000 codes of which 5 % changed, against set algebra on the codes of both records,
which tells nothing but the difference.

A code is known by its system and its text. The second reference has both lists at hand as bare
texts, and need not read the records.
"""

from collections.abc import Iterator
from random import Random

from benchmarks.invented import codes, record
from benchmarks.measuring import Measurement, in_turn
from policy_tracker.diff.codes import code_differences
from policy_tracker.diff.compare import differences
from policy_tracker.diff.tree import Tree
from policy_tracker.record import Record

SIZE = 5_000
CHURN = 0.05
ROUNDS = 21


def measure() -> Iterator[Measurement]:
    pool = codes(round(SIZE * (1 + CHURN)))
    removed = set(Random(2).sample(pool[:SIZE], round(SIZE * CHURN)))
    old, new = pool[:SIZE], [code for code in pool if code not in removed]
    before, after = record({}, old), record({}, new)
    trees = Tree(before), Tree(after)

    changed = {
        ref.code
        for difference in differences(before, after).differences
        for ref in difference.codes
    }
    true = set(old) ^ set(new)
    quality = f"{len(changed & true)} of {len(true)} changes found, {len(changed - true)} false"
    told, whole, algebra, bare = in_turn(
        lambda: [*code_differences(*trees)],
        lambda: differences(before, after),
        lambda: difference(before, after),
        lambda: (set(old) - set(new), set(new) - set(old)),
        rounds=ROUNDS,
    )
    name = f"{SIZE} codes, {CHURN:.0%} changed"
    yield Measurement(
        f"{name}: tables", told, "set algebra on the records' codes", algebra, quality
    )
    yield Measurement(
        f"{name}: records",
        whole,
        "set algebra on the records' codes",
        algebra,
        "with the identity of each difference",
    )
    yield Measurement(f"{name}: tables", told, "set algebra on two lists of texts", bare, quality)


def difference(before: Record, after: Record) -> tuple[set, set]:
    one, two = (
        {(code.system, code.code) for group in side.code_groups for code in group.codes}
        for side in (before, after)
    )
    return one - two, two - one
