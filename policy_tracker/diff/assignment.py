"""The assignment of scipy without the rest of `scipy.optimize`, whose import takes longer than most comparisons."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import lru_cache
from importlib.machinery import PathFinder
from pathlib import Path

import numpy as np
import scipy

Solver = Callable[..., tuple[np.ndarray, np.ndarray]]


def greatest(table: np.ndarray) -> list[tuple[int, int]]:
    """The pairs of rows and columns, each of these once at most, for which the sum of the table's values is greatest."""
    rows, columns = _solver()(table, maximize=True)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


@lru_cache(maxsize=1)
def _solver() -> Solver:
    """The function in scipy's own compiled module; through the package where a release of scipy keeps it elsewhere."""
    spec = PathFinder.find_spec("_lsap", [str(Path(folder, "optimize")) for folder in scipy.__path__])
    if spec is not None and spec.loader is not None:
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if solver := getattr(module, "linear_sum_assignment", None):
            return solver
    from scipy.optimize import linear_sum_assignment

    return linear_sum_assignment
