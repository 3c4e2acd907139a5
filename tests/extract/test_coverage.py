import pytest

from policy_tracker.documents.text import read_text
from policy_tracker.extract.coverage import read_coverage
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.record import Record
from tests.extract.pages import document_of

DRUG = """
    !! Overview
    Zorvix is a tea.
    !! Coverage Policy
    ** POLICY STATEMENT
    Prior Authorization is required for Zorvix. All approvals are provided for one term each.
    ** Zorvix is considered medically necessary when ONE of the following is met (1-2):
    ** FDA-Approved Indications
    1. Winter Fever. Approve for as long as noted if ONE of the following holds (A or B):
        A) Initial Therapy. Approve for 6 months if BOTH of the following hold (i and ii):
            i. Patient is ≥ 18 years of age; AND
            ii. Patient has tried two warm drinks for at least 3 months; OR
                Note: Examples of warm drinks are cocoa and broth.
        B) Patient is Currently Receiving Zorvix. Approve for 1 year if the patient is better.
    2. Spring Rash. Approve for 1 year.
    ** Conditions Not Covered
    Any other use is considered not medically necessary, including the following:
    1. Summer Cough. There are no data. Studies go on.
    !! Coding Information
    | HCPCS Codes | Description
    | J9999 | Tea
"""


def rows(text, profile=None):
    """The statements of a document's coverage part."""
    return read_coverage(document_of(text), profile or Profile()).statements


def test_a_drug_policy_becomes_a_tree_of_statements():
    coverage = read_coverage(document_of(DRUG))
    shown = [
        (
            said.text[:22],
            said.role,
            said.position,
            said.logic,
            said.phase,
            said.parent.rsplit("/", 1)[-1] if said.parent else None,
        )
        for said in coverage.statements
    ]
    needed, denied = "medically_necessary", "not_medically_necessary"
    lead = "zorvix-medically-necessary-met"
    assert shown == [
        ("Prior Authorization is", "prior_auth", needed, None, None, None),
        ("All approvals are prov", "prior_auth", needed, None, None, None),
        ("Zorvix is considered m", "position", needed, "any_of", None, None),
        ("Winter Fever. Approve ", "position", needed, "any_of", None, lead),
        ("Initial Therapy. Appro", "position", needed, "all_of", "initial", "winter-fever"),
        ("Patient is ≥ 18 years ", "criterion", needed, None, "initial", "initial-therapy"),
        ("Patient has tried two ", "criterion", needed, None, "initial", "initial-therapy"),
        (
            "Note: Examples of warm",
            "note",
            needed,
            None,
            "initial",
            "tried-two-warm-drinks-least-months",
        ),
        ("Patient is Currently R", "position", needed, None, "continuation", "winter-fever"),
        ("Spring Rash. Approve f", "position", needed, None, None, lead),
        ("Any other use is consi", "position", denied, "any_of", None, None),
        (
            "Summer Cough. There ar",
            "exclusion",
            denied,
            None,
            None,
            "other-use-not-medically-necessary-including",
        ),
    ]
    assert coverage.residual
    assert coverage.residual.position == denied
    assert coverage.warnings == ()
    assert [
        (found.phase, found.valid_for and (found.valid_for.value, found.valid_for.unit))
        for found in coverage.authorizations
    ] == [
        (None, None),
        ("initial", (6, "month")),
        ("continuation", (1, "year")),
        (None, (1, "year")),
    ]


def test_what_is_read_holds_together_as_a_record():
    coverage = read_coverage(document_of(DRUG))
    Record(
        record=1,
        payer="gizmo",
        policy="zorvix",
        title="Zorvix",
        policy_type="drug_coverage",
        version="2026-01-01",
        source_kind="payer_document",
        sections=coverage.sections,
        statements=coverage.statements,
        authorizations=coverage.authorizations,
        residual=coverage.residual,
    )


def test_keys_stay_where_labels_numbers_and_order_change():
    before = {
        said.text: said.key
        for said in rows("# Policy\nOne of the following:\n    1. Fever\n    2. Cough")
    }
    after = {
        said.text: said.key
        for said in rows("# Policy\nOne of the following:\n    a. Rash\n    b. Cough\n    c. Fever")
    }
    assert before["Fever"] == after["Fever"]
    assert before["Cough"] == after["Cough"]


def test_lead_ins_joined_by_and_give_the_section_its_logic():
    coverage = read_coverage(
        document_of(
            """
            # Policy
            ** Diagnosis
                Patient must have ONE of the following:
                    1. Fever
                    2. Rash
                AND NONE of the following:
                    1. Cough
            """
        )
    )
    assert {section.key: section.logic for section in coverage.sections} == {
        "policy": None,
        "policy/diagnosis": "all_of",
    }
    assert [said.logic for said in coverage.statements if said.parent is None] == [
        "any_of",
        "none_of",
    ]


