"""Marks at codes, and what a document says that they mean."""

import pytest

from policy_tracker.extract.code_legends import legend_of, status_at_end, status_in_front
from tests.extract.payers.made_documents import paragraph


@pytest.mark.parametrize(
    ("text", "legend"),
    [
        (
            "(E/I)=Experimental/Investigational",
            {"E/I": "experimental_investigational"},
        ),
        ("(NMN) - Not medically necessary", {"NMN": "not_medically_necessary"}),
        (
            "N = Not covered; C = Covered",
            {"N": "not_covered", "C": "covered"},
        ),
        ("L = lantern, T = torch", {}),
        ("The plan (LHP) covers lanterns.", {}),
    ],
)
def test_a_legend(text: str, legend: dict[str, str]):
    assert legend_of([paragraph(text)]) == legend


def test_a_mark_right_behind_a_code():
    legend = legend_of([paragraph("N = Not covered")])
    assert status_in_front("N Lantern mapping", legend) == ("not_covered", "Lantern mapping")
    assert status_in_front("(E/I) Lantern mapping", {}) == (
        "experimental_investigational",
        "Lantern mapping",
    )
    assert status_in_front("LED lantern mapping", legend) == (None, "LED lantern mapping")
    assert status_at_end("Lantern mapping N", legend) == "not_covered"
    assert status_at_end("Lantern mapping", legend) is None
