"""Tables of criteria with a column of its own for ages, and for how long an approval holds."""

from policy_tracker.extract.coverage import read_coverage
from tests.extract.pages import document_of

PAGE = """
    !! Coverage Policy
    | Use | Criteria | Age | Approval duration
    | Fever | Seen by a keeper of lamps | 16 years or older | 12 months
    | Hiccups | Water was tried first | 18 years or older | 6 months
"""


def test_each_column_that_sets_something_is_read():
    coverage = read_coverage(document_of(PAGE))
    said = [(one.text, one.role) for one in coverage.statements]
    assert said == [
        ("Seen by a keeper of lamps", "criterion"),
        ("16 years or older", "criterion"),
        ("12 months", "prior_auth"),
        ("Water was tried first", "criterion"),
        ("18 years or older", "criterion"),
        ("6 months", "prior_auth"),
    ]
    assert [one.valid_for.value for one in coverage.authorizations if one.valid_for] == [12, 6]
    headings = [section.heading for section in coverage.sections]
    assert "Fever" in headings
    assert "Approval duration" in headings
