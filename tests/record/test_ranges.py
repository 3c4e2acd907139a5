"""Ranges and wildcards of codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from policy_tracker.errors import CodeError
from policy_tracker.record.ranges import MOST_MEMBERS, CodeRange, numeric_members


def span(system, first, last=None, raw="as printed"):
    return CodeRange.model_validate(
        {"system": system, "from": first, "to": last or first, "raw": raw}
    )


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (span("ICD10CM", "C00.0", "C00.9"), "C00.0"),
        (span("ICD10CM", "C00.0", "C00.9"), "C00.91"),
        (span("ICD10CM", "C00", "C14"), "C14.8"),
        (span("ICD10CM", "C79", "C80"), "C7A.1"),
        (span("ICD10CM", "M80"), "M80"),
        (span("ICD10CM", "M80"), "M80.08XA"),
        (span("ICD10CM", "M48.06"), "M48.061"),
        (span("CPT", "64479", "64484"), "64483"),
        (span("CPT", "0691T", "0743T"), "0700T"),
        (span("CPT", "974"), "97401"),
        (span("HCPCS", "J"), "J3590"),
        (span("REVENUE", "0636", "0640"), "0637"),
    ],
)
def test_a_range_holds_its_members(held, code):
    assert held.holds(code)


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (span("ICD10CM", "C00.0", "C00.9"), "C01"),
        (span("ICD10CM", "C00.1", "C00.9"), "C00.0"),
        (span("ICD10CM", "M80"), "M81.0"),
        (span("CPT", "00100", "01999"), "0191T"),
        (span("CPT", "0100T", "0200T"), "01500"),
        (span("CPT", "974"), "97501"),
        (span("CPT", "069"), "0691T"),
        (span("CPT", "64479", "64484"), "64485"),
        (span("DRG", "001", "010"), "0015"),
    ],
)
def test_a_range_holds_nothing_else(held, code):
    assert not held.holds(code)


def test_a_stem_is_kept_without_its_point_and_knows_that_it_is_one():
    wildcard = span("ICD10CM", "m80.", raw="M80.x")
    assert (wildcard.first, wildcard.last, wildcard.raw) == ("M80", "M80", "M80.x")
    assert wildcard.is_wildcard
    assert not span("CPT", "64479", "64484").is_wildcard


@pytest.mark.parametrize(
    ("system", "first", "last", "field", "reason"),
    [
        ("ICD10CM", "C00.9", "C00.0", (), "ends before it begins"),
        ("CPT", "974", "97500", (), "'974' is not a CPT code, and a wildcard has the same stem"),
        ("CPT", "M80", "M80", ("from",), "'M80' is not a CPT code"),
        ("ICD10CM", "M80", "80.1", ("to",), "'80.1' is not a ICD10CM code"),
        ("LOINC", "3826", "3826", ("from",), "is not a LOINC code"),
    ],
)
def test_a_wrong_range_is_refused(system, first, last, field, reason):
    with pytest.raises(ValidationError) as caught:
        span(system, first, last)
    error = caught.value.errors()[0]
    assert error["loc"] == field
    assert reason in error["msg"]


@pytest.mark.parametrize(
    ("held", "members"),
    [
        (span("CPT", "64483", "64484"), ("64483", "64484")),
        (span("CPT", "0009T", "0011T"), ("0009T", "0010T", "0011T")),
        (span("HCPCS", "J0120", "J0121"), ("J0120", "J0121")),
        (span("CDT", "D0120", "D0120"), ("D0120",)),
    ],
)
def test_numeric_members(held, members):
    assert numeric_members(held) == members


def test_a_wildcard_stands_for_all_codes_with_its_stem():
    members = numeric_members(span("CPT", "974"))
    assert (members[0], members[-1], len(members)) == ("97400", "97499", 100)


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (span("ICD10CM", "M80", "M85"), "cannot be written out"),
        (span("CPT", "00100", "99999"), f"more than {MOST_MEMBERS}"),
        (span("CPT", "0100T", "99999"), "different forms"),
        (span("HCPCS", "A0100", "B0100"), "different forms"),
    ],
)
def test_what_cannot_be_written_out(held, reason):
    with pytest.raises(CodeError, match=reason):
        numeric_members(held)


@given(st.integers(0, 99_999), st.integers(0, 300), st.integers(-400, 400))
def test_members_and_holds_agree(first, length, offset):
    last = min(first + length, 99_999)
    held = span("CPT", f"{first:05d}", f"{last:05d}")
    probe = first + offset
    if 0 <= probe <= 99_999:
        assert (
            held.holds(f"{probe:05d}")
            == (f"{probe:05d}" in numeric_members(held))
            == (first <= probe <= last)
        )


def test_the_field_names_of_a_file_are_from_and_to():
    assert span("CPT", "64483", "64484", raw="64483-64484").model_dump(exclude_none=True) == {
        "system": "CPT",
        "from": "64483",
        "to": "64484",
        "raw": "64483-64484",
    }
