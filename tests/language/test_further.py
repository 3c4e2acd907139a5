import pytest

from policy_tracker.language.further import (
    appended,
    asks_less,
    in_scope,
    is_further_absence,
    is_further_clause,
    names_one_more,
)


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
        ("and no open sore", "no burn", True),
        ("and no", "no burn", False),
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


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        ("the skin is not dry and it is red", "it is red"),
        ("no burn and itch", "no burn and itch"),
        ("no burn", "no burn"),
    ],
)
def test_a_negation_holds_up_to_the_next_clause(ahead, expected):
    assert " ".join(word for word in in_scope(tuple(ahead.split()))) == expected


def test_a_clause_behind_and_has_a_verb_of_its_own():
    assert is_further_clause(("and", "the", "skin", "is", "dry"))
    assert not is_further_clause(("and", "dry", "skin"))
    assert not is_further_clause(("the", "skin", "is", "dry"))


@pytest.mark.parametrize(
    ("run", "ahead", "expected"),
    [
        ("and screens", "lamps", True),
        ("and screens", "lamps are covered when dark", False),
        ("and dry skin", "lamps for members with itch", False),
        ("and is proven", "the lamp", False),
        ("and swelling", "lamps are covered for pain", False),  # perhaps both together
        ("and travel use", "lamps are covered for home use", True),
        ("or screens", "lamps", False),
    ],
)
def test_one_more_of_what_is_decided(run, ahead, expected):
    assert names_one_more(tuple(run.split()), tuple(ahead.split())) == expected


def test_what_a_text_goes_on_with():
    assert appended("The skin is dry.", "The skin is dry and it is red.") == (
        "and",
        "it",
        "is",
        "red",
    )
    assert appended("The skin is dry", "Dry skin and it is red") == ()
