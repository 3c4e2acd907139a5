"""From when until when codes, rows and sentences hold, in HTML, text and PDF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.extract.dates_inside import (
    column_kind,
    of_cell,
    of_codes_sentence,
    of_row,
    of_statement,
)
from policy_tracker.extract.extract import extract
from policy_tracker.record import Record
from tests.documents.make_pdf import BOLD, Paper


def days(told) -> tuple[str | None, str | None]:
    return (told.effective.date if told.effective else None, told.ends.date if told.ends else None)


@pytest.mark.parametrize(
    ("text", "effective", "ends"),
    [
        ("withdrawn from use; deleted effective 04/01/2027", None, "2027-03-31"),
        ("(deleted 03/31/2027)", None, "2027-03-31"),
        ("deleted 04/01/2027", None, "2027-03-31"),
        ("end-dated 09/30/2026", None, "2026-09-30"),
        ("termed as of September 30, 2026", None, "2026-09-29"),
        ("discontinued 9-15-2026", None, "2026-09-14"),
        ("valid through 09/15/2026", None, "2026-09-15"),
        ("until February 1, 2027", None, "2027-01-31"),
        ("until February 2, 2027", None, "2027-02-02"),
        ("no longer payable after 2026-11-30", None, "2026-11-30"),
        ("no longer payable on or after 2026-12-01", None, "2026-11-30"),
        ("new code effective Jan 1, 2027", "2027-01-01", None),
        ("for dates of service on or after 01/15/2027", "2027-01-15", None),
        ("04/01/2026 - 03/31/2027", "2026-04-01", "2027-03-31"),
        ("replaced by L9991 effective 1/1/2027", None, "2026-12-31"),
        ("was not deleted effective 1/1/2027", None, None),
        ("proposed for deletion effective 1/1/2027", None, None),
        ("revised 01/01/2027", None, None),
        ("repair of a deleted segment", None, None),
        ("Effective 02/01/2027 these codes are deleted", None, "2027-01-31"),
    ],
)
def test_words_beside_a_code(text, effective, ends):
    assert days(of_row(text)) == (effective, ends)


@pytest.mark.parametrize(
    ("text", "effective", "ends"),
    [
        (
            "For dates of service on or after 5/1/2027, a sleep diary is required.",
            "2027-05-01",
            None,
        ),
        ("A sleep diary is required effective 5/1/2027.", "2027-05-01", None),
        ("Beginning May 1, 2027, the plan covers home titration.", "2027-05-01", None),
        ("Home titration is covered through 6/30/2027.", None, "2027-06-30"),
        ("Two failed trials (effective 5/1/2027)", "2027-05-01", None),
        ("Home titration is no longer reimbursed as of 5/1/2027.", "2027-05-01", None),
        ("Effective May 1, 2027: an index of at least 15", "2027-05-01", None),
        ("The literature was searched through March 2026.", None, None),
        ("The FDA cleared the device on March 3, 2020.", None, None),
        ("Evidence is insufficient as of January 2026.", None, None),
        ("Claims processed on or after 5/1/2027 are denied.", None, None),
        ("The member began therapy before 5/1/2026 and therapy is approved.", None, None),
    ],
)
def test_a_date_in_prose_counts_where_it_can_only_be_about_the_sentence(text, effective, ends):
    assert days(of_statement(text)) == (effective, ends)


def test_deleted_without_a_day_is_an_end_of_no_known_day():
    told = of_codes_sentence("The codes below are deleted:")
    assert told.ends is not None
    assert (told.ends.status, told.ends.date, told.ending) == ("undated", None, True)
    assert not of_codes_sentence("These codes were not deleted:")


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Eff. Date", "begins"), ("Start\nDate", "begins"), ("Term Date", "last"), ("Thru", "last"),
     ("Date Deleted", "gone"), ("Deleted?", "gone"),
     ("Effective Dates", "span"), ("Description", None), ("Update", None), ("Dates tested", None)],
)  # fmt: skip
def test_columns_of_dates(title, kind):
    assert column_kind(title) == kind


def test_a_cell_in_a_column_of_deletions():
    assert days(of_cell("gone", "10/15/2026")) == (None, "2026-10-14")
    told = of_cell("gone", "Yes")
    assert told.ends is not None
    assert told.ends.status == "undated"
    assert not of_cell("gone", "No")
    assert not of_cell("last", "12/31/9999")


@given(st.text(alphabet="effctiv delodrmpough 0123456789/-(),.:", max_size=400))
def test_any_text_is_read(text):
    for read in (of_row, of_codes_sentence, of_statement):
        read(text)


# --- Documents of one content in several forms

HTML = """<html><body><h1>Hollow Oak Health Medical Policy: Wrist Splints</h1><p>Policy Number: HO-41</p><p>Effective Date: 03/01/2026</p>
<h2>Coverage Criteria</h2><p>A custom wrist splint is considered medically necessary when ALL of the following criteria are met:</p>
<ul><li>The member is 12 years of age or older</li><li>A sleeve was worn for at least 4 weeks (effective 9/1/2026)</li></ul>
<h2>Coding</h2><h3>Considered Medically Necessary when criteria are met</h3>
<table><tr><th>HCPCS</th><th>Start Date</th><th>Term Date</th><th>Description</th></tr>
<tr><td>L9901</td><td></td><td>08/31/2026</td><td>Splint, left</td></tr><tr><td>L9902</td><td>09/01/2026</td><td></td>
<td>Splint, right</td></tr>
<tr><td>L9903</td><td></td><td></td><td>Splint, both (discontinued 11/30/2026)</td></tr>
<tr><td>L9905</td><td></td><td></td><td>Splint, old</td></tr></table>
<p>The following codes are deleted effective 10/01/2026: L9904, L9905</p></body></html>"""
TEXT = """Hollow Oak Health Medical Policy: Wrist Splints
Policy Number: HO-41
Effective Date: 03/01/2026

