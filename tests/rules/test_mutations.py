"""One thing of one sentence made another is told, wherever it stands: in the curated policies."""

from functools import cache
from pathlib import Path

import pytest

from benchmarks.mutations import Told, told_of
from policy_tracker.record import Record
from policy_tracker.recordfiles.folder import check_folder

POLICIES = Path(__file__).parents[2] / "policies"


@cache
def curated() -> list[Record]:
    found = [sourced.value for sourced in check_folder([POLICIES]).records]
    return [one for one in found if isinstance(one, Record)]


def _check(told: dict[str, Told]) -> None:
    notes = [note for one in told.values() for note in one.notes if note.startswith("silent")]
    assert not notes
    assert sum(one.count for one in told.values()) > 20
    assert not any(one.directions["wrong"] for one in told.values())


def test_a_sample_of_mutants_is_told():
    _check(told_of(curated()[:6], every=False))


@pytest.mark.soak
def test_every_mutant_is_told():
    _check(told_of(curated(), every=True))