def test_statements_joined_by_or_on_a_line_of_its_own_give_the_section_its_logic():
    text = (
        "# Policy\na. Zorvix is approved for both of:\n    (1) Fever\n    -AND-\n    (2) "
        "Rash\n-OR-\nb. Zorvix is approved for cough"
    )
    coverage = read_coverage(document_of(text))
    assert [section.logic for section in coverage.sections] == ["any_of"]
    assert coverage.statements[0].logic == "all_of"


def test_prose_is_split_and_items_are_not():
    texts = [
        said.text
        for said in rows(
            "# Policy\nOne thing is covered. Another is not covered.\n• A title. With a "
            "sentence.\nNote: One. Two."
        )
    ]
    assert texts == [
        "One thing is covered.",
        "Another is not covered.",
        "A title. With a sentence.",
        "Note: One. Two.",
    ]


def test_a_bold_title_is_joined_with_the_sentence_on_the_next_line():
    texts = [
        said.text
        for said in rows(
            "# Policy\nOne of the following:\n** 1. A Long Name of a Fever.\n    Approve for "
            "1 year."
        )
    ]
    assert texts[1] == "A Long Name of a Fever. Approve for 1 year."


def test_a_limit_table_gives_one_statement_per_line_of_its_cells():
    coverage = read_coverage(
        document_of(
            """
            !! Quantity Limits
            | Drug | Limit
            | Zorvix 10 mg | • 9 years old or younger: 1 pen every 30 / days@^ / • 10 years old or older: 2 pens every 30 days
            | Override Criteria
            | *For fever: May approve 4 pens per 30 days. % For cough: May approve 2 pens per 30 days.
            """
        )
    )
    assert [(said.section, said.text, said.role) for said in coverage.statements] == [
        ("quantity-limits/zorvix-mg", "9 years old or younger: 1 pen every 30 days", "limit"),
        ("quantity-limits/zorvix-mg", "10 years old or older: 2 pens every 30 days", "limit"),
        (
            "quantity-limits/override-criteria",
            "*For fever: May approve 4 pens per 30 days.",
            "limit",
        ),
        (
            "quantity-limits/override-criteria",
            "% For cough: May approve 2 pens per 30 days.",
            "limit",
        ),
    ]


def test_reference_and_code_tables_give_no_statements_and_a_grid_of_crosses_is_left_unread():
    coverage = read_coverage(
        document_of(
            """
            # Policy
            Widgets are covered.
            | Class | Strength
            | high | 5%
            | low | 1%
            | HCPCS Codes | Description
            | J9999 | Tea
            | Code | Gold | Silver
            | one | X | X
            | two |  | X
            """
        )
    )
    assert [said.text for said in coverage.statements] == ["Widgets are covered."]
    assert coverage.unread == () or [part.why for part in coverage.unread] == ["table"]


def test_a_grid_of_crosses_is_unread():
    coverage = read_coverage(
        document_of(
            "# Policy\nWidgets are covered.\n| Service | Gold | Silver\n| one | X | X\n| two "
            "| X | X"
        )
    )
    assert [(part.page, part.why) for part in coverage.unread] == [(1, "table")]


def test_a_list_that_does_not_follow_is_warned_of():
    (warning,) = read_coverage(
        document_of("# Policy\nThe following kits are covered:\n# References\n1. A paper.")
    ).warnings
    assert warning.startswith("a list is announced on page 1")


def test_a_table_below_an_announcement_is_what_it_announces():
    assert (
        read_coverage(
            document_of(
                "# Policy\nThe following codes are not covered:\n| 73999 | 73998\n| 73997 | 73996"
            )
        ).warnings
        == ()
    )


def test_without_a_coverage_part_nothing_is_claimed():
    coverage = read_coverage(document_of("# References\n1. A paper."))
    assert coverage.statements == ()
    assert coverage.warnings == ("no coverage part was found",)
    assert read_coverage(document_of("")).statements == ()


def test_an_authorization_footnote_counts_outside_the_coverage_part():
    texts = [
        said.text
        for said in rows(
            "# Description\n*These kits may require authorization for other uses.\n# "
            "Policy\nKits are covered."
        )
    ]
    assert texts == ["*These kits may require authorization for other uses.", "Kits are covered."]


def test_places_are_those_of_the_blocks():
    (said,) = rows("# Policy\nKits are covered.")
    assert said.source
    assert (said.source.page, said.source.box) == (1, (72.0, 100.0, 540.0, 112.0))


def test_the_basis_and_the_payer_s_words_are_kept():
    (said,) = rows("# Policy\nEar piercing is considered cosmetic and not covered.")
    assert (said.position, said.basis) == ("not_covered", "cosmetic")
    assert said.payer_term
    assert said.payer_term in said.text


