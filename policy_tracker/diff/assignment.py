"""The linear assignment problem: which rows of a table go with which columns, for the greatest sum.

Rows are assigned one by one, each along the shortest augmenting path of reduced costs, as in
D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE Transactions on Aerospace
and Electronic Systems 52 (2016). NumPy does the work of a row at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
_NONE = -1


def greatest(table: Floats) -> list[tuple[int, int]]:
    """The pairs of rows and columns, each used once at most, of the greatest sum of values.

    Every row gets a column, or every column a row, whichever are fewer. Of equal sums it is always
    the same one.

    Args:
        table: Finite numbers.

    Returns:
        The pairs in order of the rows.
    """
    if table.shape[0] > table.shape[1]:
        return sorted((row, column) for column, row in greatest(table.T))
    costs = -np.ascontiguousarray(table, np.float64)
    problem = _Problem(costs)
    for row in range(len(costs)):
        problem.assign(row)
    return list(enumerate(problem.column_of.tolist()))


class _Problem:
    """What is assigned so far, and the dual values that prove it the cheapest for the rows seen."""

    def __init__(self, costs: Floats) -> None:
        rows, columns = costs.shape
        self.costs = costs
        self.row_value, self.column_value = np.zeros(rows), np.zeros(columns)
        self.column_of, self.row_of = (np.full(count, _NONE, np.intp) for count in (rows, columns))

    def assign(self, first: int) -> None:
        """Give a column to one more row; others change theirs where that is cheaper."""
        distance = np.full(len(self.row_of), np.inf)
        before = np.full(len(self.row_of), _NONE, np.intp)  # the row from which a column is reached
        done = np.zeros(len(self.row_of), bool)
        row, length, passed = first, 0.0, []
        while True:
            passed.append(row)
            reached = length + (self.costs[row] - self.row_value[row] - self.column_value)
            closer = ~done & (reached < distance)
            distance[closer], before[closer] = reached[closer], row
            column = self._nearest(np.where(done, np.inf, distance))
            length, done[column] = distance[column], True
            if self.row_of[column] == _NONE:
                break
            row = self.row_of[column]
        self.row_value[first] += length
        moved = np.array(passed[1:], np.intp)
        self.row_value[moved] += length - distance[self.column_of[moved]]
        self.column_value[done] -= length - distance[done]
        self._augment(first, column, before)

    def _nearest(self, distance: Floats) -> int:
        """The nearest column, one that is free where there are several: the path ends there."""
        nearest = np.flatnonzero(distance == distance.min())
        free = nearest[self.row_of[nearest] == _NONE]
        return int(free[0] if len(free) else nearest[0])

    def _augment(self, first: int, column: int, before: Places) -> None:
        """Go back along the path from a free column; each row on it takes the column it led to."""
        row = _NONE
        while row != first:
            row = int(before[column])
            taken, self.column_of[row], self.row_of[column] = int(self.column_of[row]), column, row
            column = taken
