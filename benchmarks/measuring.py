"""What a benchmark reports, and how time is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

ROUNDS = 5


@dataclass(frozen=True)
class Measurement:
    """One step's time in seconds beside its reference's, and how good its answer was."""

    name: str
    seconds: float
    reference: str
    reference_seconds: float
    quality: str

    @property
    def ratio(self) -> float:
        """Times the reference: below 1 is faster."""
        return self.seconds / self.reference_seconds


def fastest(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The shortest of several runs, in seconds: what disturbs a run only ever makes it longer."""
    times = []
    for _ in range(rounds):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return min(times)
