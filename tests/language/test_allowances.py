"""How much a row allows of its code."""

import pytest

from policy_tracker.language.allowances import allowances


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gauze; maximum 20 units per day", 20),
        ("Gauze; Max units 4", 4),
        ("Gauze; limit: 6", 6),
        ("once per year", 1),
    ],
)
def test_what_is_allowed(text, value):
    assert [one.value for one in allowances(text)] == [value]


@pytest.mark.parametrize("text", ["Gauze, 10 mg", "each 15 minutes", "Max fee 22", "limit 5 mg"])
def test_a_strength_a_length_and_a_fee_limit_nothing(text):
    assert allowances(text) == ()
