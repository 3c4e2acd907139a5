import pytest

from policy_tracker.language.topics import named_by, names_a_part, names_a_phase, said_of


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("2. Coverage Criteria", True),
        ("POLICY STATEMENT(S)", True),
        ("Medical Necessity Criteria for Prior Authorization", True),
        ("Asthma", False),
        ("Criteria for Zorvix", False),
        ("Reauthorization", False),
    ],
)
def test_a_heading_that_only_names_a_kind_of_part(heading: str, part: bool) -> None:
    assert names_a_part(heading) is part


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Plaque psoriasis:", "Plaque psoriasis"),
        ("Breast cancer for the following gene changes:", "Breast cancer"),
        ("Stage III melanoma, when all of the following apply:", "Stage III melanoma"),
        ("Diagnosis of hives", "Hives"),
        ("One of the following:", None),
        ("ALL of the criteria below:", None),
        ("The patient must have tried two lamps:", None),
        ("Clinical criteria", None),
        ("Report these codes for the visit: 99201", None),
    ],
)
def test_the_name_in_a_heading_or_lead_in(text: str, name: str | None) -> None:
    assert named_by(text) == name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Light therapy is considered medically necessary for plaque psoriasis when all of the "
            "following are met:",
            ("Light therapy", "plaque psoriasis"),
        ),
        (
            "Zorvix will be approved for treatment of hives based on all of the following:",
            ("Zorvix", "hives"),
        ),
        ("Nordia Health considers lamp therapy medically necessary", ("lamp therapy",)),
        ("It is not covered for members with asthma.", ("asthma",)),
        (
            "Lamp therapy is covered for the assessment, diagnosis, and/or treatment of hives in "
            "any of the following cases:",
            ("Lamp therapy", "hives"),
        ),
        ("Lamp therapy is covered for asymptomatic, fair-skinned adults when", ("Lamp therapy",)),
        ("Lamp therapy is covered for adults at risk for burns when", ("Lamp therapy",)),
        ("Therefore, Nordia determines that lamps are not covered.", ("lamps",)),
        ("Tried two lamps", ()),
        ("However, if a lamp burns, baths are covered.", ()),
        ("The following uses of lamps are considered unproven:", ("Lamps",)),
    ],
)
def test_what_a_sentence_states_a_position_of(text: str, said: tuple[str, ...]) -> None:
    assert said_of(text) == said


def test_a_heading_of_a_phase() -> None:
    assert names_a_phase("Initial Authorization")
    assert not names_a_phase("Asthma")
