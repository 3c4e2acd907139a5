"""Ranges that one version prints with other ends than the other, or code by code."""

import pytest

from tests.diff.test_codes import MN, between, group, span
from tests.rules.cases import record

DX = "ICD10CM"


def told(before, after) -> list[tuple[str, list[str]]]:
    """What came, went or moved; not what is only printed otherwise."""
    found = between(before, after)
    return [(one.op, [*one.named]) for one in found if one.op != "restated"]


def diagnoses(*codes: str, ranges: tuple[tuple[str, str], ...] = ()):
    rows = [{"system": DX, "code": code} for code in codes]
    spans = [span(DX, *ends) for ends in ranges]
    return record({"code_groups": [group("dx", MN, *rows, ranges=spans)]})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            diagnoses("J30.1", ranges=(("L20.0", "L20.9"),)),
            diagnoses("J30.1", ranges=(("L20.0", "L20.5"),)),
            [("removed", ["L20.6-L20.9"])],
        ),
        (
            diagnoses("J30.1", ranges=(("L20.1", "L20.9"),)),
            diagnoses("J30.1", ranges=(("L20.0", "L20.9"),)),
            [("added", ["L20.0"])],
        ),
        (
            diagnoses("L20.81", "L20.82", "J30.1"),
            diagnoses("J30.1", "J45.20", ranges=(("L20.81", "L20.82"),)),
            [("added", ["J45.20"])],
        ),
        (
            diagnoses("J30.1", ranges=(("L20.0", "L20.9"),)),
            diagnoses("J30.1", "L20.0", "L20.9"),
            [],
        ),
        (
            diagnoses("J30.1", "J45.20", ranges=(("L20", "L20"),)),
            diagnoses("J30.1", "L20.0", "L20.81", "L20.9"),
            [("removed", ["J45.20"])],
        ),
        (
            diagnoses("J30.1", ranges=(("L20", "L20"),)),
            diagnoses("J30.1", "L20.81"),
            [("removed", ["L20"])],
        ),
        (
            diagnoses("J30.1", ranges=(("L20", "L20"),)),
            diagnoses("J30.1", "L20"),
            [],
        ),
    ],
    ids=[
        "end earlier",
        "begin earlier",
        "written as a range",
        "written out",
        "wildcard",
        "one code of a wildcard",
        "the category itself",
    ],
)
def test_what_lies_beyond_the_other_ends_is_told_alone(before, after, expected):
    assert told(before, after) == expected


def test_lists_are_one_where_a_range_of_one_holds_the_codes_of_the_other():
    before = record(
        {"code_groups": [group("a", MN, heading="Then", ranges=[span(DX, "L20.0", "L20.9")])]}
    )
    rows = [{"system": DX, "code": code} for code in ("L20.0", "L20.81", "L20.9")]
    after = record({"code_groups": [group("b", MN, *rows, heading="Now")]})
    assert told(before, after) == []
