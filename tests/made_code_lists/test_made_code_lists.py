"""Lists of codes are read in whatever way they are printed."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from policy_tracker.extract.extract import extract
from tests.made_code_lists.measure import Figures, measured
from tests.made_code_lists.printing import ways

LEAST_KNOWN, LEAST_APART = 0.98, 0.94


def _read(name: str, data: bytes) -> dict[str, Any]:
    (record,) = extract(data, name)
    return json.loads(record.model_dump_json(by_alias=True))


@cache
def _found(*, apart: bool) -> Figures:
    total = Figures()
    for figures in measured([way for way in ways() if way.apart == apart], _read).values():
        total.add(figures)
    return total


def test_known_ways_are_read_and_nothing_is_turned_round() -> None:
    found = _found(apart=False)
    assert found.share >= LEAST_KNOWN, found.misses
    assert not found.surplus, found.misses
    assert not found.turned, found.misses


def test_ways_that_nobody_tuned_to_are_read() -> None:
    found = _found(apart=True)
    assert found.share >= LEAST_APART, f"{found.share:.3f}"
    assert not found.surplus
    assert not found.turned
