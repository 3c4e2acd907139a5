"""Aetna's bulletins, on an invented one."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record
from tests.extract.payers.aetna_page import PAGE


@pytest.fixture(scope="module")
def record() -> Record:
    (found,) = extract(PAGE.encode(), "9134.html")
    assert isinstance(found, Record)
    return found


def test_who_and_when(record: Record) -> None:
    assert (record.payer, record.policy, record.policy_number, record.title) == (
        "aetna",
        "cpb-9134",
        "9134",
        "Sprained Antenna Repair",
    )
    assert {name: fact.date for name, fact in record.dates.items()} == {
        "last_review": "2025-03-12",
        "effective": "1998-06-19",
        "next_review": "2026-01-22",
    }
    assert record.version == "2025-03-12"


def test_what_it_says(record: Record) -> None:
    told = [
        (statement.text, statement.position, statement.logic) for statement in record.statements
    ]
    assert told == [
        (
            (
                "Aetna considers antenna splinting medically necessary when all of the following "
                "criteria are met:"
            ),
            "medically_necessary",
            "all_of",
        ),
        ("Member is 18 years of age or older; and", "medically_necessary", None),
        ("Member has failed one of the following:", "medically_necessary", "any_of"),
        ("Resting for at least 6 weeks; or", "medically_necessary", None),
        ("Warm wax.", "medically_necessary", None),
        (
            "Aetna considers magnetic antenna winding experimental, investigational, or unproven"
            " because its effectiveness has not been established.",
            "experimental_investigational",
            None,
        ),
    ]
    parents = [
        next(
            (place for place, other in enumerate(record.statements) if other.key == one.parent),
            None,
        )
        for one in record.statements
    ]
    assert parents == [None, 0, 0, 2, 2, None]


def test_group_rows_give_the_codes_their_disposition(record: Record) -> None:
    groups = [
        (
            group.disposition,
            [code.code for code in group.codes],
            [span.raw for span in group.ranges],
        )
        for group in record.code_groups
    ]
    assert groups == [
        ("medically_necessary", ["29999"], []),
        ("not_covered", ["0999T"], []),
        ("informational", ["J9999"], []),
        ("medically_necessary", [], ["S00.01 - S00.09"]),
    ]
