"""Sentences with an exception, a negation, or another unit than before, and the direction that
follows from their grammar.
"""

import pytest

from policy_tracker.language.exceptions import exception_of
from policy_tracker.language.quantities.read import read_quantities
from policy_tracker.rules.classify import compare
from tests.rules.cases import record

EXCEPTED = [
    ("limit", "No more than 6 lamp sessions in a winter", "broadened"),
    ("limit", "Lamps beyond the second are not covered", "broadened"),
    ("limit", "Up to 6 lamp sessions are covered", "indeterminate"),
    ("prior_auth", "Prior authorization is required for lamps", "broadened"),
    ("prior_auth", "Prior authorization is not required for lamps", "narrowed"),
    ("prior_auth", "An approval lasts until the next winter", "indeterminate"),
]
TURNED = [
    ("position", "A lamp is unproven for this use", "A lamp is not unproven for this use"),
    ("review_interval", "The need is reviewed in winter", "The need is not reviewed in winter"),
]
UNITS = [
    ("limit", "No more than 40 mg in a course", "No more than 40 mcg in a course"),
    ("limit", "No more than 2 g in a course", "No more than 40 mg in a course"),
]


def _statement(role: str, text: str) -> dict:
    quantities = [one.model_dump() for one in read_quantities(text, role)]
    return {"key": "a", "role": role, "text": text, "quantities": quantities}


def told(role: str, before: str, after: str, **more) -> list:
    one, two = (
        record({"statements": [_statement(role, text) | more]}, version)
        for text, version in ((before, "2025-01-01"), (after, "2026-01-01"))
    )
    return [change for change in compare(one, two).changes if change.substantive]


def directions(*said, **more) -> list[str]:
    return [change.direction for change in told(*said, **more)]


MIRRORED = {"broadened": "narrowed", "narrowed": "broadened", "indeterminate": "indeterminate"}


@pytest.mark.parametrize(("role", "text", "direction"), EXCEPTED)
def test_an_exception_goes_against_what_it_is_put_behind(role, text, direction):
    excepted = f"{text}, unless the baker works at night."
    assert directions(role, f"{text}.", excepted) == [direction]
    assert directions(role, excepted, f"{text}.") == [MIRRORED[direction]]


@pytest.mark.parametrize(("role", "denied", "turned"), TURNED)
def test_a_denial_or_a_duty_that_is_negated_is_gone(role, denied, turned):
    more = {"position": "experimental_investigational"} if role == "position" else {}
    assert directions(role, denied, turned, **more) == ["broadened"]
    assert directions(role, turned, denied, **more) == ["narrowed"]


@pytest.mark.parametrize(("role", "before", "after"), UNITS)
def test_another_unit_is_another_number(role, before, after):
    assert directions(role, before, after) == ["narrowed"]
    assert directions(role, after, before) == ["broadened"]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("A lamp is lent.", "A lamp is lent, unless it rains.", ("A lamp is lent", True)),
        (
            "It rains. A lamp is lent except at noon.",
            "It rains. A lamp is lent.",
            ("A lamp is lent", False),
        ),
        ("A lamp is lent.", "A tub is lent, unless it rains.", None),
        ("A lamp is lent.", "A lamp is lent in winter.", None),
    ],
)
def test_the_clause_that_an_exception_stands_behind(before, after, found):
    assert exception_of(before, after) == found
