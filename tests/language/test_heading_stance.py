import pytest

from policy_tracker.language.coverage_terms import position_of_heading
from policy_tracker.language.disposition import disposition_of


@pytest.mark.parametrize(
    ("heading", "position"),
    [
        ("Rooms for which coverage is not provided", "not_covered"),
        ("Lamps without coverage", "not_covered"),
        ("Where coverage of lamps is excluded", "not_covered"),
        ("Cases in which benefits do not apply", "not_covered"),
        ("What we do not pay for", "not_covered"),
        ("Not a benefit", "not_covered"),
        ("Excluded lamps", "not_covered"),
        ("Grounds for denial", "not_covered"),
        ("Lamps that do not qualify", "not_covered"),
        ("Not appropriate", "not_medically_necessary"),
        ("Lamps lacking medical necessity", "not_medically_necessary"),
        ("Lamps not meeting the criteria", "not_medically_necessary"),
        ("Insufficient evidence", "experimental_investigational"),
        ("Covered and not covered lamps", "indeterminate"),
    ],
)
def test_a_heading_denies_by_its_grammar(heading, position):
    assert position_of_heading(heading) == position


@pytest.mark.parametrize(
    "heading",
    [
        "Lamps for which coverage is provided",
        "Where lamps are covered",
        "Coverage without prior authorization",
        "Guests who are not candidates for a lantern",
        "Lamps in rooms without windows",
        "Non-flickering lamps",
        "Prior authorization is not required",
        "No age is named",
    ],
)
def test_a_heading_that_denies_no_coverage_gives_no_denial(heading):
    assert position_of_heading(heading) in {None, "medically_necessary"}


def test_a_title_of_codes_denies_by_the_same_grammar():
    assert disposition_of("No coverage") == "not_covered"
    assert disposition_of("Codes without benefits") == "not_covered"
    assert disposition_of("Lamps in rooms without windows") is None
