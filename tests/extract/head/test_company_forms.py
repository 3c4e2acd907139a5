"""Names under which payers act, among what stands around them."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.extract.quality import review_reasons
from policy_tracker.record import Record
from tests.extract.head.heads import record_of


@pytest.mark.parametrize(
    ("head", "payer"),
    [
        ("Dusk Mutual Company, Inc. d/b/a Tallvale Health\nMedical Policy", "tallvale-health"),
        ("Dusk Mutual, LLC doing business as Tallvale Health\nCriteria", "tallvale-health"),
        (
            "Tallvale Health Plans, a Duskmoor Group company\nMedical Policy",
            "tallvale-health-plans",
        ),
        ("Tallvale Health Plan, part of Duskmoor\nMedical Policy", "tallvale-health-plan"),
        (
            "State of Dusk\nDepartment of Health Services\nCriteria",
            "dusk-department-of-health-services",
        ),
        ("STATE OF DUSK\nBUREAU OF BENEFITS\nCriteria", "dusk-bureau-of-benefits"),
        ("Dusk Medical Plans, Inc. d.b.a. Tallvale Care\nCriteria", "tallvale-care"),
        ("State of Dusk\nMedicaid Agency\nCriteria", "dusk-medicaid-agency"),
        ("Tallvale Utilization Review\nClinical Guideline", "tallvale-utilization-review"),
        ("Tallvale Health Plan Clinical Review", "tallvale-health-plan"),
    ],
)
def test_the_name_under_which_a_company_acts(head: str, payer: str):
    assert record_of(f"{head}\nWrist Lamps\nEffective Date: 3/1/2026").payer == payer


def test_a_state_alone_issues_nothing():
    assert record_of("State of Dusk\nWrist Lamps").payer == "unknown"


def test_a_signature_in_the_last_line_of_a_paragraph():
    page = (
        "<h1>Wrist Lamps</h1><h2>Policy</h2><p>Wrist lamps are medically necessary for members"
        " with dim elbows.</p><p>Wrist lamps are worn by night.<br>© 2026 Tallvale Lampworks</p>"
    )
    [record] = extract(page.encode(), "lamp.html")
    assert isinstance(record, Record)
    assert record.payer == "tallvale-lampworks"


@pytest.mark.parametrize(
    ("alt", "waits"),
    [
        ("Tallvale Health Plan", False),
        ("Tallvale logo", False),
        ("Dosing table image", True),
        ("Criteria for wrist lamps", True),
    ],
)
def test_a_logo_is_no_part_that_could_not_be_read(alt: str, waits: bool):
    page = (
        f"<p><img src='a.png' alt='{alt}'></p><h1>Wrist Lamps</h1><p>Policy Number: TV-12</p>"
        "<p>Effective Date: 3/1/2026</p><h2>Policy</h2><p>Wrist lamps are medically necessary for"
        " members with dim elbows.</p><p>© 2026 Tallvale Health Plan</p>"
    )
    [record] = extract(page.encode(), "lamp.html")
    assert isinstance(record, Record)
    told = review_reasons(record, confirmed=True)
    assert any("beside the statements" in reason for reason in told) == waits
