"""Made policies in the ways of writing that were added later: read, scored and put to the gate.

The misses are written to the file that `MADE_POLICY_MISSES` names.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.made_policies import SEEDS, misses, told
from benchmarks.measuring import Measurement
from tests.made_policies import stock
from tests.made_policies.measure import documents, read
from tests.made_policies.measure import measure as measured


def measure() -> Iterator[Measurement]:
    started = perf_counter()
    found = measured(documents(stock.later_ways().values(), SEEDS), read)
    failed = "".join(f"\nfailed: {one}" for one in found.failed)
    quality = told(found.total) + failed
    name = f"later ways: {found.documents} documents"
    yield Measurement(name, perf_counter() - started, "a minute", 60.0, quality)
    for way, counts in found.ways.items():
        yield Measurement(f"way {way}", 0.0, "-", 1.0, told(counts))
    for form, counts in found.forms.items():
        yield Measurement(f"form {form}", 0.0, "-", 1.0, told(counts))
    if place := os.environ.get("MADE_POLICY_MISSES"):
        Path(place).write_text(misses(found), encoding="utf-8")
