"""Codes in cells, lists, lines and sentences, and what is said of them."""

import pytest

from policy_tracker.documents.blocks import Block, Cell, Row, Table
from policy_tracker.documents.traced import Piece, Traced
from policy_tracker.extract.code_tables import read_code_line, read_code_table, status_behind
from policy_tracker.extract.codes import read_codes
from policy_tracker.extract.codes_of_sentences import Sentence, inline_groups, sentence_disposition
from policy_tracker.extract.structure.parts import kind_of_heading, parts_of
from policy_tracker.language.code_mentions import read_inline, read_list, system_hint
from policy_tracker.language.disposition import basis_of, disposition_of, footnote_disposition
from tests.extract.payers.made_documents import BOLD, heading, item, paragraph, table


@pytest.mark.parametrize(
    ("text", "codes", "ranges"),
    [
        ("73999", ["CPT 73999"], []),
        ("73999†", ["CPT 73999 †"], []),
        ("*S0601", ["HCPCS S0601 *"], []),
        ("0165U", ["CPT 0165U"], []),
        ("M77.1", ["ICD10CM M77.1"], []),
        ("QA0.0101, QA0", ["ICD10CM QA0.0101", "ICD10CM QA0"], []),
        ("QA0.01 - QA0.09", [], ["ICD10CM QA0.01 QA0.09"]),
        ("D0120", ["CDT D0120"], []),
        ("J3490, J3590 and J9999", ["HCPCS J3490", "HCPCS J3590", "HCPCS J9999"], []),
        ("0014A", ["CPT 0014A"], []),
        ("0011A-0014A", [], ["CPT 0011A 0014A"]),
        ("73999²", ["CPT 73999 ²"], []),
        ("27447-RT", ["CPT 27447 RT"], []),
        ("27447-50", ["CPT 27447 50"], []),
        ("73101-04, 73110", ["CPT 73110"], ["CPT 73101 73104"]),
        ("73140-42", [], ["CPT 73140 73142"]),
        ("M25.521-M25.529", [], ["ICD10CM M25.521 M25.529"]),
        ("C00.0 – C00.9", [], ["ICD10CM C00.0 C00.9"]),
        ("99202 through 99215", [], ["CPT 99202 99215"]),
        ("A00 - B99", [], ["ICD10CM A00 B99"]),
        ("M80.x", [], ["ICD10CM M80 M80"]),
        ("E11.-", [], ["ICD10CM E11 E11"]),
    ],
)
def test_a_list_of_codes(text: str, codes: list[str], ranges: list[str]):
    found = read_list(text)
    assert found is not None
    assert [
        " ".join([c.system, c.code, *c.qualifiers.modifiers, *([c.marker] if c.marker else [])])
        for c in found.codes
    ] == codes
    assert [f"{r.system} {r.first} {r.last}" for r in found.ranges] == ranges


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Description",
        "CPT®* Codes",
        "739990",
        "Mapping 73999",
        "All other codes",
        "12 months",
        "2025",
        "99215-99202",
        "CAR",
        "CA125",
        "QAR",
    ],
)
def test_what_is_no_list_of_codes(text: str):
    assert read_list(text) is None


def test_a_title_names_the_system_of_codes_that_have_no_form_of_their_own():
    found = read_list("00HE0MZ", system_hint("ICD-10 Procedure"))
    assert found is not None
    assert found.codes[0].system == "ICD10PCS"
    assert system_hint("CPT and HCPCS codes") is None
    assert system_hint("Revenue Codes") == "REVENUE"


def test_a_letter_in_the_second_place_makes_no_code_of_a_word():
    assert [
        code.code
        for code in read_inline(
            "The ICD-10 codes QA0.01 and M77.1 apply to a CAR.T cell and to CA1.5."
        ).codes
    ] == [
        "QA0.01",
        "M77.1",
    ]
    assert read_list("CA125", "ICD10CM") is None


def test_a_code_keeps_its_system_under_another_heading():
    found = read_list("J3490", "ICD10CM")
    assert found is not None
    assert found.codes[0].system == "HCPCS"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("one mapping (73999, 73998) per year", ["73999", "73998"]),
        ("mapping (CPT® code 73999) that", ["73999"]),
        ("report *P3000 and S0610.", ["P3000", "S0610"]),
        ("pain (M25.521) of the elbow", ["M25.521"]),
        ("in Washington, D.C. 20001, PMID 30738706", []),
        ("law 627.42393 and $12345", []),
        ("grade 12345 people; H1 antihistamines, B12, P2Y12", []),
        ("call 1-800-555-0100", []),
    ],
)
def test_codes_in_a_sentence(text: str, codes: list[str]):
    assert [code.code for code in read_inline(text).codes] == codes


