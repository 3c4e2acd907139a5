"""The position of sentences, codes and headings that deny something."""

import pytest

from policy_tracker.language.coverage_terms import (
    decision_of,
    excepts_list,
    position_of_codes,
    position_of_heading,
    special_role,
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


@pytest.mark.parametrize(
    ("text", "excepted"),
    [
        ("Lamps are not covered for uses other than the following:", True),
        ("Lamps are not covered for uses other than those named above, including:", False),
        ("Lamps are not covered for any but the above-named uses, other than those below:", True),
        ("Guests may not get lamps for uses other than those listed above including:", False),
    ],
)
def test_an_exception_that_points_back_does_not_hold_for_the_list_below(text, excepted):
    assert excepts_list(text) is excepted


def test_the_name_of_a_place_that_is_pointed_to_says_nothing():
    assert special_role("Oil lamps (refer to the section on limitations specified below)") is None
    assert special_role("The limitations specified below hold for lamps") == "limit"


def test_what_holds_otherwise_is_not_the_decision():
    decision = decision_of("A lamp is payable only when it is dark; otherwise it is not covered.")
    assert decision is not None
    assert decision.position == "medically_necessary"


def test_a_question_decides_nothing():
    assert decision_of("When are lamps not covered?") is None


def test_a_heading_of_what_is_not_supported_denies():
    assert position_of_heading("LX-3.3 Not Supported") == "not_medically_necessary"
