"""Codes that prose names by their system, where no list and no statement has them."""

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.codes_elsewhere import named_elsewhere
from policy_tracker.extract.codes_of_sentences import groups_of_names
from policy_tracker.extract.structure.parts import parts_of
from policy_tracker.record import ListedCode
from policy_tracker.record.code_lists import CodeGroup
from tests.extract.payers.made_documents import heading, item, paragraph


def _named(*blocks: Block, known: tuple[CodeGroup, ...] = ()) -> dict[str, str]:
    groups = groups_of_names(named_elsewhere(parts_of(blocks), known))
    return {code.code: group.disposition for group in groups for code in group.codes}


def test_a_code_behind_the_name_of_its_system_is_kept() -> None:
    found = _named(
        heading("Overview"),
        item("•", "Kite inspection (CPT® 58601 or CPT® 58602) comes first."),
        paragraph("A letter to box 58699 is no code, nor are 58698 kites."),
        paragraph("HCPCS code S9720 is not covered."),
    )
    assert found == {"58601": "informational", "58602": "informational", "S9720": "not_covered"}


def test_a_raised_sign_may_break_the_line_behind_the_name() -> None:
    found = _named(
        heading("Overview"),
        paragraph("Kite inspection (CPT"),
        paragraph("®"),
        paragraph("58601) comes first."),
    )
    assert found == {"58601": "informational"}


def test_codes_of_lists_histories_and_references_stay_with_these() -> None:
    known = CodeGroup(
        key="codes",
        heading="Codes",
        disposition="covered",
        codes=(ListedCode(system="CPT", code="58601"),),
    )
    found = _named(
        heading("Overview"),
        paragraph("CPT code 58601 is the inspection."),
        heading("References"),
        paragraph("Kite P. CPT code 58640 in use. 2020."),
        heading("Revision History"),
        paragraph("01/01/2025 Added CPT code 58650."),
        known=(known,),
    )
    assert found == {}
