"""Plain text: wrapped lines are joined, labels and bullets found, lists that lost their labels restored."""

from policy_tracker.extract.text import read_text

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
        ("paragraph", None, "(Rev. 12, Issued: 04-05-09, Effective Date: 03-03-09; Implementation Date: 05-05-09)"),
        ("item", "A.", "General"),
        (
            "paragraph",
            None,
            "The term antenna splinting refers to a treatment that keeps an antenna straight by means of a straw,"
            " guided by the results of the measurement of:",
        ),
        ("item", "\u2022", "straightness; and/or"),
        ("item", "\u2022", "hum; and"),
        ("paragraph", None, "performed in the hive."),
        ("item", "B.", "Nationally Covered Indications"),
        ("paragraph", None, "N/A"),
        ("item", "C.", "Other"),
        ("paragraph", None, "For other uses see Section 40.2, Wing Care, and the Hive Manual, Chapter 3."),
    ]


def test_links_on_lines_of_their_own_are_put_back() -> None:
    text = "See the wings in Section \n40.2\n, Wing Care, and (\u00a7\n220.2.1\n) of the manual that is kept in the hive by the queen"
    text += " of all bees and never shown to wasps or to anybody else.\n"
    assert [block.text for block in read_text(text).blocks] == [
        "See the wings in Section 40.2, Wing Care, and (\u00a7220.2.1) of the manual that is kept in the hive by the queen"
        " of all bees and never shown to wasps or to anybody else."
    ]


def test_a_list_that_lost_its_labels_is_one_again() -> None:
    text = "Splints are covered for a bee that:\n\nIs grown, or\n\nHas a straw.\n\nOther bees rest.\n"
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
    text = "A bee may have no more than two\n(2) splints, which the queen pays for in the first warm month of a year.\n"
    assert len(read_text(text).blocks) == 1
