import pytest

from policy_tracker.extract.coverage import read_coverage
from policy_tracker.language.absence import absence_asked
from tests.extract.pages import document_of


@pytest.mark.parametrize(
    ("decided", "rest", "asked"),
    [
        ("is approved", "when the guest does not have any of the following:", "each"),
        ("is approved", "in the absence of all of these signs:", "each"),
        ("is approved", "for guests without any of the conditions below:", "each"),
        ("is approved", "where the house has no evidence of any of the following:", "each"),
        ("is refused", "where the guest does not meet all of the following:", "some"),
        ("is approved", "when the guest cannot drink any of the following:", "some"),
        ("is approved", "when the guest has any of the following:", None),
        ("is not covered", "for any of the following:", None),
        ("It is the policy of the house that a lamp is not necessary", "in these cases:", None),
    ],
)
def test_a_lead_in_asks_for_the_absence_of_what_it_lists(decided, rest, asked):
    assert absence_asked(f"A lamp {decided} {rest}", decided) == asked


@pytest.mark.parametrize(
    ("lead", "position", "below"),
    [
        (
            "A lamp is not covered if any of these criteria are not met:",
            "not_covered",
            "medically_necessary",
        ),
        (
            "A lamp is denied when one or more of the following is missing:",
            "not_covered",
            "medically_necessary",
        ),
    ],
)
def test_what_is_denied_where_any_part_is_missing_asks_for_all(lead, position, below):
    page = f"!! Coverage\n{lead}\n    1. fever\n    2. hiccups"
    first, *parts = read_coverage(document_of(page)).statements
    assert (first.position, first.logic) == (position, "all_of")
    assert {part.position for part in parts} == {below}


def test_a_list_that_is_not_limited_to_its_parts_asks_for_no_absence():
    assert absence_asked("These include but may not be limited to the following:") is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The following findings are not present:", "each"),
        ("All of the following causes have been ruled out:", "each"),
        ("The following findings are present:", None),
        ("Hiccups including one of the below with or without symptoms:", None),
    ],
)
def test_a_list_may_be_told_to_be_missing(text, asked):
    assert absence_asked(text) == asked


def test_an_item_denies_by_its_own_verb():
    assert absence_asked("The guest does not have any of the following:") == "each"


@pytest.mark.parametrize(
    ("lead", "logic", "below"),
    [
        ("A lamp is covered when the guest does not have any of the following:", "none_of",
         "medically_necessary"),
        ("A lamp is covered when the guest cannot drink any of the following:", None,
         "medically_necessary"),
        ("A lamp is not covered when the guest does not meet all of the following:", "all_of",
         "medically_necessary"),
        ("A lamp is not covered when the guest has any of the following:", "any_of",
         "not_covered"),
        ("It is the policy of the house that a lamp is not medically necessary in any of the"
         " following cases:", "any_of", "not_medically_necessary"),
    ],
)  # fmt: skip
def test_what_must_be_absent_is_read_from_the_lead_in(lead, logic, below):
    page = document_of(f"!! Coverage Policy\n{lead}\n    1. A cold room\n    2. A dark room")
    first, *rest = read_coverage(page).statements
    assert first.logic == logic
    assert {one.position for one in rest} == {below}
