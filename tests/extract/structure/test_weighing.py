"""Kinds of parts by what they say: sentences that decide open one, and reports, dates, journals and
codes close it.
"""

import pytest

from policy_tracker.documents.html.reader import read_html
from policy_tracker.documents.text import read_text
from policy_tracker.extract.coverage import read_coverage
from policy_tracker.extract.payers.profile import GENERIC
from policy_tracker.extract.structure.part_weights import weigh
from policy_tracker.extract.structure.sections import read_parts
from tests.extract.pages import blocks_of, document_of

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


def test_a_list_of_conditions_opens_coverage_whatever_verb_announces_it() -> None:
    kinds = _kinds(
        "DETERMINING THE BENEFIT\n"
        "Lampworks lends a lamp on proof of every one of these:\n"
        "1. The house is dark\n2. The keeper is awake\n3. The oil is fresh\n\n"
        "HOW LAMPS ARE MADE\n"
        "A lamp is made of the parts that are named here:\n"
        "1. A wick\n2. A glass\n3. A foot\n\n"
        "POLICY\nLamps are covered when the house is dark.\n"
    )
    assert kinds["DETERMINING THE BENEFIT"] == "coverage"
    assert kinds["HOW LAMPS ARE MADE"] != "coverage"


def test_a_heading_that_takes_a_position_opens_coverage_whatever_its_sentences_say() -> None:
    kinds = _kinds(
        "BACKGROUND\nLamps are old, and many houses have had one for a very long time by now.\n\n"
        "WHEN IT IS COVERED\nA lamp is covered for members with a dark house at the shore.\n\n"
        "WHEN IT IS NOT COVERED\n"
        "Nothing in this policy extends to lamps on ships, at sea or at rest in a harbor.\n"
    )
    assert kinds["WHEN IT IS NOT COVERED"] == "coverage"


def _kinds_of_page(body: str) -> dict[str, str]:
    page = f"<html><body><h1>Lampworks Plan</h1>{body}</body></html>"
    return {part.heading: part.kind for part in read_parts(read_html(page).blocks, GENERIC)}


def test_lines_that_begin_with_dates_are_a_history_under_any_heading() -> None:
    kinds = _kinds_of_page(
        "<h3>Our view of lamps</h3><p>A lamp is covered when the house is dark.</p>"
        "<h3>Why</h3><p>Lamps are bright.</p>"
        "<h3>How it grew</h3><ul><li>June 1, 2026: three lamps, not two.</li>"
        "<li>June 1, 2025: looked at, and left alone.</li></ul>"
    )
    assert kinds["How it grew"] == "history"


def test_a_title_that_sounds_like_criteria_still_names_what_follows_the_head() -> None:
    kinds = _kinds_of_page(
        "<h2>Prior Authorization Criteria</h2>"
        "<p><b>Lamp:</b> Brightol<br><b>Policy #:</b> RX-46<br><b>Effective Date:</b> June 1, 2026"
        "</p><p><b>Renewal (12 months)</b><br>The house is darker than it was before.</p>"
    )
    assert kinds["Renewal (12 months)"] == "coverage"


def test_a_part_that_names_others_beside_its_own_decisions_is_its_own() -> None:
    kinds = _kinds_of_page(
        "<h3>Lamps at sea</h3><ul><li>Medicare has no determination for lamps at sea.</li>"
        "<li>Lamps at sea are covered where the ship is dark.</li>"
        "<li>Lamps in harbors are not covered.</li></ul>"
        "<h3>Lamps of Medicare</h3><p>Medicare covers lamps under an NCD, and CMS pays for one.</p>"
    )
    assert kinds["Lamps at sea"] == "coverage"
    assert kinds["Lamps of Medicare"] != "coverage"


def test_a_heading_of_others_opens_nothing_where_its_text_tells_of_them() -> None:
    kinds = _kinds_of_page(
        "<h3>Our rules</h3><p>Lamps are covered when the house is dark.</p>"
        "<h3>Government Regulations</h3><p>Medicare has an NCD for lamps. Lamps are not covered.</p>"
    )
    assert kinds["Government Regulations"] != "coverage"


def test_rules_behind_labels_are_coverage_and_what_their_label_says() -> None:
    text = (
        "LAMP PLAN OF THE NORTH\n\nLAMP RULES\n\nRULE NUMBER: L-58\n\n"
        "COVERED USES: All uses that the keepers know and no law forbids.\n\n"
        "EXCLUSION CRITERIA: Oil of whales; a second lamp in the same room of the house.\n\n"
        "AGE RESTRICTION: 18 years of age and older\n\nKEEPER RESTRICTION: Wickmaster\n\n"
        "QUANTITY LIMIT: 2 lamps every 24 weeks\n\nOTHER CRITERIA: None\n"
    )
    told = {one.text: one for one in read_coverage(read_text(text)).statements}
    excluded = next(one for words, one in told.items() if words.startswith("EXCLUSION"))
    assert (excluded.role, excluded.position) == ("exclusion", "not_covered")
    assert told["KEEPER RESTRICTION: Wickmaster"].position == "medically_necessary"
    assert told["QUANTITY LIMIT: 2 lamps every 24 weeks"].role == "limit"
    assert "AGE RESTRICTION: 18 years of age and older" in told


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


def test_criteria_that_decide_begin_a_part_of_their_own_below_lists_of_codes() -> None:
    told = _laid_out("""
        !! Overview
        Lamps burn oil.
        !! Coding Implications
        The codes of lamps stand below.
        | Code | Description |
        | 97799 | Lamp |
        !! Other Related Policies
        Wick Policy
        !! Criteria
        It is the policy of Lumen that lamps are medically necessary when these criteria are met.
    """)
    assert told["Criteria"] == "coverage"


