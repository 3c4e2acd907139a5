import subprocess
import sys

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from policy_tracker.diff.assignment import greatest


@pytest.mark.parametrize("shape", [(1, 1), (3, 8), (8, 3), (40, 40)])
def test_it_is_the_assignment_of_scipy(shape: tuple[int, int]) -> None:
    table = np.random.default_rng(7).random(shape)
    rows, columns = linear_sum_assignment(table, maximize=True)
    assert greatest(table) == [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def test_the_best_sum_is_not_that_of_the_best_pair() -> None:
    assert greatest(np.array([[0.9, 0.8], [0.8, 0.1]])) == [(0, 1), (1, 0)]


def test_comparing_does_not_import_the_package_of_optimizers() -> None:
    program = "import sys; from policy_tracker.diff import likeness, assignment; assignment.greatest(likeness.np.eye(2)); "
    program += "sys.exit('scipy.optimize' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
