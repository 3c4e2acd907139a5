from policy_tracker.extract.coverage import read_coverage
from policy_tracker.extract.payers.profile import GENERIC
from policy_tracker.extract.structure.connectors import join
from policy_tracker.extract.structure.outline import build_outline
from policy_tracker.extract.structure.sections import read_parts
from tests.extract.pages import blocks_of, document_of


def nodes_of(text):
    """The nodes of a document's coverage parts."""
    return build_outline(read_parts(blocks_of("# Policy\n" + text), GENERIC))


def tree(text):
    """Each node's text with the text of its parent."""
    return {
        node.block.text: node.parent.block.text if node.parent else None for node in nodes_of(text)
    }


def test_levels_go_by_kind_and_indentation_not_by_the_label_s_value():
    assert tree(
        """
        Approve if ONE of the following:
        1. Fever, if ALL of these:
            A) cold
            A) wet
                ii. rain
                ii. snow
            C) tired
        2. Rash
        """
    ) == {
        "Approve if ONE of the following:": None,
        "Fever, if ALL of these:": "Approve if ONE of the following:",
        "cold": "Fever, if ALL of these:",
        "wet": "Fever, if ALL of these:",
        "rain": "wet",
        "snow": "wet",
        "tired": "Fever, if ALL of these:",
        "Rash": "Approve if ONE of the following:",
    }


def test_the_same_kind_of_label_may_stand_on_two_levels():
    found = tree(
        """
        1. outer one:
            a. middle:
                1. inner one
                2. inner two
        2. outer two
        """
    )
    assert found["inner two"] == "middle:"
    assert found["outer two"] is None


def test_right_aligned_numerals_are_of_one_level():
    found = tree("The following:\n      I. one\n     II. two\n    III. three")
    assert {found[text] for text in ("one", "two", "three")} == {"The following:"}


def test_an_i_behind_an_h_is_a_letter():
    found = tree("All of:\n    h. eighth:\n        (1) inner\n    i. ninth")
    assert found["ninth"] == "All of:"


def test_a_note_hangs_on_the_item_to_whose_text_it_is_set_and_the_list_goes_on():
    found = tree(
        """
        All of:
            A) first item
                i. inner
                Note: about inner's list.
            B) second item
        """
    )
    assert found["Note: about inner's list."] == "first item"
    assert found["second item"] == "All of:"


def test_a_list_goes_on_behind_a_heading_and_a_lead_in_waits_for_it():
    found = tree(
        """
        Zorvix is considered medically necessary when ONE of the following is met (1-3):
        ** Labelled Uses
        1. Fever
        2. Rash
        ** Other Uses
        3. Cough
        ** More Rules
        1. Apart
        """
    )
    lead = "Zorvix is considered medically necessary when ONE of the following is met (1-3):"
    assert found == {lead: None, "Fever": lead, "Rash": lead, "Cough": lead, "Apart": None}


def test_a_connector_behind_the_last_inner_item_joins_the_outer_ones():
    nodes = nodes_of(
        """
        One of the following:
            A. both of:
                1. cold; AND
                2. wet; OR
            B. tired
        """
    )
    joined = {node.block.text: word for node, word in join(nodes).items()}
    assert joined == {"cold; AND": "and", "both of:": "or"}


def test_a_connector_on_its_own_line_joins_at_the_level_of_what_comes_next():
    nodes = nodes_of(
        "All of:\n    (1) one of:\n        (a) cold\n        -OR-\n        (b) wet\n    "
        "-AND-\n    (2) tired"
    )
    joined = {node.block.text: word for node, word in join(nodes).items()}
    assert joined == {"cold": "or", "one of:": "and"}


def test_a_paragraph_that_ends_as_a_sentence_and_announces_nothing_holds_no_list():
    found = tree(
        """
        One month is equal to 30 days.
            • Zorvix tablets
        Covered are these items.
            • Zorvix drops
        """
    )
    assert found["Zorvix tablets"] is None
    assert found["Zorvix drops"] == "Covered are these items."


def test_a_counted_item_is_part_of_the_bullet_right_before_it_that_announces_it():
    assert tree(
        """
        • Glimmerex is covered when the following criteria are met:
        ## Approved Indication
        1. Asthma. Approve for 1 year.
        2. Rash. Approve for 1 year.
        """
    ) == {
        "Glimmerex is covered when the following criteria are met:": None,
        "Asthma. Approve for 1 year.": "Glimmerex is covered when the following criteria are met:",
        "Rash. Approve for 1 year.": "Glimmerex is covered when the following criteria are met:",
    }


def test_words_that_leave_off_or_point_below_hold_the_items_behind_them():
    assert tree(
        """
        Do not approve for
        • fever
        • rash
        The lamp is lent if any of the following applies.
        a) The house is dark.
        b) The keeper is awake.
        Lamps are bright.
        • and heavy
        """
    ) == {
        "Do not approve for": None,
        "fever": "Do not approve for",
        "rash": "Do not approve for",
        "The lamp is lent if any of the following applies.": None,
        "The house is dark.": "The lamp is lent if any of the following applies.",
        "The keeper is awake.": "The lamp is lent if any of the following applies.",
        "Lamps are bright.": None,
        "and heavy": None,
    }


def test_a_label_that_says_its_whole_place_stands_under_the_one_that_it_names():
    assert tree(
        """
        All of these:
        1.1 Dark
        1.2 Either of these:
        1.2.1 Cold
        1.2.2 Wet
        1.3 Late
        """
    ) == {
        "All of these:": None,
        "Dark": "All of these:",
        "Either of these:": "All of these:",
        "Cold": "Either of these:",
        "Wet": "Either of these:",
        "Late": "All of these:",
    }


def test_an_and_between_two_items_parts_their_list():
    text = """
        A lamp is covered when ONE of the following is met:
            a. fever; OR
            b. hiccups.
                AND ALL of these are met:
            c. the house is dark;
            d. the lamp is small.
        """
    found = tree(text)
    lead = "AND ALL of these are met:"
    assert found[lead] == "A lamp is covered when ONE of the following is met:"
    assert found["the house is dark;"] == found["the lamp is small."] == lead
    logic = {
        one.text: one.logic for one in read_coverage(document_of("# Policy\n" + text)).statements
    }
    assert logic["A lamp is covered when ONE of the following is met:"] is None
    assert logic[lead] == "all_of"


def test_bullets_are_parts_of_the_numbered_lead_in_right_before_them_on_one_edge():
    assert tree(
        """
        II. A lift is covered when all of the following are met:
        • The home has one floor
        • The door is wide
        III. The following are not covered:
        • Lifts for a garage
        """
    ) == {
        "A lift is covered when all of the following are met:": None,
        "The home has one floor": "A lift is covered when all of the following are met:",
        "The door is wide": "A lift is covered when all of the following are met:",
        "The following are not covered:": None,
        "Lifts for a garage": "The following are not covered:",
    }


def test_a_first_number_is_part_of_the_lettered_lead_in_right_before_it_on_one_edge():
    found = tree("A. All of these:\n1. one\n2. two\nB. None of these:\n1. other")
    assert found["two"] == "All of these:"
    assert found["other"] == "None of these:"
