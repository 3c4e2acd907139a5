"""Nothing closes a part that decides: dated lines of the head, headings inherited from a history;
and what stands in no sentence of its own keeps its words.
"""

import pytest

from policy_tracker.extract.account_doubts import side_of
from policy_tracker.extract.extract import extract
from policy_tracker.extract.history_tables import is_history
from policy_tracker.language.absence import absence_asked
from policy_tracker.language.coverage_terms import special_role
from policy_tracker.record import Record
from tests.extract.payers.made_documents import table

PAGE = """Lumen Valley Health Plan

Kite Flying

Revision: October 20, 2025

1.0 DESCRIPTION

Kites fly.

2.0 POLICY

Kite flying is covered when all of the following are met:

(a) The member is 18 years of age or older
(b) The wind is strong
"""


def test_a_dated_line_of_the_head_opens_no_history() -> None:
    (record,) = extract(PAGE.encode(), "kites.txt")
    assert isinstance(record, Record)
    assert len(record.statements) == 3
    assert record.statements[0].logic == "all_of"


def test_what_is_denied_where_a_list_is_absent_is_granted_where_it_is_there() -> None:
    text = "Kites are not covered absent any of these findings:"
    assert absence_asked(text, "not covered") == "each"
    assert side_of(text) is None
    assert side_of("Kites are not covered for beginners.") == "denies"


def test_prose_that_sets_nothing_has_no_position() -> None:
    page = PAGE.replace(
        "(b) The wind is strong\n",
        "(b) The wind is strong\n\nA kite is a frame with a sail.\n\nThe member must own a kite.\n",
    )
    (record,) = extract(page.encode(), "kites.txt")
    assert isinstance(record, Record)
    said = {one.text: one.position for one in record.statements}
    assert said["A kite is a frame with a sail."] == "indeterminate"
    assert said["The member must own a kite."] == "medically_necessary"
    assert record.extraction
    assert any("A kite is a frame" in warning for warning in record.extraction.warnings)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("A provisional affirmation is valid for 3 months.", "prior_auth"),
        ("The preauthorization lapses after 90 days.", "prior_auth"),
        ("Prior authorization is a condition of payment for kites.", "prior_auth"),
        ("The plan shall obtain flight notes from the last visit.", "documentation"),
        ("Ask the pilot for the flight log.", "documentation"),
        ("Kites may be paid for a total of 6 sessions in one fiscal year.", "limit"),
        ("Kites are covered 6 times in any 12 consecutive months.", "limit"),
        ("The member has had 3 visits in the last 12 months.", None),
    ],
)
def test_duties_by_grammar(text: str, role: str | None) -> None:
    assert special_role(text) == role


def test_dates_that_go_back_in_a_table_are_a_history() -> None:
    rows = [("Part", "Date", "What is different"), ("All", "03/01/2026", "New kites")]
    rows += [("Rules", "02/01/2025", "Old kites"), ("Codes", "01/01/2024", "Made")]
    block = table(*rows)
    assert block.table
    assert is_history(block.table)
    upward = table(rows[0], *reversed(rows[1:]))
    assert upward.table
    assert not is_history(upward.table)
