"""How much of what really changed between editions in the corpus is told: no recorded figure may fall by more than 0.01.

recorded_figures.json holds the figures that were reached, numbers only; `python -m scripts.record_pair_figures` writes them anew.
"""

import json
from pathlib import Path

import pytest

from benchmarks import corpus, corpus_pairs, pair_figures
from benchmarks.pair_figures import Figures
from scripts.record_pair_figures import RECORDED, to_record

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
def figures(place: Path) -> Figures:
    return pair_figures.of_answers(pair_figures.scorer(place), pair_figures.read_and_compared(place))


@pytest.fixture(scope="module")
def by_hand(place: Path) -> Figures:
    return pair_figures.of_answers(pair_figures.scorer(place), corpus_pairs.by_hand(place))


def fallen(now: dict[str, float], was: dict[str, float]) -> list[str]:
    return [f"{name}: {now[name]:.3f}, was {then:.3f}" for name, then in was.items() if now[name] < then - MOST_FALL - 1e-9]


@pytest.mark.parametrize("records", ["figures", "by_hand"])
def test_no_figure_falls(request: pytest.FixtureRequest, records: str) -> None:
    found: Figures = request.getfixturevalue(records)
    was = WAS[records]
    assert found.sums["failed"] == 0
    assert len(found.pairs) >= was["pairs"]
    now = to_record(found)
    assert not [*fallen(now["shares"], was["shares"]), *fallen(now["means"], was["means"])]


def test_no_further_alarm_where_nothing_changed(figures: Figures) -> None:
    assert figures.sums["control_alarms"] <= WAS["figures"]["control_alarms"]
