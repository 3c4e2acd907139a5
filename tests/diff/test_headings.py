"""A heading of one version that is a line of text in the other is no difference."""

from __future__ import annotations

from policy_tracker.diff.compare import differences
from tests.rules.cases import record


def _version(*, headed: bool) -> dict:
    part = {"key": "coverage-policy", "heading": "Criteria", "kind": "coverage"}
    section = {"key": "papers", "heading": "Papers we need", "kind": "documentation"}
    asked = {"key": "letter", "role": "documentation", "text": "Send a letter of the dentist."}
    line = {"key": "papers", "role": "criterion", "text": "Papers we need:"}
    return {
        "sections": [part, section] if headed else [part],
        "statements": [{**asked, "section": "papers"}] if headed else [line, asked],
    }


def _told(before: dict, after: dict) -> list[str]:
    found = differences(record(before), record(after))
    return [
        one.op for one in found.differences if one.subject == "statement" and one.op != "modified"
    ]


def test_a_line_that_is_a_heading_in_the_other_version_is_not_told():
    assert _told(_version(headed=True), _version(headed=False)) == []
    assert _told(_version(headed=False), _version(headed=True)) == []


def test_a_line_that_no_heading_says_is_told():
    other = _version(headed=False)
    other["statements"][0] = {**other["statements"][0], "text": "Papers we never need:"}
    assert _told(_version(headed=True), other) == ["added"]
