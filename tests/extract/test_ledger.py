"""Every block and row has exactly one fate, and what is not in the record is counted and named."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.documents.blocks import Document, Unreadable
from policy_tracker.extract.account import with_account
from policy_tracker.extract.extract import read_version
from policy_tracker.extract.ledger import ledger_of
from policy_tracker.extract.ledger_others import others_told
from policy_tracker.record import Record
from tests.extract.ledger_laws import ids_of
from tests.extract.pages import blocks_of, document_of
from tests.extract.payers.made_documents import MADE

LAMPS = """
# Lamp Policy
Policy Number: LX-1
Effective Date: 01/01/2026
# Coverage Policy
Lamps are considered medically necessary when all of these are met:
    • A dark cellar
    • A long stair
Lamps are limited to 2 per year.
# Background
Lamps have been lit since long. Red lamps are not covered.
In 1850 the first lamps of glass were made in the valley.
They burned oil that had come from the sea, and later gas.
A study of 40 lamps in 1990 found that half of them had smoked.
Most houses of the valley had two lamps by the end of the century.
# Applicable Codes
| Code | Description |
| 97799 | Lamp |
# References
1. Lamp AB, Wick CD. On lamps. J Lamps. 2019;12(3):100-110.
# Policy History
| 01/02/2026 | Annual review |
| 01/02/2025 | Lamps are covered. |
"""


def one_record(document: Document) -> Record:
    (record,) = read_version(document, "lamp.pdf")
    assert isinstance(record, Record)
    assert record.extraction
    return record


@pytest.mark.parametrize("name", MADE)
def test_every_block_and_row_has_one_fate(name: str):
    document = MADE[name]()
    entries = ledger_of(document, read_version(document, name))
    assert [entry.id for entry in entries] == ids_of(document)
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.why for entry in entries)


LINES = st.lists(
    st.sampled_from(
        [line for line in LAMPS.splitlines() if line] + ["Kites fly.", "AND", "20001 Kite"]
    ),
    max_size=25,
)


@given(LINES)
def test_no_order_of_lines_loses_a_block(lines: list[str]):
    document = Document("text", 1, tuple(blocks_of("\n".join(["Kites.", *lines]))), running=("1",))
    entries = ledger_of(document, read_version(document, "kite.txt"))
    assert [entry.id for entry in entries] == ids_of(document)


def test_fates_follow_what_was_read():
    document = document_of(LAMPS)
    entries = ledger_of(document, [one_record(document)])
    fates = {entry.text: entry.fate for entry in entries}
    assert fates["A dark cellar"] == "coverage"
    assert fates["Lamps are limited to 2 per year."] == "limits"
    assert fates["97799 | Lamp"] == "codes"
    assert fates["01/02/2026 | Annual review"] == "history"
    assert fates["Lamps have been lit since long. Red lamps are not covered."] == "background"
    assert fates["Lamp AB, Wick CD. On lamps. J Lamps. 2019;12(3):100-110."] == "references"
    assert fates["Effective Date: 01/01/2026"] == "identity"


def test_what_decides_outside_of_the_coverage_part_is_set_aside_by_name():
    extraction = one_record(document_of(LAMPS)).extraction
    assert extraction
    assert [
        (part.text, part.why, part.decides) for part in extraction.set_aside if part.decides
    ] == [("Red lamps are not covered.", "background", True)]
    found = extraction.text_coverage
    assert found
    assert found.units == found.recorded + found.set_aside + found.unread
    assert found.unread == 0
    assert found.set_aside == len(extraction.set_aside)


def test_what_cannot_be_read_lowers_the_coverage():
    document = document_of(LAMPS)
    whole = one_record(document).extraction
    torn = one_record(
        Document(
            "pdf",
            1,
            document.blocks,
            unreadable=(
                Unreadable(1, "picture"),
                Unreadable(1, "struck", text="Wicks are not covered."),
                Unreadable(1, "hidden", text="Menu"),
            ),
        )
    ).extraction
    assert whole
    assert whole.text_coverage
    assert torn
    assert torn.text_coverage
    assert torn.text_coverage.unread == whole.text_coverage.unread + 2


def test_a_statement_that_the_record_lacks_is_unread_with_its_place():
    document = document_of(LAMPS)
    record = one_record(document)
    assert record.extraction
    bare = record.model_copy(
        update={
            "statements": tuple(one for one in record.statements if "limited" not in one.text),
            "extraction": record.extraction.model_copy(update={"unread": (), "set_aside": ()}),
        }
    )
    (again,) = with_account(document, [bare])
    assert isinstance(again, Record)
    assert again.extraction
    assert [(part.text, part.decides) for part in again.extraction.unread] == [
        ("Lamps are limited to 2 per year.", True)
    ]


def test_what_is_recorded_is_told_by_place_and_never_by_words():
    document = document_of(LAMPS + "# Notes\nLamps are limited to 2 per year.")
    extraction = one_record(document).extraction
    assert extraction
    told = Counter(part.text for part in (*extraction.set_aside, *extraction.unread))
    statements = [one.text for one in one_record(document).statements]
    repeated = "Lamps are limited to 2 per year."
    assert told[repeated] + statements.count(repeated) == 2


def test_what_another_authority_decides_ends_where_the_policy_comes_back_to_itself():
    texts = ("Red Lamps", "Rationale", "Medicare", "Limits", "They are lit.", "Red Lamps History")
    blocks = document_of("\n".join(f"# {text}" for text in texts)).blocks
    kinds = ("coverage", *("background",) * 5)
    headings = {
        block.id: (kind, block.text)
        for block, kind in zip(blocks, kinds, strict=True)
        if block.text != "They are lit."
    }
    told = others_told(blocks, headings)
    assert [block.text for block in blocks if block.id in told] == [
        "Medicare",
        "Limits",
        "They are lit.",
    ]


def test_the_titles_of_a_table_whose_codes_were_read_are_not_lost():
    text = LAMPS.replace("| Code | Description |", "| Code | Not covered for red lamps |")
    extraction = one_record(document_of(text)).extraction
    assert extraction
    assert not any("red lamps |" in (part.text or "") for part in extraction.unread)
