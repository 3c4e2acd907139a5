"""Sentences that a version made twice."""

import pytest

from policy_tracker.rules.classify import compare
from tests.rules.cases import record

SECTIONS = [
    {"key": "use", "heading": "Garden Pumps", "kind": "coverage"},
    {"key": "more", "heading": "Special Yards", "kind": "coverage"},
]
OTHERS = {
    "text": "All other uses of garden pumps are not covered.",
    "role": "position",
    "position": "not_covered",
}
BOARD = {
    "text": "Fitters who repair pumps are approved by the Board of Garden Gates (BGG).",
    "role": "criterion",
}
SHORT = {"text": "Fitters who repair pumps are approved by the BGG.", "role": "criterion"}


def version(date: str, *statements: tuple[str, dict]):
    found = [
        {"key": f"{section}/{number}", "section": section, **statement}
        for number, (section, statement) in enumerate(statements)
    ]
    used = {section for section, _ in statements}
    sections = [section for section in SECTIONS if section["key"] in used]
    part = {"title": "Garden Pumps", "sections": sections, "statements": found}
    return record(part, date)


def told(before, after):
    found = compare(version("2025-01-01", *before), version("2026-01-01", *after))
    return [change.rule for change in found.changes if change.substantive]


ONCE = [("use", OTHERS), ("use", BOARD)]


@pytest.mark.parametrize("turned", [False, True])
def test_what_stands_once_more_in_a_section_of_its_own_changes_nothing(turned):
    sides = [ONCE, [*ONCE, ("more", SHORT), ("more", OTHERS)]]
    assert told(*(reversed(sides) if turned else sides)) == []


def test_what_stands_twice_in_one_section_changes_nothing():
    assert told([*ONCE, ("use", SHORT)], ONCE) == []


def test_a_sentence_that_names_no_subject_may_be_about_another_matter():
    assert told([*ONCE, ("more", SHORT)], ONCE) != []


def test_what_stands_with_it_and_not_elsewhere_is_told():
    other = {
        "text": "Pumps of brass are not covered.",
        "role": "position",
        "position": "not_covered",
    }
    assert told([*ONCE, ("more", OTHERS), ("more", other)], ONCE) != []
