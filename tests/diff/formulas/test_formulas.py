"""Trees of criteria against an oracle that tries every case."""

from collections import Counter

import pytest

from policy_tracker.diff.formulas.expressions import AtLeast, Atom, Not, all_of, any_of
from policy_tracker.diff.formulas.implication import relation
from policy_tracker.rules.classify import compare
from tests.diff.formulas.trees import as_record, pair, truth, twice_edited

A, B, C = (Atom(name) for name in "abc")
PAIRS = 600


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (all_of([A, B]), all_of([B, A, A]), "equal"),
        (all_of([A, B]), A, "weaker"),
        (any_of([A, B]), A, "stronger"),
        (all_of([A, B]), all_of([A, C]), "neither"),
        (any_of([all_of([A, B]), all_of([A, C])]), all_of([A, any_of([B, C])]), "equal"),
        (AtLeast(2, (A, B, C)), any_of([all_of([A, B]), all_of([A, C]), all_of([B, C])]), "equal"),
        (AtLeast(2, (A, B, C)), any_of([A, B, C]), "weaker"),
        (Not(any_of([A, B])), all_of([Not(A), Not(B)]), "equal"),
        (A, all_of([A, any_of([B, Not(B)])]), "equal"),
    ],
)
def test_how_two_expressions_are_related(before, after, what):
    assert relation(before, after) == what


def told(before, after, *, denied=False):
    """The directions of the substantive changes that are told between two trees."""
    one, two = (
        as_record(tree, version, denied=denied)
        for tree, version in ((before, "2025-01-01"), (after, "2026-01-01"))
    )
    return {change.direction for change in compare(one, two).changes if change.substantive}


def verdict(what: str, said: set[str]) -> str:
    """Whether what was told is right, open, wrong, or missing."""
    if what == "neutral":
        return "right" if not said - {"neutral"} else "alarm"
    if not said - {"neutral"}:
        return "missed"
    if "indeterminate" in said:
        return "open"
    wanted = {"broadened", "narrowed"} if what == "both" else {what}
    return "right" if said - {"neutral"} == wanted else "wrong"


TURNED = {"broadened": "narrowed", "narrowed": "broadened"}


def test_two_edits_are_never_told_the_wrong_way():
    """What both do together is told, in its direction; each may go its own way besides."""
    found = Counter()
    faults = []
    for seed in range(PAIRS // 3):
        before, after = twice_edited(seed)
        if before.printed() == after.printed():
            continue
        what, said = truth(before, after), told(before, after) - {"neutral"}
        if "indeterminate" in said:
            found["open"] += 1
        elif (
            (what == "neutral" and said not in (set(), {*TURNED}))
            or (what == "both" and said != {*TURNED})
            or (what in TURNED and what not in said)
        ):
            faults.append((seed, what, said))
    assert not faults
    assert found["open"] <= PAIRS / 30, found


def test_under_a_denial_all_goes_the_other_way():
    for seed in range(0, PAIRS, 3):
        name, before, after = pair(seed)
        if before.printed() == after.printed():
            continue
        what, said = truth(before, after), told(before, after, denied=True)
        assert verdict(TURNED.get(what, what), said) in ("right", "open"), (seed, name, what, said)


def test_made_trees_are_read_as_all_cases_tell():
    """Nothing wrong, no alarm and nothing missed; open in at most a tenth."""
    found = Counter()
    faults = []
    for seed in range(PAIRS):
        name, before, after = pair(seed)
        if before.printed() == after.printed():
            continue  # the same words in the same order are no evidence of a change
        result = verdict(truth(before, after), told(before, after))
        found[result] += 1
        if result not in ("right", "open"):
            faults.append((seed, name, result, truth(before, after), told(before, after)))
    assert not faults
    assert found["open"] <= PAIRS / 10, found
