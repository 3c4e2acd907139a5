"""Writes down how much of what really changed in the corpus is told now, as what
tests/diff/test_corpus_pairs.py holds later work to.

Run it where the corpus is, after the figures became better: `python -m
scripts.record_pair_figures`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks import corpus, corpus_pairs, pair_figures
from benchmarks.pair_figures import Answers, Figures

RECORDED = Path(__file__).parents[1] / "tests" / "diff" / "recorded_figures.json"


def in_sets(answers: Answers) -> dict[str, Answers]:
    """Answers by the set of pairs whose figures are recorded together; pairs that no set names are
    a set of their own, `later`.

    A corpus that grows would otherwise change the figures of a comparison that did not.
    """
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    sets = {name: set(row["names"]) for name, row in recorded.items() if "names" in row}
    named: dict[str, Answers] = {
        name: {path: own for path, own in answers.items() if path.stem in names}
        for name, names in sets.items()
        if name != "later"
    }
    rest = {
        path: own
        for path, own in answers.items()
        if not any(path in own_set for own_set in named.values())
    }
    if rest:
        named["later"] = rest
    return named


def to_record(figures: Figures) -> dict[str, Any]:
    shares, means = (
        {name: round(value, 4) for name, value in values.items()}
        for values in (figures.shares(), figures.means)
    )
    names = sorted(name.removesuffix(".json") for name in figures.pairs)
    return {
        "names": names,
        "shares": shares,
        "means": means,
        "control_alarms": figures.sums["control_alarms"],
    }


def main() -> int:
    place = corpus.folder()
    script = pair_figures.scorer(place) if place else None
    if place is None or script is None:
        print(
            f"Nothing is recorded: {pair_figures.ABSENT if place else corpus.ABSENT}.",
            file=sys.stderr,
        )
        return 1
    answers = in_sets(pair_figures.read_and_compared(place)) | {
        "by_hand": corpus_pairs.by_hand(place)
    }
    found = {name: to_record(pair_figures.of_answers(script, own)) for name, own in answers.items()}
    RECORDED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
