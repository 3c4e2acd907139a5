"""Each payer's format reads an invented policy in its layout; the records are golden files.

`python -m scripts.record_golden_records` writes them anew.
"""

from dataclasses import replace

import pytest

from policy_tracker.documents.blocks import Document
from policy_tracker.errors import InputError
from policy_tracker.extract.extract import read_version
from policy_tracker.extract.payers import format_of, known_formats
from policy_tracker.record import Record
from tests.extract.payers import golden_records
from tests.extract.payers.made_documents import (
    MADE,
    document,
    heading,
    highmark_medical,
    line,
    paragraph,
)


@pytest.mark.parametrize("name", MADE)
def test_a_format_recognises_its_own_documents(name: str):
    assert format_of(MADE[name]()).name == name


@pytest.mark.parametrize("name", MADE)
def test_a_record_is_the_golden_one(name: str):
    assert golden_records.read_again(name) == golden_records.kept(name)


def read(name: str) -> Record:
    [record] = format_of(MADE[name]()).read(MADE[name]())
    assert isinstance(record, Record)
    return record


def test_markets_are_those_whose_boxes_are_checked():
    applies_to = read("highmark").applies_to
    assert applies_to.lines_of_business == ("commercial",)
    assert applies_to.states.include == ("PA", "DE")


HEADS = {
    "cigna_medical": ("cigna", "mm-0999", "0999", "Lantern Mapping of the Elbow", "2026-06-15"),
    "cigna_drug": (
        "cigna",
        "ip0999",
        "IP0999",
        "Shiny Conditions – Glimmerex Prior Authorization Policy",
        "2026-01-01",
    ),
    "cigna_formulary": (
        "cigna",
        "cnf-shiny-conditions-glimmerex-prior-authorization-policy",
        None,
        "Shiny Conditions – Glimmerex Prior Authorization Policy",
        "2025-11-05",
    ),
    "uhc_pharmacy": (
        "uhc",
        "p-3999",
        "3999",
        "Step Therapy - Glimmerex (glimmerin)",
        "2026-P-3999-4",
    ),
    "uhc_medical": ("uhc", "t0999", "2026T0999AB", "Lantern Mapping", "2026T0999AB"),
    "anthem": (
        "anthem",
        "surg.00999",
        "SURG.00999",
        "Lantern Mapping of the Elbow and of other joints",
        "2026-04-10",
    ),
    "fep": ("fep", "5.99.999", "5.99.999", "Glimmerex", "2025-07-01"),
    "florida_blue": ("floridablue", "02-99000-12", "02-99000-12", "Lantern Mapping", "2026-03-15"),
    "highmark": ("highmark", "rp-099", "RP-099", "Lantern Services", "2025-06-02"),
    "bcbsnc": ("bcbsnc", "lantern-program", None, "Lantern Program", "January-2026"),
    "generic": ("wellmont-health-plan", "wm-123", "WM-123", "Lantern Mapping", "2025-04-01"),
}


@pytest.mark.parametrize("name", HEADS)
def test_identity(name: str):
    record = read(name)
    assert (
        record.payer,
        record.policy,
        record.policy_number,
        record.title,
        record.version,
    ) == HEADS[name]


DATES = {
    "cigna_medical": {"effective": "2026-06-15", "next_review": "2027-06-15"},
    "cigna_formulary": {"last_review": "2025-03-05", "revised": "2025-11-05"},
    "uhc_pharmacy": {"effective": "2025-12-01", "last_review": "2025-09"},
    "anthem": {"published": "2026-04-10", "last_review": "2026-02-19"},
    "fep": {
        "effective": "2025-07-01",
        "original_effective": "2022-03-25",
        "last_review": "2025-06-12",
    },
    "florida_blue": {
        "original_effective": "1998-03-15",
        "last_review": "2026-02-26",
        "revised": "2026-03-15",
        "effective": "2026-03-15",
    },
    "highmark": {
        "effective": "2021-03-01",
        "issued": "2025-06-02",
        "revised": "2025-06",
        "last_review": "2025-05",
    },
    "bcbsnc": {"effective": "2026-01", "original_effective": "2022-06"},
}


@pytest.mark.parametrize("name", DATES)
def test_dates(name: str):
    assert {key: fact.date for key, fact in read(name).dates.items()} == DATES[name]


def test_a_date_that_is_not_printed_as_such_is_inferred_with_its_ground():
    effective = read("florida_blue").dates["effective"]
    assert effective.status == "inferred"
    assert effective.ground


def test_an_effective_date_in_two_parts_is_ambiguous():
    effective = read("generic").dates["effective"]
    assert (effective.status, effective.date) == ("ambiguous", "2025-04-01")
    assert "May 1, 2025" in (effective.raw or "")


