"""The position that a sentence takes where it denies in two ways."""

import pytest

from policy_tracker.language.coverage_terms import decision_of


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Lamps do not meet our clinical criteria and are additionally not covered:", "not_covered"),
        ("Lamps are experimental and are also not reimbursed.", "not_covered"),
        ("Lamps are not medically necessary and are therefore refused.", "not_medically_necessary"),
        ("Lamps are not medically necessary; lanterns are also covered.", "not_medically_necessary"),
    ],
)
def test_what_a_denial_adds_holds_for_those_too_who_would_show_the_need(text, position):
    decision = decision_of(text)
    assert decision is not None
    assert decision.position == position
