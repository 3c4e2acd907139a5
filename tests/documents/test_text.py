"""Plain text: wrapped lines are joined, labels and bullets found, lists that lost their labels
restored.
"""

import pytest

from policy_tracker.documents.read import read_document
from policy_tracker.documents.text import read_text

WRAPPED = """40.99 - Splinting of Antennae (Effective March 3, 2009)
(Rev. 12, Issued: 04-05-09, Effective Date: 03-03-09; Implementation Date: 05-05-
09)
A. General
The term antenna splinting refers to a treatment that keeps an antenna straight by means of a
straw, guided by the results of the measurement of:
\u2022 straightness; and/or
\u2022 hum; and
performed in the hive.
B. Nationally Covered Indications
N/A
C. Other
For other uses see Section 40.2, Wing Care, and the
Hive Manual, Chapter 3.
"""


def test_wrapped_lines_are_joined_and_short_ones_are_not() -> None:
    blocks = read_text(WRAPPED).blocks
    assert [(block.kind, block.label, block.text) for block in blocks] == [
        ("paragraph", None, "40.99 - Splinting of Antennae (Effective March 3, 2009)"),
        (
            "paragraph",
            None,
            "(Rev. 12, Issued: 04-05-09, Effective Date: 03-03-09; Implementation Date: 05-05-09)",
        ),
        ("item", "A.", "General"),
        (
            "paragraph",
            None,
            "The term antenna splinting refers to a treatment that keeps an antenna straight "
            "by means of a straw,"
            " guided by the results of the measurement of:",
        ),
        ("item", "\u2022", "straightness; and/or"),
        ("item", "\u2022", "hum; and"),
        ("paragraph", None, "performed in the hive."),
        ("item", "B.", "Nationally Covered Indications"),
        ("paragraph", None, "N/A"),
        ("item", "C.", "Other"),
        (
            "paragraph",
            None,
            "For other uses see Section 40.2, Wing Care, and the Hive Manual, Chapter 3.",
        ),
    ]