def codes(record: Record) -> set[tuple[str, str]]:
    return {(code.code, group.disposition) for group in record.code_groups for code in group.codes}


CODES = {
    "cigna_medical": {
        ("73999", "medically_necessary"),
        ("0999T", "medically_necessary"),
        ("M77.10", "medically_necessary"),
        ("A9999", "not_covered"),
    },
    "uhc_medical": {("73999", "informational")},
    "anthem": {
        ("73999", "medically_necessary"),
        ("M77.10", "medically_necessary"),
        ("0999T", "experimental_investigational"),
    },
    "florida_blue": {("73999", "informational"), ("M77.10", "medically_necessary")},
    "highmark": {("73999", "covered"), ("73998", "covered"), ("A9999", "not_covered")},
    "bcbsnc": {("C9399", "informational"), ("J3490", "informational"), ("J9901", "informational")},
    "generic": {("73999", "medically_necessary"), ("0999T", "experimental_investigational")},
    "fep": set(),
}


@pytest.mark.parametrize("name", CODES)
def test_codes(name: str):
    assert codes(read(name)) == CODES[name]


def test_a_mistyped_code_is_a_warning_and_no_code():
    extraction = read("highmark").extraction
    assert extraction
    assert any("739980" in warning for warning in extraction.warnings)


def test_a_version_that_is_stamped_as_archived_says_so():
    stamped = replace(MADE["highmark"](), running=("HISTORY",))
    [archived], current = read_version(stamped, "made.pdf"), read("highmark")
    assert isinstance(archived, Record)
    assert [(mark.mark, mark.raw) for mark in archived.marks] == [("history", "HISTORY")]
    assert current.marks == ()
    assert archived.dates == current.dates


HISTORY = {
    "cigna_medical": [
        ("2026-06-15", "Annual Review", "No change to coverage."),
        ("2026-01-05", "Focused Review", "Added the statement on mail. Removed an example."),
    ],
    "uhc_pharmacy": [
        ("2023-09", None, "New program."),
        ("2025-09", None, "Annual review. Added criterion."),
    ],
    "anthem": [
        ("2026-02-19", "Revised", "Review. Added code 0999T."),
        ("2025-02-20", "New", "Initial document development."),
        (
            "2024-08-20",
            "Annual Review",
            "Annual Review: First draft. Effective 7/1/24 Added a code.",
        ),
        ("2024-05-01", "Select Review", "Select Review: None."),
    ],
    "fep": [
        ("2022-03", None, "Put on the list"),
        ("2022-06", None, "Annual review. Approved in May 2022 by the board"),
        ("2025-06", None, "Annual review"),
    ],
    "bcbsnc": [
        ("2026-01", "Coding change", "Coding change: Added J9901."),
        ("2022-06", None, "Original medical policy criteria issued."),
    ],
}


@pytest.mark.parametrize("name", HISTORY)
def test_revision_history(name: str):
    assert [(row.date, row.type, row.text) for row in read(name).revision_history] == HISTORY[name]


def test_only_the_generic_format_takes_a_document_of_nobody():
    nobody = document(
        [line("Lanterns", 40, 72, 18)], heading("Policy"), paragraph("Lanterns are covered.")
    )
    assert format_of(nobody).name == "generic"
    extraction = format_of(nobody).read(nobody)[0].extraction
    assert any("payer" in warning for warning in extraction.warnings)


def test_a_payer_that_is_named_narrows_the_choice():
    assert format_of(MADE["cigna_medical"](), "fep").name == "generic"


def test_a_document_without_anything_is_refused():
    with pytest.raises(InputError, match="no format"):
        format_of(Document("pdf", 1, ()))


def test_names_of_formats_are_their_modules_and_differ():
    names = [form.name for form in known_formats()]
    assert len(set(names)) == len(names)
    assert {"generic", *MADE} <= set(names)


def test_a_medical_policy_of_a_payer_that_numbers_its_versions():
    form = format_of(highmark_medical())
    [record] = form.read(highmark_medical())
    assert isinstance(record, Record)
    assert (form.name, record.policy, record.policy_number, record.version_label) == (
        "highmark",
        "i-999",
        "I-999-012",
        "I-999-012",
    )
    assert (record.title, record.policy_type) == ("Glimmerex (glimmerin)", "drug_coverage")
    assert {key: fact.date for key, fact in record.dates.items()} == {
        "effective": "2025-10-01",
        "issued": "2025-10-03",
        "revised": "2025-08",
        "last_review": "2025-07",
    }
    assert codes(record) == {
        (code, "medically_necessary") for code in ("J9901", "J9902", "M25.521", "M25.522", "M77.10")
    }
    assert [(statement.role, statement.phase) for statement in record.statements][-1] == (
        "prior_auth",
        "initial",
    )
