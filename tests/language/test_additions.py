"""What words that came to a sentence do to the cases that it holds of."""

import pytest

from policy_tracker.language.additions import effect, follows_noun


@pytest.mark.parametrize(
    ("shorter", "longer", "found"),
    [
        ("Diagnosis of eczema", "Diagnosis of severe eczema", -1),
        ("Diagnosis of eczema", "Diagnosis of moderate-to-severe eczema", -1),
        ("Failure of a cream, or a gel", "Failure of a cream, a foam, or a gel", 1),
        ("Seen by an allergist", "Seen by an allergist or dermatologist", 1),
        ("A cream, a gel, and light", "A cream, a gel, a foam, and light", 0),
        ("Failure of both a cream or a gel", "Failure of both a cream, a foam, or a gel", 0),
        ("An X-ray of the hand", "An X-ray of the left hand", 0),
        ("Seen on 1st or 2nd visit", "Seen on 1st, 2nd, or 3rd visit", 1),
        ("For oily or dry skin", "For oily, dry or very dry skin", 1),
        ("For oily or dry skin", "For oily, red, or very dry skin", 0),
        ("Unless oily or dry", "Unless oily, dry or red", 0),
        ("No burn, itch or scale", "No burn, no prior bath, no itch or scale", 0),
        ("The itch is severe", "The itch is severe and chronic", 0),
        ("Send a note", "Send a dated note", -1),
        ("Send a note", "Send an itemized note", -1),
        ("Ordered by a nurse", "Ordered by a board-certified nurse", -1),
        ("Treatment of eczema", "Treatment of suspected eczema", 0),
        ("The skin stays dry", "The skin stays red dry", 0),
    ],
)
def test_effect_of_what_came(shorter, longer, found):
    assert effect(shorter, longer) == found


def test_a_list_behind_one_of_and_a_colon_needs_no_or():
    said = "Has tried one of the following oils: lamp oil, wick oil"
    assert effect(said, f"{said}, whale oil") == 1
    every = said.replace("one of", "all of")
    assert effect(every, f"{every}, whale oil") == 0
    assert effect("Used one of these oils, in vain", "Used one of these oils, daily, in vain") == 0


def test_a_participle_behind_a_noun_says_which_ones_are_meant():
    assert follows_noun(("confirmed", "by", "a", "photograph"))
    assert not follows_noun(("confirmed",))
    assert not follows_noun(("confirmed", "photographs"))
    assert not follows_noun(("shown", "by", "a", "photograph"))
