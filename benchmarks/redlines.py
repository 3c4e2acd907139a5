"""The redline of a text of 2,000 words with one word in six replaced, against difflib on the same
words.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from random import Random

from benchmarks.invented import paragraphs, reworded
from benchmarks.measuring import Measurement, fastest
from policy_tracker.diff.redline import redline


def measure() -> Iterator[Measurement]:
    random = Random(5)
    old = " ".join(paragraphs(100))
    new = reworded(old, random)
    spans = redline(old, new)
    whole = (
        "".join(span.text for span in spans if span.op != "insert") == old
        and "".join(span.text for span in spans if span.op != "delete") == new
    )
    yield Measurement(
        name=f"redline of {len(old.split())} words",
        seconds=fastest(lambda: redline(old, new)),
        reference="difflib on the words",
        reference_seconds=fastest(
            lambda: SequenceMatcher(None, old.split(), new.split(), autojunk=False).get_opcodes()
        ),
        quality=f"{len(spans)} spans, both texts {'whole' if whole else 'DAMAGED'}",
    )
