"""Sets of codes and stretches of them: membership and difference, against writing every member out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.record.code_sets import Names, stretch_of
from policy_tracker.record.codes import CodeRange

CODES = [
    f"{letter}{number:02d}{rest}"
    for letter in "AM"
    for number in (10, 11, 47)
    for rest in ("", ".1", ".11", ".12", ".9", ".91")
]
ranges = (
    st.tuples(st.sampled_from(CODES), st.sampled_from(CODES))
    .map(sorted)
    .map(lambda ends: _span("ICD10CM", *ends))
)
names = st.builds(
    lambda codes, spans: (
        Names((("ICD10CM", code) for code in codes), map(stretch_of, spans)),
        set(codes),
        spans,
    ),
    st.lists(st.sampled_from(CODES), max_size=4),
    st.lists(ranges, max_size=3),
)


def _span(system, first, last):
    return CodeRange.model_validate(
        {"system": system, "from": first, "to": last, "raw": f"{first} - {last}"}
    )


def members(codes, spans):
    return {code for code in CODES if code in codes or any(span.holds(code) for span in spans)}


@pytest.mark.parametrize(
    ("system", "first", "last", "inside", "outside"),
    [
        (
            "ICD10CM",
            "M47.811",
            "M47.9",
            ["M47.811", "M47.816", "M47.9", "M47.91"],
            ["M47.81", "M48", "M47.8"],
        ),
        ("ICD10CM", "E11", "E11", ["E11", "E11.9", "E11.65"], ["E10.9", "E12", "E1"]),
        ("CPT", "64490", "64495", ["64490", "64492", "64495"], ["64489", "64496", "0649T"]),
        ("CPT", "00100", "01999", ["00191"], ["0191T", "02000"]),
        ("CPT", "0191T", "0200T", ["0195T"], ["01950"]),
        ("HCPCS", "J1000", "J1010", ["J1005"], ["J1011", "K1005"]),
    ],
)
def test_a_stretch_has_the_members_of_its_range(system, first, last, inside, outside):
    span = _span(system, first, last)
    found = Names((), [stretch_of(span)])
    whole = found.fixed()
    for code in inside + outside:
        assert (
            found.holds(system, code)
            is whole.holds(system, code)
            is span.holds(code)
            is (code in inside)
        )
    other = "HCPCS" if system == "CPT" else "CPT"
    assert not found.holds(other, inside[0])


@given(names)
def test_what_is_held_is_what_is_written_out(one):
    found, codes, spans = one
    assert {code for code in CODES if found.holds("ICD10CM", code)} == members(codes, spans)


@given(names, names)
def test_a_difference_holds_what_the_first_has_and_the_second_has_not(one, two):
    left = one[0].less(two[0])
    whole = left.fixed()
    expected = members(*one[1:]) - members(*two[1:])
    assert {code for code in CODES if left.holds("ICD10CM", code)} == expected
    assert {code for code in CODES if whole.holds("ICD10CM", code)} == expected
