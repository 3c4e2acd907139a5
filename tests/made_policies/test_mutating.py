"""Mutations of made policies: each shows on the page exactly what its row says, and nothing else."""

from __future__ import annotations

from random import Random

import pytest

from tests.made_policies.invent import invent
from tests.made_policies.mutating import MUTATIONS, Policy, mutated, reissued
from tests.made_policies.stock import later_ways, ways

WAYS = ways() | later_ways()


def policy(name: str, seed: int = 3) -> Policy:
    return Policy(invent(seed), WAYS[name])


@pytest.mark.parametrize("name", [*WAYS])
def test_every_row_shows_words_or_codes_that_differ(name: str):
    _, rows = mutated(policy(name), Random(name), 3, len(MUTATIONS))
    assert rows
    for row in rows:
        assert row.get("codes") or row["before"] != row["after"]


def test_a_reissue_differs_in_its_dates_alone():
    first = policy("amber")
    old, new = first.page(3), reissued(first).page(3)
    differing = [
        (one, two) for one, two in zip(old.elements, new.elements, strict=True) if one != two
    ]
    assert all("20" in str(one) and "20" in str(two) for one, two in differing)
    assert differing


def test_every_mutation_finds_a_place_somewhere():
    found = set()
    for name in WAYS:
        for seed in range(8):
            _, rows = mutated(policy(name, seed), Random(f"{name} {seed}"), seed, 4)
            found |= {row["mutation"] for row in rows}
    assert found == {*MUTATIONS}
