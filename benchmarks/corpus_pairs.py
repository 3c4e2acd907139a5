"""Pairs of real versions: how much of what really changed is told, through the command, and with
records made by hand.

The second figures leave extraction out: both records come from hand-verified truth, so that what is
missed or told wrongly there is the comparison's own fault. Beside them stand the first figures of
the same pairs.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from benchmarks import corpus, pair_figures
from benchmarks.measuring import Measurement
from benchmarks.pair_figures import Counts, Figures, Places
from benchmarks.truth_records import record_of
from policy_tracker.rules import compare
from policy_tracker.rules.changes import Comparison


def measure() -> Iterator[Measurement]:
    place = corpus.folder()
    script = pair_figures.scorer(place) if place else None
    if place is None or script is None:
        print(
            f"Pairs of versions are not measured: {pair_figures.ABSENT if place else corpus.ABSENT}.",  # noqa: E501
            file=sys.stderr,
        )
        return
    seconds, whole = _timed(lambda: pair_figures.end_to_end(place, script))
    yield Measurement(
        f"{len(whole.pairs)} pairs, from documents", seconds, "a minute", 60.0, _told(whole)
    )
    for name, counts in whole.pairs.items():
        yield Measurement(name, seconds / len(whole.pairs), "a minute", 60.0, _row(counts))

    seconds, made = _timed(lambda: pair_figures.of_answers(script, by_hand(place)))
    yield Measurement(
        f"{len(made.pairs)} pairs, from records made by hand",
        seconds,
        "a minute",
        60.0,
        _told(made),
    )
    for name, counts in made.pairs.items():
        quality = f"{_row(counts)}\nfrom documents: {_row(whole.pairs[name])}"
        yield Measurement(f"{name}, by hand", seconds / len(made.pairs), "a minute", 60.0, quality)


def by_hand(place: Path) -> dict[Path, tuple[Places, Comparison]]:
    """The comparisons of the pairs of which both documents have verified truth of extraction."""
    read = {
        json.loads(path.read_text(encoding="utf-8")).get("document"): path
        for path in (place / "truth" / "extract").glob("*.json")
    }
    return {
        path: ((old, new), compare(record_of(read[old]), record_of(read[new])))
        for path, (old, new) in pair_figures.truths(place).items()
        if old in read and new in read
    }


def _timed(work: Callable[[], Figures]) -> tuple[float, Figures]:
    started = perf_counter()
    found = work()
    return perf_counter() - started, found


def _told(figures: Figures) -> str:
    shares = [f"{name} {value:.3f}" for name, value in figures.shares().items()]
    means = [f"mean of {name} {value:.3f}" for name, value in figures.means.items()]
    ends = [
        f"alarms on controls {figures.sums['control_alarms']}",
        f"failed {figures.sums['failed']}",
    ]
    return "\n".join([_row(figures.sums), ", ".join(shares), ", ".join([*means, *ends])])


def _row(counts: Counts) -> str:
    false = counts["predicted"] - counts["good"]
    told = f"{counts['told']} of {counts['wanted']} told, {false} false"
    return (
        f"{told}, kind {counts['kind']}, direction {counts['direction']}, silent "
        f"{counts['silent_told']} of {counts['silent_wanted']}"
    )
