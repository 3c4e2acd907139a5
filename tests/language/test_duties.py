import pytest

from policy_tracker.language.coverage_terms import special_role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A claim is accompanied by a note from the keeper.", "documentation"),
        ("The reviewer needs a log of the lamps.", "documentation"),
        ("The keeper shall retain the chart of the lamp.", "documentation"),
        ("A letter of the keeper has to be enclosed.", "documentation"),
        ("A lantern is subject to advance determination.", "prior_auth"),
        ("Lanterns require prior clinical review.", "prior_auth"),
        ("A PA is required for guests 22 years and older.", "prior_auth"),
        ("A favorable determination ends after four months.", "prior_auth"),
        ("Lamps are payable for a maximum of three evenings in any 12 month period.", "limit"),
        ("Use of lamps beyond 30 evenings a year is not accepted.", "limit"),
        ("Maximum for lamps: 6 evenings per 6 months.", "limit"),
        ("Benefits cease after twenty evenings.", "limit"),
        ("Not more often than every third evening", "limit"),
        ("Lamps should be limited to dark rooms.", "limit"),
        ("Lamps may be subject to additional review.", "prior_auth"),
        ("A second lamp needs approval before it is lit.", "prior_auth"),
        ("After that, approval must be obtained.", "prior_auth"),
        ("A lamp needs approval by a keeper.", None),
        ("The house has notes on its lamps.", None),
        ("The fund will provide coverage for lamps that come with a letter.", None),
        ("Three evenings of tea at most", None),
    ],
)
def test_what_a_sentence_asks_for_is_read_from_its_grammar(text, role):
    assert special_role(text) == role
