"""One number that changed in one statement is one change that decides something, however many rules
can read it.
"""

from itertools import product

import pytest

from policy_tracker.rules import compare
from policy_tracker.rules.changes import Comparison
from tests.diff.records import ROLES
from tests.rules.cases import record

MEASURES = [
    ("age", "year"),
    ("frequency", "unit"),
    ("units", "unit"),
    ("duration", "month"),
    ("dose", "mg"),
    ("count", "treatment"),
    ("percentage", "%"),
    ("score", "point"),
    ("interval", "day"),
    (None, "month"),
    (None, "treatment"),
]
"""Kinds of numbers with a unit; without a kind, the number stands in the text alone."""
TIMES = ("month", "day", "year")
DECIDING = [role for role in ROLES if role not in ("note", "scope")]


def version(
    role: str,
    kind: str | None,
    unit: str,
    bound: str,
    value: int,
    *,
    entry: bool,
    members: bool,
    above: str | None,
) -> dict:
    """A policy with one number: in a sentence, in its quantities, its logic, and its authorization
    entry.
    """
    words = {">=": "at least ", "<=": "up to ", "=": ""}[bound]
    said = {
        "key": "top/n",
        "parent": "top",
        "role": role,
        "text": f"Authorization covers {words}{value} {unit} of what follows",
    }
    if kind:
        per = {"value": 12, "unit": "month"} if kind == "frequency" else None
        said["quantities"] = [
            {"kind": kind, "comparator": bound, "value": value, "unit": unit, "per": per}
        ]
    below = []
    if members:
        said["logic"] = f"at_least:{value}"
        below = [
            {"key": f"top/n/{n}", "parent": "top/n", "role": "criterion", "text": f"Case {word}"}
            for n, word in enumerate("abcdefgh")
        ]
    period = {
        "value": value if unit in TIMES and not members else 12,
        "unit": unit if unit in TIMES else "month",
    }
    top = {
        "key": "top",
        "role": "position",
        "position": above,
        "logic": "all_of",
        "text": "The test",
    }
    authorizations = (
        [{"requirement": "required", "valid_for": period, "statement": "top/n"}] if entry else []
    )
    return {"statements": [top, said, *below], "authorizations": authorizations}


def told(one: dict, two: dict) -> Comparison:
    return compare(record(one, "2025-01-01"), record(two, "2026-01-01"))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("kind", "unit"), MEASURES)
def test_one_number_is_told_once(role, kind, unit):
    for bound, entry, members, above, values in product(
        (">=", "="), (False, True), (False, True), ("medically_necessary", None), ((3, 6), (6, 3))
    ):
        sides = [
            version(role, kind, unit, bound, value, entry=entry, members=members, above=above)
            for value in values
        ]
        found = told(*sides)
        deciding = [c.rule for c in found.changes if c.substantive]
        case = (
            role,
            kind,
            unit,
            bound,
            entry,
            members,
            above,
            values,
            [c.rule for c in found.changes],
        )
        assert len(deciding) == 1, case
        if members:
            assert deciding[0].startswith(("options-needed", "logic-open")), case
        elif entry and unit in TIMES:
            assert deciding[0].startswith(
                "review-interval" if role == "review_interval" else "authorization-period"
            ), case


@pytest.mark.parametrize("role", DECIDING)
def test_what_is_absorbed_is_kept_beside_it(role):
    one, two = (
        version(role, "duration", "month", "=", value, entry=True, members=False, above="covered")
        for value in (6, 12)
    )
    found = told(one, two)
    [change] = found.changes
    assert found.superseded
    assert "the text does not tell" not in change.explanation
    assert (change.quantity.before, change.quantity.after, change.quantity.unit) == (6, 12, "month")


def test_another_unit_of_the_same_time_is_the_same_number():
    one = version("prior_auth", "duration", "month", "=", 12, entry=True, members=False, above=None)
    two = version("prior_auth", "duration", "year", "=", 2, entry=True, members=False, above=None)
    assert [c.rule for c in told(one, two).changes] == ["authorization-period-lengthened"]
    assert [c.rule for c in told(two, one).changes] == ["authorization-period-shortened"]


def test_two_numbers_are_two_changes():
    def both(treatments: int, months: int) -> dict:
        part = version(
            "criterion",
            "duration",
            "month",
            ">=",
            months,
            entry=False,
            members=True,
            above="covered",
        )
        said = part["statements"][1]
        said |= {
            "logic": f"at_least:{treatments}",
            "text": f"At least {treatments} of the following for at least {months} months",
        }
        return part

    assert {c.rule for c in told(both(2, 2), both(3, 3)).changes} == {
        "options-needed-raised",
        "threshold-tightened",
    }
    assert {c.rule for c in told(both(2, 6), both(3, 4)).changes} == {
        "options-needed-raised",
        "threshold-relaxed",
    }


def test_a_requirement_brings_its_number():
    entries = [{"requirement": said, "statement": "a"} for said in ("not_required", "required")]
    entries[1]["valid_for"] = {"value": 90, "unit": "day"}
    texts = [
        "Prior authorization is not required",
        "Prior authorization is required. It holds for 90 days",
    ]
    numbers = [[], [{"kind": "duration", "comparator": "=", "value": 90, "unit": "day"}]]
    sides = [
        {
            "statements": [
                {"key": "a", "role": "prior_auth", "text": text, "quantities": quantities}
            ],
            "authorizations": [entry],
        }
        for text, quantities, entry in zip(texts, numbers, entries, strict=True)
    ]
    assert [c.rule for c in told(*sides).changes] == ["prior-auth-added"]
    assert [c.rule for c in told(*sides[::-1]).changes] == ["prior-auth-removed"]
