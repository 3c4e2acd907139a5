from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policy_tracker.diff.redline import RedlineSpan, redline


def spans(before, after):
    return [(span.op, span.text) for span in redline(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "Re-review every 24 months",
            "Re-review every 12 months with updated clinical documentation",
            [
                ("equal", "Re-review every "),
                ("delete", "24"),
                ("insert", "12"),
                ("equal", " months"),
                ("insert", " with updated clinical documentation"),
            ],
        ),
        (
            "Prior authorization is not required",
            "Prior authorization is required for initial treatment",
            [
                ("equal", "Prior authorization is"),
                ("delete", " not"),
                ("equal", " required"),
                ("insert", " for initial treatment"),
            ],
        ),
        ("the same", "the same", [("equal", "the same")]),
        ("", "", []),
        (None, None, []),
        (None, "new", [("insert", "new")]),
        ("old", None, [("delete", "old")]),
        ("a  b", "a b", [("equal", "a"), ("delete", "  "), ("insert", " "), ("equal", "b")]),
        (
            "one for all",
            "two for none",
            [("delete", "one for all"), ("insert", "two for none")],
        ),  # a lone weak word between two differences
    ],
)
def test_what_a_reader_sees(before, after, expected):
    assert spans(before, after) == expected


def test_markup_stays_text():
    assert spans("<b>x</b>", "<script>x</script>")[-1][1].endswith(">")
    assert (
        "".join(text for op, text in spans("<b>x</b>", "<script>x</script>") if op != "delete")
        == "<script>x</script>"
    )


_WORDS = st.lists(
    st.sampled_from(
        [
            "a",
            "the",
            "not",
            "24",
            "12",
            "months",
            "required",
            ",",
            ".",
            "(",
            "M80.0",
            "\u00a0",
            "\n",
            " ",
            "é",
            "<b>",
        ]
    ),
    max_size=40,
)


@given(_WORDS.map("".join) | st.text(max_size=60), _WORDS.map(" ".join) | st.text(max_size=60))
@example("a b c", "")
def test_both_texts_are_restored_exactly(before, after):
    found = redline(before, after)
    assert "".join(span.text for span in found if span.op != "insert") == before
    assert "".join(span.text for span in found if span.op != "delete") == after
    assert all(span.text for span in found)
    assert all(one.op != two.op for one, two in pairwise(found))


def test_long_texts_are_restored_too():
    before = " ".join(f"word{i}" for i in range(3_000))
    after = before.replace("word1500", "another")
    found = redline(before, after)
    assert [span for span in found if span.op != "equal"] == [
        RedlineSpan("delete", "word1500"),
        RedlineSpan("insert", "another"),
    ]
