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
