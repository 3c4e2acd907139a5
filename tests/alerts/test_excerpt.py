from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.alerts.excerpt import AROUND, ELLIPSIS, LONGEST, excerpt, marked

words = st.lists(
    st.sampled_from(["prior", "authorization", "is", "not", "required", "for", "0691T,"]),
    max_size=30,
).map(" ".join)


@given(words, words)
def test_short_texts_are_told_whole(before, after):
    if len(before) > AROUND or len(after) > AROUND:
        return
    assert "".join(span.text for span in excerpt(before, after, "before")) == before
    assert "".join(span.text for span in excerpt(before, after, "after")) == after


@given(words, words)
def test_marks_take_nothing_away(before, after):
    said = marked(excerpt(before, after, "after"))
    assert said.replace("{+", "").replace("+}", "") == after


def test_marks_stand_close_to_the_words():
    before, after = (
        "Prior authorization is not required",
        "Prior authorization is required for initial treatment",
    )
    assert marked(excerpt(before, after, "before")) == "Prior authorization is [-not-] required"
    assert (
        marked(excerpt(before, after, "after"))
        == "Prior authorization is required {+for initial treatment+}"
    )


def test_nothing_on_one_side():
    assert excerpt(None, "new words", "before") == ()
    assert marked(excerpt(None, "new words", "after")) == "{+new words+}"


def test_a_long_text_is_cut_around_its_difference():
    shared = "the same words again and again " * 200
    before, after = f"{shared}old {shared}", f"{shared}new {shared}"
    said = marked(excerpt(before, after, "after"))
    assert "{+new+}" in said
    assert len(said) < 3 * AROUND
    assert said.count(ELLIPSIS.strip()) == 2
    assert len(marked(excerpt(None, shared * 10, "after"))) < LONGEST + 20
