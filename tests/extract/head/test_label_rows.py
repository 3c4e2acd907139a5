"""Dates below rows of labels, behind those who set them, and tables that are heads."""

import pytest

from policy_tracker.extract.extract import extract
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


def test_dates_that_a_document_prints_at_its_end():
    head = "Tallvale Health Plan\nWrist Lamps"
    body = record_of(head)
    assert not body.dates
    text = (
        f"{head}\n\nCoverage Criteria\n\nWrist lamps are medically necessary for dim elbows.\n\n"
        "Devised: 6/22\n\nRevised: 6/23 (new wicks); 12/24 (codes);\n\n8/25 (limits)\n\n"
        "Reviewed 12/2023, 1/2025, 1/2026\n"
    )
    [record] = extract(text.encode(), "lamp.txt")
    assert {name: fact.date for name, fact in record.dates.items()} == {
        "original_effective": "2022-06",
        "revised": "2025-08",
        "last_review": "2026-01",
    }


def test_a_date_in_a_sentence_at_the_end_is_no_date_of_the_policy():
    text = (
        "Tallvale Health Plan\nWrist Lamps\n\nCoverage Criteria\n\n"
        "Wrist lamps are medically necessary for dim elbows.\n\n"
        "Approved by the lamp office on 6/4/2021 after a trial of wicks.\n"
    )
    [record] = extract(text.encode(), "lamp.txt")
    assert not record.dates


def test_an_amendment_beside_the_first_day_of_a_policy_starts_the_version():
    head = "Tallvale Health Plan\nWrist Lamps\nOriginal Effective Date: 4/5/2019\nAmended Date: 3/1/2026"
    effective = record_of(head).dates["effective"]
    assert (effective.date, effective.status) == ("2026-03-01", "inferred")


def test_the_dates_of_a_row_of_codes_are_no_dates_of_the_policy():
    [record] = extract(
        b"<html><head><title>Lamps</title></head><body>"
        b"<h1>Lamp Valley Health Plan Coverage Policy: Lamps</h1>"
        b"<p>Effective: 01/01/2026</p><p>Lamps are covered for dim elbows.</p>"
        b"<table><tr><th>Code</th><th>Service</th><th>Effective</th><th>End</th></tr>"
        b"<tr><td>93001</td><td>lamp</td><td>02/01/2020</td><td>12/31/2026</td></tr>"
        b"<tr><td>93002</td><td>wick</td><td>02/01/2020</td><td></td></tr></table></body></html>",
        "lamps.html",
    )
    assert {name: fact.date for name, fact in record.dates.items()} == {"effective": "2026-01-01"}
