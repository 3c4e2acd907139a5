import pytest

from policy_tracker.language.connectors import between, leads_over


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lamp has been tried for two seasons; AND", "and"),
        ("The skin is dry, or", "or"),
        ("Age 6 or older and:", "and"),
        ("Ointment and/or", None),
        ("A brand", None),
        ("The skin is dry or sore.", None),
    ],
)
def test_an_item_leads_over_with_the_word_at_its_end(text, expected):
    assert leads_over(text) == expected


@pytest.mark.parametrize(
    ("before", "own", "behind", "expected"),
    [
        (["One; OR", "Two; AND"], "Three; AND", ["Four"], "and"),
        (["One; AND", "Two; OR"], "Three; AND", ["Four"], None),
        (["One; AND", "Two; OR"], "Three", [], "or"),
        ([], "One; AND", ["Two; OR", "Three"], "and"),
        (["One"], "Two", ["Three; and", "Four"], "and"),
        (["One; or"], "Two", ["Three; and", "Four"], None),
        ([], "One; and", [], None),
    ],
)
def test_an_item_is_joined_by_the_connectors_beside_it(before, own, behind, expected):
    assert between(before, own, behind) == expected
