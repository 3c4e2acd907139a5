"""How many of a list's parts a lead-in asks for."""

import pytest

from policy_tracker.language.quantifiers import quantified


@pytest.mark.parametrize(
    ("text", "logic"),
    [
        ("A lamp is lent where each and every one of the facts listed is true:", "all_of"),
        ("A lamp is lent if the facts below hold; both are needed:", "all_of"),
        ("ALL must be present:", "all_of"),
        ("on proof of the following, either of which suffices:", "any_of"),
        ("when one or more of the signs enumerated is found:", "any_of"),
        ("as soon as a single one of these situations exists:", "any_of"),
        ("THREE OR MORE apply:", "at_least:3"),
        ("if not less than two (2) elements of the list below are documented:", "at_least:2"),
        ("None of the signs below is found:", "none_of"),
        ("One or both of the following signs:", "any_of"),
        ("Any or all of these conditions apply:", "any_of"),
    ],
)
def test_quantifiers_that_point_at_the_list(text: str, logic: str) -> None:
    assert quantified(text) == logic


@pytest.mark.parametrize(
    "text",
    [
        "Any lamp is lent:",
        "Wicks are one set of tests made here, and they can include:",
        "after at least two weeks of the following:",
        "Each of the lamps below is excluded from coverage:",
        "not more than one of the following:",
        "Two oils have failed:",
        "A lamp is lent when:",
    ],
)
def test_quantifiers_that_do_not(text: str) -> None:
    assert quantified(text) is None
