"""What is no title of a policy, whatever place it was read from."""

import pytest

from policy_tracker.extract.head.titles import is_no_title


@pytest.mark.parametrize(
    "title",
    [
        "0417",
        "MP-17",
        "LX204 | 1",
        "lumenplan.com",
        "https://www.lumenplan.com/policies",
        "12 HARBOR STREET, WINDWARD, RI 02999-1234 MEDICAL COVERAGE POLICY",
        "P.O. Box 77",
        "Lumen Health Plan",
        "Lumen Health Plan of Ohio 601 12 th",
        "Lumen",
        "Blue Cross Blue Shield of Windward",
        "Commercial",
        "Medical Policy",
        "CLINICAL POLICY AND PROCEDURE MANUAL",
        "2",
    ],
)
def test_what_names_no_subject(title: str) -> None:
    assert is_no_title(title, None, "lumen-health-plan")


@pytest.mark.parametrize(
    "title",
    [
        "Vein Mapping",
        "Lumen Health Plan Vein Mapping",
        "24 Hour ECG with ST Segment Analysis",
        "Drug Testing",
        "Prior Authorization for Kite Traction",
        "Health Care Associated Pneumonia",
        "Blue Shield Vein Mapping",
        "Home Health Care",
        "Use of CT 10001",
        "Vitamin B12",
        "17-OH Progesterone",
        "Medical Policy: Home Oxygen",
        "α-Wave Training",
        "Carotid Stenting 02-11111-22",
    ],
)
def test_a_subject_is_a_title(title: str) -> None:
    assert not is_no_title(title, "02-11111-22", "lumen-health-plan")


def test_the_policys_own_number_is_no_title_however_it_is_spelled() -> None:
    assert is_no_title("MP 010 MD DE", "MP-010-MD-DE", "lumen")
