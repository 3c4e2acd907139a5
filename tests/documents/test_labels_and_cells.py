import pytest

from policy_tracker.documents.blocks import Block, Cell, Document, Unreadable
from policy_tracker.documents.cell_blocks import cell_blocks
from policy_tracker.documents.enumerators import shape_of, value_of
from policy_tracker.documents.labels import LABEL
from policy_tracker.extract.payers.profile import GENERIC
from policy_tracker.extract.structure.headings import is_heading, is_sentence
from policy_tracker.extract.unread_parts import unread_of
from tests.extract.pages import blocks_of


@pytest.mark.parametrize(
    ("label", "kind", "value"),
    [
        ("12.", "number", 12),
        ("(c)", "lower", 3),
        ("B)", "upper", 2),
        ("iv.", "roman", 4),
        ("IX.", "upper_roman", 9),
        ("2.1", "number", 1),
        ("•", "bullet", 0),
    ],
)
def test_labels_have_values(label, kind, value):
    assert value_of(label, kind) == value


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("4.1.Lamps are lent", "4.1."),
        ("4.1Lamps are lent", "4.1"),
        ("4.1A lamp is lent", "4.1"),
        ("4.1 Lamps are lent", "4.1"),
        ("2.5mg of oil", None),
        ("1.5T scanners", None),
    ],
)
def test_a_number_of_several_parts_may_touch_the_words_behind_it(line, label):
    match = LABEL.match(line)
    assert (match.group().strip() if match else None) == label


def test_labels_have_shapes():
    assert shape_of(Block("item", "x", "(1)", "number")) == ("number", "()")
    assert shape_of(Block("item", "x", "•", "bullet")) == ("bullet", "•")
    assert shape_of(Block("paragraph", "x")) == (None, "")


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("!! Fever", True),
        ("** Fever and Rash", True),
        ("__ Approval for fever", True),
        ("Fever and rash", False),
        ("** Widgets are not covered.", False),
        ("** One of the following:", False),
        ("** Duration of Approval: 365 days", False),
        ("** When widgets are covered", True),
        ("POSITION STATEMENT:", True),
        ("Coverage Policy ........ 2", False),
        ("• Dermatologist", False),
        ("NOTE:", True),
        ("Note: See above.", False),
        ("** :", False),
    ],
)
def test_a_heading_stands_out_and_is_no_sentence(line, heading):
    block, following = blocks_of(f"{line}\nWidgets are blue.")
    assert is_heading(block, following, GENERIC, announced=False) is heading


def test_sentences_have_verbs_or_stops():
    assert is_sentence("Widgets are blue")
    assert is_sentence("Blue widgets.")
    assert not is_sentence("Blue widgets")


def test_the_lines_of_a_cell_are_blocks():
    cell = Cell(
        ("Both of the", "following:", "1. Rest; AND", "a. deep", "2. Tea@", "• cup", "OR", "• mug")
    )
    assert [
        (block.text, block.label, block.indent, block.connector) for block in cell_blocks(cell, 1)
    ] == [
        ("Both of the following:", None, 0.0, None),
        ("Rest; AND", "1.", 0.0, None),
        ("deep", "a.", 18.0, None),
        ("Tea", "2.", 0.0, None),
        ("cup", "•", 18.0, "or"),
        ("mug", "•", 18.0, None),
    ]


def test_pictures_and_left_blocks_are_unread():
    document = Document("pdf", 3, (), unreadable=(Unreadable(2, "picture"),))
    left = blocks_of("Odd words.")
    assert [(part.page, part.why, part.text) for part in unread_of(document, left)] == [
        (2, "picture", None),
        (1, "no statement", "Odd words."),
    ]
