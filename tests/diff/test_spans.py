"""Two streams of words aligned: what stands in both versions, what moved, and what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.diff.spans import DIFFERS, MOVED, SAME, align_streams
from policy_tracker.diff.stream import Printed, Stream, words_of

WORDS = ["asthma", "trial", "of", "two", "drugs", "and", "age", "12", "or", "older"]
blocks = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), max_size=9
)


def stream(*texts: str) -> Stream:
    return Stream([Printed(f"b{number}", text) for number, text in enumerate(texts)])


def differing(before: Stream, after: Stream, fate: int = DIFFERS) -> tuple[list[str], list[str]]:
    found = align_streams(before, after)
    one, two = (
        [word for word, what in zip(side.words, fates, strict=True) if what == fate]
        for side, fates in zip((before, after), found.fates, strict=True)
    )
    return one, two


def test_one_word_that_differs_is_all_that_differs():
    one = stream("The member is 12 years of age.", "Two other drugs were tried first.")
    two = stream("The member is 18 years of age.", "Two other drugs were tried first.")
    assert differing(one, two) == (["12"], ["18"])


def test_labels_case_and_breaks_are_no_words():
    one = stream("a. Trial of two drugs", "b. Failure of both")
    two = stream("(1) TRIAL of", "two drugs", "• failure of both")
    assert differing(one, two) == ([], [])


def test_a_word_that_is_parted_otherwise_is_the_same_word():
    assert differing(stream("a g ene test is done"), stream("a gene test is done")) == ([], [])


def test_a_row_is_known_by_its_name_not_by_its_numbers():
    one = stream("Ardol", "30", "30", "Bertol", "30", "30")
    two = stream("Bertol", "30", "30", "Cintal", "30", "30")
    assert differing(one, two) == (["ardol", "30", "30"], ["cintal", "30", "30"])


def test_a_mark_at_a_code_is_a_word():
    assert differing(stream("95004, 95017"), stream("*95004, 95017")) == ([], ["*"])


def test_a_block_that_stands_elsewhere_has_moved():
    kept = "Every request names the drug and the dose that is wanted for the member"
    one = stream("Chronic hives for six weeks", kept, "Nasal polyps")
    two = stream(kept, "Nasal polyps", "Chronic hives for six weeks")
    words = ["chronic", "hives", "for", "six", "weeks"]
    assert differing(one, two) == ([], [])
    assert differing(one, two, MOVED) == (words, words)


@given(blocks, blocks)
def test_what_is_the_same_or_moved_has_its_word_on_the_other_side(old, new):
    before, after = stream(*old), stream(*new)
    found = align_streams(before, after)
    for side, other in (("before", after), ("after", before)):
        words, partners = found.stream(side).words, found.partner(side)
        for place, fate in enumerate(found.fate(side)):
            assert (partners[place] < 0) == (fate == DIFFERS)
            if fate == MOVED:
                assert words[place] == other.words[partners[place]]
    for fate in (SAME, MOVED):
        one, two = differing(before, after, fate)
        assert "".join(sorted("".join(one))) == "".join(sorted("".join(two)))


@given(blocks)
def test_a_text_differs_in_nothing_from_itself(texts):
    assert differing(stream(*texts), stream(*texts)) == ([], [])


def test_the_number_of_a_section_is_no_word():
    one = Stream([Printed("b1", "5.1 Limits of light", heading=True)])
    two = Stream([Printed("b1", "Limits of light", heading=True)])
    assert one.words == two.words
    assert "5.1" in stream("5.1 Tesla or more").words


@pytest.mark.parametrize("written", ["L20.0 through L20.9", "L20.0-L20.9", "L20.0 to L20.9"])
def test_what_joins_the_ends_of_a_range_is_no_word(written):
    assert words_of(f"Codes {written} only") == ["codes", "l20.0", "l20.9", "only"]