def test_prose_that_reports_is_background_even_under_a_heading_of_coverage() -> None:
    told = _laid_out("""
        !! Coverage Policy
        A lamp is considered medically necessary for fever.
        !! Policy Guidelines
        The first lamp was lit in Sweden. A study of 40 guests found that lamps shine.
        Researchers found no fire in a cohort. The authors concluded that lamps help.
    """)
    assert told == {"Coverage Policy": "coverage", "Policy Guidelines": "background"}


def test_below_a_heading_of_background_a_single_opinion_opens_no_coverage() -> None:
    parts = read_parts(
        document_of(
            """
            # Policy
            A lamp is considered medically necessary for all members of the plan.
            # Clinical Evidence
            ## Lamps of Wax
            A lamp of wax is made by hand. It burns for a night. It is sold in shops. It is white.
            Lamps of wax are appropriate for most members.
            ## Other Covered Lamps
            A society of keepers has counted all lamps. They are kept in a book.
            """
        ).blocks,
        GENERIC,
    )
    assert [part.kind for part in parts if part.blocks] == ["coverage", "background", "background"]


def test_a_table_between_background_is_background_whatever_its_caption():
    text = """
    # Policy
    Wrist lamps are considered medically necessary for dim elbows.
    # Background
    Lamps were studied in two harbors, and 31 of 40 readers slept well (Moss et al. 2019).
    # Table 4. Study Limitations
    Power key: 1. Power not calculated; 2. Glow not measured.
    Follow-up key: 1. Nights not sufficient for benefit.
    """
    kinds = {part.heading: part.kind for part in read_parts(blocks_of(text), GENERIC)}
    assert kinds["Table 4. Study Limitations"] == "background"


def test_an_essay_below_a_coverage_part_is_background_where_hardly_a_sentence_decides() -> None:
    essay = " ".join(
        f"Lamp number {count} was lit in the {count}th house (Wick et al, 2019)."
        for count in range(24)
    )
    parts = read_parts(
        document_of(
            f"""
            # Payment Guidelines
            A lamp is covered for all members of the plan.
            # WHAT KEEPERS WROTE
            {essay}
            A lamp is considered useful.
            """
        ).blocks,
        GENERIC,
    )
    assert [part.kind for part in parts if part.blocks] == ["coverage", "background"]


def test_what_a_rationale_concludes_makes_no_part_of_coverage():
    text = """
    # Policy
    Wrist lamps are considered investigational for dim elbows.
    # Rationale
    ## Glow at Night
    There is not enough research to show that a lamp on the wrist helps anybody to read at night.
    Therefore, wrist lamps are considered investigational.
    """
    kinds = {part.heading: part.kind for part in read_parts(blocks_of(text), GENERIC)}
    assert kinds["Glow at Night"] == "background"


def test_conditions_of_a_society_below_background_are_no_coverage() -> None:
    parts = read_parts(
        document_of(
            """
            # Policy
            A lamp is considered medically necessary for all members of the plan.
            # Clinical Evidence
            ## The Society of Keepers
            The society asks for a limit of 2 lamps per room. A keeper should meet these criteria:
            - He is awake
            - He is sober
            - He is near
            """
        ).blocks,
        GENERIC,
    )
    assert [part.kind for part in parts if part.blocks] == ["coverage", "background"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Loan Criteria: Table Lamps", "coverage"),
        ("Diagnostic Criteria of Night Blindness", "background"),
    ],
)
def test_criteria_behind_an_introduction_are_its_neighbor_and_not_its_part(heading, kind):
    parts = read_parts(
        document_of(
            f"""
            # Introduction
            This guideline tells keepers of lamps about lamps.
            # {heading}
            All of the following must be present:
            - The room is dark
            - The keeper is awake for 2 hours
            """
        ).blocks,
        GENERIC,
    )
    assert [part.kind for part in parts if part.blocks] == ["background", kind]


def test_sentences_that_begin_with_a_code_are_no_rows_of_a_list():
    parts = read_parts(
        document_of(
            """
            # Policy
            A lamp is considered medically necessary for all members of the plan.
            # Authorization
            - A0100 requires prior authorization
            - A0101 requires prior authorization
            """
        ).blocks,
        GENERIC,
    )
    assert [part.kind for part in parts if part.blocks] == ["coverage", "coverage"]


def test_a_part_behind_coverage_that_takes_sides_by_grammar_goes_on_with_it():
    text = """
    # First Lending
    Wrist lamps are considered medically necessary for dim elbows.
    # Repeat Lending
    A further lamp is authorized for nights without a moon.
    # Lamps in Print
    Lamps were described by a writer of the last century.
    """
    kinds = {part.heading: part.kind for part in read_parts(blocks_of(text), GENERIC)}
    assert kinds["Repeat Lending"] == "coverage"
    assert kinds["Lamps in Print"] != "coverage"


def test_short_questions_stand_over_their_answers():
    text = """
    What is it?
    A wrist lamp glows by itself.
    When is it not covered?
    We do not cover a wrist lamp when:
        - it is worn for sport only;
        - the reader can see in the dark.
    """
    coverage = read_coverage(document_of(text))
    assert [(said.text[:12], said.position) for said in coverage.statements] == [
        ("We do not co", "not_covered"),
        ("it is worn f", "not_covered"),
        ("the reader c", "not_covered"),
    ]
