"""A sentence that stands twice, of which one goes."""

from policy_tracker.rules import compare
from tests.rules.cases import record

MN = "medically_necessary"
POSITION = "Zorvix is considered medically necessary for adults in an office."
PERIOD = "Authorization is granted for 12 months at a time."


def version(*headings: str) -> dict:
    sections = [
        {"key": f"s{place}", "heading": heading, "kind": "coverage"}
        for place, heading in enumerate(headings)
    ]
    statements = [
        one
        for section in sections
        for one in (
            {"key": f"{section['key']}/p", "section": section["key"], "role": "position",
             "position": MN, "text": POSITION},
            {"key": f"{section['key']}/a", "section": section["key"], "role": "criterion",
             "text": PERIOD},
        )
    ]  # fmt: skip
    return {"title": "Zorvix", "sections": sections, "statements": statements}


def told(before: dict, after: dict) -> list[tuple[str, str]]:
    found = compare(record(before, "2025-01-01"), record(after, "2026-01-01"))
    return [(one.kind, one.direction) for one in found.changes if one.substantive]


def test_what_still_stands_for_the_whole_policy_was_said_twice() -> None:
    assert told(version("Coverage Criteria", "Key Points"), version("Coverage Criteria")) == []


def test_what_stands_for_another_indication_does_not_stand_for_the_one_that_went() -> None:
    assert told(version("Hives", "Plaque psoriasis"), version("Hives")) == [
        ("criterion_removed", "narrowed")
    ]
