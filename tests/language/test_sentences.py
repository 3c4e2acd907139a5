import pytest

from policy_tracker.language.sentences import split_sentences, title_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        (
            "Tests (e.g. Skin tests) are fine. So are others.",
            ["Tests (e.g. Skin tests) are fine.", "So are others."],
        ),
        (
            "See the list (Smith 2020. Jones 2021) first. Then act.",
            ["See the list (Smith 2020. Jones 2021) first.", "Then act."],
        ),
        ("Approved by the U.S. Agency in spring.", ["Approved by the U.S. Agency in spring."]),
        ("A score above 1.5 counts. 3 of 4 do not.", ["A score above 1.5 counts. 3 of 4 do not."]),
        ("Hot tea vs. Iced tea. Both work.", ["Hot tea vs. Iced tea.", "Both work."]),
        ("No stop at the end", ["No stop at the end"]),
        ("", []),
    ],
)
def test_prose_is_split_only_where_a_sentence_ends(text, sentences):
    assert split_sentences(text) == sentences


def test_a_bracket_that_is_never_closed_does_not_hold_on_for_ever():
    text = "An open bracket (is here. " + "word " * 150 + "ends. A new sentence."
    assert split_sentences(text)[-1] == "A new sentence."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Winter Fever. Approve for 6 months if the patient is cold.", "Winter Fever"),
        ("Initial Therapy. Approve for 1 year.", "Initial Therapy"),
        ("Patient is cold; AND", None),
        ("Patient has a score of at least 1.5 on the scale.", None),
        ("Given with e.g. Tea and rest.", None),
    ],
)
def test_an_item_may_begin_with_a_title(text, title):
    assert title_of(text) == title


def test_a_number_that_names_a_paragraph_is_no_sentence():
    assert split_sentences("Group II. A fever above 39. It lasts.") == [
        "Group II. A fever above 39.",
        "It lasts.",
    ]
    assert split_sentences("Those are in group II. Others wait.") == [
        "Those are in group II.",
        "Others wait.",
    ]