def test_links_on_lines_of_their_own_are_put_back() -> None:
    text = (
        "See the wings in Section \n40.2\n, Wing Care, and (\u00a7\n220.2.1\n) of the manual "
        "that is kept in the hive by the queen"
    )
    text += " of all bees and never shown to wasps or to anybody else.\n"
    assert [block.text for block in read_text(text).blocks] == [
        "See the wings in Section 40.2, Wing Care, and (\u00a7220.2.1) of the manual that is "
        "kept in the hive by the queen"
        " of all bees and never shown to wasps or to anybody else."
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_names_below_a_colon_are_a_list_and_no_titles(gap: str) -> None:
    names = gap.join(["HiveScan", "Waxprint Panel"])
    text = (
        "Bee Rules\n\nEach of the tests named below is unproven:\n\n"
        f"{names}\n\nReferences\n\nBees were first seen to dance by a man who kept many of them.\n"
    )
    kinds = {block.text: block.kind for block in read_text(text).blocks}
    assert kinds["HiveScan"] != "heading"
    assert kinds["Waxprint Panel"] != "heading"
    assert kinds["References"] == "heading"


def test_a_list_that_lost_its_labels_is_one_again() -> None:
    text = (
        "Splints are covered for a bee that:\n\nIs grown, or\n\nHas a straw.\n\nOther bees rest.\n"
    )
    assert [(block.kind, block.indent) for block in read_text(text).blocks] == [
        ("paragraph", 0.0),
        ("item", 18.0),
        ("item", 18.0),
        ("paragraph", 0.0),
    ]


def test_form_feeds_are_pages_and_connectors_belong_to_the_line_before() -> None:
    document = read_text("Wings are covered.\n\f1. Bees\n\nOR\n\n2. Wasps\n")
    assert document.pages == 2
    assert [(block.text, block.page, block.connector) for block in document.blocks] == [
        ("Wings are covered.", 1, None),
        ("Bees", 2, "or"),
        ("Wasps", 2, None),
    ]


def test_a_number_in_brackets_after_an_open_line_is_no_label() -> None:
    text = (
        "A bee may have no more than two\n(2) splints, which the queen pays for in the first "
        "warm month of a year.\n"
    )
    assert len(read_text(text).blocks) == 1


WRAPPED_LIST = """Reference List of Hives
Item Coverage
Antenna Splints, Straws and
Wax Rods Covered if the bee has, or is likely to have, a bent antenna and its
queen says so.
Bee Baths (room or Deny--not medical in nature (see the wing chapter).
swarm type)
Bottles (See Nectar Jars.)
Digital Hum
Meters (See Self-Tuning Hum Counters.)
Electric Wing Driers (See Wing Fans.)
Motors
Item Coverage
Feather Dusters Deny--comfort item. (See section 4 of this book.)
Nectar Jars For jars of wax, see section 9 of this book. If a jar is used by two
bees, see section 10.
Smoke Hoods Covered when prescribed. NOTE: The term \u201chood\u201d means a net. Other nets
are not hoods.
Cross-references: The Hive Manual.
"""


def _rows(text: str) -> list[tuple[str, ...]]:
    (table,) = (block.table for block in read_text(text).blocks if block.table)
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def test_a_list_in_two_columns_is_read_through_its_wrapped_lines() -> None:
    assert _rows(WRAPPED_LIST) == [
        ("Item", "Coverage"),
        (
            "Antenna Splints, Straws and Wax Rods",
            "Covered if the bee has, or is likely to have, a bent antenna and its queen says so.",
        ),
        ("Bee Baths (room or swarm type)", "Deny--not medical in nature (see the wing chapter)."),
        ("Bottles", "(See Nectar Jars.)"),
        ("Digital Hum Meters", "(See Self-Tuning Hum Counters.)"),
        ("Electric Wing Driers Motors", "(See Wing Fans.)"),
        ("Feather Dusters", "Deny--comfort item. (See section 4 of this book.)"),
        (
            "Nectar Jars",
            (
                "For jars of wax, see section 9 of this book. If a jar is used by two bees, see "
                "section 10."
            ),
        ),
        (
            "Smoke Hoods",
            (
                "Covered when prescribed. NOTE: The term \u201chood\u201d means a net. Other nets "
                "are not hoods."
            ),
        ),
    ]
    assert [block.text for block in read_text(WRAPPED_LIST).blocks if not block.table] == [
        "Reference List of Hives",
        "Cross-references: The Hive Manual.",
    ]


def test_a_list_whose_cells_stand_apart_has_the_same_rows() -> None:
    cells = [cell for row in _rows(WRAPPED_LIST) for cell in row]
    apart = (
        "Reference List of Hives\n\n \n\n"
        + "\n\n ".join(cells)
        + "\n\nCross-reference: The Hive Manual.\n"
    )
    assert _rows(apart) == _rows(WRAPPED_LIST)


def test_a_heading_that_reads_like_a_list_header_makes_no_list() -> None:
    text = (
        "Service Coverage\nSplints are covered for bees of any age.\nWasps are asked to go "
        "elsewhere.\n"
    )
    assert not any(block.table for block in read_text(text).blocks)
    assert read_text(text).blocks[0].text == "Service Coverage"


def test_a_labelled_item_that_breaks_behind_a_link_is_one() -> None:
    text = (
        "Wing care is given when all of these hold:\n"
        "1. The keeper has tended hives both in summer and \nin winter frosts, and \n"
        "knows how a swarm is caught.\n"
        "2. The hive is older than one year.\n"
    )
    assert [(block.label, block.text) for block in read_text(text).blocks][1:] == [
        (
            "1.",
            "The keeper has tended hives both in summer and in winter frosts, and knows how a "
            "swarm is caught.",
        ),
        ("2.", "The hive is older than one year."),
    ]


def test_items_without_labels_below_a_labelled_line_stay_apart() -> None:
    text = (
        "Wing care is given when all of these hold in any one of the hives that a keeper has:\n"
        "1. Any of these:\nfrost bite, or\nmites, or\na lost queen\n2. A hive.\n"
    )
    assert [block.text for block in read_text(text).blocks][-3:] == [
        "mites, or",
        "a lost queen",
        "A hive.",
    ]


def test_capital_roman_numerals_in_brackets_are_labels() -> None:
    blocks = read_text("(II) Wings\n\n(III) Legs\n").blocks
    assert [(block.label, block.text) for block in blocks] == [("(II)", "Wings"), ("(III)", "Legs")]


def test_an_address_at_the_head_is_no_row_of_titles() -> None:
    lines = [
        "12 HARBOUR STREET, PORT, RI 02903",
        "WWW.EXAMPLE.ORG",
        "BEES",
        "Bees, ants, wasps.",
        "Dig.",
    ]
    assert read_document("\n".join(lines).encode(), "bees.txt").media == "text"


PROSE = "A lamp is a device that gives light where the sun does not reach, and is used at night.\n"


def test_a_title_in_the_head_goes_over_two_lines():
    text = f"Lamps of Glass and Brass for Evening\nWork in Winter\n\n{PROSE * 3}"
    first = read_text(text).blocks[0]
    assert (first.kind, first.text) == (
        "heading",
        "Lamps of Glass and Brass for Evening Work in Winter",
    )


def test_a_line_in_brackets_goes_on_with_the_title_above():
    text = f"{PROSE * 3}\nTitle: Lamps of Glass and Brass for\nWork in Winter Evenings\n(Night Lamps)\n\n{PROSE}"
    assert "Title: Lamps of Glass and Brass for Work in Winter Evenings (Night Lamps)" in [
        block.text for block in read_text(text).blocks
    ]


def test_a_labelled_title_goes_over_short_lines():
    text = f"{PROSE * 3}\nTitle: Lamps of Glass and Brass\nand Lanterns, for the\nWork of Old Smiths\nIron/Copper Rings, Hooks\nWicks\n\n{PROSE}"
    assert (
        "Title: Lamps of Glass and Brass and Lanterns, for the Work of Old Smiths Iron/Copper Rings,"
        " Hooks Wicks"
    ) in [block.text for block in read_text(text).blocks]


def test_a_label_with_dots_before_its_value_is_no_title():
    text = f"Lamp Policy\nPolicy Number .......... 0417\nLanterns and Wicks\n\n{PROSE * 3}"
    kinds = {block.text: block.kind for block in read_text(text).blocks}
    assert kinds["Policy Number .......... 0417"] == "paragraph"


def test_the_number_of_a_section_is_a_part_of_its_title() -> None:
    text = (
        "1.0 Purpose\n\nLamps are bright.\n\n2.0 Rules for Lamps\n\nLamps are lent when:\n\n"
        "2.1 Dark houses\n\n2.2 Awake keepers\n\n2.3 Fresh oil\n"
    )
    blocks = read_text(text).blocks
    assert [block.text for block in blocks if block.kind == "heading"] == [
        "1.0 Purpose",
        "2.0 Rules for Lamps",
    ]
    assert [block.label for block in blocks if block.label] == ["2.1", "2.2", "2.3"]


def test_stars_behind_a_colon_are_bullets_and_others_mark_footnotes() -> None:
    blocks = read_text(
        "Lamps are lent to those who:\n   * live in dark houses, or\n   * keep a light\n\n"
        "E0650*  lamp\n\n* only from January\n"
    ).blocks
    assert [block.text for block in blocks if block.label == "•"] == [
        "live in dark houses, or",
        "keep a light",
    ]
    assert blocks[-1].text == "* only from January"
