import pytest

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.roles import (
    StatementRole,
    basis_of,
    decides,
    heading_position,
    heading_role,
    is_authorization_mark,
    is_note,
    read_role,
)

GRANTED = StatementRole("position", "medically_necessary")
DENIED = StatementRole("position", "not_covered")


@pytest.mark.parametrize(
    ("text", "position"),
    [
        (
            "Widget therapy is considered medically necessary when the member is cold.",
            "medically_necessary",
        ),
        (
            "Gizmo Health considers widgets medically necessary for members with fever.",
            "medically_necessary",
        ),
        ("Zorvix will be approved based on all of the following criteria:", "medically_necessary"),
        ("Requests for Zorvix may be if approved when criteria are met.", "medically_necessary"),
        ("Widgets meet the definition of medical necessity for fever.", "medically_necessary"),
        ("Payment will be made for one visit.", "medically_necessary"),
        ("Widget therapy is considered not medically necessary.", "not_medically_necessary"),
        ("The device is not reasonable and necessary.", "not_medically_necessary"),
        (
            "Laser widgets are considered experimental or investigational.",
            "experimental_investigational",
        ),
        (
            "Zorvix is unproven and not medically necessary for hiccups.",
            "experimental_investigational",
        ),
        (
            "The use of a frobnicator is considered investigational and not medically necessary.",
            "experimental_investigational",
        ),
        ("Gizmo Health considers robotic widgets experimental.", "experimental_investigational"),
        ("A charger is not covered or reimbursable.", "not_covered"),
        ("The plan will not reimburse a second visit.", "not_covered"),
        ("Requests may not be approved for the following:", "not_covered"),
        ("Draping is considered part of the visit.", "not_covered"),
        ("Draping is included in the global allowance.", "not_covered"),
        ("Draping will no longer be reimbursed.", "not_covered"),
        ("The Plan reimburses draping at half of the allowance.", "medically_necessary"),
        ("Zorvix is not approvable for hiccups.", "not_covered"),
        ("Separate reimbursement for draping is not allowed.", "not_covered"),
        ("Coverage of widgets is not recommended in the following situations:", "not_covered"),
        (
            "Coverage of widgets is recommended in those who meet one of the following:",
            "medically_necessary",
        ),
        ("Zorvix is proven for the treatment of hiccups.", "medically_necessary"),
        (
            "Hiccups. Approve Zorvix for 1 year if the patient meets BOTH of the following:",
            "medically_necessary",
        ),
        (
            "Treatment may be approved if it is not determined to be investigational by the plan.",
            "medically_necessary",
        ),
        ("Patient is considered a candidate for surgery.", None),
        ("Diagnosis of fever", None),
    ],
)
def test_a_sentence_takes_a_position(text, position):
    found = decides(text)
    assert (found[0] if found else None) == position
    assert found is None or found[1].lower() in text.lower()


def test_what_is_plainly_covered_is_as_the_profile_says():
    assert decides("Oxygen is covered at home.", "covered") == ("covered", "is covered")
    assert decides("Oxygen is covered at home.")[0] == "medically_necessary"