def test_six_digits_among_codes_are_a_typo():
    assert read_inline("mapping (73999, 739980)").typos == ("739980",)
    assert read_inline("in 123456 people").typos == ()


def test_a_code_line():
    row = read_code_line(Traced("M25.521-M25.529 Pain in elbow"))
    assert row is not None
    assert (row.codes.ranges[0].raw, row.description) == ("M25.521-M25.529", "Pain in elbow")
    assert read_code_line(Traced("Codes for mapping")) is None
    assert read_code_line(Traced("For 73999 see above")) is None


def one_table(block: Block) -> list[tuple[list[str], str, str | None]]:
    assert block.table
    return [
        ([c.code for c in row.codes.codes], row.description, row.disposition)
        for row in read_code_table(block.table)
    ]


def test_a_table_of_one_row():
    assert one_table(table(("CPT®*\nCodes", "Description"), ("73999", "Mapping"))) == [
        (["73999"], "Mapping", None)
    ]


def test_a_grid_of_bare_codes():
    rows = one_table(table(("73999", "73998", "0999T"), ("A9999", "S9088", "")))
    assert [codes for codes, *_ in rows] == [["73999", "73998", "0999T"], ["A9999", "S9088"]]


def test_a_line_across_the_table_gives_its_disposition():
    rows = one_table(
        table(
            ("Code", "Description"),
            ("CPT codes covered if selection criteria are met:",),
            ("73999", "A"),
            ("CPT codes not covered:",),
            ("73998", "B"),
        )
    )
    assert rows == [(["73999"], "A", "medically_necessary"), (["73998"], "B", "not_covered")]


def test_a_row_over_a_page_break():
    assert one_table(
        table(("Code", "Description"), ("73999", "Mapping of"), ("", "an elbow"), continues=(2,))
    ) == [(["73999"], "Mapping of an elbow", None)]


def test_marks_that_were_taken_off_a_cell():
    cells = (Cell(("73999",), marks=("†",)), Cell(("Mapping",), 1, 1))
    [row] = read_code_table(Table(2, (Row(cells),)))
    assert row.codes.codes[0].marker == "†"


def test_a_table_of_doses_lists_no_codes():
    assert one_table(table(("Drug", "Dose"), ("Glimmerex", "300 mg"), ("Dullamine", "2 mg"))) == []


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Considered Medically Necessary when criteria above are met:", "medically_necessary"),
        ("Not Covered or Reimbursable:", "not_covered"),
        ("Considered Not Medically Necessary:", "not_medically_necessary"),
        ("Considered Experimental/Investigational/Unproven:", "experimental_investigational"),
        (
            "When services are Investigational and Not Medically Necessary:",
            "experimental_investigational",
        ),
        ("ICD-10 Diagnosis Codes That Support Medical Necessity:", "medically_necessary"),
        ("ICD-10 codes not covered for indications listed:", "not_covered"),
        ("Other CPT codes related to the policy:", "informational"),
        ("Listing of a code does not imply coverage.", "informational"),
        ("Mapping", None),
        ("No codes are covered", "indeterminate"),
        ("Medical necessity cannot be established for these codes", "not_medically_necessary"),
        ("Services lacking proof", "experimental_investigational"),
        ("Codes for services of no proven benefit", "indeterminate"),
        ("Codes without coverage", "not_covered"),
        ("Codes with coverage", "covered"),
        ("Codes still under study", "experimental_investigational"),
        ("Codes that apply when the terms of this policy are fulfilled", "medically_necessary"),
        ("Codes that do not establish medical need", "not_medically_necessary"),
        ("Codes subject to denial", "not_covered"),
        ("Codes that apply when the criteria are not met", "not_medically_necessary"),
        ("New Code Effective", None),
        ("These codes do not require prior authorization", None),
        ("None of these codes is covered", "indeterminate"),
        ("Codes that are not subject to review and are allowed", "covered"),
        ("Codes that do not ask for authorization, and are covered", "covered"),
    ],
)
def test_dispositions(text: str, position: str | None):
    assert disposition_of(text) == position


def test_why_codes_are_not_covered():
    assert basis_of("Not Covered or Reimbursable", "not_covered") == "not_reimbursed"
    assert basis_of("Considered cosmetic", "not_covered") == "cosmetic"
    assert basis_of("Considered cosmetic", "covered") is None


def groups(*blocks: Block) -> list[tuple[str, list[str]]]:
    return [
        (group.disposition, [code.code for code in group.codes])
        for group in read_codes(parts_of(blocks)).groups
    ]


def test_a_status_at_the_end_of_a_page_belongs_to_the_table_on_the_next():
    assert groups(
        heading("Coding Information"),
        paragraph("Not Covered or Reimbursable:", 3, BOLD),
        table(("CPT Codes", "Description"), ("73999", "A"), page=4),
    ) == [("not_covered", ["73999"])]


