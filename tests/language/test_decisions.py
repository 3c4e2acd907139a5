"""The position of sentences, codes and headings that deny something."""

import pytest

from policy_tracker.language.coverage_terms import (
    decision_of,
    position_of_codes,
    position_of_heading,
)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        (
            "Lamps do not meet our clinical criteria and are additionally not covered:",
            "not_covered",
        ),
        ("Lamps are experimental and are also not reimbursed.", "not_covered"),
        ("Lamps are not medically necessary and are therefore refused.", "not_medically_necessary"),
        (
            "Lamps are not medically necessary; lanterns are also covered.",
            "not_medically_necessary",
        ),
    ],
)
def test_what_a_denial_adds_holds_for_those_too_who_would_show_the_need(text, position):
    decision = decision_of(text)
    assert decision is not None
    assert decision.position == position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("10001 is covered.", "covered"),
        ("Neither 10001 nor 10002 is covered.", "not_covered"),
        ("It is open whether 10001 is covered.", "informational"),
    ],
)
def test_what_a_sentence_says_of_its_codes_is_turned_by_its_denial(text, position):
    assert position_of_codes(text, None) == position


@pytest.mark.parametrize(
    ("heading", "position"),
    [
        ("Benefits are not available", "not_covered"),
        ("Lamp care is inappropriate", "not_medically_necessary"),
        ("Limitations of coverage", None),
        ("Guests who have not failed lamp care", None),
    ],
)
def test_a_heading_that_denies_in_words_of_its_own_is_not_passed_by(heading, position):
    assert position_of_heading(heading) == position