COVERAGE CRITERIA

A custom wrist splint is considered medically necessary when ALL of the following criteria are met:

- The member is 12 years of age or older
- A sleeve was worn for at least 4 weeks (effective 9/1/2026)

CODING

Considered Medically Necessary when criteria are met:

L9901 Splint, left (end date 08/31/2026)
L9902 Splint, right (effective 09/01/2026)
L9903 Splint, both (discontinued 11/30/2026)
L9905 Splint, old

The following codes are deleted effective 10/01/2026: L9904, L9905
"""


def pdf() -> bytes:
    paper = Paper()
    paper.line("Hollow Oak Health Medical Policy: Wrist Splints", font=BOLD, size=15, pitch=24)
    paper.lines("Policy Number: HO-41", "Effective Date: 03/01/2026").gap()
    paper.line("Coverage Criteria", font=BOLD, size=13, pitch=20)
    paper.line(
        "A custom wrist splint is considered medically necessary when ALL of the following "
        "criteria are met:"
    )
    paper.item("\u2022", "The member is 12 years of age or older").item(
        "\u2022", "A sleeve was worn for at least 4 weeks (effective 9/1/2026)"
    ).gap()
    paper.line("Coding", font=BOLD, size=13, pitch=20)
    paper.line("Considered Medically Necessary when criteria are met:", font=BOLD, pitch=20)
    paper.line("L9901 Splint, left (end date 08/31/2026)").line(
        "L9902 Splint, right (effective 09/01/2026)"
    )
    paper.line("L9903 Splint, both (discontinued 11/30/2026)").line("L9905 Splint, old").gap()
    paper.line("The following codes are deleted effective 10/01/2026: L9904, L9905")
    return paper.data()


def read(name: str, data: str | bytes) -> Record:
    (record,) = extract(data if isinstance(data, bytes) else data.encode(), name, "hollow-oak")
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("name", "data"),
    [("p.html", HTML), ("p.txt", TEXT), ("p.pdf", pdf())],
    ids=["html", "text", "pdf"],
)
def test_one_content_in_every_form(name, data):
    record = read(name, data)
    listed = {
        code.code: (group.disposition, *days(code))
        for group in record.code_groups
        for code in group.codes
        if group.disposition != "informational"
    }
    necessary = "medically_necessary"
    assert listed == {
        "L9901": (necessary, None, "2026-08-31"),
        "L9902": (necessary, "2026-09-01", None),
        "L9903": (necessary, None, "2026-11-30"),
        "L9905": (necessary, None, "2026-09-30"),
    }
    deleted = {
        code.code: days(code)
        for group in record.code_groups
        if group.disposition == "informational"
        for code in group.codes
    }
    assert deleted == {"L9904": (None, "2026-09-30"), "L9905": (None, "2026-09-30")}
    assert [days(one) for one in record.statements if "sleeve" in one.text] == [
        ("2026-09-01", None)
    ]


def coded(body: str) -> Record:
    head = (
        "<html><body><h1>Hollow Oak Health Medical Policy: Grip Tests</h1><p>Policy Number: "
        "HO-42</p><p>Effective Date: 03/01/2026</p>"
    )
    return read("q.html", f"{head}{body}</body></html>")


def test_codes_of_a_sentence_that_refuses_are_denied_from_that_day_and_end_where_they_could_be_approved():
    record = coded(
        "<h2>Coding</h2><h3>Considered Medically Necessary when criteria are met</h3><table><tr><th>CPT Code</th><th>Description</th></tr>"
        "<tr><td>99961</td><td>Grip, one hand</td></tr><tr><td>99962</td><td>Grip, "
        "both</td></tr></table>"
        "<p>The following code is no longer covered as of 11/01/2026: 99962</p>",
    )
    said = {
        (group.disposition, code.code): days(code)
        for group in record.code_groups
        for code in group.codes
    }
    assert said == {
        ("medically_necessary", "99961"): (None, None),
        ("medically_necessary", "99962"): (None, "2026-10-31"),
        ("not_covered", "99962"): ("2026-11-01", None),
    }


def test_a_line_above_codes_dates_the_codes_below_it_and_no_others():
    record = coded(
        "<h2>Coding</h2><h3>Considered Medically Necessary when criteria are met</h3>"
        "<p>The following codes are effective 01/01/2027:</p><p>99961 Grip, one "
        "hand</p><p>99962 Grip, both</p>"
        "<h3>Considered Not Medically Necessary</h3><p>99963 Grip, by mail</p>",
    )
    said = {
        code.code: (group.disposition, *days(code))
        for group in record.code_groups
        for code in group.codes
    }
    assert said == {
        "99961": ("medically_necessary", "2027-01-01", None),
        "99962": ("medically_necessary", "2027-01-01", None),
        "99963": ("not_medically_necessary", None, None),
    }


def test_deleted_codes_without_a_day_do_not_hold_and_a_warning_says_so():
    record = coded(
        "<h2>Coding</h2><h3>Considered Medically Necessary when criteria are "
        "met</h3><table><tr><th>CPT Code</th><th>Description</th></tr>"
        "<tr><td>99961</td><td>Grip, one hand</td></tr><tr><td>99962</td><td>Grip, both (deleted)</td></tr></table>",
    )
    ends = {code.code: code.ends for group in record.code_groups for code in group.codes}
    assert ends["99961"] is None
    assert ends["99962"] is not None
    assert ends["99962"].status == "undated"
    assert record.extraction is not None
    assert any(
        "99962" in warning and "without a day" in warning for warning in record.extraction.warnings
    )


def test_a_sentence_that_deletes_codes_approves_none_in_a_coverage_section():
    record = coded(
        "<h2>Coverage Criteria</h2><p>A grip test is considered medically necessary for a "
        "hand injury.</p>"
        "<p>CPT code 99964 was deleted effective 04/01/2026.</p>",
    )
    (said,) = [one for one in record.statements if "99964" in one.text]
    assert (said.role, said.position) == ("note", "informational")
    assert [
        (group.disposition, days(code)) for group in record.code_groups for code in group.codes
    ] == [("informational", (None, "2026-03-31"))]
