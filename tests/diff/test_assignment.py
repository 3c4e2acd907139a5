"""The assignment is the best there is: of few by trying all, of many by a proof."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from policy_tracker.diff.assignment import greatest

SMALL = st.tuples(st.integers(1, 5), st.integers(1, 5))
STEPS = st.integers(-4, 4).map(lambda number: number / 4)
TABLES = SMALL.flatmap(lambda shape: arrays.arrays(np.float64, shape, elements=STEPS))


def total(table: np.ndarray, pairs: list[tuple[int, int]]) -> float:
    return sum(table[pair] for pair in pairs)


def best_of_all(table: np.ndarray) -> float:
    """The greatest sum, found by trying every assignment."""
    if len(table) > len(table.T):
        return best_of_all(table.T)
    chosen = itertools.permutations(range(table.shape[1]), len(table))
    return max(total(table, list(enumerate(columns))) for columns in chosen)


def require_assignment(table: np.ndarray, pairs: list[tuple[int, int]]) -> None:
    rows, columns = zip(*pairs, strict=True)
    assert len(pairs) == min(table.shape) == len(set(columns))
    assert list(rows) == sorted(set(rows))


def gains_by_a_swap(table: np.ndarray, pairs: list[tuple[int, int]]) -> bool:
    """Whether pairs can change their columns in a ring, or take free ones, so that the sum grows.

    An assignment is the best one exactly if not: a better one differs from it by such rings and
    chains (Berge). Longest walks find them (Bellman and Ford), where an edge from row a to row b
    says what a gains by taking b's column.
    """
    if table.shape[0] > table.shape[1]:
        return gains_by_a_swap(table.T, [(column, row) for row, column in pairs])
    column_of = np.array([column for _, column in sorted(pairs)])
    free = sorted(set(range(table.shape[1])) - set(column_of.tolist()))
    nodes = len(table) + bool(free)
    gain = np.full((nodes, nodes), -np.inf)
    own = table[np.arange(len(table)), column_of]
    gain[: len(table), : len(table)] = table[:, column_of] - own[:, None]
    if free:  # the last node: a free column, which loses nothing by giving its place to another
        gain[: len(table), -1] = table[:, free].max(axis=1) - own
        gain[-1, : len(table)] = 0
    longest = np.zeros(nodes)
    for _ in range(nodes):
        longer = np.maximum(longest, (longest[:, None] + gain).max(axis=0))
        if np.allclose(longer, longest, atol=1e-9):
            return False
        longest = longer
    return True


@given(TABLES)
def test_no_assignment_of_few_is_better(table: np.ndarray) -> None:
    pairs = greatest(table)
    require_assignment(table, pairs)
    assert total(table, pairs) == pytest.approx(best_of_all(table))


@given(TABLES, st.randoms(use_true_random=False))
def test_what_proves_it_of_many_is_right_of_few(table: np.ndarray, chance: random.Random) -> None:
    """Of any assignment, by chance a bad one."""
    few, many = sorted(table.shape)
    pairs = list(enumerate(chance.sample(range(many), few)))
    if table.shape[0] > few:
        pairs = sorted((row, column) for column, row in pairs)
    assert gains_by_a_swap(table, pairs) == (total(table, pairs) < best_of_all(table) - 1e-6)


def rounded(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Many equal values."""
    return np.round(rng.random(shape), 1)


def scores(rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """As scores of statements are: most are 0, and one row has several good columns."""
    table = rng.random(shape)
    table[rng.random(shape) > 0.05] = 0
    return table


def near(_rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """The same words everywhere: only the place counts."""
    return 0.9 - 0.05 * np.abs(
        np.subtract.outer(np.linspace(0, 1, shape[0]), np.linspace(0, 1, shape[1]))
    )


@pytest.mark.parametrize("make", [rounded, scores, near, np.random.Generator.random])
@pytest.mark.parametrize("shape", [(60, 60), (90, 60), (60, 90), (1, 200)])
def test_no_assignment_of_many_is_better(make, shape: tuple[int, int]) -> None:
    table = make(np.random.default_rng(7), shape)
    pairs = greatest(table)
    require_assignment(table, pairs)
    assert not gains_by_a_swap(table, pairs)


def test_the_best_sum_is_not_that_of_the_best_pair() -> None:
    assert greatest(np.array([[0.9, 0.8], [0.8, 0.1]])) == [(0, 1), (1, 0)]


def test_equals_are_assigned_in_their_order() -> None:
    assert greatest(np.ones((4, 6))) == [(place, place) for place in range(4)]
    assert greatest(np.ones((6, 4))) == [(place, place) for place in range(4)]


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 0)])
def test_of_nothing_it_is_empty(shape: tuple[int, int]) -> None:
    assert greatest(np.zeros(shape)) == []
