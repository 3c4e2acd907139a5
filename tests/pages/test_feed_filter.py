from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.pages.feed_filter import (
    DIRECTION_CHOICES,
    FIELDS,
    IMPACT_CHOICES,
    KIND_CHOICES,
    active,
    read_form,
)


def test_every_filter_is_read() -> None:
    form = read_form(
        {
            "payer": "cigna",
            "policy": "mm-0300",
            "direction": "burden-narrowed",
            "impact": "medium-high",
            "kind": "prior_auth_changed",
            "code": "0691t",
            "from": "2025-09",
            "to": "2025-09",
            "text": " bone ",
            "all": "1",
            "unknown": "x",
        }
    )
    wanted = form.wanted
    assert not form.problems
    assert (wanted.payer, wanted.policy, wanted.axis, wanted.direction) == (
        "cigna",
        "mm-0300",
        "burden",
        "narrowed",
    )
    assert (wanted.impact_at_least, wanted.kind, wanted.code, wanted.text) == (
        "medium-high",
        "prior_auth_changed",
        "0691T",
        "bone",
    )
    assert (wanted.effective_from, wanted.effective_to) == (date(2025, 9, 1), date(2025, 9, 30))
    assert wanted.substantive is None
    assert read_form({}).wanted.substantive is True


def test_an_axis_alone_is_any_direction_along_it() -> None:
    wanted = read_form({"direction": "coverage"}).wanted
    assert (wanted.axis, wanted.direction) == ("coverage", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("direction", "sideways"),
        ("direction", "coverage-up"),
        ("impact", "huge"),
        ("kind", "x"),
        ("code", "zz"),
        ("from", "2025-02-30"),
        ("to", "soon"),
        ("text", "x" * 201),
    ],
)
def test_what_cannot_be_meant_is_named_and_left_out(field: str, value: str) -> None:
    form = read_form({field: value, "payer": "cigna"})
    assert form.problem(field)
    assert form.typed[field] == value
    assert form.wanted == read_form({"payer": "cigna"}).wanted


def test_dates_in_the_wrong_order() -> None:
    form = read_form({"from": "2025-09-26", "to": "2025-09-25"})
    assert form.problem("to") == "The last day lies before the first one."


def test_filters_are_said_and_can_be_left_out_one_by_one() -> None:
    form = read_form({"code": "0691T", "direction": "coverage-broadened", "from": "2025-09-26"})
    assert active(form) == (
        ("direction", "Coverage broadened"),
        ("code", "code 0691T"),
        ("from", "effective from September 26, 2025"),
    )
    assert "code" not in form.without("code")
    assert form.without("code")["from"] == "2025-09-26"


def test_every_choice_is_understood() -> None:
    for _, choices in DIRECTION_CHOICES:
        for choice in choices:
            assert not read_form({"direction": choice.value}).problems
    assert not any(read_form({"impact": choice.value}).problems for choice in IMPACT_CHOICES)
    assert not any(read_form({"kind": choice.value}).problems for choice in KIND_CHOICES)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_any_query_is_read(query: dict[str, str]) -> None:
    form = read_form(query)
    assert set(form.typed) == set(FIELDS)
    assert all(problem.field in FIELDS for problem in form.problems)
