"""A number says the same in words and in digits: quantities, authorizations and logic of a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.extract.structure.logic import lead_words
from policy_tracker.language.quantities.durations import valid_for
from policy_tracker.language.quantities.read import locate_quantities, read_quantities
from tests.language.number_words import in_words

SENTENCES = {
    "At least {} months of baths": ("duration", ">=", "month"),
    "Baths for {} weeks": ("duration", "=", "week"),
    "Baths every {} weeks": ("interval", "=", "week"),
    "A cream for no more than {} yrs": ("duration", "<=", "year"),
    "Baths are limited to {} units": ("units", "<=", "unit"),
    "Baths must not exceed {} visits per calendar year": ("frequency", "<=", "visit"),
    "Patient is {} years of age or older": ("age", ">=", "year"),
    "Patient is younger than {} years of age": ("age", "<", "year"),
    "{} or more flares in the past year": ("count", ">=", "flare"),
    "Itch on more than {} percent of the skin": ("percentage", ">", "%"),
    "A score of at least {}": ("score", ">=", "item"),
    "Up to {} tablets per 30 days": ("count", "<=", "tablet"),
    "Baths {} times per week": ("frequency", "<=", "time"),
}
numbers = st.one_of(st.integers(2, 130), st.integers(2, 999_999))
ways = st.fixed_dictionaries(
    {"hyphen": st.booleans(), "conjunction": st.booleans(), "article": st.booleans()}
)


def spellings(value, way):
    words = in_words(value, **way)
    return [
        words,
        words.upper(),
        f"{words} ({value})",
        f"{value} ({words})",
        f"{value:,}",
        str(value),
    ]


@given(numbers, ways, st.sampled_from(sorted(SENTENCES)))
def test_a_quantity_is_the_same_in_words_and_digits(value, way, sentence):
    wanted = read_quantities(sentence.format(value), "limit")
    assert SENTENCES[sentence] in {
        (found.kind, found.comparator, found.unit) for found in wanted if found.value == value
    }
    for number in spellings(value, way):
        text = sentence.format(number)
        located = locate_quantities(text, "limit")
        assert tuple(found.quantity for found in located) == wanted, text
        assert any(
            number in text[slice(*found.span)] for found in located if found.quantity.value == value
        ), text


@given(st.integers(2, 999), ways)
def test_an_authorization_holds_as_long_in_words_and_digits(value, way):
    wanted = valid_for(f"Approve for {value} months", "prior_auth")
    assert wanted is not None
    assert (wanted.value, wanted.unit) == (value, "month")
    for number in spellings(value, way):
        assert valid_for(f"Approve for {number} months", "prior_auth") == wanted


@given(
    st.integers(2, 19),
    ways,
    st.sampled_from(
        ["At least {} of the following:", "Any {} of these criteria:", "{} of the following:"]
    ),
)
def test_a_list_combines_alike_in_words_and_digits(value, way, lead):
    for number in spellings(value, way):
        assert lead_words(lead.format(number)) == (f"at_least:{value}", True)


@pytest.mark.parametrize("one", ["one", "One", "1", "one (1)"])
@pytest.mark.parametrize(
    "lead",
    [
        "{} of the following:",
        "At least {} of the following criteria:",
        "Has any {} of these conditions:",
    ],
)
def test_one_of_a_list_is_any(one, lead):
    assert lead_words(lead.format(one)) == ("any_of", True)
    assert read_quantities(lead.format(one), "criterion") == ()


@pytest.mark.parametrize(
    "lead",
    ["Approve for {} year if the patient meets the following:", "Phase {} includes the following:"],
)
@pytest.mark.parametrize("one", ["one", "1"])
def test_a_number_of_something_else_combines_nothing(one, lead):
    assert lead_words(lead.format(one))[0] != "any_of"


@pytest.mark.parametrize(
    "text",
    [
        "Someone must stay with the patient",
        "A second opinion is needed",
        "A cream has failed",
        "No one else may apply it",
        "Once approved",
    ],
)
def test_what_only_looks_like_a_number_is_no_quantity(text):
    for role in ("criterion", "limit", "position"):
        assert read_quantities(text, role) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least twenty-four months of therapy", ("duration", ">=", 24, "month")),
        ("Therapy is limited to one hundred units", ("units", "<=", 100, "unit")),
        ("Patient is sixty years of age or older", ("age", ">=", 60, "year")),
        ("A visit every other week", ("interval", "=", 2, "week")),
        ("Baths every other month", ("interval", "=", 2, "month")),
        ("One cream q12 weeks", ("interval", "=", 12, "week")),
        ("Limited to 360 per month", ("count", "<=", 360, "item")),
        ("Baths for two and a half years", ("duration", "=", 2.5, "year")),
        ("No more than one half tablet per day", ("count", "<=", 0.5, "tablet")),
        ("Ages 11 and below", ("age", "<=", 11, "year")),
    ],
)
def test_numbers_that_were_misread(text, found):
    assert found in {
        (each.kind, each.comparator, each.value, each.unit)
        for each in read_quantities(text, "limit")
    }
