"""A document's diagnosis codes are checked against the releases of ICD-10-CM: flagged, never
dropped.
"""

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record
from tests.documents.make_pdf import BOLD, Paper


def test_a_diagnosis_code_that_is_none_is_flagged_and_kept() -> None:
    paper = (
        Paper()
        .line("Harbour Health Plan", font=BOLD, size=14)
        .lines("Policy Number: HH-771", "Effective Date: 05/01/2026")
    )
    paper.gap().line("Coverage Policy", font=BOLD, size=12).line(
        "Lantern mapping is considered medically necessary for brittle bones."
    )
    paper.gap().line("Coding", font=BOLD, size=12).line("Considered medically necessary:")
    paper.table(
        [72, 180, 400],
        [
            ["ICD-10-CM Code", "Description"],
            ["M81.0", "Brittle"],
            ["M81.00", "Brittle, mistyped"],
            ["M81", "All"],
        ],
    )
    (record,) = extract(paper.data(), "lantern.pdf")
    assert isinstance(record, Record)
    assert {code.code for group in record.code_groups for code in group.codes} == {
        "M81.0",
        "M81.00",
        "M81",
    }
    assert record.extraction is not None
    assert "M81.00 is not a code of the April 2026 release" in record.extraction.warnings
    assert any(
        warning.startswith("not billable") and "M81 " in warning
        for warning in record.extraction.warnings
    )
    assert not any("M81.0 " in warning for warning in record.extraction.warnings)