def test_one_code_under_two_statuses():
    found = groups(
        heading("Coding Information"),
        paragraph("Considered Medically Necessary:", 1, BOLD),
        table(("CPT Codes", "Description"), ("73999", "A")),
        paragraph("Not covered when used to report mapping by mail:", 1, BOLD),
        table(("CPT Codes", "Description"), ("73999", "A")),
    )
    assert found == [("medically_necessary", ["73999"]), ("not_covered", ["73999"])]


def test_a_new_topic_ends_the_status():
    found = groups(
        heading("Coding Information"),
        paragraph("Not Covered or Reimbursable:", 1, BOLD),
        table(("CPT Codes", "Description"), ("73999", "A")),
        heading("Lanterns", 1, BOLD),
        table(("CPT Codes", "Description"), ("73998", "B")),
    )
    assert found == [("not_covered", ["73999"]), ("informational", ["73998"])]


def test_a_footnote_without_a_condition_gives_its_codes_a_disposition():
    found = groups(
        heading("Coding Information"),
        paragraph("Considered Medically Necessary:", 1, BOLD),
        table(("CPT Codes", "Description"), ("73999", "A"), ("73998*", "B")),
        paragraph("*Considered investigational"),
    )
    assert found == [
        ("medically_necessary", ["73999"]),
        ("experimental_investigational", ["73998"]),
    ]
    assert footnote_disposition("Not covered when reported by mail") is None


def test_a_list_behind_a_colon():
    found = groups(
        heading("Billing/Coding Information"),
        paragraph("Applicable service codes: 73999, 0999T, S8130-S8131"),
    )
    assert found == [("informational", ["73999", "0999T"])]


def test_the_sentence_above_a_table_outside_of_a_coding_section():
    found = groups(
        heading("Policy"),
        paragraph("The following are not eligible for reimbursement:"),
        table(("73999", "73998"), ("A9999", "")),
    )
    assert found == [("not_covered", ["73999", "73998", "A9999"])]


def test_codes_of_histories_and_references_are_no_codes_of_the_policy():
    old = table(
        ("Date", "Summary of Changes"), ("1/1/2025", "Added 73999"), ("1/1/2024", "Added 73998")
    )
    assert (
        groups(
            heading("Revision History"),
            old,
            heading("References"),
            table(("73999", "73998"), ("A9999", "A9998")),
        )
        == []
    )


def test_notes_of_a_coding_section_are_no_status():
    found = groups(
        heading("Coding Information"),
        paragraph("Notes:", 1, BOLD),
        item("2.", "Deleted codes may not be eligible for reimbursement."),
        table(("CPT Codes", "Description"), ("73999", "A")),
    )
    assert found == [("informational", ["73999"])]


def test_a_refused_code_and_what_it_is_part_of():
    text = (
        "When a lantern (A9999) is reported on the same day as a visit (99202 through 99215, "
        "G0463), it is not eligible for reimbursement."
    )
    refused, paid = inline_groups(
        [Sentence(Traced(text), "not_covered", "Lanterns", 2, "lantern")]
    ).groups
    assert (refused.disposition, [code.code for code in refused.codes]) == (
        "not_covered",
        ["A9999"],
    )
    assert (paid.disposition, [code.code for code in paid.codes], len(paid.ranges)) == (
        "covered",
        ["G0463"],
        1,
    )


def test_what_a_sentence_says_of_its_codes():
    assert (
        sentence_disposition("Reimbursement will be made for mapping.", "medically_necessary")
        == "covered"
    )
    assert (
        sentence_disposition("Providers report these codes:", "medically_necessary")
        == "informational"
    )
    assert (
        sentence_disposition("Mapping by mail.", "experimental_investigational")
        == "experimental_investigational"
    )
    assert sentence_disposition("10001 is limited to one a year.", "not_covered") == "informational"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Revision Details", "history"),
        ("Policy History/Revision Information", "history"),
        ("GUIDELINE UPDATE INFORMATION:", "history"),
        ("IV. Revision History", "history"),
        ("Change Control", "history"),
        ("Coding Information", "coding"),
        ("Billing/Coding/Physician Documentation Information", "coding"),
        ("II. Applicable Codes", "coding"),
        ("References", "references"),
        ("Coverage Rationale", "coverage"),
        ("When Mapping is not covered", "coverage"),
        ("General Background", "other"),
        ("Mapping", None),
        ("Coding is described in the chapter that follows", None),
    ],
)
def test_the_kinds_of_parts(text: str, kind: str | None):
    assert kind_of_heading(text) == kind


def test_a_table_of_contents_opens_no_part():
    [part] = parts_of(
        [paragraph("Coding Information ............... 3", 1, BOLD), paragraph("More")]
    )
    assert part.kind == "other"


