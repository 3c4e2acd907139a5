"""How much of what really changed between versions in the corpus is told: no recorded figure may
fall by more than 0.01.

recorded_figures.json holds the figures that were reached, numbers only; `python -m
scripts.record_pair_figures` writes them anew.
"""

import json
from pathlib import Path

import pytest

from benchmarks import corpus, corpus_pairs, pair_figures
from benchmarks.pair_figures import Figures
from policy_tracker.rules.changes import Comparison
from scripts.record_pair_figures import RECORDED, in_sets, to_record

MOST_FALL = 0.01
WAS = json.loads(RECORDED.read_text(encoding="utf-8"))

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def place() -> Path:
    folder = corpus.folder()
    if folder is None:
        pytest.skip(corpus.ABSENT)
    if pair_figures.scorer(folder) is None:
        pytest.skip(pair_figures.ABSENT)
    return folder


@pytest.fixture(scope="module")
def read(place: Path) -> dict[Path, tuple[pair_figures.Places, Comparison]]:
    return pair_figures.read_and_compared(place)


@pytest.fixture(scope="module")
def found(place: Path, read: dict[Path, tuple[pair_figures.Places, Comparison]]):
    answers = in_sets(read) | {"by_hand": corpus_pairs.by_hand(place)}
    return {
        name: pair_figures.of_answers(pair_figures.scorer(place), own)
        for name, own in answers.items()
    }


def fallen(now: dict[str, float], was: dict[str, float]) -> list[str]:
    return [
        f"{name}: {now[name]:.3f}, was {then:.3f}"
        for name, then in was.items()
        if now[name] < then - MOST_FALL - 1e-9
    ]


@pytest.mark.parametrize("name", sorted(WAS))
def test_no_figure_falls(found: dict[str, Figures], name: str) -> None:
    was, now = WAS[name], to_record(found[name])
    assert found[name].sums["failed"] == 0
    assert now["names"] == was["names"]
    assert not [*fallen(now["shares"], was["shares"]), *fallen(now["means"], was["means"])]


@pytest.mark.parametrize("name", sorted(WAS))
def test_no_further_alarm_where_nothing_changed(found: dict[str, Figures], name: str) -> None:
    assert found[name].sums["control_alarms"] <= WAS[name]["control_alarms"]


MOST_UNCLASSIFIED = 0.05


def test_each_word_that_differs_has_its_place(read):
    differing = unclassified = 0
    for _, comparison in read.values():
        account = comparison.account
        if account is None:  # one of the documents holds several versions
            continue
        quiet = sum(account.quiet.values())
        placed = account.changed + account.moved + quiet + account.not_classified
        assert placed == account.words_differing
        assert bool(account.not_classified) == bool(comparison.not_classified)
        if account.not_classified:
            assert comparison.verdict.change_type != "reviewed_no_change"
        differing += account.words_differing
        unclassified += account.not_classified
    assert unclassified <= MOST_UNCLASSIFIED * differing
