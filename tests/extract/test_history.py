"""Histories in the forms in which payers print them: each case is an invented policy."""

from __future__ import annotations

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record

_BODY = """Lumen Health Plan
Lantern Therapy
Policy Number: LT.7

Policy
Lantern therapy is considered medically necessary for members with dim elbows.
It is not considered medically necessary for any other purpose at all.

"""


def _rows(text: str, body: str = _BODY) -> list[tuple[str | None, str | None, str]]:
    [record] = extract((body + text).encode(), "lantern.txt")
    assert isinstance(record, Record)
    return [(row.date, row.type, row.text) for row in record.revision_history]


def test_rows_that_begin_with_several_dates_take_the_effective_one():
    text = """Joint Lumen and Dusk Policy History

Policy
Effective Date
Lumen
Signature Date
Dusk
Signature Date
Comments
3/1/19 1/29/19 12/9/18 Joint policy established
9/1/21 6/12/21 6/19/21 Routine maintenance. Wicks were added
to the policy.
• 3/23/21 the paragraph below was taken out
9/1/22 6/17/22 6/23/22 Title changed. Vendor agreement: 12/6/21. No change of status.
"""
    assert _rows(text) == [
        ("2019-03-01", None, "Joint policy established"),
        (
            "2021-09-01",
            None,
            "Routine maintenance. Wicks were added to the policy."
            " 3/23/21 the paragraph below was taken out",
        ),
        (
            "2022-09-01",
            None,
            "Title changed. Vendor agreement: 12/6/21. No change of status.",
        ),
    ]


def test_a_status_before_the_date_is_the_type_and_an_unchanged_date_is_none():
    text = """History
Status Review Date Effective Date Action
Updated codes 01/01/2026 n/a Unchanged Code update: added 9901U.
Revised 04/21/2025 11/15/2025 Panel review. Split the guideline in two parts.
Created 09/21/2022 02/12/2023 Panel review. Original date.
"""
    assert _rows(text) == [
        ("2026-01-01", "Updated codes", "Code update: added 9901U."),
        ("2025-11-15", "Revised", "Panel review. Split the guideline in two parts."),
        ("2023-02-12", "Created", "Panel review. Original date."),
    ]


def test_dates_of_approvals_above_the_titles_begin_no_rows():
    text = """POLICY HISTORY/REVISION
Committee Approval Dates
10/22/20, 11/18/21, 01/19/23
Date Summary of Changes
09/30/25 • Code edit, added 9902U.
02/20/25 • Annual review.
"""
    assert _rows(text) == [
        ("2025-09-30", None, "Code edit, added 9902U."),
        ("2025-02-20", None, "Annual review."),
    ]


def test_dates_in_the_last_column_close_their_rows():
    text = """Revision Details
Type of Revision Summary of Changes Date
Annual Review • Revised the statement on wicks. 11/9/2025
Focused Review • Removed the statement on oil. 11/1/2024
"""
    assert [(date, words) for date, _, words in _rows(text)] == [
        ("2025-11-09", "Annual Review • Revised the statement on wicks."),
        ("2024-11-01", "Focused Review • Removed the statement on oil."),
    ]


def test_a_series_behind_a_label_gives_a_row_for_each_date():
    text = "Devised: 6/22 Revised: 6/23 (new wicks), 12/23 (oil for Medicare), 8/25 (new wicks)\n"
    assert _rows(text) == [
        ("2023-06", "Revised", "new wicks"),
        ("2023-12", "Revised", "oil for Medicare"),
        ("2025-08", "Revised", "new wicks"),
    ]


def test_what_follows_the_last_row_is_no_part_of_it():
    text = """Policy History
Effective Date Action
06/01/2023 New policy.
07/01/2023 Administrative update.
11/01/2023 Coding update.
05/01/2025 Coding update.

Definitions of Words

Lantern: Anything that glows by itself and is carried.
"""
    assert _rows(text)[-1] == ("2025-05-01", None, "Coding update.")


def test_dates_within_sentences_and_references_begin_no_rows():
    text = """References
1. Wick A. Lanterns. Journal of Glow. 2019;3:4. Accessed January 5, 2024.
2. Oil B. On oil. Updated March 2023. Accessed January 6, 2024.
3. Glow C. Dusk. Published 05/01/2020. Reviewed 06/01/2021.
"""
    assert _rows(text) == []


