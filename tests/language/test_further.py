import pytest

from policy_tracker.language.further import asks_less, is_further_absence


@pytest.mark.parametrize(
    ("run", "ahead", "expected"),
    [
        ("no open sore", "no burn", True),
        ("no open sore no", "there is no burn", True),
        ("without scars", "skin without burns", True),
        ("no open sore", "the skin is dry", False),  # what it denies is not known to be listed
        ("no open sore", "no burn or", False),
        ("or no open sore", "no burn", False),
        ("no", "no burn", False),
    ],
)
def test_a_further_absence_has_a_negation_of_its_own(run, ahead, expected):
    assert is_further_absence(tuple(run.split()), tuple(ahead.split())) == expected


@pytest.mark.parametrize(
    ("run", "ahead", "expected"),
    [
        ("or brace", "when a splint", -1),
        ("or a photograph", "the request must include a chart", 1),
        ("or brace", "the splint", 0),
        ("or brace", "the chart must show when a splint", 0),
        ("or unless urgent", "when a splint", 0),
        ("and brace", "when a splint", 0),
        ("or brace", "", 0),
    ],
)
def test_one_more_alternative_of_a_duty(run, ahead, expected):
    assert asks_less(tuple(run.split()), tuple(ahead.split())) == expected
