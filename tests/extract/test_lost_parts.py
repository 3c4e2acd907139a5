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


LEVELS = """<html><body><p>Lumen Valley Health Plan</p><h1>Kite Camp</h1>
<h2>Admission Criteria</h2><p>All of these dimensions must be satisfied:</p>
<h3>Dimension 1: Wind</h3><p>The camper has shown one or more of these:</p>
<ul><li>Tangled lines</li><li>A torn sail</li></ul>
<h3>Dimension 2: Home</h3><p>Flying at home is severely impaired.</p>
<h2>Continued Stay Criteria</h2><p>Stay beyond 30 days is certified when a kite is mended.</p>
<h2>Is approval needed?</h2><p>Yes. Ask before the first kite is flown.</p>
<h2>Who can get a second kite?</h2><p>Campers with a torn sail.</p></body></html>"""


def test_prose_under_headings_of_rules_is_read() -> None:
    (record,) = extract(LEVELS.encode(), "kites.html")
    assert isinstance(record, Record)
    said = {one.text: one.role for one in record.statements}
    assert said["Flying at home is severely impaired."] == "criterion"
    assert said["Stay beyond 30 days is certified when a kite is mended."] == "criterion"
    assert said["Ask before the first kite is flown."] == "prior_auth"
    assert said["Campers with a torn sail."] == "criterion"


SUBJECTS = """<html><body><p>Lumen Valley Health Plan</p><h1>Kites</h1>
<h2>Background</h2><p>Kites fly. They were studied by Byrne in 2019.</p>
<h2>Box Kites</h2><h3>Coverage Criteria</h3><p>Box kites are covered for campers.</p>
<h2>Rain Kites</h2><h3>Coverage Criteria</h3><p>Rain kites are covered for sailors.</p>
</body></html>"""


def test_a_heading_keeps_the_name_of_what_it_is_about() -> None:
    (record,) = extract(SUBJECTS.encode(), "kites.html")
    assert isinstance(record, Record)
    keys = [one.section for one in record.statements]
    assert [key.split("/")[-2] for key in keys] == ["box-kites", "rain-kites"]


GENERAL = """<html><body><p>Lumen Valley Health Plan</p><h1>Kites</h1>
<h2>How kites are chosen</h2><p>Each kite is looked at by two keepers. Wind and sail are weighed.
The keepers write down what they find. A third keeper reads it. The board meets each spring.
Members of the board are campers.</p>
<p>Kites that no page names are considered not medically necessary.</p>
<h2>Policy</h2><p>Kite flying is covered for campers.</p></body></html>"""


def test_a_denial_that_stands_alone_is_read_in_any_part() -> None:
    (record,) = extract(GENERAL.encode(), "kites.html")
    assert isinstance(record, Record)
    said = {one.text: one.position for one in record.statements}
    assert said == {
        "Kites that no page names are considered not medically necessary.": (
            "not_medically_necessary"
        ),
        "Kite flying is covered for campers.": "medically_necessary",
    }


DUTIES = """<html><body><p>Lumen Valley Health Plan</p><h1>Kites</h1>
<h2>Policy</h2><p>Kite flying is covered for campers.</p>
<h2>Flying at night</h2><p>A kite flown at night must carry a lamp.
Flag 9 may not be shown when the kite is tested.</p>
<h2>Rationale</h2><p>Byrne watched kites for a year. Few of them fell.</p>
<h2>Star kites</h2><p>Few trials have been done. Star kites are considered investigational.</p>
</body></html>"""


def test_duties_behind_coverage_and_a_denial_behind_background_are_read() -> None:
    (record,) = extract(DUTIES.encode(), "kites.html")
    assert isinstance(record, Record)
    said = {one.text: one.position for one in record.statements}
    assert "A kite flown at night must carry a lamp." in said
    assert "Flag 9 may not be shown when the kite is tested." in said
    assert said["Star kites are considered investigational."] == "experimental_investigational"
    assert "Few of them fell." not in said
