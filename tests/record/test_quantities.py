"""Quantities and their common units."""

import pytest
from pydantic import ValidationError

from policy_tracker.record.quantities import Quantity, Span, in_common_unit


@pytest.mark.parametrize(
    ("value", "unit", "common"),
    [
        (2, "year", (24, "month")),
        (1, "quarter", (3, "month")),
        (12, "month", (12, "month")),
        (2, "week", (14, "day")),
        (90, "day", (90, "day")),
        (150, "mg", (150, "mg")),
        (3, "injection", (3, "injection")),
    ],
)
def test_times_have_a_common_unit_in_their_family(value, unit, common):
    assert in_common_unit(value, unit) == common


def test_days_and_months_are_never_mixed():
    assert in_common_unit(30, "day")[1] != in_common_unit(1, "month")[1]


@pytest.mark.parametrize("value", [True, "12", None, float("nan"), float("inf"), 1e300, [12]])
def test_a_number_is_written_as_one(value):
    with pytest.raises(ValidationError):
        Span.model_validate({"value": value, "unit": "month"})


def test_whole_numbers_and_decimals_are_the_same_number():
    assert Span(value=12, unit="month") == Span(value=12.0, unit="month")


def test_a_quantity_has_a_known_kind_and_comparator():
    assert Quantity(kind="age", comparator=">=", value=18, unit="year").per is None
    for wrong in ({"kind": "height"}, {"comparator": "=>"}, {"unit": ""}):
        with pytest.raises(ValidationError):
            Quantity.model_validate({"kind": "age", "value": 18, "unit": "year", **wrong})
