"""Headings in the type of items, told by the numbers that go on through a document."""

from policy_tracker.extract.payers.profile import GENERIC
from policy_tracker.extract.structure.numbered_titles import numbered_titles
from policy_tracker.extract.structure.sections import read_parts
from tests.extract.pages import blocks_of

_LETTERED = """
    A. Subject
    Wrist lamps of every make
    B. Background
    Lamps were first worn in mines, and later on ships.
    C. Policy
        I. A review is needed before a lamp is lent.
        II. Lamps are lent for one night.
    D. References
        1. Lumen A. On lamps. 2020.
"""


def test_titles_go_on_through_the_document():
    kinds = {part.heading: part.kind for part in read_parts(blocks_of(_LETTERED), GENERIC)}
    assert kinds == {
        "Subject": "other",
        "Background": "background",
        "Policy": "coverage",
        "References": "references",
    }


def test_a_list_of_names_has_nothing_between_its_items():
    text = "A. Background\nB. Policy\nC. References\nD. Coding"
    assert not numbered_titles(blocks_of(text), GENERIC)


def test_items_that_nobody_knows_as_headings_stay_items():
    text = "A. Red lamps\nThey glow.\nB. Blue lamps\nThey glow too.\nC. Green lamps\nThey do not."
    assert not numbered_titles(blocks_of(text), GENERIC)


def test_criteria_are_no_titles():
    text = "A. The policy is read;\nAloud.\nB. Coding is done;\nAt night.\nC. References are given."
    assert not numbered_titles(blocks_of(text), GENERIC)


def test_a_number_that_is_missing_ends_no_run_of_titles():
    text = (
        "A. Background\nLamps were worn in mines.\nB. Policy\nLamps are lent.\n"
        "F. Coding\nLamps have numbers.\nE. References\nLumen A. On lamps. 2020."
    )
    assert len(numbered_titles(blocks_of(text), GENERIC)) == 4
