"""What further columns say beside codes."""

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.code_tables import TableRowCodes, read_code_table
from tests.extract.payers.made_documents import table


def _rows(block: Block) -> tuple[TableRowCodes, ...]:
    assert block.table is not None
    return read_code_table(block.table)


def _beside(block: Block) -> list[str]:
    return [row.description for row in _rows(block)]


def test_a_limit_stands_behind_the_description_with_its_title():
    assert _beside(
        table(
            ["CPT", "Service", "PA?", "Allowance"],
            ["93001", "lamp test", "Yes", "2 per lifetime"],
            ["93002", "lamp repair", "No", ""],
        )
    ) == ["lamp test; Allowance: 2 per lifetime", "lamp repair"]


def test_a_bare_number_is_a_limit_below_a_title_that_says_so():
    assert _beside(
        table(
            ["Max units", "Code", "Service"],
            ["4", "93001", "lamp test"],
            ["8", "93002", "lamp repair"],
        )
    ) == ["lamp test; Max units: 4", "lamp repair; Max units: 8"]


def test_a_description_that_holds_a_number_is_no_limit():
    assert _beside(
        table(
            ["Code", "Service", "Section"],
            ["93001", "lamp test, 30 minutes", "4"],
            ["93002", "lamp repair, each hour", "5"],
        )
    ) == ["lamp test, 30 minutes", "lamp repair, each hour"]


def test_modifiers_of_a_column_narrow_the_codes_of_their_row():
    rows = _rows(
        table(
            ["Code", "Modifier", "Service"],
            ["93001", "26, TC", "lamp test"],
            ["93002", "", "lamp repair"],
        )
    )
    assert [code.qualifiers.modifiers for row in rows for code in row.codes.codes] == [
        ("26", "TC"),
        (),
    ]
    assert [row.description for row in rows] == ["lamp test", "lamp repair"]
