"""Writes down how much of what really changed in the corpus is told now, as what tests/diff/test_corpus_pairs.py holds later work to.

Run it where the corpus is, after the figures became better: `python -m scripts.record_pair_figures`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks import corpus, corpus_pairs, pair_figures
from benchmarks.pair_figures import Figures

RECORDED = Path(__file__).parents[1] / "tests" / "diff" / "recorded_figures.json"


def to_record(figures: Figures) -> dict[str, Any]:
    shares, means = ({name: round(value, 4) for name, value in values.items()} for values in (figures.shares(), figures.means))
    return {"pairs": len(figures.pairs), "shares": shares, "means": means, "control_alarms": figures.sums["control_alarms"]}


def main() -> int:
    place = corpus.folder()
    script = pair_figures.scorer(place) if place else None
    if place is None or script is None:
        print(f"Nothing is recorded: {pair_figures.ABSENT if place else corpus.ABSENT}.", file=sys.stderr)
        return 1
    answers = {"figures": pair_figures.read_and_compared(place), "by_hand": corpus_pairs.by_hand(place)}
    found = {name: to_record(pair_figures.of_answers(script, own)) for name, own in answers.items()}
    RECORDED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
