"""What the rules say hangs on their version and on nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from policy_tracker.rules import AS_DECLARED
from tests.rules.said import RECORDED, said

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def now() -> str:
    return said()


def test_rules_that_say_something_else_have_another_version(now):
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert recorded.get(AS_DECLARED.stamp) == now, (
        "rules or engine say something else than version "
        f"{AS_DECLARED.stamp} did: raise RULESET (rules/registry.py) or ENGINE (diff/differences.py), then python -m tests.rules.said record"
    )


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_every_process_says_the_same_of_every_case(now, seed):
    """Sets are walked in another order under another PYTHONHASHSEED; no word of a verdict may
    depend on that.
    """
    run = subprocess.run(
        [sys.executable, "-m", "tests.rules.said"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert run.stdout.strip() == now
