import pytest

from policy_tracker.language.abbreviations import abbreviated
from policy_tracker.language.announcements import completed, own_words, turns_list


@pytest.mark.parametrize(
    "lead_in",
    [
        "ALL of the following:",
        "One of the following criteria is met:",
        "The member meets ONE of the following:",
        "At least two (2) of the following are present:",
        "The following criteria must be met:",
    ],
)
def test_a_lead_in_that_only_announces_its_list_says_nothing(lead_in):
    assert own_words(lead_in) == ()
    assert not completed(lead_in)


@pytest.mark.parametrize(
    ("lead_in", "members_complete_it"),
    [
        ("The gate is locked and ALL of the following are met:", False),
        ("The gate is locked, when ONE of the following is met:", False),
        ("Repainting with one of the following:", True),
        ("Loss of any of the following:", True),
    ],
)
def test_a_lead_in_that_says_something(lead_in, members_complete_it):
    assert own_words(lead_in)
    assert completed(lead_in) is members_complete_it


@pytest.mark.parametrize(
    ("lead_in", "turned"),
    [
        ("The gate does not have any of the following:", True),
        ("Gates without any of the following:", True),
        ("The gate is not locked and ANY of the following are met:", False),
        ("No answer from one of the following:", False),
        ("ANY of the following:", False),
    ],
)
def test_whether_a_lead_in_denies_its_list(lead_in, turned):
    assert turns_list(lead_in) is turned


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Approved by the Board of Garden Gates (BGG).", "Approved by the BGG."),
        ("Approved by the board (BGG).", "Approved by the board (BGG)."),
        ("Gates (see below) are painted.", "Gates (see below) are painted."),
    ],
)
def test_a_name_with_its_abbreviation_is_the_abbreviation(text, short):
    assert abbreviated(text) == short
