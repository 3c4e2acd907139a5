"""The title among the lines of a head: what the text goes on to speak of, in one piece and without
the number beside it.
"""

import pytest

from policy_tracker.documents.blocks import Block, Document, Line, Place, Style
from policy_tracker.extract.extract import extract, read_version
from policy_tracker.record import Record
from tests.extract.head.heads import record_of


@pytest.mark.parametrize(
    "head",
    [
        "Duskvale Benefit Trust\nBeam Review\nWrist Lamps",
        "Duskvale Benefit Trust\n\nTechnology Assessment: Wrist Lamps",
        "Duskvale Benefit Trust\nQX-77-A - Wrist Lamps",
        "Duskvale Benefit Trust\nWrist Lamps (QX_077)",
        "Duskvale Benefit Trust\n\nQXW077: Wrist Lamps",
        "Duskvale Benefit Trust\nWrist Lamps - Medical Policy QX.077.2",
        "Duskvale Benefit Trust\nMedical Coverage Policy | Wrist Lamps\nPOLICY NUMBER: QX.77",
        "Duskvale Benefit Trust\nService Wrist Lamps\nPolicy Number: QX.77",
        "Duskvale Benefit Trust\n\nGUIDELINE: Wrist Lamps",
        "Duskvale Benefit Trust\n\nReview Criteria: Wrist Lamps",
        "Duskvale Benefit Trust\n\nName of policy: Wrist Lamps",
        "Wrist Lamps\nA benefit policy of the Duskvale Benefit Trust",
    ],
)
def test_a_title_is_what_the_text_speaks_of(head: str):
    assert record_of(head).title == "Wrist Lamps"


def test_a_title_of_which_nothing_is_said_stays_where_nothing_else_is_said():
    record = record_of("Duskvale Benefit Trust\nGlow Devices of the Forearm\nPolicy Number: QX.77")
    assert record.title == "Glow Devices of the Forearm"


def test_lines_that_a_table_of_contents_prints_in_one_piece_are_one_title():
    head = "Guidelines\n\nSubject: Standing\n\nLamps in the Hallway\n\nof Houses"
    entry = "Lamps ........ 3\n\nStanding Lamps in the Hallway of Houses ........ 4"
    assert record_of(f"{head}\n\nTable of Contents\n\n{entry}").title == (
        "Standing Lamps in the Hallway of Houses"
    )


def test_headings_below_in_the_type_of_the_title_are_no_part_of_it():
    texts = ("Kite Traction", "Lumen Health Plan", "Rules of Flight", "Kite traction is covered.")
    tops = (10.0, 40.0, 120.0, 150.0)
    lines = tuple(
        Line(text, Place(1, top=top, left=72, right=300, bottom=top + 14), Style(size=size))
        for text, top, size in zip(texts, tops, (16, 11, 16, 11), strict=True)
    )
    blocks = tuple(Block("paragraph", text) for text in texts)
    (record,) = read_version(Document("pdf", 1, blocks, header=lines), "kite.pdf")
    assert isinstance(record, Record)
    assert record.title == "Kite Traction"


def test_the_office_that_issues_a_policy_is_no_title():
    head = "Tallvale Pharmacy\nDrug Programs\n\nMedications: Glowent (lumicept)"
    text = (
        "The Tallvale Pharmacy Committee looks at glowent claims. Members use lumicept lamps. "
        "The lumicept lamp is for those whose elbows are dim. A lumicept lamp must be worn."
    )
    assert record_of(f"{head}\n\nOverview\n\n{text}").title.startswith("Glowent")


def _headed(*pieces: tuple[str, float, float, float], title: str | None = None) -> Record:
    """The record of a page whose head has these pieces: text, left, top, size of type."""
    lines = tuple(
        Line(
            text,
            Place(1, top=top, left=left, right=left + 5 * len(text), bottom=top + size),
            Style(size=size),
        )
        for text, left, top, size in pieces
    )
    body = ("Policy", "Wrist lamps are considered medically necessary for dim elbows.")
    blocks = tuple(Block("paragraph", text) for text in (*(one[0] for one in pieces), *body))
    (record,) = read_version(Document("pdf", 1, blocks, header=lines, title=title), "lamp.pdf")
    assert isinstance(record, Record)
    return record


def test_a_label_and_a_value_in_a_box_need_no_colon_and_a_row_of_links_is_none():
    record = _headed(
        ("POLICY TITLE", 72, 40, 10),
        ("WRIST LAMPS AT NIGHT", 150, 40, 10),
        ("POLICY", 72, 90, 10),
        ("PRODUCT VARIATIONS", 200, 90, 10),
        ("DEFINITIONS", 380, 90, 10),
    )
    assert record.title == "WRIST LAMPS AT NIGHT"


def test_a_line_of_entries_with_marks_between_them_is_no_title():
    record = _headed(
        ("Wrist Lamps", 72, 40, 14),
        ("• Policy: Commercial • Coding Notes • What Holds for All", 72, 70, 10),
    )
    assert record.title == "Wrist Lamps"


def test_a_wrapped_title_is_whole_where_the_file_names_it_in_one_piece():
    record = _headed(
        ("Title: Wrist Lamps and Other", 72, 40, 12),
        ("Lights for the Arm", 110, 56, 12),
        title="Wrist Lamps and Other Lights for the Arm",
    )
    assert record.title == "Wrist Lamps and Other Lights for the Arm"


def test_a_box_beside_a_title_in_its_type_is_no_part_of_it():
    record = _headed(
        ("Wrist Lamps for", 72, 40, 14),
        ("Procedure codes: 73999,", 330, 40, 14),
        ("Dim Elbows", 72, 56, 14),
        ("73998, 73997", 330, 56, 14),
        ("73996", 400, 72, 14),
    )
    assert record.title == "Wrist Lamps for Dim Elbows"


def test_the_highest_heading_is_the_title_where_another_stands_before_it():
    page = (
        b"<html><head><title>Section 12 Wrist Lamps</title></head><body>"
        b"<h2>State of Dusk, Department of Lamps</h2><h1>Section 12 - Wrist Lamps</h1>"
        b"<h3>12.1 Covered Services</h3><p>Wrist lamps are covered for dim elbows.</p></body></html>"
    )
    (record,) = extract(page, "lamp.html")
    assert isinstance(record, Record)
    assert record.title == "Section 12 - Wrist Lamps"


def test_a_heading_below_the_first_sentence_is_no_title():
    page = (
        b"Dusk Mutual Health\nCoverage Guideline\nNumber: DM-77   Effective: 3/1/2026\n"
        b"Wrist Lamps\n\nCoverage\nWrist lamps are considered medically necessary for dim elbows.\n"
        b"\nNotes\nFor members of other plans see the policies of their own plans at home.\n"
    )
    (record,) = extract(page, "lamp.txt")
    assert isinstance(record, Record)
    assert record.title == "Wrist Lamps"