@pytest.mark.parametrize(
    ("text", "above", "path", "role", "position"),
    [
        ("Patient is cold; AND", GRANTED, (), "criterion", "medically_necessary"),
        ("has had a 30-day trial of tea", GRANTED, (), "criterion", "medically_necessary"),
        ("Only a 30-day trial will be required.", None, (), "limit", "medically_necessary"),
        (
            "Authorization of 12 months may be granted",
            None,
            (),
            "prior_auth",
            "medically_necessary",
        ),
        ("wall mount", DENIED, (), "exclusion", "not_covered"),
        ("A charger is not covered.", None, ("Medically Necessary",), "position", "not_covered"),
        ("wall mount", None, ("Policy", "Not Covered or Reimbursable"), "exclusion", "not_covered"),
        (
            "Frobnicator upgrade",
            None,
            ("Investigational and Not Medically Necessary:",),
            "exclusion",
            "experimental_investigational",
        ),
        ("Widgets come in two colours.", None, (), "criterion", "medically_necessary"),
        ("Note: Examples include tea.", GRANTED, (), "note", "medically_necessary"),
        (
            "Note: Only one visit is paid per benefit year.",
            None,
            (),
            "limit",
            "medically_necessary",
        ),
        ("2 kits per 28 days", None, ("Quantity Limits",), "limit", "medically_necessary"),
        ("12 months", None, ("Limits", "Duration"), "prior_auth", "medically_necessary"),
        (
            "None",
            None,
            ("Prior Approval Renewal Requirements",),
            "prior_auth",
            "medically_necessary",
        ),
        (
            "Authorization will be issued for 12 months.",
            None,
            (),
            "prior_auth",
            "medically_necessary",
        ),
        ("Initial requests: 6 months", None, (), "prior_auth", "medically_necessary"),
        (
            "Contact with the patient must be maintained during the scan.",
            None,
            (),
            "criterion",
            "medically_necessary",
        ),
        (
            "Records of each visit must be maintained.",
            None,
            (),
            "documentation",
            "medically_necessary",
        ),
        (
            "Reactions must be reported to the Investigational Drug Branch.",
            None,
            (),
            "criterion",
            "medically_necessary",
        ),
        (
            "Initial authorization will be for no more than 6 months",
            GRANTED,
            (),
            "prior_auth",
            "medically_necessary",
        ),
        ("Glimmerex is proven for asthma.", None, (), "position", "medically_necessary"),
        (
            "For lantern transplants, refer to the other book.",
            None,
            (),
            "note",
            "informational",
        ),
        ("Coverage for lanterns varies across plans.", None, (), "note", "informational"),
        ("The records must contain the weight.", None, (), "documentation", "medically_necessary"),
        ("Re-review every 24 months.", None, (), "review_interval", "medically_necessary"),
        ("Refer to the benefit plan for details.", None, (), "note", "informational"),
        (
            "80 units",
            StatementRole("limit", "medically_necessary"),
            (),
            "limit",
            "medically_necessary",
        ),
    ],
)
def test_a_sentence_beats_what_stands_above_it_and_that_beats_the_heading(
    text, above, path, role, position
):
    reading = read_role(text, above, path)
    assert (reading.role, reading.position) == (role, position)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Ear piercing is considered cosmetic.", "cosmetic"),
        ("Gloves are a benefit exclusion.", "benefit_exclusion"),
        ("A second visit is not reimbursable.", "not_reimbursed"),
        ("A charger is not covered.", None),
    ],
)
def test_why_something_is_not_covered(text, basis):
    assert basis_of(text, "not_covered") == basis
    assert basis_of(text, "medically_necessary") is None


def test_headings_take_positions_too():
    assert (
        heading_position("Experimental, Investigational or Unproven")
        == "experimental_investigational"
    )
    assert heading_position("When Widget Therapy is not covered") == "not_covered"
    assert heading_position("Criteria for Medical Necessity") == "medically_necessary"
    assert heading_position("Testing") is None
    assert heading_role(("Policy", "Duration of Approval:")) == "prior_auth"
    assert heading_role(("Dosing Limits", "Zorvix")) == "limit"
    assert heading_role(()) is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Note: Tea.", True),
        ("*NOTE: Tea.", True),
        ("Notes are kept.", False),
        ("Noteworthy (tea)", False),
    ],
)
def test_remarks_are_told_by_their_first_word(text, note):
    assert is_note(text) is note


