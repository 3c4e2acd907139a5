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


def test_prose_that_sets_nothing_is_a_remark() -> None:
    page = PAGE.replace(
        "(b) The wind is strong\n",
        "(b) The wind is strong\n\nA kite is a frame with a sail.\n\nKites may help lonely guests"
        " and are flown by most.\n\nThe member must own a kite.\n",
    )
    (record,) = extract(page.encode(), "kites.txt")
    assert isinstance(record, Record)
    said = {one.text: (one.role, one.position) for one in record.statements}
    remark = ("note", "informational")
    assert said["A kite is a frame with a sail."] == remark
    assert said["Kites may help lonely guests and are flown by most."] == remark
    assert said["The member must own a kite."] == ("criterion", "medically_necessary")


BEHIND = """<html><body><p>Lumen Valley Health Plan</p><h1>Kite Flying</h1><h2>Policy</h2>
<p>Kite flying is covered when all of the following are met:</p>
<ul><li>The wind is strong</li><li>The member owns a kite</li></ul>
<h2>References</h2>
<p>1. Byrne A. Wind and sails. J Kites. 2019;4(2):11-19.</p>
<p>2. Chaudhry B. Tails of cloth. J Kites. 2020;5(1):3-9.</p>
<h2>Box Kites</h2><h3>Indications</h3><h3>Large box kites</h3>
<p>Indications for a large box kite - all of the following must be met:</p>
<ul><li>The field is wide</li><li>Two members hold the line</li></ul>
<h3>Rain kites</h3><p>Rain kites are not indicated in any of the following settings:</p>
<ul><li>Fog</li><li>Hail</li></ul></body></html>"""


def test_what_follows_references_under_a_name_of_its_own_is_read() -> None:
    (record,) = extract(BEHIND.encode(), "kites.html")
    assert isinstance(record, Record)
    said = {one.text: one.position for one in record.statements}
    assert said["The field is wide"] == "medically_necessary"
    assert said["Fog"] == "not_medically_necessary"
    assert not any("Tails of cloth" in text for text in said)


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
