"""Lists of codes that a policy parts by authorization."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record


def _record(first: str, second: str) -> Record:
    text = (
        "<html><body><h1>Lampworks Health Plan</h1><h2>Coverage</h2>"
        "<p>A lamp is covered when the house is dark.</p>"
        f"<h2>Codes</h2><h3>{first}</h3><p>E0650, E0651</p><h3>{second}</h3><p>E0676, K0606</p>"
        "</body></html>"
    )
    (record,) = extract(text.encode(), "lamp.html")
    assert isinstance(record, Record)
    return record


def _said(first: str, second: str) -> dict[str, str]:
    groups = _record(first, second).code_groups
    return {code.code: group.disposition for group in groups for code in group.codes}


@pytest.mark.parametrize(
    "title",
    ["Authorization needed", "Codes that require prior authorization", "Subject to approval"],
)
def test_codes_that_need_an_authorization_can_be_approved_where_others_are_denied(
    title: str,
) -> None:
    said = _said(title, "Not covered")
    assert (said["E0650"], said["E0651"]) == ("covered", "covered")
    assert said["E0676"] == "not_covered"


def test_what_follows_of_an_authorization_is_marked_as_inferred() -> None:
    (group, _) = _record("Authorization needed", "Not covered").code_groups
    assert group.stated_by == "inferred"
    assert group.note == "These codes need an authorization, and the policy denies others."


def test_without_a_list_that_is_denied_an_authorization_says_nothing_of_coverage() -> None:
    assert _said("Authorization needed", "Lamps of the harbor")["E0650"] == "informational"


def test_codes_that_need_no_authorization_are_not_taken_for_those_that_do() -> None:
    assert _said("No authorization required", "Not covered")["E0650"] == "informational"
