"""Reading many damaged documents: in few processes with a limit on their memory.

What breaks such a process is read once more in the sandbox, which must then give records or a typed
error.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from policy_tracker.errors import DocumentError, ExhaustedDocumentError, InputError
from policy_tracker.extract.extract import extract
from policy_tracker.isolation.run import Limits, extract_apart
from policy_tracker.record import Bulletin, Record

MEMORY = 1 << 30
MOST_SECONDS = 20.0
BATCH = 25

Damaged = Callable[[int], tuple[str, bytes]]
"""Name and bytes of the damaged document of a number, the same ones each time; a function that
another process can import.
"""


def faults(damaged: Damaged, numbers: Sequence[int], processes: int = 1) -> list[str]:
    """What is wrong with how the documents were read: neither records nor an error of ours, too
    slow, or too large.
    """
    shares = [numbers[place::processes] for place in range(processes)]
    with ThreadPoolExecutor(processes) as readers:
        return [
            fault
            for found in readers.map(lambda share: _faults_of(damaged, share), shares)
            for fault in found
        ]


def _faults_of(damaged: Damaged, numbers: Sequence[int]) -> list[str]:
    found: list[str] = []
    waiting = [list(numbers[place : place + BATCH]) for place in range(0, len(numbers), BATCH)]
    while waiting:
        with ProcessPoolExecutor(
            1, multiprocessing.get_context("spawn"), initializer=_limit
        ) as pool:
            try:
                while waiting:
                    found += pool.submit(_faults_in, damaged, waiting[0]).result()
                    waiting.pop(0)
            except BrokenProcessPool:  # in a batch of one it is clear by which document
                broken = waiting.pop(0)
                if len(broken) > 1:
                    waiting[:0] = [[number] for number in broken]
                else:
                    found += _fault_in_sandbox(damaged, broken[0])
    return found


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _faults_in(damaged: Damaged, numbers: Sequence[int]) -> list[str]:
    return [
        f"document {number}: {wrong}"
        for number in numbers
        if (wrong := _fault_of(*damaged(number)))
    ]


def _fault_of(name: str, data: bytes) -> str:
    started = time.perf_counter()
    try:
        records = extract(data, name)
        wrong = (
            ""
            if all(isinstance(record, (Record, Bulletin)) for record in records)
            else "gave something else than records"
        )
    except InputError as error:
        wrong = "" if str(error) else "an error without words"
    except MemoryError:
        wrong = "took all memory"
    except Exception as error:
        wrong = repr(error)[:300]
    seconds = time.perf_counter() - started
    return wrong or (f"took {seconds:.0f} seconds" if seconds > MOST_SECONDS else "")


def _fault_in_sandbox(damaged: Damaged, number: int) -> list[str]:
    name, data = damaged(number)
    try:
        extract_apart(data, name, limits=Limits(memory=MEMORY))
    except ExhaustedDocumentError as error:
        return [f"document {number}: {error}"]
    except DocumentError:
        return []
    return []
