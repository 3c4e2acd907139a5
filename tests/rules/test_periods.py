"""Times in sentences on authorization: for how long it holds, for whom it is asked, by when."""

import pytest

from policy_tracker.language.quantities.read import read_quantities
from policy_tracker.rules import compare
from tests.rules.cases import record


def told(before, after):
    """The direction of what changed between two sentences on authorization."""
    sides = [
        record(
            {
                "statements": [
                    {
                        "key": "one",
                        "text": text,
                        "role": "prior_auth",
                        "quantities": [
                            one.model_dump(mode="json")
                            for one in read_quantities(text, "prior_auth")
                        ],
                    }
                ]
            },
            day,
        )
        for text, day in ((before, "2025-01-01"), (after, "2026-01-01"))
    ]
    return {change.direction for change in compare(*sides).changes if change.substantive}


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        ("Approvals are granted for 4 months", "Approvals are granted for 8 months", "broadened"),
        ("Authorization is valid for 90 days", "Authorization is valid for 9 months", "broadened"),
        (
            "Initial approval: 4 months; renewal: 12 months",
            "Initial approval: 3 months; renewal: 12 months",
            "narrowed",
        ),
        (
            "Prior authorization is required for members under 20 years",
            "Prior authorization is required for members under 16 years",
            "broadened",
        ),
        (
            "Requests must be sent at least 5 days before the service",
            "Requests must be sent at least 10 days before the service",
            "indeterminate",
        ),
        (
            "Notification is required within 48 hours of admission",
            "Notification is required within 24 hours of admission",
            "indeterminate",
        ),
    ],
)
def test_what_a_time_says(before, after, way):
    assert told(before, after) == {way}


def test_how_long_a_new_use_holds_is_no_requirement_of_its_own() -> None:
    """Also where something of the use's section stood before."""
    note = {"key": "n", "section": "h", "role": "note", "text": "State mandates may apply here."}
    lead = {
        "key": "t",
        "section": "h",
        "role": "position",
        "position": "medically_necessary",
        "text": "Zorvix will be approved for hives that itch at night.",
    }
    period = {
        "key": "pa",
        "section": "h",
        "role": "prior_auth",
        "text": "Authorization will be issued for 12 months.",
    }
    entry = {"requirement": "required", "statement": "pa"}
    sections = [{"key": "h", "heading": "Hives", "kind": "coverage"}]
    before = {"sections": sections, "statements": [note]}
    after = {
        "sections": sections,
        "statements": [lead, period, note],
        "authorizations": [entry],
    }
    found = compare(record(before, "2025-01-01"), record(after, "2026-01-01"))
    assert [one.rule for one in found.changes if one.substantive] == ["approved-use-added"]
