"""Lists printed in one paragraph are the items that they are; references are none."""

import pytest

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.structure.run_together import spread


def _read(*blocks: Block) -> list[tuple[str | None, str]]:
    return [(block.label, block.text.strip()) for block in spread(blocks)]


def _paragraph(text: str) -> Block:
    return Block("paragraph", text, id="b1")


def test_a_list_behind_a_colon_becomes_items_and_what_follows_it_stays_apart() -> None:
    said = (
        "A lamp is lent when all are met: (1) the house is dark; (2) it has no lamp, or an old one;"
        " and (3) the keeper asks. No lamp is lent by day."
    )
    assert _read(_paragraph(said)) == [
        (None, "A lamp is lent when all are met:"),
        ("(1)", "the house is dark;"),
        ("(2)", "it has no lamp, or an old one; and"),
        ("(3)", "the keeper asks."),
        (None, "No lamp is lent by day."),
    ]


def test_items_say_where_the_document_prints_them() -> None:
    block = _paragraph("Lamps for any of these: a. Old houses. b. Dark houses.")
    for one in spread([block]):
        ((name, start, end),) = one.traced().spans()
        assert name == "b1"
        assert block.text[start:end].strip() == one.text.strip()


def test_a_list_within_a_list_is_one() -> None:
    said = "Lamps are lent for any of: (a) Houses: (i) old ones; or (ii) dark ones; or (b) Barns."
    assert [label for label, _ in _read(_paragraph(said))] == [None, "(a)", "(i)", "(ii)", "(b)"]


def test_an_item_may_hold_the_first_item_of_the_list_that_the_next_block_goes_on_with() -> None:
    outer = Block("item", "Old house. (1) No oil; and", "(a)", "lower", 18, 36, id="b1")
    inner = Block("item", "No wick", "(2)", "number", 36, 54, id="b2")
    found = list(spread([outer, inner]))
    assert [block.label for block in found] == ["(a)", "(1)", "(2)"]
    assert [block.text.strip() for block in found] == ["Old house.", "No oil; and", "No wick"]


@pytest.mark.parametrize(
    "text",
    [
        "A lamp is lent where criterion (1) above is met; criterion (2) is about oil.",
        "Lamps of class (1) and of class (2) are lent: see the list.",
        "See the table below: (1) and (2) are old.",
        "A lamp burns for this time: 1. 5 hours",
        "Keepers: A. Brown and C. Green.",
        "Read the rule: (2) a lamp is old; (3) it is dark.",
    ],
)
def test_references_and_numbers_are_no_list(text: str) -> None:
    assert _read(_paragraph(text)) == [(None, text)]
