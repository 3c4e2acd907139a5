import pytest

from policy_tracker.language.names import tidy_name


@pytest.mark.parametrize(
    ("candidate", "name"),
    [
        ("Hives", "Hives"),
        ("or lamp testing of both eyes", "Lamp testing of both eyes"),
        ("One (1) lamp visit", "Lamp visit"),
        ("Lamp screening screening", "Lamp screening"),
        ("care of hives that", "Care of hives"),
        ("treatment of hives includes ANY of the following", "Treatment of hives"),
        ("Testing for predisposition to hives", "Testing for predisposition to hives"),
        ("Lamp testing to establish or confirm", None),
        ("Member displays", None),
        ("Nordia Health considers", None),
        ("Presence", None),
        ("Contraindications and Nationally Non-Covered Indications", None),
        ("Patients who meet the above criteria", None),
        ("Authorization Period", None),
        ("Policy at a Glance", None),
        ("Policy2", None),
        ("Medical Policy Manual Lamps, Policy No. 4", None),
        ("0991U Lamp screening of the eye", None),
        ("NQR; therefore, not covered", None),
    ],
)
def test_a_candidate_is_the_name_of_a_thing_or_none(candidate: str, name: str | None) -> None:
    assert tidy_name(candidate) == name
