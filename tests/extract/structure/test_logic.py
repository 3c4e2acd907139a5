import pytest

from policy_tracker.extract.structure.logic import (
    combine,
    lead_words,
    leading_connector,
    of_connectors,
    trailing_connector,
)


@pytest.mark.parametrize(
    ("text", "logic"),
    [
        ("Patient meets ALL of the following (A, B, and C):", "all_of"),
        ("Patient meets BOTH of the following (i and ii):", "all_of"),
        ("approved for EITHER of the following indications:", "any_of"),
        ("Prescribed by one of the following:", "any_of"),
        ("Patient has at least one of the following:", "any_of"),
        ("Individual has experienced one or more of the following:", "any_of"),
        ("ONE (1) of the following:", "any_of"),
        ("AND NONE of the following:", "none_of"),
        ("One of:", "any_of"),
        ("Dark houses (must meet all):", "all_of"),
        ("Dark houses (one or more of these):", "any_of"),
        ("Dark houses (both required):", "all_of"),
        ("First lamp (both A and B):", "all_of"),
        ("The keeper meets (a or b):", "any_of"),
        ("Lamps (1, 2, and 3):", "all_of"),
        ("Lamps in two states (ND and MN):", None),
        ("Lend if criterion 1 is met and either criterion 2 or criterion 3 is met:", None),
        ("Lend if criteria 1 and 2 are met:", "all_of"),
        ("Lend if criterion A or criterion B is met:", "any_of"),
        ("Lend if at least 2 of criteria 1 through 4 are met:", "at_least:2"),
        ("If any of these items are not submitted, we may ask again.", "all_of"),
        ("Any one of these means that the lamp is not lent:", "any_of"),
        ("Dose (mg per day):", None),
        ("Any one of these:", "any_of"),
        ("At least one of:", "any_of"),
        ("Any of:", "any_of"),
        ("One or more of these:", "any_of"),
        ("Two of:", "at_least:2"),
        ("Two of three:", "at_least:2"),
        ("Three of those:", "at_least:3"),
        ("At least two (2) of:", "at_least:2"),
        ("Both:", "all_of"),
        ("All of:", "all_of"),
        ("None of:", "none_of"),
        ("The member has not had any of the following:", "any_of"),
        ("No more than two of the following:", None),
        ("Only one of these:", None),
        ("Not all of the following:", None),
        ("including but not limited to any of the following:", "any_of"),
        ("when three of the following are present:", "at_least:3"),
        ("At least two of the following:", "at_least:2"),
        ("Two or more of the following symptoms:", "at_least:2"),
        ("Has drunk at least 2 kinds of tea, including BOTH of the following:", "all_of"),
        (
            (
                "Patient has received at least 2 consecutive months of rest with BOTH of the "
                "following:"
            ),
            "all_of",
        ),
        (
            (
                "trial of one of the following teas (A or B) or has contraindications to all of "
                "the following teas:"
            ),
            "any_of",
        ),
        ("Each of the following is not covered or reimbursable:", "any_of"),
        ("The plan considers the following medically necessary (unless said otherwise):", "any_of"),
        (
            (
                "The plan considers the following medically necessary when the following criteria "
                "are met:"
            ),
            "all_of",
        ),
        ("Approve if the following criteria are met:", "all_of"),
        ("following criterion is met:", "all_of"),
        ("2 of 3 of the following teas:", "at_least:2"),
        ("two or more of these risk factors:", "at_least:2"),
        ("when ALL criteria below are met:", "all_of"),
        ("when any one criterion is met:", "any_of"),
        ("therapy including:", "all_of"),
        ("Chronic fever:", None),
        ("A kite is lent when 1 and 2 are met:", "all_of"),
        ("A kite is lent if A, B, or C is met:", "any_of"),
        ("A kite is lent when 1 and either 2 or 3 are met:", None),
    ],
)
def test_a_lead_in_tells_how_its_items_combine(text, logic):
    assert lead_words(text)[0] == logic


@pytest.mark.parametrize(
    ("text", "connector"),
    [
        ("Patient is cold; AND", "and"),
        ("Patient is cold, or", "or"),
        ("Patient is cold;", None),
        ("bread and butter", None),
        ("OR", "or"),
    ],
)
def test_a_connector_may_hang_on_an_item(text, connector):
    assert trailing_connector(text) == connector


def test_a_connector_may_begin_a_lead_in():
    assert leading_connector("AND ALL of the following:") == "and"
    assert leading_connector("ANDROGEN therapy") is None
    assert leading_connector("and so on") is None


def test_connectors_that_contradict_each_other_give_no_logic():
    assert of_connectors(["and", None, "and"]) == ("all_of", False)
    assert of_connectors(["or"]) == ("any_of", False)
    assert of_connectors(["or", "and"]) == (None, True)
    assert of_connectors([]) == (None, False)


@pytest.mark.parametrize(
    ("text", "connectors", "children", "denies", "limits", "logic"),
    [
        ("ONE of the following:", ["and", "and"], 3, False, False, "any_of"),
        ("if the following criteria are met:", ["or"], 2, False, False, "any_of"),
        ("Patient has:", ["or", "or"], 3, False, False, "any_of"),
        ("Patient has:", ["or", "and"], 3, False, False, None),
        ("Patient has:", [], 1, False, False, "all_of"),
        ("is not covered for:", [None], 2, True, False, "any_of"),
        ("the limits are:", [None], 2, False, True, None),
        ("Patient has:", [None], 2, False, False, None),
        ("Not more than one of the following:", [None], 2, False, False, None),
        ("The lamp is not covered for any of the following:", [None], 2, True, False, "any_of"),
        ("The member does not have any of the following:", [None], 2, False, False, "any_of"),
    ],
)
def test_words_beat_connectors_and_connectors_beat_vague_words(
    text, connectors, children, denies, limits, logic
):
    assert combine(text, connectors, children=children, denies=denies, limits=limits) == logic
