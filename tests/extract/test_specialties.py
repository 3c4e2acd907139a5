"""Specialties from titles and codes."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record

_TEXT = """Duskvale Benefit Trust

Policy Title: {title}

Coverage Criteria

The service is considered medically necessary for members with dim elbows.

CPT codes covered when criteria are met

{codes}
"""


def _names(title: str, codes: str = "") -> list[str]:
    [record] = extract(_TEXT.format(title=title, codes=codes).encode(), "lamp.txt")
    assert isinstance(record, Record)
    assert all(one.stated_by == "inferred" for one in record.specialties)
    return [one.name for one in record.specialties]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Genetic Testing for Breast Cancer", ["oncology", "genetics"]),
        ("Corneal Lamps", ["ophthalmology"]),
        ("Wearable Lamps", []),
        ("Cardinal Lamps", []),
    ],
)
def test_by_the_title(title: str, names: list[str]):
    assert _names(title) == names


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        ("95004, 95024, 95027", ["allergy and immunology"]),
        ("95004, 70450, 66984", []),
        ("95004", []),
    ],
)
def test_by_most_of_the_codes_where_the_title_names_none(codes: str, names: list[str]):
    assert _names("Wearable Lamps", codes) == names
