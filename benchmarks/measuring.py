"""What a benchmark reports, and how time is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

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


def in_turn(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The middle processor time of each work in seconds.

    They take turns, so that a busy machine slows all of them alike.
    """
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, own in zip(works, times, strict=True):
            started = process_time()
            work()
            own.append(process_time() - started)
    return [median(own) for own in times]