def test_a_grid_of_codes_has_the_position_of_the_sentence_above_it():
    assert groups(
        heading("Policy Position"),
        paragraph("Mapping may be considered medically necessary for dull elbows."),
        paragraph("Mapping not meeting the criteria is considered not medically necessary."),
        table(("Procedure Codes",), ("73999", "73998")),
        paragraph("Mapping by mail is considered investigational."),
        table(("0999T", "A9999")),
    ) == [
        ("medically_necessary", ["73999", "73998"]),
        ("experimental_investigational", ["0999T", "A9999"]),
    ]


def test_a_table_with_descriptions_says_itself_what_its_codes_are():
    assert groups(
        heading("Policy"),
        paragraph("Mapping may be considered medically necessary for dull elbows."),
        table(("Product", "Code"), ("Lantern", "A9999"), ("Lamp", "A9998")),
    ) == [("informational", ["A9999", "A9998"])]


def test_a_title_inside_a_table_names_the_system_of_what_stands_below():
    rows = read_code_table(
        table(
            ("CPT", ""),
            ("73999", "Mapping of an elbow"),
            ("ICD-10 Procedure", ""),
            ("0RHL04Z", "Lantern put into an elbow"),
        ).table
    )
    assert [(code.system, code.code) for row in rows for code in row.codes.codes] == [
        ("CPT", "73999"),
        ("ICD10PCS", "0RHL04Z"),
    ]


@pytest.mark.parametrize(
    ("words", "position"),
    [
        ("Not covered", "not_covered"),
        ("Pebble gauge – Covered", "covered"),
        ("Pebble gauge Not covered", "not_covered"),
        ("Pebble gauge: not medically necessary", "not_medically_necessary"),
        ("Pebble gauge Experimental and investigational", "experimental_investigational"),
        ("Pebble gauge Covered", None),
        ("Removal of pebble; covered by moss", None),
        ("Pebble gauge, experimental model", None),
        ("Insertion, Not otherwise specified", None),
        ("Cosmetic polish", None),
    ],
)
def test_the_status_behind_a_code(words: str, position: str | None):
    assert status_behind(words) == position


def test_a_status_behind_a_code_is_stronger_than_the_line_above():
    parts = parts_of(
        [
            heading("Coding"),
            paragraph("The following codes are covered when criteria are met:"),
            paragraph("97799 Pebble gauge - Not covered"),
            paragraph("97798 Moss gauge"),
        ]
    )
    assert [
        (group.disposition, [code.code for code in group.codes])
        for group in read_codes(parts).groups
    ] == [("not_covered", ["97799"]), ("medically_necessary", ["97798"])]


def test_plain_lines_open_and_close_a_list_of_codes():
    blocks = [
        paragraph("A pebble gauge is covered."),
        paragraph("Coding"),
        paragraph("Codes are listed for information."),
        paragraph("When services are Not Covered:"),
        paragraph("HCPCS"),
        paragraph("E9997 Pebble gauge"),
        paragraph("ICD-10 Diagnosis"),
        paragraph("M79 Pebbles in soft places"),
        paragraph("Reference List"),
        paragraph("Moss P. Pebbles. J Gravel. 2021;12(73721):55-58."),
    ]
    assert [
        (group.disposition, [code.code for code in group.codes])
        for group in read_codes(parts_of(blocks)).groups
    ] == [("not_covered", ["E9997", "M79"])]


def test_a_plain_line_without_codes_below_opens_nothing():
    blocks = [paragraph("Coding"), paragraph("Coding of pebbles is discussed."), paragraph("CPT")]
    assert [part.kind for part in parts_of(blocks)] == ["other"]


def test_titles_on_lines_of_their_own_within_a_paragraph():
    text = "97798 Moss gauge HCPCS E9997 Pebble gauge When services are Not Covered:"
    at = [0, 17, 23, 42]
    ends = [16, 22, 41, len(text)]
    pieces = tuple(
        Piece(start, "b1", start, end - start) for start, end in zip(at, ends, strict=True)
    )
    block = Block("paragraph", text, id="b1", pieces=pieces)
    blocks = [paragraph("CPT"), paragraph("97797 Twig"), block, paragraph("E9998 Bark gauge")]
    assert [
        (group.disposition, [code.code for code in group.codes])
        for group in read_codes(parts_of(blocks)).groups
    ] == [("informational", ["97797", "97798", "E9997"]), ("not_covered", ["E9998"])]


