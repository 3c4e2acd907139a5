"""Payer, number, title and dates behind labels and lines that are on no list."""

from __future__ import annotations

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.extract.head.dated_labels import name_of_label
from policy_tracker.record import Record

_TEXT = """{head}

Overview

Wrist lamps are worn on one arm and glow by themselves through the night.

Coverage Criteria

Wrist lamps are considered medically necessary for members with dim elbows.
Wrist lamps are considered investigational for every other use.
"""


def _record(head: str) -> Record:
    [record] = extract(_TEXT.format(head=head).encode(), "lamp.txt")
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Date of Last Committee Approval", "last_review"),
        ("Anticipated Review", "next_review"),
        ("Inception Date", "original_effective"),
        ("Policy Release Date", "published"),
        ("Expiration Date", "retired"),
        ("FDA approval", None),
        ("Date of birth", None),
    ],
)
def test_a_label_of_a_date_is_told_by_its_words(label: str, name: str | None):
    assert name_of_label(label) == name


def test_a_label_that_is_on_no_list_announces_its_date():
    record = _record("Wrist Lamps\nAnticipated Review: 5/1/2027\nInception Date: 5/1/2019")
    assert record.dates["next_review"].date == "2027-05-01"
    assert record.dates["original_effective"].date == "2019-05-01"


def test_a_payer_and_its_number_stand_on_a_line_above_the_kind_of_document():
    head = "Duskvale Benefit Trust WL.7\n\nDuskvale Benefit Trust\n\nBenefit Policy\n\nWrist Lamps"
    record = _record(head)
    assert record.payer == "duskvale-benefit-trust"
    assert record.policy_number == "WL.7"
    assert record.title == "Wrist Lamps"


def test_a_subject_that_ends_with_the_word_for_an_organization_is_no_payer():
    text = _TEXT.format(head="Wrist Lamp Program").replace("Wrist lamps", "A wrist lamp program")
    [record] = extract(text.replace("are considered", "is considered").encode(), "lamp.txt")
    assert record.payer == "unknown"


def test_the_day_of_origin_and_the_last_of_a_series_of_revisions_come_from_the_history():
    series = _record("Wrist Lamps\nRevised: 6/23 (new wicks), 8/25 (oil)")
    assert series.dates["revised"].date == "2025-08"


@pytest.mark.parametrize(
    ("line", "name", "date"),
    [
        ("Effective for dates of service on or after: March 14, 2025", "effective", "2025-03-14"),
        ("Policy ID: QX-12 In force since 14-Mar-2025", "effective", "2025-03-14"),
        ("Eff. Date: 3/14/2025", "effective", "2025-03-14"),
        ("Rev. Date: 3/14/2025", "revised", "2025-03-14"),
        ("Valid from 2025.03.14", "effective", "2025-03-14"),
        ("Formulary Effective Date: 3/14/2025", "effective", "2025-03-14"),
        ("Guideline No. QX12 Approval Date: 3/14/2025", "last_review", "2025-03-14"),
        ("Last Committee Action: 14-Mar-25", "last_review", "2025-03-14"),
        ("Date of Last Committee Review 3/14/2025", "last_review", "2025-03-14"),
        ("Planned re-review: Mar-14-2025", "next_review", "2025-03-14"),
        ("Implemented 3/14/2025", "effective", "2025-03-14"),
        ("Number QX-12, in effect 14 Mar 2025", "effective", "2025-03-14"),
        ("EFFECTIVE DATE: 03|14|2025", "effective", "2025-03-14"),
        ("Effective: 02/22", "effective", "2022-02"),
        ("Last Approval: March 2025", "last_review", "2025-03"),
    ],
)
def test_labels_of_dates_in_many_forms(line: str, name: str, date: str):
    record = _record(f"Duskvale Benefit Trust\n\nWrist Lamps\n\n{line}")
    assert {name: fact.date for name, fact in record.dates.items()} == {name: date}


@pytest.mark.parametrize("line", ["FDA Approval Date: 3/14/2025", "Study Publication: 3/14/2025"])
def test_dates_of_other_things_are_none_of_the_policy(line: str):
    assert _record(f"Duskvale Benefit Trust\n\nWrist Lamps\n\n{line}").dates == {}


def test_a_date_stands_below_its_label_in_a_table():
    head = (
        "<table><tr><td>Lamp Policy Takes Effect</td><td>Committee Approval</td></tr>"
        "<tr><td>3/14/2025</td><td>1/22/2025</td></tr></table>"
    )
    body = "<h2>Coverage Criteria</h2><p>Wrist lamps are covered for dim elbows.</p>"
    page = f"<html><body><h1>Wrist Lamps</h1>{head}{body}</body></html>"
    [record] = extract(page.encode(), "lamp.html")
    assert isinstance(record, Record)
    assert record.dates["last_review"].date == "2025-01-22"


def test_the_last_of_many_days_of_taking_effect_counts():
    many = _record("Wrist Lamps\nEffective Date: 1/1/2020; 1/1/2021; 2/1/2023")
    assert many.dates["effective"].date == "2023-02-01"
    two = _record("Wrist Lamps\nEffective Date: 1/1/2020 (oil), 1/1/2021 (wax)")
    assert two.dates["effective"].date == "2020-01-01"


def test_the_newest_of_a_series_that_goes_on_over_lines_counts():
    record = _record("Wrist Lamps\n\nP&T Approval Date: 1/2017, 5/2019,\n7/2023, 3/2024")
    assert record.dates["last_review"].date == "2024-03"
