"""The case that brings a duty, and what a change of it asks."""

import pytest

from policy_tracker.language.duty_cases import asked_more, differ_in_case

ALWAYS = "The chart must list each lamp"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("When two lamps are worn, the chart must list each lamp", ALWAYS, 1),
        (ALWAYS, "When two lamps are worn, the chart must list each lamp", -1),
        (ALWAYS, f"{ALWAYS} if more than two are worn", -1),
        (f"{ALWAYS} if worn", f"{ALWAYS} if worn at night", 0),
        (f"{ALWAYS} if worn", "The chart must show each lamp", 0),
        (f"{ALWAYS} only if worn", ALWAYS, 0),
        ("When two lamps are worn, the chart lists each lamp", "The chart lists each lamp", 0),
        ("If worn, the chart must not list a lamp", "The chart must not list a lamp", 0),
    ],
)
def test_a_duty_without_its_case_holds_always(before, after, found):
    assert asked_more(before, after) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (f"{ALWAYS} if worn", f"{ALWAYS} if worn at night", True),
        ("When two are worn, it must fit", "When three are worn, it must fit", True),
        ("When two are worn, it must fit", "When two are worn, it must stay", False),
        ("The lamp fits when worn", "The lamp fits", False),
    ],
)
def test_sentences_that_differ_in_the_case_alone(before, after, found):
    assert differ_in_case(before, after) == found