@pytest.mark.parametrize(
    "cited",
    [
        "The Gravel. 2024;403(10425):431-432.",
        "J Moss 2015 Mar 17;112(11):E1317-25",
        "Twig J. Bark. 2019;7:10221-30",
        "Ann Pebble. 2024 Oct 17:S0003-4975(24)00861-0",
        "doi:10.1016/S0140-6736(23)02830-1",
        "https://example.org/a/99213",
        "Change Request (CR) and (TN 13623) (CR14356)",
        "Transmittal 11426",
    ],
)
def test_what_a_citation_numbers_is_no_code(cited: str):
    assert [code.code for code in read_inline(f"See codes A9999. {cited}").codes] == ["A9999"]
    assert not read_inline(cited)


@pytest.mark.parametrize(
    ("title", "position"),
    [
        ("Codes that support the criteria", "medically_necessary"),
        ("Codes that do not support the criteria", "not_medically_necessary"),
        ("Diagnoses that justify payment", "medically_necessary"),
        ("Allowable codes", "covered"),
        ("NON-ALLOWABLE CODES", "not_covered"),
        ("Ineligible diagnoses", "not_covered"),
        ("Codes that are denied", "not_covered"),
        ("Codes that are not denied", "indeterminate"),
        ("Codes not for lanterns", "indeterminate"),
        ("Established codes:", "medically_necessary"),
        ("Codes not established", "experimental_investigational"),
        ("Coverage is not offered for these codes:", "not_covered"),
        ("Approvable diagnoses", "covered"),
        ("Never accepted", "not_covered"),
        ("DOES NOT SATISFY RULES", "not_medically_necessary"),
        ("A lamp that is accepted by few", None),
        ("No specific codes", None),
        ("Codes for lanterns", None),
        ("Lanterns that support a wick", None),
    ],
)
def test_what_a_title_says_of_its_codes_by_its_verb(title: str, position: str | None):
    assert disposition_of(title) == position


def test_a_range_within_a_list():
    found = read_list("93999, 93990-93996, CPT 93998; HCPCS C1799 (C1798)")
    assert found is not None
    assert [code.code for code in found.codes] == ["93999", "93998", "C1799", "C1798"]
    assert [span.raw for span in found.ranges] == ["93990-93996"]


def _said(*blocks: Block) -> dict[str, str]:
    groups = read_codes(parts_of(blocks)).groups
    return {code.code: group.disposition for group in groups for code in group.codes}


def test_each_sentence_of_a_paragraph_says_what_holds_for_its_own_codes():
    said = _said(
        heading("Coding"),
        paragraph(
            "Codes 58601 and 58602 are considered medically necessary if the rules are met. Code "
            "58610 is not covered. HCPCS code S9720 is investigational."
        ),
    )
    assert said == {
        "58601": "medically_necessary",
        "58602": "medically_necessary",
        "58610": "not_covered",
        "S9720": "experimental_investigational",
    }


def test_the_titles_of_columns_of_codes_say_what_holds_for_these():
    said = _said(
        heading("Coding"),
        table(("Covered", "Not covered"), ("58601", "58610"), ("58602", "S9720")),
    )
    assert said == {
        "58601": "covered",
        "58602": "covered",
        "58610": "not_covered",
        "S9720": "not_covered",
    }


def test_a_cross_stands_for_the_title_of_its_column_and_no_denies_a_grant():
    crosses = table(
        ("Code", "Service", "Covered", "Not covered"),
        ("58601", "Kite mending", "X", ""),
        ("58610", "Kite painting", "", "X"),
        ("58620", "Kite counting", "", ""),
    )
    assert _said(heading("Coding"), crosses) == {
        "58601": "covered",
        "58610": "not_covered",
        "58620": "informational",
    }
    answers = table(
        ("Code", "Service", "Covered?", "Prior authorization?"),
        ("58601", "Kite mending", "Yes", "No"),
        ("58610", "Kite painting", "No", "Yes"),
    )
    assert _said(heading("Coding"), answers) == {"58601": "covered", "58610": "not_covered"}


def test_a_first_cell_with_empty_ones_beside_it_is_a_line_above_rows():
    said = _said(
        heading("Coding"),
        table(
            ("Code", "Service"),
            ("Covered services", ""),
            ("58601", "Kite mending"),
            ("Not covered", ""),
            ("58610", "Kite painting"),
        ),
    )
    assert said == {"58601": "covered", "58610": "not_covered"}


def test_titles_side_by_side_in_one_line_are_those_of_columns():
    said = _said(
        heading("Coding"),
        paragraph("Covered if criteria are met Not covered"),
        paragraph("58601 58610"),
        paragraph("58602 S9720"),
        paragraph("58603"),
    )
    assert said == {
        "58601": "medically_necessary",
        "58602": "medically_necessary",
        "58610": "not_covered",
        "S9720": "not_covered",
        "58603": "indeterminate",
    }


def test_titles_of_columns_and_questions_say_nothing_of_the_codes_below():
    for title in ("Code Description Covered", "Covered?"):
        said = _said(heading("Coding"), paragraph(title), paragraph("58610 Kite painting"))
        assert said == {"58610": "informational"}


