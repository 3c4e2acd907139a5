"""How drugs stand below a heading, and which drug a row names."""

import pytest

from policy_tracker.language.drug_rows import (
    drug_named,
    drug_printed,
    one_drug,
    tier,
    without_pharmacy_notes,
)


@pytest.mark.parametrize(
    ("heading", "stands"),
    [
        ("Preferred Agents", "preferred"),
        ("NON-PREFERRED DRUGS:", "other"),
        ("Not covered", "other"),
        ("Approval criteria", None),
        ("Preferred provider network", None),
    ],
)
def test_tier_is_read_from_the_heading_of_a_list(heading, stands):
    assert tier(heading) == stands


def test_a_row_names_its_drug_and_a_sentence_names_none():
    assert drug_named("Lumenol XR — Quantity 30") == ("lumenol", "xr")
    assert drug_named("Lumenol PA ST") == ("lumenol",)
    assert drug_named("Lumenol (brand of vastrinib)") == ("lumenol",)
    assert drug_named("Patients must have tried Lumenol") == ()
    assert drug_printed("Lumenol XR (all strengths) — Quantity 30") == "Lumenol XR"


def test_a_name_that_goes_on_may_be_the_same_drug():
    assert one_drug(("lumenol",), ("lumenol", "pen"))
    assert not one_drug(("lumenol",), ("vastrin",))


def test_only_notes_on_the_claim_are_left_out():
    assert without_pharmacy_notes("Lumenol (Enter by NDC)") == "Lumenol"
    assert without_pharmacy_notes("Lumenol (adults only)") == "Lumenol (adults only)"
