"""The words without which a pattern cannot match are derived from it, and never turn a match away."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from policy_tracker.language.literals import required_literals
from policy_tracker.language.prefilter import Hinted, lowered
from policy_tracker.language.quantities.patterns import FORMS
from policy_tracker.language.quantities.read import read_quantities


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bnot (?:a )?covered\b", ("not a covered", "not covered")),
        (
            r"\b(?:is|are) proven (?:for|in)\b",
            ("are proven for", "are proven in", "is proven for", "is proven in"),
        ),
        (r"^approve\b", ("approve",)),
        (r"\breviews?\b", ("review",)),
        (r"\bwidgets? .{0,40}\bmay be billed", ("may be billed",)),
        (r"a+b", ("ab",)),
        (r"(?:ab){2}c", ("abc",)),
        (r"(?>lantern) mapping", ("lantern mapping",)),
        (r"(?!not )covered", ("covered",)),
        (r"(?:once|twice)\d", ("once", "twice")),
        (r"\d+", ()),
        (r"(?:covered)?", ()),
        (r"covered|\d", ()),
        (r"(?i:covered)", ()),
        (r"(?i)covered", ()),
    ],
)
def test_the_words_are_those_that_every_match_contains(pattern, words):
    assert required_literals(pattern) == words


WORDS = st.sampled_from(["a", "b", "not ", "paid", "cover", "[ab]", r"\d", ".", r"\b", "[^a]", "^"])
SUFFIXES = st.sampled_from(["", "?", "*", "+", "{2}", "{0,2}", "{1,3}", "+?", "++"])


def _joined(parts):
    return "".join(f"(?:{part}){suffix}" for part, suffix in parts)


PATTERNS = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(st.tuples(inner, SUFFIXES), min_size=1, max_size=4).map(_joined),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
        st.tuples(inner, inner).map(lambda pair: f"(?={pair[0]}){pair[1]}"),
        st.tuples(inner, inner).map(lambda pair: f"(?!{pair[0]}){pair[1]}"),
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(
    PATTERNS, st.lists(st.sampled_from(["a", "b", "not ", "paid", "cover", "1", " "]), max_size=9)
)
@example(r"(?:a)+(?:b)?", ["a"])
def test_no_match_of_any_pattern_is_turned_away(pattern, letters):
    text = "".join(letters)
    if re.search(pattern, text):
        assert Hinted(pattern).may_match(text)


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(st.data())
def test_no_quantity_is_turned_away(data):
    form = data.draw(st.sampled_from(FORMS)).words
    text = lowered(data.draw(st.from_regex(form.words)))
    if re.search(form.words, text):
        assert form.may_match(text), form.hints


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Between one and six months after the third dose the titer is measured.",
            ["duration", "duration"],
        ),
        ("Members between 6 and 12 years of age", ["age", "age"]),
        ("Members between the ages of 6 and 12 years", ["age", "age"]),
    ],
)
def test_what_lies_between_two_times_is_an_age_only_where_age_is_spoken_of(text, kinds):
    assert [found.kind for found in read_quantities(text, "criterion")] == kinds
