"""Negations that come and go, and words that ask for more or for less."""

import pytest

from policy_tracker.language.loosened import loosened, obliged_less
from policy_tracker.language.turned import turned


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Has worn a collar", "Has not worn a collar"),
        ("Wears a collar", "Does not wear a collar"),
        ("Worn with a brace", "Worn without any brace"),
        ("No fracture within a year", "A fracture within a year"),
    ],
)
def test_a_negation_turns_a_sentence(before, after):
    assert turned(before, after)
    assert turned(before, after).came == (not turned(after, before).came)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Has worn a collar", "Has not worn a helmet"),
        ("No more than 3 collars", "More than 3 collars"),
        ("Not only collars", "Only collars"),
        ("Whether or not it was worn", "Whether it was worn"),
        ("Collars (not of felt) at night", "Collars (of felt) at night"),
        ("Not worn, never mended", "Worn, mended"),
        ("Has worn a collar", "Had worn a collar"),
    ],
)
def test_other_words_turn_none(before, after):
    assert turned(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("Meets all of these points", "Meets any of these points", 1),
        ("Meets one of these points", "Meets each of these points", -1),
        ("A collar and a brace were worn", "A collar or a brace were worn", 1),
        ("Not worn with any of these", "Not worn with all of these", 1),
        ("Not worn with a brace or a cast", "Not worn with a brace and a cast", 1),
        ("Worn with a brace", "Worn with a cast", 0),
        ("All collars or braces", "Any collars and braces", 0),
    ],
)
def test_which_word_asks_for_less(before, after, way):
    assert loosened(before, after) == way
    assert loosened(after, before) == -way


def test_what_may_be_done_must_not():
    assert obliged_less("A note must be sent", "A note may be sent") == 1
    assert obliged_less("A note may be sent", "A note must be sent") == -1
    assert obliged_less("A note may be sent", "A chart may be sent") == 0
