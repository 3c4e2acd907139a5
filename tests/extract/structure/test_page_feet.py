from policy_tracker.documents.blocks import Block, Place
from policy_tracker.extract.structure.page_feet import without_feet


def block(text, page, label=None, kind=None, indent=100.0):
    place = Place(page)
    shape = "item" if label else "paragraph"
    return Block(shape, text, label, kind, indent, indent, places=(place,))


LAST = block("Lamps for these guests:", 1, "2.", "number")
FOOT = [block("FORM_4711A approved 01012024", 1, indent=70.0), block("©Lamp House 2024", 1)]


def said(blocks):
    return [one.text for one in without_feet(blocks)]


def test_the_foot_of_a_page_within_a_list_is_left_out():
    first = block("Guests with fever", 2, "a.", "lower", 120.0)
    assert said([LAST, *FOOT, first]) == [LAST.text, first.text]
    third = block("Lanterns", 2, "3.", "number")
    assert said([LAST, *FOOT, third]) == [LAST.text, third.text]


def test_what_the_numbers_do_not_join_stays():
    fifth = block("Lanterns", 2, "5.", "number")
    assert len(said([LAST, *FOOT, fifth])) == 4
    same_page = block("Lanterns", 1, "3.", "number")
    assert len(said([LAST, *FOOT, same_page])) == 4
    name = block("Continued lending", 1)
    assert len(said([LAST, name, block("Lanterns", 2, "3.", "number")])) == 3
