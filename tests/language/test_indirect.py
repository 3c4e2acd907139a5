"""Words of coverage that decide nothing, because they are asked for or belong to a person's plan."""

import pytest

from policy_tracker.language.coverage_terms import decision_of, leaves_open


@pytest.mark.parametrize(
    "text",
    [
        "The booklet governs which lamps are covered, which are excluded, and which are rented.",
        "Type a number to find out if a lamp is covered.",
        "The desk determines whether lamps are medically necessary.",
        "A page about lamps does not mean that the lamp is a covered benefit.",
        "Being on this page does not imply that lamps are covered.",
        "This page should not be construed to mean that lamps are covered.",
        "This chapter describes the lamps that the fund covers.",
    ],
)
def test_what_is_asked_or_only_denied_to_follow_decides_nothing(text: str):
    assert decision_of(text) is None
    assert leaves_open(text)


@pytest.mark.parametrize(
    "text",
    [
        "These pages hold for readers who are covered by a fund of their own.",
        "If your patient is covered under another fund, ask that fund.",
    ],
)
def test_whom_a_plan_insures_is_no_decision(text: str):
    assert decision_of(text) is None


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Members are covered for one lamp a year.", "medically_necessary"),
        ("Lamps are determined medically necessary when nights are long.", "medically_necessary"),
        ("The desk determines whether nights are long; lamps are not covered.", "not_covered"),
        ("Lamps are covered under the rental benefit.", "medically_necessary"),
    ],
)
def test_a_decision_beside_it_stays(text: str, position: str):
    found = decision_of(text)
    assert found is not None
    assert found.position == position


def test_which_papers_were_read_is_no_decision():
    text = "To judge lamps, studies that meet the following eligibility criteria were considered:"
    assert decision_of(text) is None
