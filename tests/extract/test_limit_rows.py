"""Tables of codes whose rows set limits are items with their words."""

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.limit_rows import limit_rows
from policy_tracker.language.coverage_terms import special_role
from tests.extract.payers.made_documents import table


def _texts(block: Block) -> list[str]:
    assert block.table is not None
    return [item.text for item in limit_rows(block, block.table)]


def test_a_column_of_limits():
    assert _texts(
        table(
            ["Code", "Description", "Limit"],
            ["E0601", "Lamp oil, by 50", "4 per month"],
            ["E0602", "Lamp of brass", "1 every 5 years"],
            ["E0603", "Wick", ""],
        )
    ) == [
        "E0601 — Lamp oil, by 50 — Limit: 4 per month",
        "E0602 — Lamp of brass — Limit: 1 every 5 years",
    ]


def test_ages_and_what_stands_behind_them():
    assert _texts(
        table(
            ["Code", "Service", "Age", "Sex"],
            ["E0601", "Lamp", "18+", "F"],
            ["E0602", "Torch", "50-80", "Any"],
        )
    ) == ["E0601 — Lamp — Age: 18+ — Sex: F", "E0602 — Torch — Age: 50-80 — Sex: Any"]


def test_strengths_and_days_are_no_limits():
    assert not _texts(
        table(
            ["Code", "Drug", "Billing unit", "Effective date"],
            ["J3490", "Lumenab", "10 mg", "01/01/2026"],
            ["J3590", "Brightumab", "1 unit", "04/01/2026"],
        )
    )


def test_a_list_of_codes_has_none():
    assert not _texts(
        table(["Code", "Description"], ["E0601", "Lamp, by 50"], ["E0602", "Lamp, 2 per box"])
    )


def test_such_a_row_sets_a_limit():
    assert special_role("E0601 — Lamp oil, by 50 — Limit: 4 per month") == "limit"