_TABLES = {
    "heading above": """<h2>Dusk Plan Policy History</h2><table>
        <tr><td>Effective</td><td>Signed</td><td>Comments</td></tr>
        <tr><td>1/1/2024</td><td>6/5/2023</td><td>Policy established</td></tr>
        <tr><td>1/1/2025</td><td>9/24/2024</td><td>Annual review</td></tr></table>""",
    "title row": """<table><tr><td colspan="2">Policy History/Revision</td></tr>
        <tr><td>Date</td><td>Description of Change</td></tr>
        <tr><td>01/01/2024</td><td>Policy established</td></tr>
        <tr><td>01/01/2025</td><td>Annual review</td></tr></table>""",
    "date and words in one cell": """<h2>POLICY HISTORY</h2><table>
        <tr><td>LT.7</td><td>1/1/2024 Policy established</td></tr>
        <tr><td></td><td>1/1/2025: Annual review</td></tr></table>""",
    "dates behind": """<table>
        <tr><td>Reviews, Revisions, and Approvals</td><td>Date</td><td>Approval Date</td></tr>
        <tr><td>Policy established</td><td>01/01/2024</td><td>02/02/2024</td></tr>
        <tr><td>Annual review</td><td>01/01/2025</td><td>02/02/2025</td></tr></table>""",
    "date beside its status": """<h2>History</h2><table>
        <tr><td>Status</td><td>Review Date</td><td>Effective Date</td><td>Action</td></tr>
        <tr><td>Created</td><td>9/9/2023</td><td>01/01/2024</td><td>Policy established</td></tr>
        <tr><td>Updated 01/01/2025</td><td>n/a</td><td>Unchanged</td><td>Annual review</td></tr>
        </table>""",
}


@pytest.mark.parametrize("name", _TABLES)
def test_tables_of_a_history(name):
    page = f"<html><body><h1>Lantern Therapy</h1><h2>Policy</h2><p>Lanterns are covered.</p>{_TABLES[name]}</body></html>"
    [record] = extract(page.encode(), "lantern.html")
    assert isinstance(record, Record)
    assert [(row.date, row.text) for row in record.revision_history] == [
        ("2024-01-01", "Policy established"),
        ("2025-01-01", "Annual review"),
    ]


def test_an_address_with_commas_in_the_first_line_makes_no_table_of_values():
    text = "7 WICK STREET, DUSKVILLE, OH 43004 MEDICAL COVERAGE POLICY | 1\n(555) 010-4848\n"
    [record] = extract((text + _BODY).encode(), "lantern.txt")
    assert isinstance(record, Record)
    assert record.statements


@pytest.mark.parametrize(
    "text",
    [
        "What's changed\n\n3/1/2026 – New wicks.\n\n2/1/2025 – Shorter sessions.\n",
        "Record of Amendments\n\n- 3/1/2026: New wicks.\n- 2/1/2025: Shorter sessions.\n",
        "How this guideline has changed\n\nMarch 1, 2026. New wicks.\n\nFebruary 1, 2025. Shorter"
        " sessions.\n",
    ],
)
def test_dated_lines_below_any_heading_of_changes(text: str):
    assert [(date, words.strip()) for date, _, words in _rows(text)] == [
        ("2026-03-01", "New wicks."),
        ("2025-02-01", "Shorter sessions."),
    ]


def test_sentences_that_begin_with_the_day_of_a_change():
    text = """Record of Amendments

On 1 March 2026 the board added wicks. On 2 February 2025 the board shortened sessions.
"""
    assert [(date, words) for date, _, words in _rows(text)] == [
        ("2026-03-01", "the board added wicks."),
        ("2025-02-02", "the board shortened sessions."),
    ]


def test_a_column_that_prints_one_date_in_every_row_is_not_that_of_the_changes():
    page = """<p>Lumen Health Plan</p><h1>Lantern Therapy</h1><h2>Policy</h2>
<p>Lantern therapy is considered medically necessary for members with dim elbows.</p>
<h2>Summary of Changes</h2><table><tr><th>Effective</th><th>Revised</th><th>Summary</th></tr>
<tr><td>04/05/2019</td><td>03/01/2026</td><td>New wicks</td></tr>
<tr><td>04/05/2019</td><td>02/01/2025</td><td>Shorter sessions</td></tr></table>"""
    [record] = extract(page.encode(), "lantern.html")
    assert isinstance(record, Record)
    assert [row.date for row in record.revision_history] == ["2026-03-01", "2025-02-01"]


