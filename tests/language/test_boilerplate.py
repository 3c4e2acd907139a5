import pytest

from policy_tracker.language.boilerplate import is_navigation, speaks_of_itself


@pytest.mark.parametrize(
    "text",
    [
        "This book of policies is intended for general information only.",
        "The lists of codes in this document are no guarantee of payment.",
        "Terms of the member's contract prevail over these rules.",
        "Keepers remain solely responsible for the care of their guests.",
        "Policies may be revised at any time.",
        "A copy of this form must accompany each policy.",
        "State law takes precedence over this guideline.",
        "Inclusion of a code does not imply that it is paid.",
        "These guidelines do not constitute medical advice.",
        "Lantern is a registered trademark of the guild.",
        "The guild assumes no liability for what is shown here.",
        "You may not copy, reproduce, or distribute any of it.",
    ],
)
def test_a_document_speaks_of_itself(text):
    assert speaks_of_itself(text)


@pytest.mark.parametrize(
    "text",
    [
        "The policy covers lanterns for fever.",
        "Records must be kept for each lantern.",
        "A lantern is not covered under this policy.",
        "The criteria above are met.",
        "The information has been sent with the request.",
        "Lanterns are considered investigational.",
        "This policy does not cover lanterns.",
    ],
)
def test_rules_of_a_document_are_not_about_itself(text):
    assert not speaks_of_itself(text)


def test_a_link_to_another_place_is_no_sentence():
    assert is_navigation("Back to top")
    assert is_navigation("[TOP]")
    assert not is_navigation("Top sheets")
    assert is_navigation("^ Return to the Table of Contents")
    assert not is_navigation("Return to work is no criterion.")
    assert not is_navigation("Back to top care of guests")
