"""What a rewording changed: no word is set aside because the text says it elsewhere too."""

import pytest

from policy_tracker.language.rewording import rewording

TRIED = "Treatment with a cream, a gel, and phototherapy failed; a cream alone is not enough"


def test_a_member_of_a_list_counts_although_it_is_named_again():
    assert rewording(TRIED, TRIED.replace("with a cream, a gel", "with a gel")).removed == (
        ("cream",),
    )


def test_a_negation_counts_although_a_word_of_its_letters_stands_elsewhere():
    said = "Home testing is covered as noted in the table"
    assert rewording(said, said.replace("is covered", "is not covered")).added == (("not",),)


def test_an_option_in_the_words_of_another_is_no_stutter():
    said = "The pain is new or was treated before"
    assert rewording(said, f"{said} or was new").added


def test_whom_a_policy_is_about_has_many_names():
    assert not rewording("He or she has pain at his or her knee", "The member has pain at the knee")


def test_words_that_only_point_back_say_nothing_new():
    assert not rewording(
        "Rental of devices is paid; coverage of these devices ends after a year",
        "Rental of devices is paid; coverage ends after a year",
    )


@pytest.mark.parametrize(
    ("before", "after", "alike"),
    [
        ("when ALL of the following are met", "when all of the following criteria are met", True),
        ("when one of the following is met", "when any of the following are met", True),
        ("when all of the following are met", "when the following are met", True),
        ("if each of these is true", "when all of these are true", True),
        ("if each of these is true", "when any of these are true", False),
        ("when all of the following are met", "when any of the following are met", False),
        ("when any of the following are met", "when all of the following are met", False),
    ],
)
def test_announcements_of_lists_may_not_contradict_each_other(before, after, alike):
    assert bool(rewording(before, after, announces=True)) is not alike


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("The procudures of the lamp", "The procedures of the lamp", True),
        ("Baths are medicallynecessary", "Baths are medically necessary", True),
        ("Abduction of the arm", "Adduction of the arm", False),
        ("Afferent nerves", "Efferent nerves", False),
        ("A notable lesion", "A no table lesion", False),
        ("The nurse states that he will see them", "The nurse states that he has stated that he"
         " will see them", True),
        ("Only lamps of the Society of Light and Skin are used", "Only lamps of the Society of Light"
         " and Skin are used Society of Light and Skin Homepage", True),
        ("A lamp was tried", "A lamp or a second lamp was tried", False),
        ("A lamp was tried", "A lamp was tried and not tried", False),
        ("Baths have not been proven to be effective and, therefore, are considered unproven",
         "Baths are considered unproven", True),
    ],
)  # fmt: skip
def test_spelling_and_repetition_say_nothing(before, after, same):
    assert bool(rewording(before, after)) is not same
    assert bool(rewording(after, before)) is not same


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a fall in the last 12 months", "a fall within the previous 12 months"),
        ("fever and elevated ferritin", "fever and raised ferritin"),
        ("occupational therapy has been initiated", "occupational treatment has been started"),
    ],
)
def test_words_of_one_meaning_change_nothing(before: str, after: str) -> None:
    assert not rewording(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a fall in the last 12 months", "a fall in the last 6 months"),
        ("ferritin is elevated", "ferritin is reduced"),
        ("occupational therapy was started", "occupational therapy was stopped"),
    ],
)
def test_other_words_of_that_kind_change_something(before: str, after: str) -> None:
    assert rewording(before, after)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Lamps are inspected by a trained keeper", "A trained keeper inspects the lamps", True),
        ("Lamps must be signed by a keeper", "A keeper must sign the lamps", True),
        ("Lamps must be signed by a keeper", "A keeper signs the lamps", False),
        ("Lamps are not checked by a keeper", "A keeper does not check lamps", True),
        ("Lamps are not checked by a keeper", "A keeper checks lamps", False),
        ("A keeper is referred by the owner", "A keeper refers the owner", False),
        ("Lamps are signed by a keeper", "An owner signs the lamps", False),
    ],
)
def test_a_sentence_in_its_other_voice_says_the_same(before, after, same):
    assert bool(rewording(before, after)) is not same
