import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.language.lexer import Measured, measured, tokens
from tests.language.number_words import in_words


def lexed(text):
    """The tokens of a text, with the words that each stands for."""
    return [(token.kind, token.value, text[token.start : token.end]) for token in tokens(text)]


def test_each_kind_of_token_has_its_value_and_its_place():
    assert lexed("At least twenty-four (24) yrs, not code J3490; and the 3rd bath on 1/2/2026") == [
        ("comparator", ">=", "At least"),
        ("number", 24, "twenty-four (24)"),
        ("unit", "year", "yrs"),
        ("negation", "not", "not"),
        ("word", "code", "code"),
        ("code", "J3490", "J3490"),
        ("connector", "and", "and"),
        ("word", "the", "the"),
        ("ordinal", 3, "3rd"),
        ("word", "bath", "bath"),
        ("word", "on", "on"),
        ("date", "2026-01-02", "1/2/2026"),
    ]


def test_digits_of_codes_are_numbers_only_where_no_code_is_meant():
    assert [token.kind for token in tokens("CPT code 99213")] == ["word", "word", "code"]
    assert [token.kind for token in tokens("10000 units")] == ["number", "unit"]


def test_one_of_several_is_a_connector_in_both_spellings():
    for text in ("one of the following", "1 of the following", "ONE (1) of the following"):
        assert tokens(text)[0].kind == "connector"
        assert "number" not in {token.kind for token in tokens(text)}


@given(
    st.integers(0, 999_999),
    st.sampled_from(
        ["At least {} months", "no more than {} visits a year, or", "{} years or older", "-{}%"]
    ),
)
def test_a_number_is_the_same_token_in_words_and_digits(value, form):
    said = [
        [(token.kind, token.value) for token in tokens(form.format(number))]
        for number in (in_words(value), value, f"{value:,}")
    ]
    if form.startswith("-"):
        said = said[1:]  # no one writes a sign before words
    assert said.count(said[0]) == len(said)
    assert ("number", -value if form.startswith("-") else value) in said[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at least 4 months", Measured(4, ">=", "month")),
        ("no less than 4 mos", Measured(4, ">=", "month")),
        ("must not exceed 12 units", Measured(12, "<=", "unit")),
        ("limited to one hundred units", Measured(100, "<=", "unit")),
        ("more than a dozen visits", Measured(12, ">", "visit")),
        ("5 or more visits", Measured(5, ">=", "visit")),
        ("18 years of age or older", Measured(18, ">=", "year")),
        ("11 years and under", Measured(11, "<=", "year")),
        ("10 mg/dL", Measured(10, "=", "mg/dl")),
        ("60%", Measured(60, "=", "%")),
        ("a score of 7", Measured(7, "=", None)),
        ("4 baths at least 2 weeks apart", Measured(4, "=", "bath")),
    ],
)
def test_the_neighbors_of_a_number_say_its_comparison_and_unit(text, found):
    lexed = tokens(text)
    place = next(place for place, token in enumerate(lexed) if token.kind == "number")
    assert measured(lexed, place) == found


@given(st.text())
def test_tokens_stand_in_order_within_the_text(text):
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
