"""Codes beside columns of yes and no, under numbered lists, and as the subject of sentences."""

import pytest

from policy_tracker.extract.codes import read_codes
from policy_tracker.extract.codes_elsewhere import named_elsewhere
from policy_tracker.extract.codes_of_sentences import groups_of_names
from policy_tracker.extract.structure.parts import parts_of
from policy_tracker.language.disposition import disposition_of, said_of_subject
from tests.extract.payers.made_documents import heading, paragraph, table


def test_yes_and_no_answer_the_title_of_their_column() -> None:
    found = read_codes(
        parts_of(
            [
                heading("Codes"),
                table(
                    ("Code", "What it is", "Covered?", "PA Required"),
                    ("58601", "Kite, small", "Y", "N"),
                    ("58602", "Kite, large", "Y", "Y"),
                    ("58603", "Kite, gold", "N", "N"),
                ),
            ]
        )
    )
    said = {code.code: group.disposition for group in found.groups for code in group.codes}
    assert said == {"58601": "covered", "58602": "covered", "58603": "not_covered"}
    asked = {one.requirement: [code.code for code in one.codes] for one in found.authorizations}
    assert asked == {"required": ["58602"], "not_required": ["58601", "58603"]}
    about = {code.code: code.description for group in found.groups for code in group.codes}
    assert about["58602"] == "Kite, large"


def test_an_answer_about_authorization_alone_is_no_position() -> None:
    found = read_codes(
        parts_of(
            [
                heading("Codes"),
                table(("Code", "Prior Auth"), ("58601", "Yes"), ("58602", "No"), ("58603", "No")),
            ]
        )
    )
    assert {group.disposition for group in found.groups} == {"informational"}
    assert [one.requirement for one in found.authorizations] == ["required", "not_required"]


def test_a_numbered_list_has_the_status_of_the_sentence_above_it() -> None:
    found = read_codes(
        parts_of(
            [
                heading("Coding"),
                heading("List 1 text:"),
                paragraph("The following kites are payable when the rules are met."),
                heading("List 1 codes:"),
                table(("Code", "What it is"), ("58601", "Kite, small"), ("58602", "Kite")),
                heading("List 2 text:"),
                paragraph("The following codes are not payable."),
                heading("List 2 codes:"),
                table(("Code", "What it is"), ("58603", "Kite, gold"), ("58604", "Kite")),
            ]
        )
    )
    said = {code.code: group.disposition for group in found.groups for code in group.codes}
    assert said["58601"] in ("covered", "medically_necessary")
    assert said["58603"] == "not_covered"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("CPT codes 58601, 58602 and 58603-58609 may be paid.", "covered"),
        ("HCPCS codes S9720 and S9721 will not be paid.", "not_covered"),
        ("CPT 58601 and HCPCS S9720 are covered when the rules are met.", "medically_necessary"),
        ("Inspection of kites (CPT 58601) is covered.", None),
        ("Report CPT 58601 for each kite.", None),
    ],
)
def test_a_sentence_about_codes_says_what_holds_for_them(text: str, position: str | None) -> None:
    assert said_of_subject(text) == position


def test_diagnoses_and_ranges_of_prose_are_kept() -> None:
    groups = groups_of_names(
        named_elsewhere(
            parts_of(
                [
                    heading("Overview"),
                    paragraph("ICD-10-CM codes M72.2 and M77.30-M77.32 are payable diagnoses."),
                ]
            ),
            (),
        )
    )
    (group,) = groups
    assert [code.code for code in group.codes] == ["M72.2"]
    assert [span.raw for span in group.ranges] == ["M77.30-M77.32"]
    assert group.disposition == "covered"


def test_codes_without_a_mark_are_not_denied() -> None:
    assert disposition_of("Codes without a mark are payable.") == "covered"
    assert disposition_of("Codes without proven benefit are not payable.") == "not_covered"