def test_codes_stand_behind_their_words_where_lines_around_do_so_too():
    said = _said(
        heading("Codes that are not covered"),
        paragraph("Kite painting 58610"),
        paragraph("Kite visit S9720"),
    )
    assert said == {"58610": "not_covered", "S9720": "not_covered"}
    lone = _said(heading("Coding"), paragraph("Letters go to box 58610"))
    assert lone == {}


def test_a_lead_in_above_items_says_nothing_of_codes_below_these():
    said = _said(
        heading("Coverage"),
        paragraph("Kite mending is considered medically necessary when:"),
        item("•", "The kite is torn"),
        paragraph("Codes"),
        paragraph("58601 Kite mending"),
        paragraph("58602 Kite mending, each further tear"),
    )
    assert said == {"58601": "informational", "58602": "informational"}


def test_a_line_that_explains_marks_says_nothing_of_the_codes_below():
    said = _said(
        heading("Coding"),
        paragraph("(E/I) = Experimental/Investigational"),
        paragraph("58601 Kite mending"),
        paragraph("58610 (E/I) Kite painting"),
    )
    assert said == {"58601": "informational", "58610": "experimental_investigational"}


def test_a_sentence_that_only_dates_a_listed_code_dates_it_there():
    read = read_codes(
        parts_of(
            [
                heading("Coding"),
                paragraph("Covered: 58601, 58602"),
                paragraph("New code 58602 takes effect 07/01/2026."),
            ]
        )
    )
    assert [group.disposition for group in read.groups] == ["covered"]
    assert [one.inside.effective and one.inside.effective.date for one in read.endings] == [
        "2026-07-01"
    ]


def test_a_question_that_asks_which_takes_for_granted_that_some_are():
    said = _said(
        heading("Coding"),
        heading("Which codes are not covered?"),
        paragraph("58610 Kite painting"),
    )
    assert said == {"58610": "not_covered"}


def test_a_line_may_label_its_code_and_end_with_its_status():
    said = _said(
        heading("Coding"),
        paragraph("Code: 58601 Kite mending Coverage: Covered"),
        paragraph("[CPT] 58610, 58611"),
        paragraph("58620 Kite folding (not covered)"),
    )
    assert said == {
        "58601": "covered",
        "58610": "informational",
        "58611": "informational",
        "58620": "not_covered",
    }


def test_a_title_of_other_codes_ends_the_denial_above():
    said = _said(
        heading("Coding"),
        paragraph("CPT codes not covered:"),
        paragraph("58610 Kite painting"),
        paragraph("Other CPT codes related to this policy:"),
        paragraph("58620 Kite folding"),
    )
    assert said == {"58610": "not_covered", "58620": "informational"}


def test_a_sentence_denies_all_codes_before_those_with_which_they_are_billed():
    found = _in_sentence(
        "CPT codes 58601, 58602 and 58604-58606 are not reimbursed when billed with CPT 58620."
    )
    assert found == {
        "58601": "not_covered",
        "58602": "not_covered",
        "58604-58606": "not_covered",
        "58620": "covered",
    }
    found = _in_sentence("CPT codes 58601 and 58602 are not reimbursed when billed with a visit.")
    assert set(found.values()) == {"not_covered"}


def _in_sentence(text: str) -> dict[str, str]:
    sentence = Sentence(Traced(text), None, "Payment", None, "payment")
    return {
        name: group.disposition
        for group in inline_groups([sentence]).groups
        for name in (
            *(code.code for code in group.codes),
            *(f"{span.first}-{span.last}" for span in group.ranges),
        )
    }


def test_a_cell_of_codes_with_a_fault_is_read_and_the_fault_is_told():
    read = read_codes(
        parts_of(
            [
                heading("Coding"),
                table(
                    ("Visits", "58601,58602,5 8603,58604"),
                    ("Others", "58610, 586119, 58612-58614, 58615"),
                ),
            ]
        )
    )
    (group,) = read.groups
    assert [code.code for code in group.codes] == [
        "58601",
        "58602",
        "58603",
        "58604",
        "58610",
        "58615",
    ]
    assert [span.raw for span in group.ranges] == ["58612-58614"]
    assert read.warnings == ("586119 is printed among codes and is none",)


def test_a_footnote_that_denies_some_uses_leaves_its_codes():
    assert footnote_disposition("Experimental for children") is None
    assert footnote_disposition("Not covered for any indication") == "not_covered"


def test_several_codes_with_one_description_are_a_line():
    said = _said(heading("Covered codes"), paragraph("E11.9, E11.65 Kite sugar"))
    assert set(said) == {"E11.9", "E11.65"}