def test_a_column_of_kinds_that_says_the_same_is_not_the_words_of_the_changes():
    page = """<p>Lumen Health Plan</p><h1>Lantern Therapy</h1><h2>Policy</h2>
<p>Lantern therapy is considered medically necessary for members with dim elbows.</p>
<h2>Revision History</h2><table><tr><th></th><th>DATE</th><th>ACTION</th></tr>
<tr><td>Date Revised</td><td>03/01/2026</td><td>New wicks</td></tr>
<tr><td>Date Revised</td><td>02/01/2025</td><td>Shorter sessions</td></tr></table>"""
    [record] = extract(page.encode(), "lantern.html")
    assert isinstance(record, Record)
    assert [row.text for row in record.revision_history] == ["New wicks", "Shorter sessions"]


def test_a_series_of_reviews_in_the_head():
    body = _BODY.replace(
        "Policy Number: LT.7", "Policy Number: LT.7\nReview Dates: 3/26, 2/25, 1/24"
    )
    assert [date for date, _, _ in _rows("", body)] == ["2026-03", "2025-02", "2024-01"]


@pytest.mark.parametrize("heading", ["Editions", "Changes from Prior Version", "Revision History"])
def test_cells_on_lines_of_their_own_with_the_date_in_the_middle(heading: str):
    cells = [
        *("Edition", "Date", "What is different"),
        *("R3", "05 Aug 2026", "New wicks"),
        *("R2", "27 Jul 2025", "Shorter sessions"),
        *("R1", "23 Jul 2024", "First edition"),
    ]
    assert _rows("\n\n".join([heading, *cells, "Small print"])) == [
        ("2026-08-05", "R3", "New wicks"),
        ("2025-07-27", "R2", "Shorter sessions"),
        ("2024-07-23", "R1", "First edition"),
    ]


def test_what_was_done_may_be_all_that_a_row_says():
    text = "Revision History\n\n03/01/2026 Reviewed\n\n02/01/2025 Revised\n\n01/01/2024 Reviewed\n"
    assert [date for date, _, _ in _rows(text)] == ["2026-03-01", "2025-02-01", "2024-01-01"]


@pytest.mark.parametrize(
    "text",
    [
        "Updates\n\n3/26: New wicks; 2/25: Shorter sessions; 1/24: First text\n",
        "Revision History: 3/26 - New wicks; 2/25 - Shorter sessions; 1/24 - First text\n",
        "Revision History\n\nVersion 3 (March 2026): New wicks\nVersion 2 (February 2025): Shorter"
        " sessions\nVersion 1 (January 2024): First text\n",
        "Document History\n\nRevised, Mar 2026: New wicks\nReviewed, Feb 2025: Shorter sessions\n"
        "Issued, Jan 2024: First text\n",
    ],
)
def test_rows_on_one_line_and_behind_editions(text: str):
    rows = [(date, words.strip(" ;")) for date, _, words in _rows(text)]
    assert rows == [
        ("2026-03", "New wicks"),
        ("2025-02", "Shorter sessions"),
        ("2024-01", "First text"),
    ]


def test_the_last_row_may_tell_the_first_day():
    text = (
        "POLICY HISTORY\n\nCommittee Approval Dates\n\n10/22/20, 11/18/21\n\nDate Summary of Changes\n\n"
        "09/30/25 • Off-cycle review\n\n02/20/25 • Annual review\n\n08/15/19\n\nOriginal effective date\n"
    )
    assert [date for date, _, _ in _rows(text)] == ["2025-09-30", "2025-02-20", "2019-08-15"]


def test_dates_and_texts_that_are_stacked_in_one_row():
    page = """<p>Lumen Health Plan</p><h1>Lantern Therapy</h1><h2>Policy</h2>
<p>Lantern therapy is considered medically necessary for members with dim elbows.</p>
<h2>Review/Revision History</h2><table><tr><th colspan="3">DATE ACTION</th></tr>
<tr><td>Date Issued</td><td>01/05/2022</td><td>New Policy</td></tr>
<tr><td>Date Revised</td><td>02/03/2023<br>03/01/2024<br>04/01/2025</td>
<td>New wicks and<br>longer sessions<br>Reviewed, no change<br>Codes updated</td></tr>
<tr><td>Date Effective</td><td>05/01/2025</td><td></td></tr></table>"""
    [record] = extract(page.encode(), "lantern.html")
    assert isinstance(record, Record)
    assert [(row.date, row.text) for row in record.revision_history][:4] == [
        ("2022-01-05", "New Policy"),
        ("2023-02-03", "New wicks and longer sessions"),
        ("2024-03-01", "Reviewed, no change"),
        ("2025-04-01", "Codes updated"),
    ]
