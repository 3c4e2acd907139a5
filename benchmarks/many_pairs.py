"""Ten thousand pairs of versions compared on two cores, with progress: how many in a second, and
the most memory that a process takes.

The pairs are invented: each has some forty statements and sixty codes. The reference is the same
work on one core, of a part of the pairs.
"""

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from benchmarks.invented import codes, paragraphs, record, reworded
from benchmarks.measuring import Measurement
from policy_tracker.record import Record
from policy_tracker.rules import compare

PAIRS, ON_ONE = 10_000, 500
CORES = 2
BATCH = 50
WAITING = 4
"""Batches that are under way at a time: the others are not even begun, so that memory does not grow
with the number of pairs.
"""
STATEMENTS, CODES = 40, 60


def measure() -> Iterator[Measurement]:
    started = perf_counter()
    changes, most = 0, 0
    with ProcessPoolExecutor(CORES, get_context("spawn")) as workers, _progress() as progress:
        task = progress.add_task("pairs", total=PAIRS)
        for told, memory in _in_turn(workers, range(0, PAIRS, BATCH)):
            changes, most = changes + told, max(most, memory)
            progress.advance(task, BATCH)
    seconds = perf_counter() - started

    started = perf_counter()
    for first in range(0, ON_ONE, BATCH):
        work(first)
    alone = (perf_counter() - started) * PAIRS / ON_ONE
    yield Measurement(
        name=f"{PAIRS} pairs on {CORES} cores",
        seconds=seconds,
        reference="one core",
        reference_seconds=alone,
        quality=f"{PAIRS / seconds:.0f} pairs a second, {changes} changes; at most {most} MB a "
        f"worker, {peak()} MB here",
    )


def _in_turn(workers: ProcessPoolExecutor, firsts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The results of all batches as they come, a few at a time under way."""
    rest = iter(firsts)
    under_way: set[Future[tuple[int, int]]] = {
        workers.submit(work, first) for first in islice(rest, WAITING)
    }
    while under_way:
        done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        under_way |= {workers.submit(work, first) for first in islice(rest, len(done))}
        yield from (one.result() for one in done)


def work(first: int) -> tuple[int, int]:
    """Make and compare a batch of pairs; how many changes were found, and the most megabytes that
    this process ever took.
    """
    changes = sum(len(compare(*pair(number)).changes) for number in range(first, first + BATCH))
    return changes, peak()


def peak() -> int:
    """The most megabytes that this process took; what getrusage tells of a child begins with its
    parent's.
    """
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def pair(seed: int) -> tuple[Record, Record]:
    """Two versions, different ones for each seed: one statement in ten is reworded, one in twenty
    gone, one code in ten replaced.
    """
    random = Random(seed)
    texts = {f"was-{number}": text for number, text in enumerate(paragraphs(STATEMENTS, seed))}
    later = {
        key: reworded(text, random) if random.random() < 1 / 10 else text
        for key, text in texts.items()
        if random.random() > 1 / 20
    }
    listed = random.sample(codes(10 * CODES), CODES + CODES // 10)
    return record(texts, listed[:CODES]), record(later, listed[CODES // 10 :])


def _progress() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(file=sys.stderr), transient=True)