def test_a_footnote_about_authorization_is_a_rule_wherever_it_stands():
    assert is_authorization_mark(
        Block("paragraph", "*These kits may require authorization for other uses.")
    )
    assert not is_authorization_mark(Block("paragraph", "*These kits are blue."))
    assert not is_authorization_mark(Block("paragraph", "These kits may require authorization."))


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("No plan payment may be made for lamps in the following rooms:", "not_covered"),
        ("Neither lamps nor mounts are covered.", "not_covered"),
        ("Payment may not be made for lamps.", "not_covered"),
        ("When the form is missing, no payment will be made.", "not_covered"),
        ("In no case will payment be made.", "not_covered"),
        ("Lamps are never covered.", "not_covered"),
        ("The plan doesn't cover lamps.", "not_covered"),
        ("Lamps are not routinely considered medically necessary.", "not_medically_necessary"),
        ("No lamps are considered medically necessary.", "not_medically_necessary"),
        ("There is no evidence that lamps are medically necessary.", "not_medically_necessary"),
        ("The plan does not consider lamps medically necessary.", "not_medically_necessary"),
        ("Under no circumstances is a lamp medically necessary.", "not_medically_necessary"),
    ],
)
def test_a_denied_grant_is_a_denial(text, position):
    assert decides(text)[0] == position


@pytest.mark.parametrize(
    "text",
    [
        "Lamps for members with fever and no cough are considered medically necessary.",
        "When no alternative exists a lamp is considered medically necessary.",
        "If the member has not tried tea, lamps are considered medically necessary.",
        "Lamps, when not contraindicated, are considered medically necessary.",
        "Lamps are not only considered medically necessary for fever but for chills.",
        "Members who have no other means may be approved.",
    ],
)
def test_a_denial_of_something_else_leaves_a_grant(text):
    assert decides(text)[0] == "medically_necessary"


@pytest.mark.parametrize(
    "text",
    [
        "Not all lamps are covered.",
        "Lamps may or may not be covered.",
    ],
)
def test_what_leaves_coverage_open_takes_no_position(text):
    assert decides(text) is None
    assert read_role(text, None, ("Coverage",)).position is None


@pytest.mark.parametrize(
    ("lead", "position"),
    [
        (
            "A lamp is not considered medically necessary unless all of the following are met:",
            "medically_necessary",
        ),
        ("A lamp is not covered except in the following situations:", "medically_necessary"),
        ("A lamp is medically necessary if lit, except for any of the following:", "not_covered"),
        ("A lamp is not covered, except for children, in the following rooms:", "not_covered"),
        ("A lamp is not covered in any of the following rooms:", "not_covered"),
    ],
)
def test_a_list_of_exceptions_is_read_against_its_lead_in(lead, position):
    above = read_role(lead, None, ("Coverage",))
    assert read_role("The member is cold", above, ("Coverage",)).position == position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Investigational: use in children", "experimental_investigational"),
        ("Excluded: lamps with handles", "not_covered"),
        ("Age: 18 years or older", "medically_necessary"),
    ],
)
def test_a_label_that_denies_says_so_of_what_stands_behind_it(text: str, position: str) -> None:
    assert read_role(text, None, ("Criteria",)).position == position


def test_a_heading_with_nothing_below_it_gives_no_criterion():
    reading = read_role("None.", None, ("Policy Guidelines",))
    assert (reading.role, reading.position) == ("note", "informational")


@pytest.mark.parametrize(
    ("lead", "role"),
    [
        ("Authorization may be granted when all of the following are met:", "position"),
        ("Coverage will be renewed for members who meet one of these:", "position"),
        ("Approval for 6 months may be given if both are met:", "prior_auth"),
    ],
)
def test_what_is_met_before_something_is_granted_is_criteria(lead: str, role: str) -> None:
    above = read_role(lead, None, ("Initial authorization",))
    item = read_role("The member is cold", above, ("Initial authorization",))
    assert (above.role, above.position) == (role, "medically_necessary")
    assert (item.role, item.position) == ("criterion", "medically_necessary")


def test_what_an_authorization_is_needed_for_is_no_criterion() -> None:
    above = read_role("Prior authorization is required for the following:", None, ())
    assert read_role("Lamps", above, ()).role == "prior_auth"
    denied = read_role("Authorization will not be granted when any of these apply:", None, ())
    assert denied.position == "not_covered"
