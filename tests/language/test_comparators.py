"""One grammar of comparisons: what reads limits and what compares wordings agree on every phrase."""

import itertools

import pytest

from policy_tracker.language.comparators import comparator_of, side_of
from policy_tracker.language.normalize import same_sense
from policy_tracker.language.quantities.read import read_quantities

BEFORE = {
    ">=": [
        "at least",
        "no less than",
        "not less than",
        "no fewer than",
        "greater than or equal to",
        "more than or equal to",
        "equal to or greater than",
        "greater or equal to",
        "a minimum of",
        "minimum of",
        "minimum",
        ">=",
        "≥",
    ],
    "<=": [
        "at most",
        "no more than",
        "not more than",
        "no greater than",
        "no longer than",
        "less than or equal to",
        "fewer than or equal to",
        "equal to or less than",
        "less or equal to",
        "up to",
        "a maximum of",
        "maximum of",
        "not to exceed",
        "not exceeding",
        "never exceed",
        "<=",
        "≤",
    ],
    ">": [
        "more than",
        "greater than",
        "longer than",
        "higher than",
        "larger than",
        "exceeding",
        ">",
    ],
    "<": [
        "less than",
        "fewer than",
        "lower than",
        "smaller than",
        "shorter than",
        "under",
        "below",
        "<",
    ],
}
BEHIND = {">=": ["or more", "or greater", "or higher"], "<=": ["or less", "or fewer", "or lower"]}
PHRASES = [(side, phrase) for side, phrases in BEFORE.items() for phrase in phrases]


@pytest.mark.parametrize(("side", "phrase"), PHRASES)
@pytest.mark.parametrize("number", ["24", "twenty-four"])
def test_a_phrase_before_a_number_is_its_sign_everywhere(side, phrase, number):
    text = f"A bath with {phrase} {number} lamps"
    assert comparator_of(phrase, "=") == side
    assert [(found.comparator, found.value) for found in read_quantities(text, "criterion")] == [
        (side, 24)
    ]
    assert same_sense(text, f"A bath with {side} 24 lamps")


@pytest.mark.parametrize(
    ("side", "phrase"), [(side, phrase) for side, phrases in BEHIND.items() for phrase in phrases]
)
@pytest.mark.parametrize("number", ["24", "twenty-four"])
def test_a_phrase_behind_a_number_is_its_sign_everywhere(side, phrase, number):
    text = f"A score of {number} {phrase}"
    assert side_of(phrase.split()[-1]) == side
    assert [(found.comparator, found.value) for found in read_quantities(text, "criterion")] == [
        (side, 24)
    ]
    assert same_sense(text, f"A score of {side} 24")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("no younger than 24", ">="),
        ("no older than 24", "<="),
        ("older than 24", ">"),
        ("younger than 24", "<"),
        ("24 and over", ">="),
    ],
)
def test_a_comparison_of_ages_counts_years(text, side):
    assert same_sense(f"Patient is {text}", f"Patient is {side} 24 years of age")


@pytest.mark.parametrize(
    ("one", "other"), list(itertools.combinations([phrases[0] for phrases in BEFORE.values()], 2))
)
def test_other_comparisons_say_something_else(one, other):
    assert not same_sense(f"{one} 24 lamps", f"{other} 24 lamps")


def test_words_that_compare_only_what_is_measured_are_no_other_spelling():
    assert not same_sense("Paid over 12 months", "Paid more than 12 months")
    assert not same_sense("Baths within 12 months", "Baths at most 12 months")
    assert read_quantities("Limited to 12 baths per month", "limit")[0].comparator == "<="
