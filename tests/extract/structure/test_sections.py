import pytest

from policy_tracker.extract.payers.profile import GENERIC, Profile, plain_heading
from policy_tracker.extract.structure.sections import read_parts
from tests.extract.pages import blocks_of


def parts(text, profile=GENERIC):
    """The kinds, paths and numbers of blocks of a document's parts."""
    return [
        (part.kind, part.path, len(part.blocks)) for part in read_parts(blocks_of(text), profile)
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Coverage Policy", "coverage"),
        ("2. Coverage Criteria:", "coverage"),
        ("POSITION STATEMENT:", "coverage"),
        ("Prior – Approval Renewal Requirements", "coverage"),
        ("When Widget Therapy is not covered", "coverage"),
        ("Conditions Not Covered", "coverage"),
        ("Policy", "coverage"),
        ("Policy History/Revision Information", "history"),
        ("Guideline Update Information", "history"),
        ("Change Control", "history"),
        ("Applicable Codes", "coding"),
        ("ICD-10 Diagnosis Codes That Support Medical Necessity:", "coding"),
        ("References", "references"),
        ("Description of Procedure or Service", "background"),
        ("Health Equity Considerations", "background"),
        ("Table 2: Strengths", "other"),
        ("Benefits Application", "scope"),
        ("Asthma", None),
        ("Coverage Policy .......... 2", None),
    ],
)
def test_headings_name_kinds_of_parts(heading, kind):
    known = GENERIC.kind_of(heading)
    assert (known[0] if known else None) == kind


def test_a_profile_goes_first():
    profile = Profile(
        name="gizmo", closing=(("background", "coverage policy"),), opening=("our rules",)
    )
    assert profile.kind_of("Coverage Policy") == ("background", True)
    assert profile.kind_of("Our rules:") == ("coverage", True)


def test_headings_are_compared_without_numbers_and_marks():
    assert plain_heading("II.  Prior – Approval®  Limits:") == "prior - approval limits"
    assert plain_heading("2. Coverage Criteriaª:") == "coverage criteria"


def test_parts_are_named_by_their_headings():
    assert parts(
        """
        !! Overview
        Words.
        !! Coverage Policy
        ** Testing:
        ** A widget is considered medically necessary.
        ** Limits
        Two tests.
        !! References
        1. A paper.
        """
    ) == [
        ("background", ("Overview",), 1),
        ("coverage", ("Coverage Policy",), 0),
        ("coverage", ("Coverage Policy", "Testing:"), 1),
        ("coverage", ("Coverage Policy", "Limits"), 1),
        ("references", ("References",), 1),
    ]


def test_references_may_stand_behind_their_heading_where_no_type_shows_it():
    assert parts(
        """
        !! Coverage Policy
        A widget is considered medically necessary.
        References: everything here is taken from the papers of the maker.
        Note: a widget is small.
        """
    ) == [
        ("coverage", ("Coverage Policy",), 1),
        ("references", ("Coverage Policy", "References"), 2),
    ]


def test_a_margin_label_is_a_heading_with_its_value_behind():
    found = read_parts(
        blocks_of(
            """
            # Policy
            ## Requirements
            *> Age 18 years of age or older
            ** Diagnosis
            Fever
            """
        ),
        GENERIC,
    )
    assert [part.path for part in found] == [
        ("Policy",),
        ("Policy", "Requirements"),
        ("Policy", "Requirements", "Age"),
        ("Policy", "Requirements", "Diagnosis"),
    ]
    assert found[2].blocks[0].text == "18 years of age or older"


def test_short_bold_items_of_an_announced_list_are_no_headings():
    assert parts(
        """
        # Coverage Criteria
        A. Fever
            1. Initial Authorization
                a. Zorvix will be approved based on one of the following:
                    ** (1) Cough
                    ** (2) Rash
        """
    ) == [
        ("coverage", ("Coverage Criteria",), 1),
        ("coverage", ("Coverage Criteria", "Initial Authorization"), 3),
    ]


def test_weak_words_open_no_coverage_within_a_background_part():
    assert [
        kind
        for kind, *_ in parts(
            "# Description\n## Indications\nIt is used for fever.\n# Policy\n## Indications\nFever."
        )
    ] == [
        "background",
        "background",
        "coverage",
        "coverage",
    ]


def test_lines_of_a_table_of_contents_are_no_headings():
    assert parts(
        "** Table of Contents\nCoverage Rationale\nReferences\n# Coverage Rationale\nA widget "
        "is covered."
    ) == [
        ("other", ("Table of Contents",), 2),
        ("coverage", ("Coverage Rationale",), 1),
    ]


def test_without_known_headings_the_parts_that_take_a_position_are_coverage():
    assert [
        kind for kind, *_ in parts("# Widgets\nWidgets are not covered.\n# Colours\nBlue and red.")
    ] == ["coverage", "other"]


def test_keys_of_parts_are_unique():
    found = read_parts(blocks_of("# Policy\n## Fever\nA.\n## Fever\nB."), GENERIC)
    assert [part.key for part in found] == ["policy", "policy/fever", "policy/fever-2"]


def test_a_line_that_repeats_the_contents_is_the_heading_itself():
    found = parts(
        """
        ** Table of Contents
        PolicyBackgroundReferences
        Policy
        Lamps are covered.
        References
        Smith, On Lamps.
        """
    )
    assert [(kind, path[-1]) for kind, path, _ in found][1:] == [
        ("coverage", "Policy"),
        ("references", "References"),
    ]


def test_a_label_of_doses_does_not_end_the_coverage_part():
    assert GENERIC.kind_of("Dosing") == ("background", False)


def test_a_heading_that_repeats_the_contents_goes_on_with_what_stood_above_these():
    found = parts(
        """
        # Coverage Guidelines
        ## Table of Contents
        Lamps of Oil
        Lamps of Wax
        ## Lamps of Oil
        - A lamp is lent to each house.
        ## Lamps of Wax
        - A candle is lent to each room.
        """
    )
    assert [(kind, path) for kind, path, _ in found][-2:] == [
        ("coverage", ("Coverage Guidelines", "Lamps of Oil")),
        ("coverage", ("Coverage Guidelines", "Lamps of Wax")),
    ]


def test_a_larger_heading_is_no_item_of_the_list_before_it():
    parts = read_parts(
        blocks_of(
            """
            # 4.1 Lamps not lent
            The house will not lend:
                Lamps that smoke
                Lamps without a wick
            # 4.2 Asking the keeper
            Lanterns need a word with the keeper.
            """
        ),
        GENERIC,
    )
    assert [part.heading for part in parts if part.heading] == [
        "Lamps not lent",
        "Asking the keeper",
    ]
