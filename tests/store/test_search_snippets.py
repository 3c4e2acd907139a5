"""Snippets keep the text as it is, and mark what was found."""

from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.store.search import snippet


def marked(text, *words):
    return [span.text for span in snippet(text, list(words)) if span.match]


def test_words_with_one_stem_are_marked():
    assert marked(
        "Documentation of diseases is <b>covered</b>.", "document", "disease", "covered"
    ) == [
        "Documentation",
        "diseases",
        "covered",
    ]
    assert marked("It is an item of its own.", "it") == ["It"]
    assert marked("The T-cell count", "t-CELL") == ["T", "cell"]


def test_a_long_text_is_cut_around_the_first_match():
    text = " ".join(f"w{number}" for number in range(100))
    whole = "".join(span.text for span in snippet(text, ["w50"]))
    assert whole == "…" + " ".join(f"w{number}" for number in range(42, 74)) + "…"
    assert (
        "".join(span.text for span in snippet(text, ["absent"]))
        == " ".join(f"w{number}" for number in range(24)) + "…"
    )


@given(st.text(max_size=80), st.lists(st.text(max_size=8), max_size=3))
def test_nothing_is_added_to_a_short_text(text, words):
    assert "".join(span.text for span in snippet(text, words)) == text or len(text.split()) > 24