def test_titles_of_columns_do_not_end_the_denial_above():
    said = _said(
        heading("Codes that are not covered"),
        paragraph("Code Service"),
        paragraph("58610 Kite painting"),
    )
    assert said == {"58610": "not_covered"}


def test_a_code_is_the_subject_of_a_sentence():
    assert [code.code for code in read_inline("58610 is not payable.").codes] == ["58610"]
    assert not read_inline("58610 kites were counted.").codes


def test_a_remark_on_one_code_does_not_end_the_denial_above():
    said = _said(
        heading("Coding"),
        paragraph("The following codes are not covered:"),
        paragraph("58610 Kite painting"),
        paragraph("This CPT code can be used for red kites"),
        paragraph("58611 Kite painting at night"),
    )
    assert said == {"58610": "not_covered", "58611": "not_covered"}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("HCPCS accepted for payment", "covered"),
        ("Tests we pay for", "covered"),
        ("List A: paid when the criteria are met", "medically_necessary"),
        ("Group B (not paid)", "not_covered"),
        ("Codes in line with the rules", "medically_necessary"),
        ("Codes inconsistent with the rules", "not_medically_necessary"),
        ("In-scope codes", "covered"),
    ],
)
def test_titles_of_lists_in_other_words(text: str, position: str):
    assert disposition_of(text) == position


def test_a_line_above_a_title_that_names_codes_only_says_what_holds_for_its_table():
    blocks = [
        heading("Coding"),
        paragraph("The following codes are considered investigational for all members:"),
        heading("CPT Codes"),
        table(("Code", "Description"), ("73999", "Wrist lamp"), ("73998", "Ankle lamp")),
    ]
    assert [
        (group.disposition, [code.code for code in group.codes])
        for group in read_codes(parts_of(blocks)).groups
    ] == [("experimental_investigational", ["73999", "73998"])]


def test_what_a_study_excluded_says_nothing_of_the_codes_below():
    blocks = [
        heading("Rationale"),
        paragraph("Studies with duplicative or overlapping groups of lamps were excluded."),
        heading("Coding"),
        table(("CPT Codes", "None"), ("HCPCS Codes", "E9997, E9998")),
    ]
    assert [
        (group.disposition, [code.code for code in group.codes])
        for group in read_codes(parts_of(blocks)).groups
    ] == [("informational", ["E9997", "E9998"])]


@pytest.mark.parametrize(
    "text",
    [
        "It is not appropriate to report code 73999 for a lamp.",
        "Code 73998 is the correct code to bill for a lamp.",
    ],
)
def test_what_is_right_to_report_is_no_coverage(text: str):
    blocks = [heading("Coding"), paragraph(text)]
    assert [group.disposition for group in read_codes(parts_of(blocks)).groups] == ["informational"]


def test_a_column_of_what_is_done_is_one_of_statuses_whatever_its_title():
    grid = table(
        ("Procedure", "What we do", "Condition"),
        ("73999", "Pay", "No more than 4 lamps a year"),
        ("73998, 73997", "Deny", "No known use"),
        ("0999T", "Deny as investigational", ""),
        ("73996", "Pay when the criteria are met", ""),
    )
    assert grid.table is not None
    assert [(row.codes.codes[0].code, row.disposition) for row in read_code_table(grid.table)] == [
        ("73999", "covered"),
        ("73998", "not_covered"),
        ("0999T", "experimental_investigational"),
        ("73996", "medically_necessary"),
    ]


def test_a_heading_that_nobody_knows_stands_over_codes_alone():
    blocks = [
        heading("Policy"),
        paragraph("Lamps are covered."),
        heading("Billing"),
        paragraph("J3590 Lamp of another kind"),
    ]
    assert [part.kind for part in parts_of(blocks)] == ["coverage", "coding"]
    assert [code.code for group in read_codes(parts_of(blocks)).groups for code in group.codes] == [
        "J3590"
    ]


def test_a_sentence_that_begins_with_its_code_decides_for_it():
    words = Traced("D2799 (loan lamp) is never separately payable.")
    sentence = Sentence(words, "not_covered", "Exclusions", None, "loans")
    assert [group.disposition for group in inline_groups([sentence]).groups] == ["not_covered"]


def test_codes_for_which_something_else_is_refused_are_not_refused():
    text = "Wick care is not covered on the same day as A9998 or A9999."
    (group,) = inline_groups([Sentence(Traced(text), "not_covered", "Wicks", 1, "wick")]).groups
    assert (group.disposition, len(group.codes)) == ("informational", 2)


def test_the_title_of_another_list_is_not_what_a_sentence_says():
    blocks = (
        heading("Diagnoses that do not support lamps"),
        paragraph('All those not listed under the "Diagnoses that support lamps" section.'),
        table(["Code", "Description"], ["R51.9", "Dim sight"], ["R42", "Flicker"]),
    )
    (group,) = read_codes(parts_of(blocks, ((("coding"), "Diagnoses.*"),))).groups
    assert group.disposition == "not_medically_necessary"


