"""400 statements of which one in ten is reworded, one in twenty gone and one in twenty new, against
difflib's equal lines.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from random import Random

from benchmarks.invented import paragraphs, record, reworded
from benchmarks.measuring import Measurement, fastest
from policy_tracker.diff.align import align

SIZE = 400


def measure() -> Iterator[Measurement]:
    random = Random(3)
    texts = {f"was-{number}": text for number, text in enumerate(paragraphs(SIZE))}
    kept = [key for key in texts if random.random() >= 1 / 20]
    fresh = iter(paragraphs(SIZE, seed=4))
    later: dict[str, str] = {}
    true: set[tuple[str, str]] = set()
    for key in kept:
        name = f"is-{len(later)}"
        later[name] = reworded(texts[key], random) if random.random() < 1 / 10 else texts[key]
        true.add((key, name))
        if random.random() < 1 / 20:
            later[f"is-{len(later)}"] = next(fresh)

    before, after = record(texts, []), record(later, [])
    found = {(pair.before, pair.after) for pair in align(before, after).pairs}
    yield Measurement(
        name=f"{SIZE} statements aligned",
        seconds=fastest(lambda: align(before, after)),
        reference="difflib on whole statements",
        reference_seconds=fastest(
            lambda: SequenceMatcher(
                None, [*texts.values()], [*later.values()], autojunk=False
            ).get_opcodes()
        ),
        quality=f"precision {len(found & true) / len(found):.3f}, recall {len(found & true) / len(true):.3f}",  # noqa: E501
    )
