"""Which way a sentence goes by its grammar, where no entry of the lexicon knows its wording."""

import pytest

from policy_tracker.language.stance import (
    denies_of_things,
    is_negated,
    main_clause,
    stance_of,
)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("The guild reimburses lamp care for fever when all of these are shown:", "covered"),
        ("Approve lamp care if:", "covered"),
        ("Coverage of lamps is granted to guests of the inn.", "covered"),
        ("For fever, lamp care is therapeutically warranted where:", "medically_necessary"),
        ("Lamp care meets guideline if the member has not smoked:", "medically_necessary"),
        ("The guild will never reimburse lamp care if:", "not_covered"),
        ("Coverage of lamps is not offered for hiccups.", "not_covered"),
        ("Members are not entitled to lamp care unless:", "not_covered"),
        ("Decline lamp care if:", "not_covered"),
        ("Any one of these means that the lamp is not approved:", "not_covered"),
        ("A lamp that does not burn is excluded.", "not_covered"),
        ("Not one lamp is payable.", "not_covered"),
        ("Requests for a second lamp are declined.", "not_covered"),
        ("Lamp care is set aside as clinically unwarranted where:", "not_medically_necessary"),
        ("Lamp care fails to meet our rules.", "not_medically_necessary"),
        ("Lamp care is reasonable in these settings:", "medically_necessary"),
        ("Lamp care may be considered for guests with fever.", "medically_necessary"),
        ("Lamp care should not be considered for guests with fever.", "not_medically_necessary"),
        ("Thus there is no role for lamp care in hiccups.", "not_medically_necessary"),
        ("Lamp care does not fulfil our standards when ANY is seen:", "not_medically_necessary"),
        ("Lamp care is not yet proven in hiccups.", "experimental_investigational"),
    ],
)
def test_a_sentence_grants_or_denies(text: str, position: str) -> None:
    stance = stance_of(text)
    assert stance is not None
    assert stance.position == position


@pytest.mark.parametrize(
    "text",
    [
        "The member has not smoked.",
        "A plain film shows no fracture",
        "The lamp is fitted by a certified keeper",
        "Lamps were first lit in Bergen.",
    ],
)
def test_a_sentence_takes_no_stance(text: str) -> None:
    assert stance_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Uses of lamps for which we have not stated a rule are eligible for payment.",
        "A lamp for guests that does not have a wick is only covered if:",
    ],
)
def test_what_a_noun_denies_does_not_turn_a_grant(text: str) -> None:
    stance = stance_of(text)
    assert stance is not None
    assert stance.position == "covered"


def test_a_grant_that_a_relative_clause_denies_is_left_open() -> None:
    stance = stance_of("Uses of lamps that are not covered")
    assert stance is not None
    assert stance.position is None


def test_who_may_be_a_candidate_says_nothing_of_coverage() -> None:
    assert stance_of("The heat may make guests unsuitable candidates for lamp care.") is None
    denied = stance_of("Guests are not candidates for lamp care.")
    assert denied is not None
    assert denied.position == "not_covered"


def test_what_is_denied_twice_is_left_open() -> None:
    stance = stance_of("Lamp care is not excluded from coverage.")
    assert stance is not None
    assert stance.position is None


def test_only_the_main_clause_counts() -> None:
    assert main_clause("When it is dark, lamps are lent if nobody sleeps") == "lamps are lent"
    assert not is_negated("Lamps are lent unless nobody sleeps")
    assert not is_negated("These lamps include, but are not limited to, the following:")
    assert is_negated("Lamps do not shine by day if it is bright")


def test_what_a_relative_clause_denies_is_no_denial() -> None:
    assert not is_negated("Lamp care for guests who do not sleep:")
    assert is_negated("No lamp care for guests who sleep:")


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Lanterns lie beyond the scope of the benefit.", "not_covered"),
        ("A lantern is a plan exclusion.", "not_covered"),
        ("A lantern is not a covered benefit of this house.", "not_covered"),
        ("There is no coverage for lanterns.", "not_covered"),
        ("Not authorized:", "not_covered"),
        ("Lanterns have no proven role in the care of hiccups.", "not_medically_necessary"),
        ("The worth of lanterns has yet to be shown.", "experimental_investigational"),
        ("There is not enough evidence for lanterns.", "experimental_investigational"),
        ("Evidence on lanterns is inadequate.", "experimental_investigational"),
        ("Uses that are not named here do not qualify for payment.", "not_covered"),
        ("A lantern is not beyond the scope of benefits.", None),
    ],
)
def test_denials_by_nouns_and_by_missing_evidence(text, position):
    stance = stance_of(text)
    assert stance is not None
    assert stance.position == position


@pytest.mark.parametrize(
    "text",
    [
        "There is a benefit in warm tea.",
        "Although there is no coverage for tea, lanterns help.",
        "There is no coverage determination on lanterns.",
        "The house has no windows.",
    ],
)
def test_no_stance_is_taken_on_coverage(text):
    assert stance_of(text) is None


def test_what_another_charge_includes_is_not_paid():
    stance = stance_of("Oil for lamps shall be included in the charge of the evening.")
    assert stance is not None
    assert stance.position == "not_covered"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("The house makes no payment toward lanterns.", "not_covered"),
        ("A lantern does not constitute a covered service.", "not_covered"),
        ("Reimbursement of lanterns has been discontinued.", "not_covered"),
        ("The safety of lanterns has not been demonstrated.", "experimental_investigational"),
        ("Lanterns remain under investigation.", "experimental_investigational"),
        ("Studies do not support lanterns.", "experimental_investigational"),
        ("A lantern is of no proven value.", "not_medically_necessary"),
        ("A lantern is not recommended for fever.", "not_medically_necessary"),
    ],
)
def test_denials_in_whatever_words(text, position):
    stance = stance_of(text)
    assert stance is not None
    assert stance.position == position


def test_what_is_denied_of_members_is_a_condition():
    assert denies_of_things("Lanterns are not among the things that the house covers.")
    assert not denies_of_things("The member is not covered by another house.")
    assert not denies_of_things("Lanterns are not among the things that shine.")


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Advice may reduce inappropriate lending.", False),
        ("It spares readers unnecessary visits to the shop.", False),
        ("A lamp is an inappropriate use of the fund.", True),
        ("Inappropriate for children.", True),
        ("Lamps are considered clinically inappropriate at noon.", True),
    ],
)
def test_an_adjective_that_stands_before_its_noun_denies_nothing_of_the_subject(text, denied):
    assert (stance_of(text) is not None) == denied