def test_short_lines_behind_a_lead_in_are_its_list():
    found = rows(
        """
        !! Coverage Policy
        No plan payment may be made for lamps in the following rooms:
        Damp cellar. It has no window.
        Blue attic.
        Lamps are considered medically necessary for fever.
        """
    )
    assert [(row.role, row.position, row.parent is not None) for row in found] == [
        ("position", "not_covered", False),
        ("exclusion", "not_covered", True),
        ("exclusion", "not_covered", True),
        ("position", "medically_necessary", False),
    ]
    assert found[1].text == "Damp cellar. It has no window."


def test_boilerplate_between_rules_is_a_note_that_holds_nothing():
    found = rows(
        """
        !! Coverage Policy
        Lamps are considered medically necessary for fever.
        The plan reserves the right to change this book.
            Charges for a second lamp are combined with the first.
        """
    )
    assert [row.role for row in found] == ["position", "note", "criterion"]
    assert found[1].key not in {row.parent for row in found}


def test_what_a_referral_lists_is_no_criterion():
    found = rows(
        """
        !! Coverage Policy
        Lamps are considered investigational.
        Refer to the following related policies for rooms not covered here:
        8.01.99 - Lanterns in the Home
        """
    )
    assert [row.role for row in found] == ["position", "note", "note"]


def test_a_reason_before_a_list_leaves_the_list_to_the_sentence_before_it():
    said = rows("""
        !! Coverage Policy
        Each of the following is considered unproven. Studies do not show that it helps anybody at all here:
            1. A lantern on a string
            2. A lantern in a cage
    """)
    assert [one.position for one in said] == ["experimental_investigational"] * 4
    assert said[2].parent == said[1].key


def test_what_only_sends_elsewhere_takes_no_side():
    said = rows("""
        !! Coverage Policy
        A lantern is considered medically necessary for fever.
        Refer to the following books for lamps:
    """)
    assert [one.position for one in said] == ["medically_necessary", "informational"]


def test_a_name_right_over_items_is_their_heading():
    coverage = read_coverage(
        document_of("""
        !! Coverage Policy
        Lamps are considered medically necessary.
        Additional Rules for Lanterns
            • The house is dark
            • The member is awake
    """)
    )
    assert [one.text for one in coverage.statements] == [
        "Lamps are considered medically necessary.",
        "The house is dark",
        "The member is awake",
    ]
    assert coverage.sections[-1].heading == "Additional Rules for Lanterns"


def test_a_short_label_before_codes_is_no_statement():
    said = rows("""
        !! Coverage Policy
        Lamps are considered medically necessary.
        Payable with: CPT 64555, 20975; HCPCS E0720
        Report these codes for a lamp: 64555 20975
    """)
    assert [one.text for one in said] == [
        "Lamps are considered medically necessary.",
        "Report these codes for a lamp: 64555 20975",
    ]


def test_an_item_that_only_names_a_phase_gives_it_to_what_stands_under_it():
    found = read_coverage(
        read_text(
            "POLICY\n\nLamps are medically necessary when the following are met:\n\n"
            "I. Initial Approval\n   A. The house is dark\n\n"
            "II. Continued Therapy\n   A. The house is less dark than it was\n"
        )
    )
    phases = {one.text: one.phase for one in found.statements}
    assert phases["The house is dark"] == "initial"
    assert phases["The house is less dark than it was"] == "continuation"


def test_a_sentence_that_names_cases_of_the_one_before_takes_its_position():
    found = rows(
        """
        # Policy
        Lamps of oil are unproven. This includes, but is not limited to, the following:
        1. Tall lamps
        2. Small lamps
        """
    )
    decision, cases, *_ = found
    assert [row.parent for row in found] == [None, decision.key, cases.key, cases.key]
    assert {row.position for row in found} == {"experimental_investigational"}
    assert cases.logic == "any_of"


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("Lamps require preauthorization.", "required"),
        ("Lamps do not require preauthorization.", "not_required"),
        ("No precertification is required for lamps.", "not_required"),
        ("Prior authorization for lamps is not needed.", "not_required"),
        ("Prior authorization may be required for lamps.", "conditional"),
    ],
)
def test_whether_somebody_has_to_ask_first(text: str, requirement: str):
    coverage = read_coverage(document_of(f"# Policy\n{text}\nLamps are covered."))
    assert [found.requirement for found in coverage.authorizations] == [requirement]


def test_an_item_that_grants_and_denies_is_two_statements():
    page = """
        !! Coverage Policy
        1. One lamp is covered. A second lamp is not covered.
        2. Lanterns are covered. Ask the keeper.
        """
    said = [(one.text, one.position) for one in read_coverage(document_of(page)).statements]
    assert said == [
        ("One lamp is covered.", "medically_necessary"),
        ("A second lamp is not covered.", "not_covered"),
        ("Lanterns are covered. Ask the keeper.", "medically_necessary"),
    ]


def test_a_lead_in_may_call_what_it_lists_limits():
    page = """
        !! Coverage Policy
        Lamps are a covered service subject to the following limits:
            1. One lamp a winter
            2. Six wicks a month
        """
    _, *parts = read_coverage(document_of(page)).statements
    assert {part.role for part in parts} == {"limit"}
