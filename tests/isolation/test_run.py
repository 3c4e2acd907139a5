"""A document is read in a process of its own: what breaks it is a typed error, and the caller lives
on.
"""

import subprocess
import sys
import time

import pytest

from policy_tracker.errors import (
    ExhaustedDocumentError,
    MisnamedDocumentError,
    TooLargeDocumentError,
)
from policy_tracker.extract.extract import extract
from policy_tracker.isolation.run import Limits, extract_apart
from tests.extract.payers.aetna_page import PAGE
from tests.extract.payers.pa_lists import ROWS


def test_the_records_are_those_that_are_read_here() -> None:
    for name, data in (("page.html", PAGE), ("list.csv", ROWS)):
        assert extract_apart(data.encode(), name) == extract(data.encode(), name)


def test_a_typed_error_crosses_the_border() -> None:
    with pytest.raises(MisnamedDocumentError) as caught:
        extract_apart(PAGE.encode(), "policy.pdf")
    assert str(caught.value) == "policy.pdf: is a page of HTML, not what its name says"


def test_nesting_is_refused_there_too() -> None:
    with pytest.raises(TooLargeDocumentError):
        extract_apart(b"<div>" * 1_000_000, "deep.html")


def test_the_clock_ends_it() -> None:
    begun = time.monotonic()
    with pytest.raises(ExhaustedDocumentError, match=r"slow\.html: took more than 0\.05 seconds"):
        extract_apart(PAGE.encode(), "slow.html", limits=Limits(wall_seconds=0.05))
    assert time.monotonic() - begun < 20


def test_the_processor_limit_ends_it() -> None:
    page = (
        b"<html>"
        + (
            b"<p>Wings are considered medically necessary when all of the following are "
            b"met:</p><ul><li>x</li></ul>"
        )
        * 60_000
    )
    with pytest.raises(
        ExhaustedDocumentError, match=r"long\.html: took more than 1 seconds of processor time"
    ):
        extract_apart(page, "long.html", limits=Limits(cpu_seconds=1))


def test_memory_ends_it() -> None:
    with pytest.raises(
        ExhaustedDocumentError, match=r"wide\.html: took more than 250 million bytes of memory"
    ):
        extract_apart(
            b"<html><p>" + b"words " * 4_500_000, "wide.html", limits=Limits(memory=250_000_000)
        )


LEFT_BEHIND = """
import os
from policy_tracker.errors import ExhaustedDocumentError
from policy_tracker.isolation.run import Limits, extract_apart
try:
    extract_apart(b"<html><h1>Tea</h1><p>Tea is covered.</p></html>", "slow.html", limits=Limits(wall_seconds=0.05))
except ExhaustedDocumentError:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("no child is left")
"""


def test_the_child_leaves_nothing_behind() -> None:
    # in a process of its own, because this one may have children of other tests
    told = subprocess.run(
        [sys.executable, "-c", LEFT_BEHIND], capture_output=True, text=True, check=True
    )
    assert told.stdout == "no child is left\n"
