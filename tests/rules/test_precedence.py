"""One real change is told once, and nothing that pulls another way is lost."""

import pytest

from policy_tracker.record.vocabulary import ChangeKind
from policy_tracker.rules import compare
from policy_tracker.rules.precedence import TABLE
from policy_tracker.rules.registry import HEADINGS, catalogue
from tests.rules.cases import record

MN, EX = "medically_necessary", "experimental_investigational"
CODES = [{"system": "CPT", "code": "0691T"}]


def told(before: dict, after: dict) -> tuple[list[str], list[str]]:
    """The rules of changes, and of what they absorbed."""
    found = compare(record(before, "2025-01-01"), record(after, "2026-01-01"))
    return [c.rule for c in found.changes], [a.rule for a in found.superseded]


def position(said: str, *children: dict, text: str | None = None, **more) -> dict:
    top = {
        "key": "top",
        "role": "position",
        "position": said,
        "text": text or f"The test is {said.replace('_', ' ')}",
        **more,
    }
    return {
        "statements": [
            top,
            *({"parent": "top", "role": "criterion", **child} for child in children),
        ]
    }


def test_each_row_names_rules_kinds_and_families_that_exist():
    known: dict[str, set[str]] = {
        "rule": {one.id for one in catalogue()},
        "family": {one.family for one in catalogue()},
        "kind": {str(kind) for kind in HEADINGS},
    }
    for row in TABLE:
        for name in (*row.by, *row.what):
            sort, _, value = name.partition(":")
            assert name == "*" or value in known[sort], name
        assert row.because


def test_every_kind_has_its_heading():
    assert set(HEADINGS) == set(ChangeKind.__args__)


def test_criteria_below_a_position_that_turned_are_part_of_it():
    child = {"key": "top/a", "text": "Conservative treatment has failed"}
    changes, superseded = told(position(EX), position(MN, child, logic="all_of"))
    assert changes == ["position-experimental-to-medically-necessary"]
    assert superseded == ["requirement-added"]


def test_a_child_that_turned_the_other_way_is_told():
    one = {
        "key": "top/a",
        "role": "position",
        "text": "Screening of adults is covered or not",
        "position": MN,
    }
    changes, _ = told(position(EX, one), position(MN, {**one, "position": EX}))
    assert set(changes) == {
        "position-experimental-to-medically-necessary",
        "position-medically-necessary-to-experimental",
    }


def test_another_reason_to_deny_hides_no_new_criterion():
    child = {"key": "top/a", "text": "In children"}
    changes, _ = told(
        position(EX, logic="any_of"), position("not_medically_necessary", child, logic="any_of")
    )
    # without a case of its own the denial held for everybody
    assert set(changes) == {"denial-reason-changed", "denial-condition-added"}


def test_documentation_below_a_position_that_turned_stays_a_burden():
    child = {"key": "top/a", "role": "documentation", "text": "The record shows why"}
    changes, _ = told(position(EX), position(MN, child))
    assert set(changes) == {"position-experimental-to-medically-necessary", "documentation-added"}


def test_code_tables_follow_the_position_that_names_their_codes():
    def tables(disposition: str, *codes: str) -> dict:
        rows = [{"system": "CPT", "code": code} for code in codes]
        return {
            "code_groups": [
                {"key": "g", "heading": "Table", "disposition": disposition, "codes": rows}
            ]
        }

    one, two = (position(said, codes=CODES) for said in (EX, MN))
    assert told({**one, **tables(EX, "0691T")}, {**two, **tables(MN, "0691T")}) == (
        ["position-experimental-to-medically-necessary"],
        ["code-moved-to-approved"],
    )
    changes, superseded = told(
        {**one, **tables(EX, "0691T", "95004")}, {**two, **tables(MN, "0691T", "95004")}
    )
    assert "code-moved-to-approved" in changes, "a code that the position does not name moved too"
    assert not superseded


def test_a_block_that_came_is_one_change():
    block = [
        {
            "key": "use",
            "role": "position",
            "position": MN,
            "logic": "all_of",
            "text": "Testing of adults",
        },
        {"key": "use/a", "parent": "use", "role": "criterion", "text": "Treatment has failed"},
        {
            "key": "use/b",
            "parent": "use",
            "role": "criterion",
            "text": "Imaging confirms the finding",
        },
    ]
    assert told({}, {"statements": block}) == (
        ["approved-use-added"],
        ["requirement-added", "requirement-added"],
    )
    assert told({"statements": block}, {}) == (
        ["approved-use-removed"],
        ["requirement-removed", "requirement-removed"],
    )


@pytest.mark.parametrize(
    ("extra", "kept"), [(" with updated clinical documentation", True), ("", False)]
)
def test_what_came_with_a_number_is_told_in_its_explanation(extra, kept):
    def review(months: int, words: str = "") -> dict:
        quantity = {"kind": "interval", "value": months, "unit": "month"}
        return {
            "statements": [
                {
                    "key": "r",
                    "role": "review_interval",
                    "text": f"Re-review every {months} months{words}",
                    "quantities": [quantity],
                }
            ]
        }

    [change] = compare(record(review(24), "a"), record(review(12, extra), "b")).changes
    assert change.rule == "review-interval-shortened"
    assert ("documentation" in change.explanation) is kept


def test_a_number_that_eases_does_not_hide_documents_that_burden():
    def review(months: int, words: str = "") -> dict:
        quantity = {"kind": "interval", "value": months, "unit": "month"}
        return {
            "statements": [
                {
                    "key": "r",
                    "role": "review_interval",
                    "text": f"Re-review every {months} months{words}",
                    "quantities": [quantity],
                }
            ]
        }

    found = compare(
        record(review(12), "a"), record(review(24, " with updated clinical documentation"), "b")
    )
    assert {c.rule for c in found.changes} == {"review-interval-lengthened", "documentation-asked"}
    assert found.verdict.direction.burden == "mixed"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Authorization will be issued for 12 months.", False),
        ("Prior authorization is required.", True),
    ],
)
def test_how_long_the_authorization_of_a_new_use_holds_is_no_new_requirement(sentence, told):
    old = {
        "key": "eczema",
        "text": "Glimmerex is approved for eczema",
        "role": "position",
        "position": "medically_necessary",
    }
    new = {
        "key": "asthma",
        "text": "Glimmerex is approved for asthma",
        "role": "position",
        "position": "medically_necessary",
    }
    said = {"key": "asthma/holds", "parent": "asthma", "text": sentence, "role": "prior_auth"}
    entry = {
        "requirement": "required",
        "statement": "asthma/holds",
        "valid_for": {"value": 12, "unit": "month"},
    }
    found = compare(
        record({"statements": [old]}),
        record({"statements": [old, new, said], "authorizations": [entry]}),
    )
    assert ("prior-auth-added" in {change.rule for change in found.changes}) == told
    assert "approved-use-added" in {change.rule for change in found.changes}
