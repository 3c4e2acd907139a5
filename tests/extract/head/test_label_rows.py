"""Dates below rows of labels, behind those who set them, and tables that are heads."""

import pytest

from policy_tracker.extract.quality import review_reasons
from tests.extract.head.heads import record_of

_DATES = {
    "original_effective": "2019-04-05",
    "effective": "2026-03-01",
    "next_review": "2027-02-01",
}


@pytest.mark.parametrize(
    "head",
    [
        "Original effective  Effective  Next review\n4/5/2019  3/1/2026  2/1/2027",
        "Original effective Effective Next review\n4/5/2019 3/1/2026 2/1/2027",
        "Original | Effective | Next review\n04/05/2019 | 03/01/2026 | 02/01/2027",
        "Number | Original | Effective | Next review\nTV-12 | 4/5/2019 | 3/1/2026 | 2/1/2027",
    ],
)
def test_dates_below_a_row_of_labels(head: str):
    dates = record_of(f"Tallvale Health Plan\nWrist Lamps\n{head}").dates
    assert {name: fact.date for name, fact in dates.items()} == _DATES


def test_who_reviewed_stands_between_label_and_date():
    head = "Tallvale Health Plan\nWrist Lamps\nLast reviewed by our lamp directors on May 4, 2026."
    assert record_of(head).dates["last_review"].date == "2026-05-04"


def test_the_table_of_a_head_is_no_history_and_directs_nothing():
    head = """Tallvale Utilization Review
Clinical Guideline
Wrist Lamps

In effect from         2026-03-01
Date last reviewed     2026-02-02
Scheduled for review   2027-02-02
Approved by            Lamp Committee, 2026-02-01
"""
    record = record_of(head)
    assert not record.revision_history
    assert not [reason for reason in review_reasons(record, confirmed=True) if "not read" in reason]
