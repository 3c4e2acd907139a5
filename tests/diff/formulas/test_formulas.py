"""Trees of criteria against an oracle that tries every case."""

from collections import Counter

import pytest

from policy_tracker.diff.formulas.expressions import AtLeast, Atom, Not, all_of, any_of
from policy_tracker.diff.formulas.implication import relation
from policy_tracker.rules.classify import compare
from tests.diff.formulas.trees import as_record, pair, truth

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


def told(before, after):
    """The directions of the substantive changes on coverage that are told between two trees."""
    found = compare(as_record(before, "2025-01-01"), as_record(after, "2026-01-01"))
    return {change.direction for change in found.changes if change.substantive}


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
