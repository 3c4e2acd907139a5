"""A number that is written in another way did not change; one that changed is told alike, however
it is written.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.language.normalize import same_sense
from policy_tracker.language.quantities.read import read_quantities
from policy_tracker.language.tokens import words
from policy_tracker.rules.classify import compare
from tests.language.number_words import in_words
from tests.rules.cases import record

SENTENCES = (
    "At least {} months of baths",
    "Baths are limited to {} units",
    "Patient is {} years of age or older",
    "{} or more flares, and a cream",
    "No more than {} visits per calendar year",
    "A lamp of {} watts",
)
ways = st.fixed_dictionaries(
    {"hyphen": st.booleans(), "conjunction": st.booleans(), "article": st.booleans()}
)
forms = st.sampled_from(["{words}", "{words} ({value})", "{value}", "{value:,}"])
values = st.one_of(st.integers(2, 130), st.integers(2, 999_999))


@st.composite
def spelled(draw, value):
    return draw(forms).format(value=value, words=in_words(value, **draw(ways)))


def policy(text, *, read, version):
    """A policy with one criterion; `read` with its quantities, as extraction reads them."""
    top = {
        "key": "top",
        "role": "position",
        "position": "medically_necessary",
        "logic": "all_of",
        "text": "Light therapy needs all",
    }
    member = {"key": "member", "role": "criterion", "parent": "top", "text": text}
    if read:
        member["quantities"] = [found.model_dump() for found in read_quantities(text, "criterion")]
    return record({"statements": [top, member]}, version)


def compared(before, after, *, read=True):
    return compare(
        policy(before, read=read, version="2025-01-01"),
        policy(after, read=read, version="2026-01-01"),
    )


@given(
    values.flatmap(lambda value: st.tuples(spelled(value), spelled(value))),
    st.sampled_from(SENTENCES),
    st.booleans(),
)
def test_another_spelling_is_no_change(pair, sentence, read):
    before, after = map(sentence.format, pair)
    assert same_sense(before, after)
    assert words(before) == words(after)
    found = compared(before, after, read=read)
    assert [change.rule for change in found.changes if change.substantive] == []
    assert {change.rule for change in found.changes} <= {"wording-changed", "typography-changed"}


@given(
    st.tuples(values, values)
    .filter(lambda pair: pair[0] != pair[1])
    .flatmap(lambda p: st.tuples(st.just(p), spelled(p[0]), spelled(p[1]))),
    st.sampled_from(SENTENCES),
    st.booleans(),
)
def test_a_change_is_told_alike_in_every_spelling(drawn, sentence, read):
    (one, two), before, after = drawn
    in_digits = compared(sentence.format(one), sentence.format(two), read=read)
    found = compared(sentence.format(before), sentence.format(after), read=read)
    assert not same_sense(sentence.format(before), sentence.format(after))
    assert [(change.rule, change.direction, change.explanation) for change in found.changes] == [
        (change.rule, change.direction, change.explanation) for change in in_digits.changes
    ]
    assert found.verdict.summary == in_digits.verdict.summary
    [change] = [change for change in found.changes if change.substantive]
    assert change.quantity is not None
    assert (change.quantity.before, change.quantity.after) == (one, two)


@pytest.mark.parametrize(
    ("before", "after", "read", "unread"),
    [
        (
            "At least twenty-four months of therapy", "At least twenty-six months of therapy",
            "Light therapy needs all: “At least 24 → 26 months of therapy”.",
            "Light therapy needs all: “At least 24 → 26 months of therapy”.",
        ),
        (
            "Therapy is limited to one hundred units", "Therapy is limited to 80 units",
            "Light therapy needs all: “Therapy is limited to 100 → 80 units”.",
            "Light therapy needs all: “Therapy is limited to 100 → 80 units”.",
        ),
        (
            "Patient is sixty years of age or older", "Patient is fifty years of age or older",
            "Light therapy needs all: age 60 → 50 years.",
            "Light therapy needs all: “Patient is 60 → 50 years of age or older”.",
        ),
    ],
)  # fmt: skip
def test_headlines_that_were_wrong(before, after, read, unread):
    """`unread`: where the record holds no quantities, and the numbers are those of the text."""
    assert compared(before, after, read=True).verdict.summary == read
    assert compared(before, after, read=False).verdict.summary == unread