def test_a_sentence_that_names_codes_and_leads_to_others():
    blocks = (
        heading("Coding"),
        paragraph("The following diagnoses support coverage for CPT codes 73991 and 73992."),
        paragraph("Group 1 Codes: (2 Codes)"),
        paragraph("R51.9 Dim sight"),
        paragraph("R42 Flicker"),
    )
    groups = read_codes(parts_of(blocks, ())).groups
    said = {code.code: group.disposition for group in groups for code in group.codes}
    assert said["R51.9"] == said["R42"] == "medically_necessary"


def test_clauses_that_each_say_something_of_their_own_codes():
    blocks = (
        heading("Coding"),
        paragraph("Codes 73991 and 73992 are covered; 73993 and E66.- are not covered."),
    )
    groups = read_codes(parts_of(blocks, ())).groups
    said = {code.code: group.disposition for group in groups for code in group.codes}
    assert said == {"73991": "covered", "73992": "covered", "73993": "not_covered"}


def test_statuses_of_payment_in_a_column_of_any_title():
    blocks = (
        heading("Codes"),
        table(
            ["Code", "Description", "Payment"],
            ["73991", "Reading lamp", "Paid"],
            ["73992", "Desk lamp", "Not separately reimbursed"],
            ["73993", "Lava lamp", "Bundled"],
            ["73994", "Torch", "Reimbursed separately"],
        ),
    )
    groups = read_codes(parts_of(blocks, ())).groups
    said = {code.code: group.disposition for group in groups for code in group.codes}
    assert said == {
        "73991": "covered",
        "73992": "not_covered",
        "73993": "not_covered",
        "73994": "covered",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Lamps (E0720) are considered medically necessary; shades (E0731) are not covered.",
            {"E0720": "medically_necessary", "E0731": "not_covered"},
        ),
        ("Brass lamps, CPT 64567, may be approved for adults.", {"64567": "covered"}),
        ("Lamps may be approved where CPT 64567 was billed.", {"64567": "informational"}),
    ],
)
def test_what_clauses_say_of_codes_beside_their_subjects(text: str, said: dict[str, str]):
    words = Traced(text, (Piece(0, "b1", 0, len(text)),))
    read = inline_groups([Sentence(words, "medically_necessary", "Lamps", 1, "a")])
    found = {code.code: group.disposition for group in read.groups for code in group.codes}
    assert found == said


def test_tables_side_by_side_below_titles_of_their_own():
    blocks = (
        heading("Coding"),
        paragraph("Covered codes"),
        paragraph("Non-covered codes"),
        table(
            ["Code", "Description", "", "Code", "Description"],
            ["73991", "Reading lamp", "", "73993", "Lava lamp"],
            ["73992", "Desk lamp", "", "73994", "Fairy lamp"],
        ),
    )
    groups = read_codes(parts_of(blocks, ())).groups
    said = {
        code.code: (group.disposition, code.description) for group in groups for code in group.codes
    }
    assert said == {
        "73991": ("medically_necessary", "Reading lamp"),
        "73992": ("medically_necessary", "Desk lamp"),
        "73993": ("not_covered", "Lava lamp"),
        "73994": ("not_covered", "Fairy lamp"),
    }


def test_wildcards_among_the_codes_of_a_column():
    blocks = (
        heading("Covered codes"),
        table(
            ["Code", "Description"],
            ["73991", "Lamp"],
            ["73992", "Torch"],
            ["J17*", "Oils"],
            ["7398X", "Wicks"],
        ),
    )
    groups = read_codes(parts_of(blocks, ())).groups
    assert [span.first for group in groups for span in group.ranges] == ["J17", "7398"]


def test_a_sentence_about_the_grid_below_it():
    blocks = (
        heading("Benefits"),
        paragraph("Lamps in this grid are covered for members when a physician orders them."),
        table(["Code", "Lamp", "PA?"], ["E0601", "Brass", "Yes"], ["E0602", "Tin", "No"]),
    )
    groups = read_codes(parts_of(blocks, ())).groups
    assert {group.disposition for group in groups} <= {"covered", "medically_necessary"}


@pytest.mark.parametrize("words", ["No specific code(s)", "Not", "Not Applicable", "None", "N/A"])
def test_that_a_list_is_empty_heads_no_other_list(words):
    read = read_codes(
        parts_of(
            [
                heading("Codes"),
                paragraph("HCPCS Codes"),
                heading(words),
                paragraph("ICD10 Codes"),
                paragraph("L20.81 Flexural eczema"),
            ],
            (),
        )
    )
    assert [group.heading for group in read.groups] == ["Codes"]
