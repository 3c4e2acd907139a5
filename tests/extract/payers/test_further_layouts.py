"""Layouts of which a payer's documents have several: heads, histories over a page, codes below a
topic, lead-ins with a bullet.
"""

from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.extract import extract
from policy_tracker.extract.history import read_history
from policy_tracker.extract.payers import format_of
from policy_tracker.extract.structure.parts import parts_of
from policy_tracker.record import Record
from tests.extract.payers.made_documents import (
    BOLD,
    document,
    heading,
    item,
    line,
    paragraph,
    table,
)


def _read(made: Document, name: str) -> Record:
    form = format_of(made)
    assert form.name == name
    [record] = form.read(made)
    assert isinstance(record, Record)
    return record


def test_the_medical_manual_of_fep_has_its_number_before_the_title():
    made = document(
        [
            line("FEP Medical Policy Manual", 60, size=15),
            line("FEP 7.99.123 Lantern Bone Humming", 90, size=15),
            line("Effective Policy Date: January 1, 2026", 120),
            line("Original Policy Date: September 2012", 140),
        ],
        heading("POLICY STATEMENT"),
        paragraph(
            "Lantern humming may be considered medically necessary for elbows that do not mend."
        ),
        heading("POLICY HISTORY - AS THE COMMITTEE DECIDED"),
        table(
            ("Date", "Action", "Description"),
            ("September 2012", "New policy", "Humming was looked at first."),
            ("December 2025", "Replace policy", "Reworded after a look at the books."),
        ),
    )
    record = _read(made, "fep")
    assert (record.policy_number, record.title, record.policy_type) == (
        "7.99.123",
        "Lantern Bone Humming",
        "medical_coverage",
    )
    assert {name: fact.date for name, fact in record.dates.items()} == {
        "effective": "2026-01-01",
        "original_effective": "2012-09",
    }
    assert [(row.date, row.type) for row in record.revision_history] == [
        ("2012-09", "New policy"),
        ("2025-12", "Replace policy"),
    ]


def test_the_title_of_blue_cross_nc_is_no_logo_and_its_history_begins_with_short_months():
    made = document(
        [
            line("Corporate Medical Policy", 60, size=16),
            line("Blue Cross NC", 61, 470),
            line("Lantern Reconstruction", 90, size=22),
            line("Origination: 6/1998", 120),
        ],
        heading("When Lantern Reconstruction is covered"),
        paragraph("Reconstruction may be considered medically necessary after a fall."),
        heading("Policy Implementation/Update Information"),
        paragraph("6/98 Original Policy issued"),
        paragraph("7/29/25 References updated."),
        paragraph("Medical policy is not an authorization or a contract of any kind."),
    )
    record = _read(made, "bcbsnc")
    assert (record.title, record.policy) == ("Lantern Reconstruction", "lantern-reconstruction")
    assert [(row.date, row.text) for row in record.revision_history] == [
        ("1998-06", "Original Policy issued"),
        ("2025-07-29", "References updated."),
    ]
    assert record.dates["original_effective"].date == "1998-06"


def test_a_row_of_a_history_that_goes_on_over_a_page_opens_no_sections():
    inside = replace(heading("Applicable Codes", 2, BOLD), indent=120.0, text_indent=120.0)
    made = document(
        [],
        heading("Policy History/Revision Information"),
        paragraph("02/01/2026 Coverage Rationale", indent=56),
        item("•", "Raised the age", 5, 2),
        inside,
        item("•", "Added code 0999T", 5, 2),
        heading("Instructions for Use", 2),
        paragraph("Use with care."),
    )
    parts = list(parts_of(made.blocks))
    assert [part.heading for part in parts] == [
        "Policy History/Revision Information",
        "Instructions for Use",
    ]
    assert [(row.date, row.text) for row in read_history(parts)] == [
        ("2026-02-01", "Coverage Rationale Raised the age Applicable Codes Added code 0999T"),
    ]


def test_codes_below_a_topic_keep_the_status_above_it():
    page = """<html><head><title>Lanterns - Medical Clinical Policy Bulletins | Aetna</title></head><body><h1>Lanterns</h1>
    <p>Number: 0999</p><h2>Policy</h2><p>Aetna considers lanterns medically necessary for dark elbows.</p><h2>CPT Codes / HCPCS Codes</h2>
    <table><tr><th>Code</th><th>Code Description</th></tr>
    <tr><td colspan="2">CPT codes covered if selection criteria are met:</td></tr><tr><td>97760</td><td>Training</td></tr>
    <tr><td colspan="2">CPT codes not covered for indications listed in the CPB:</td></tr>
    <tr><td colspan="2">Humming lantern - no specific code</td></tr><tr><td>0999T</td><td>Hum</td></tr></table></body></html>"""
    [record] = extract(page.encode(), "0999.html")
    assert isinstance(record, Record)
    assert [
        (group.disposition, [code.code for code in group.codes]) for group in record.code_groups
    ] == [
        ("medically_necessary", ["97760"]),
        ("not_covered", ["0999T"]),
    ]


def test_what_needs_authorization_may_stand_under_additional_information():
    made = document(
        [
            line("Prior Authorization Requirements for Wellmont Health Plan", 60, size=18),
            line("Effective January 1, 2026", 90),
        ],
        heading("Prior Authorization Requirements for Wellmont Health Plan"),
        table(
            (
                "Procedures and services",
                "Additional information",
                "CPT or HCPCS codes and how to obtain prior authorization",
            ),
            ("Elbows", "Prior authorization required", "23470 23472"),
            (
                "Lanterns",
                (
                    "Prior authorization required for adults. Prior authorization not required at "
                    "home."
                ),
                "15820 15821",
            ),
            (
                "Hums",
                "Prior authorization required in a clinic",
                "J1442 J2505*\n*With an asterisk only for diagnosis C00.0 - C96.9",
            ),
        ),
    )
    record = _read(made, "prior_auth_list")
    assert [
        (entry.requirement, [code.code for code in entry.codes])
        for entry in record.authorizations
        if entry.codes
    ] == [
        ("required", ["23470", "23472", "J1442", "J2505"]),
        ("conditional", ["15820", "15821"]),
    ]


def test_lines_of_the_head_are_no_statements_where_no_heading_follows_them():
    lines = (
        "Lantern Polish Medical Policy\nEffective Date: January 1, 2026\nPolicy Number: LP-204\n"
        "Lantern polish is considered medically necessary for dim lanterns.\n"
    )
    (record,) = extract(lines.encode(), "policy.txt")
    assert isinstance(record, Record)
    assert [one.text for one in record.statements] == [
        "Lantern polish is considered medically necessary for dim lanterns."
    ]
