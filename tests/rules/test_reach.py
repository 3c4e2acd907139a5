import pytest

from policy_tracker.rules.reach import reach, reach_of_both


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Syrup: a PA is required for members 9 years and older.", -1),
        ("Prior authorization is required only for those over age 40", -1),
        ("A PA is required for members 9 years and older requesting two tablets", -1),
        ("Members under 9 years of age require prior authorization.", -1),
        ("Precertification is not required for children under 9.", 1),
        ("No PA is needed for members over 60 years.", 1),
        ("Members under 9 years do not require prior approval.", 1),
        ("PA is required for members not younger than 9 years", -1),
        ("PA is required for members 9 years and older, except for one refill", 0),
        ("PA is required for those who have not reached 9 years", 0),
        ("PA required: members 9 years and older", -1),
        ("PA applies to members over 9 years", -1),
        ("PA does not apply to members over 60 years", 1),
    ],
)
def test_whom_authorization_is_asked_for(text, sign):
    assert reach(text).sign == sign


@pytest.mark.parametrize(
    "text",
    [
        "Members must be 9 years or older.",
        "Prior authorization is required.",
        "Prior authorization is required when at least 2 notes are submitted.",
        "Prior authorization is issued for 12 months.",
    ],
)
def test_other_sentences_ask_it_for_nobody(text):
    assert reach(text) is None


def test_what_differs_beside_whom_is_another_matter():
    one = "PA is required for members over 20 years. The member is at least 8 years old."
    two = "PA is required for members over 20 years. The member is at least 6 years old."
    assert reach_of_both(one, two) is None
    assert reach_of_both(one, one.replace("20", "30")) == -1
