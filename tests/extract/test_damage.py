"""That the runs over damaged documents notice what they look for."""

import multiprocessing
import os
import time

import pytest

from tests.extract import damage


def breaking(number: int) -> tuple[str, bytes]:
    """Documents of which the fourth one kills the process that reads it, except here."""
    if number == 3 and multiprocessing.parent_process():
        os._exit(7)
    return unforeseen(number % 2)


def unforeseen(number: int) -> tuple[str, bytes]:
    return ("words.txt", b"Wings are covered.") if number else ("words.txt", None)  # ty: ignore[invalid-explicit-return]


def test_an_unforeseen_error_is_a_fault_of_its_document() -> None:
    (fault,) = damage.faults(unforeseen, range(4))
    assert fault.startswith("document 0: ")


def test_what_breaks_its_process_hides_no_other_fault() -> None:
    assert [fault.split(":")[0] for fault in damage.faults(breaking, range(6), processes=2)] == [
        "document 0",
        "document 2",
        "document 4",
    ]


def test_what_took_too_long_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((0.0, damage.MOST_SECONDS + 1))
    monkeypatch.setattr(time, "perf_counter", lambda: next(clock))
    assert damage._fault_of("words.txt", b"Wings are covered.") == "took 21 seconds"
