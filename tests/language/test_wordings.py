"""A wording is found exactly where its pattern matches, whatever stands in the text's way."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_tracker.language.literals import alternatives, in_small_letters, required_together
from policy_tracker.language.prefilter import Wording
from policy_tracker.language.remembered import forget_all, remembered
from policy_tracker.language.word_index import WordIndex

PATTERNS = (
    r"\bnot (?:paid|covered)\b|^Lamps?\b|\bkites?\b[^.]{0,20}?\bflown\b",
    r"(?<!no )\bcovered\b(?! by)",
    r"\b(?:is|are) (?:\w+ ){0,2}?paid\b|[A-Z][a-z]+:\s*$",
    r"\d+ (?:lamps|kites)|^\W*Note\b",
)
WORDS = st.sampled_from(
    [
        "Not",
        "not",
        "paid",
        "PAID",
        "covered",
        "by",
        "no",
        "Lamp",
        "Kites",
        "flown",
        "is",
        "are",
        "3",
        "note",
        "Also:",
        "ſ",
        "İ",
        "kite.",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PATTERNS), st.lists(WORDS, max_size=9).map(" ".join))
def test_a_wording_finds_what_its_pattern_finds(pattern, text):
    meant = re.search(pattern, text, re.IGNORECASE)
    found = Wording(pattern).search(text)
    assert (found and found.span()) == (meant and meant.span())
    assert Wording(pattern).found_in(text) == bool(meant)
    assert Wording(pattern).sub("-", text) == re.sub(pattern, "-", text, flags=re.IGNORECASE)
    assert Wording(pattern).times_in(text) == len(re.findall(pattern, text, re.IGNORECASE))


def test_ends_of_lines_count_where_that_is_asked():
    assert Wording("^kites$", in_lines=True).found_in("Lamps\nKites\nBoats")
    assert not Wording("^kites$").found_in("Lamps\nKites\nBoats")


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a", ("a",)),
        ("a|b(?:c|d)|e", ("a", "b(?:c|d)", "e")),
        (r"\||[|)]|\(x|y", (r"\|", "[|)]", r"\(x", "y")),
        (r"[]|]|[^]|]|z", ("[]|]", "[^]|]", "z")),
    ],
)
def test_alternatives_are_those_outside_of_brackets(pattern, parts):
    assert alternatives(pattern) == parts


def test_letters_are_small_but_those_that_mean_something_else():
    assert in_small_letters(r"\W[A-Z](?P<name>FDA)\B") == r"\W[a-z](?P<name>fda)\B"


def test_a_text_needs_a_word_of_each_group():
    groups = required_together(r"\b(?:lamps|kites) \d+ (?:lent|flown)\b")
    assert len(groups) == 2
    assert all(any(word in "kites 3 flown" for word in group) for group in groups)
    assert not all(any(word in "kites 3 sold" for word in group) for group in groups)
    assert required_together(r"\d+") == ()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text("abc ", min_size=1, max_size=9), min_size=1, max_size=30),
    st.text("abc ", max_size=60),
)
def test_an_index_finds_each_word_that_stands_in_a_text(words, text):
    index = WordIndex((word, place) for place, word in enumerate(words))
    assert index.places_in(text) == [place for place, word in enumerate(words) if word in text]


def test_an_answer_is_asked_for_once_until_all_are_forgotten():
    asked = []

    @remembered
    def length(text):
        asked.append(text)
        return len(text)

    assert [length("kite"), length("kite")] == [4, 4]
    forget_all()
    assert length("kite") == 4
    assert asked == ["kite", "kite"]
