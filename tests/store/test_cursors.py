"""Cursors go round, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.errors import QueryError
from policy_tracker.store.cursors import checked_limit, read_cursor, write_cursor


@given(
    st.integers(-(2**61), 2**61),
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")),
)
def test_a_cursor_comes_back_as_it_was(number, text):
    cursor = write_cursor(number, text)
    assert read_cursor(cursor, int, str) == [number, text]
    assert cursor.isascii()


@given(st.text(max_size=40))
def test_anything_else_is_refused(text):
    with pytest.raises(QueryError) as refused:
        read_cursor(text, int, int, int, int)
    assert refused.value.field == "cursor"


@pytest.mark.parametrize(
    "values", [[1], [1, 2, 3], ["1", 2], [True, 1], [1.0, 2], [2**62, 1], [None, 1]]
)
def test_values_of_another_list_are_refused(values):
    with pytest.raises(QueryError):
        read_cursor(write_cursor(*values), int, int)


def test_a_limit_is_bounded():
    assert [checked_limit(limit) for limit in (1, 500)] == [1, 500]
    for wrong in (0, -1, 501):
        with pytest.raises(QueryError):
            checked_limit(wrong)
