"""Kinds of parts by what they say: sentences that decide open one, and reports, dates, journals and
codes close it.
"""

import pytest

from policy_tracker.documents.text import read_text
from policy_tracker.extract.coverage import read_coverage
from policy_tracker.extract.payers.profile import GENERIC
from policy_tracker.extract.structure.sections import read_parts
from policy_tracker.extract.structure.weighing import weigh
from tests.extract.pages import document_of

_PAD = "\n".join(
    f"Lamp number {word} was counted by the keepers of the north for the book of all of the lamps."
    for word in ["one", "two", "three", "four"]
)


def _kinds(text: str) -> dict[str, str]:
    parts = read_parts(read_text(f"{text}\n\nREFERENCES\n{_PAD}\n").blocks, GENERIC)
    return {part.heading: part.kind for part in parts}


def test_a_heading_that_nobody_knows_opens_coverage_where_its_text_decides() -> None:
    kinds = _kinds(
        "DESCRIPTION\n"
        "A lamp gives light to houses in which there is none, and has done so for many years now.\n\n"
        "WHO GETS A LAMP\n"
        "A lamp is considered medically necessary when ALL of the following criteria are met:\n"
        "• The house is dark\n• The member is awake\n\n"
        "THE LAMP IN HISTORY\n"
        "Lamps were reported in a randomized trial, and the authors concluded that lamps shine.\n"
    )
    assert kinds["WHO GETS A LAMP"] == "coverage"
    assert kinds["DESCRIPTION"] == "background"
    assert kinds["THE LAMP IN HISTORY"] == "background"


def test_a_known_heading_of_background_does_not_close_a_part_that_decides() -> None:
    kinds = _kinds(
        "DESCRIPTION\nA lamp is considered investigational for all members of the plan at any time.\n"
    )
    assert kinds["DESCRIPTION"] == "coverage"


def test_reports_of_decisions_are_no_decisions() -> None:
    kinds = _kinds(
        "RATIONALE\n"
        "The authors concluded that a lamp is medically necessary for patients who were enrolled.\n"
        "In the trial forty patients were studied, and data showed that lamps were bright enough.\n"
    )
    assert kinds["RATIONALE"] == "background"


def test_the_policy_of_others_is_no_policy_of_this_payer() -> None:
    kinds = _kinds(
        "POLICY STATEMENT\nA lamp is considered investigational for all members of this plan.\n\n"
        "GOVERNMENT REGULATIONS\nMedicare covers lamps under an NCD, and CMS pays for one lamp.\n"
        "The LCD says that Medicare lamps are covered when the house of the patient is dark.\n\n"
    )
    assert kinds["POLICY STATEMENT"] == "coverage"
    assert kinds["GOVERNMENT REGULATIONS"] != "coverage"


def test_a_column_of_a_history_opens_no_coverage() -> None:
    kinds = _kinds(
        "POLICY STATEMENT\nA lamp is considered investigational for all members of this plan.\n\n"
        "POLICY HISTORY\n01/02/2020 New policy\n\nPOLICY\nEffective Date\n02/03/2021 Lamps added\n"
        "02/03/2022 Lamps taken away\n02/03/2023 No change\n"
    )
    assert kinds["POLICY"] == "history"


def test_words_repeated_behind_the_history_are_no_second_policy() -> None:
    rule = "\n".join(
        f"A {word} lamp is considered medically necessary when the hall of the {word} house is dark "
        f"and the {word} member walks there at night without any other light."
        for word in ["red", "blue", "green", "white", "black", "brown"]
    )
    kinds = _kinds(
        f"POLICY STATEMENT\n{rule}\n\nPOLICY HISTORY\n01/02/2020 New policy\n\n"
        f"POLICY CRITERIA\n{rule}\n"
    )
    assert kinds["POLICY STATEMENT"] == "coverage"
    assert kinds["POLICY CRITERIA"] == "other"


@pytest.mark.parametrize(
    "meaning",
    [
        "Medically Necessary: services that keepers of lamps hold to be medically necessary when used",
        "Investigational: a lamp is investigational when it has not been shown to shine in any house",
    ],
)
def test_what_a_word_means_is_no_decision(meaning: str) -> None:
    assert not weigh(read_text(meaning).blocks, "medically_necessary").deciding


def test_lines_of_codes_under_a_position_are_no_statements() -> None:
    text = (
        "POLICY STATEMENT\nA lamp is considered investigational for all members of this plan.\n\n"
        "Established codes:\n99999 99998 99997\n99996\n"
    )
    coverage = read_coverage(read_text(text))
    assert [one.text for one in coverage.statements] == [
        "A lamp is considered investigational for all members of this plan."
    ]


def _laid_out(text: str) -> dict[str, str]:
    parts = read_parts(list(document_of(text).blocks), GENERIC)
    return {part.heading: part.kind for part in parts if part.heading}


def test_a_heading_that_nobody_knows_behind_codes_begins_what_its_sentences_ask() -> None:
    told = _laid_out("""
        !! Coverage Policy
        A lamp is considered medically necessary for fever.
        !! Coding Information
        10001, 10002 and 10003
        !! Lamp Papers
        The keeper shall furnish a chart of the lamp.
    """)
    assert told["Lamp Papers"] == "coverage"


def test_prose_that_reports_is_background_even_under_a_heading_of_coverage() -> None:
    told = _laid_out("""
        !! Coverage Policy
        A lamp is considered medically necessary for fever.
        !! Policy Guidelines
        The first lamp was lit in Sweden. A study of 40 guests found that lamps shine.
        Researchers found no fire in a cohort. The authors concluded that lamps help.
    """)
    assert told == {"Coverage Policy": "coverage", "Policy Guidelines": "background"}
