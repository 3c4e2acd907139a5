"""Numbers that hang on titles, stand in running lines alone, or count their own editions."""

import pytest

from policy_tracker.extract.extract import extract
from policy_tracker.extract.head.number_forms import without_edition
from policy_tracker.record import Record
from tests.extract.head.heads import record_of


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Wrist Lamps-OH LMP-QX-0012   03/01/2026", "OH LMP-QX-0012"),
        ("Wrist Lamps-LMP-QX-0012", "LMP-QX-0012"),
        ("Wrist Lamps – IN TV.UM.44", "IN TV.UM.44"),
    ],
)
def test_a_title_with_its_number_hung_on_it(line: str, number: str):
    head = f"Tallvale Health Plan\nMEDICAL POLICY STATEMENT\nPolicy Name & Number Date Effective\n{line}"
    record = record_of(head)
    assert (record.title, record.policy_number) == ("Wrist Lamps", number)


def test_a_number_in_the_last_line_alone():
    page = (
        "<p>Tallvale Health Plan</p><h1>Wrist Lamps</h1><h2>Policy</h2><p>Wrist lamps are medically"
        " necessary for members with dim elbows.</p><p>Clinical Criteria TV-C12 Page 1 of 1</p>"
    )
    [record] = extract(page.encode(), "lamp.html")
    assert isinstance(record, Record)
    assert record.policy_number == "TV-C12"


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("TV/CG/12/v3", ("TV/CG/12", "v3")),
        ("91412-R4", ("91412", "R4")),
        ("TV-R4", ("TV-R4", None)),
        ("7.01.44", ("7.01.44", None)),
    ],
)
def test_the_edition_at_the_end_of_a_number(number: str, parts: tuple[str, str | None]):
    assert without_edition(number) == parts


def test_editions_of_a_number_are_one_policy():
    heads = (f"Tallvale Health Plan\nWrist Lamps\nDocument ID: TV/CG/12/v{n}" for n in (3, 4))
    first, second = (record_of(head) for head in heads)
    assert first.policy == second.policy
    assert (first.version_label, second.version_label) == ("v3", "v4")


def test_the_chapter_and_section_of_a_manual():
    head = "Tallvale Health Plan\nPolicy Manual\nWrist Lamps\nManual Section: Chapter 7 Section 3.1"
    assert record_of(head).policy_number == "Chapter 7 Section 3.1"


@pytest.mark.parametrize(
    ("head", "number", "version"),
    [
        ("Medical Policy\nWrist Lamps, TLR-412.07", "TLR-412.07", None),
        ("Medical Coverage Rule TV 26 412\nWrist Lamps", "TV 26 412", None),
        ("Wrist Lamps\nMedical Policy 412 version 3.1, effective May 1, 2026", "412", "3.1"),
        ("Wrist Lamps\nPolicy ID: 1.2.412/A", "1.2.412/A", None),
    ],
)
def test_numbers_with_blanks_commas_and_editions(head: str, number: str, version: str | None):
    record = record_of(f"Tallvale Health Plan\n{head}")
    assert (record.title, record.policy_number) == ("Wrist Lamps", number)
    assert record.version_label == version
