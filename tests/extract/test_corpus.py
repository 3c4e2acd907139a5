"""How much of the corpus's verified truth extraction finds: no recorded figure may fall by more
than 0.01.

recorded_figures.json holds the figures that were reached, numbers only; a better one is written
there by whoever reached it.
"""

import json
from pathlib import Path

import pytest

from benchmarks import corpus

RECORDED = json.loads(Path(__file__).with_name("recorded_figures.json").read_text())
MOST_FALL = 0.01
DETERMINATIONS = 352

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def place() -> Path:
    folder = corpus.folder()
    if folder is None:
        pytest.skip(corpus.ABSENT)
    return folder


@pytest.mark.timeout(300)
def test_no_figure_falls(place: Path) -> None:
    script = corpus.scorer(place)
    if script is None:
        pytest.skip("the folder bench, whose script scores extraction, is not beside the corpus")
    total, means, failed = corpus.figures(place, script)
    assert failed == 0
    fallen = [
        f"{name}: {corpus.f1(total[name]):.3f}, was {was:.3f}"
        for name, was in RECORDED["total"].items()
        if _fell(corpus.f1(total[name]), was)
    ]
    fallen += [
        f"mean of {name}: {means[name]:.3f}, was {was:.3f}"
        for name, was in RECORDED["means"].items()
        if _fell(means[name], was)
    ]
    assert not fallen


def _fell(now: float, was: float) -> bool:
    return now < was - MOST_FALL - 1e-9


def test_every_national_determination_is_read(place: Path) -> None:
    assert corpus.determinations(place) == (DETERMINATIONS, DETERMINATIONS, DETERMINATIONS)
