"""Limits that a list of codes prints beside a code."""

import pytest

from policy_tracker.rules import compare
from tests.diff.test_codes import group
from tests.rules.cases import record


def told(before: str, after: str, position: str = "informational") -> list[tuple[str, str]]:
    sides = (
        record(
            {
                "code_groups": [
                    group("g", position, {"system": "HCPCS", "code": "A9999", "description": words})
                ]
            }
        )
        for words in (before, after)
    )
    return [(change.rule, change.direction) for change in compare(*sides).changes]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "Gauze: maximum 20 units per day",
            "Gauze: maximum 30 units per day",
            ("row-limit-raised", "broadened"),
        ),
        ("Gauze, once per year", "Gauze, once per 2 years", ("row-limit-lowered", "narrowed")),
        ("Gauze", "Gauze, limit 4 per month", ("row-limit-stated", "narrowed")),
        ("Gauze, limit 4 per month", "Gauze", ("row-limit-dropped", "broadened")),
        ("Gauze, 10 mg", "Gauze, 20 mg", ("code-description-changed", "neutral")),
        (
            "Gauze, once per year",
            "Gauze roll, once per year",
            ("code-description-changed", "neutral"),
        ),
    ],
)
def test_a_rate_beside_a_code_is_a_limit_and_a_strength_is_none(before, after, expected):
    assert told(before, after) == [expected]


def test_a_limit_among_what_is_denied_has_no_direction():
    assert told("once per year", "twice per year", "not_covered") == [
        ("row-limit-changed", "indeterminate")
    ]


def test_a_mark_and_a_limit_that_turn_in_one_row_are_both_told():
    sides = []
    for mark, words in (("Yes", "Gauze, limit 2 per month"), ("No", "Gauze, limit 4 per month")):
        row = {"system": "HCPCS", "code": "A9999", "description": words}
        listed = group(f"pa-{mark.lower()}", "informational", row, heading=f"Codes > PA?: {mark}")
        sides.append(record({"code_groups": [listed]}))
    changes = compare(*sides).changes
    assert ("row-limit-raised", "broadened") in [(one.rule, one.direction) for one in changes]
    assert not any("PA?" in name for one in changes for name in one.subject)
