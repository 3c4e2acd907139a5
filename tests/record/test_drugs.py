"""Drug policies whose text names no code, and the codes that their drug is tied to."""

import pytest

from policy_tracker.record import Payer, clean_code
from policy_tracker.record.drugs import known_drugs, stated_drugs, tied_group
from policy_tracker.store.mentions import mentions
from tests.store.making import version


def drug_policy(title, codes=(), **more):
    return version(codes=codes, title=title, policy_type="drug_coverage", **more)


def test_each_row_of_the_table_has_its_source_and_a_code_of_the_right_form():
    assert all(drug.source and drug.brands for drug in known_drugs())
    assert all(clean_code("HCPCS", drug.code) == drug.code for drug in known_drugs() if drug.code)


def test_a_drug_policy_without_codes_is_found_by_its_drugs_code_and_that_is_said():
    record = drug_policy("Prolia and Xgeva")
    (found,) = mentions(record)
    assert (found.named.code, found.position, found.detail["stated_by"]) == (
        "J0897",
        "medically_necessary",
        "inferred",
    )
    assert (
        "tied to denosumab (Prolia, Xgeva) by billing articles of the Medicare Coverage Database"
        in found.detail["note"]
    )


@pytest.mark.parametrize(
    "title",
    [
        "Rituxan Hycela",
        "infliximab-dyyb",
        "Ocrelizumab and hyaluronidase",
        "Remicades",
        "Growth hormone",
        "Dupixent",
    ],
)
def test_another_product_and_a_drug_without_a_code_are_tied_to_none(title):
    record = drug_policy(title)
    assert tied_group(record) is None


def test_a_policy_that_names_codes_or_is_about_no_drug_keeps_to_its_own():
    assert tied_group(drug_policy("Prolia", codes=("10001",))) is None
    assert tied_group(version(codes=(), title="Botox")) is None


def test_a_policy_that_only_denies_denies_the_drugs_code():
    group = tied_group(drug_policy("Tezspire", position="experimental_investigational"))
    assert group is not None
    assert group.disposition == "experimental_investigational"


def stating(**tie):
    return stated_drugs(Payer(record=1, payer="lantern", name="Lantern Health", drug_codes=(tie,)))


def test_a_payers_own_file_ties_a_drug_that_the_table_does_not_know():
    stated = stating(
        drug="velorimab",
        brands=("Velora",),
        code="J0999",
        source="the plan's list of infused drugs, 2026",
    )
    group = tied_group(drug_policy("Velora"), stated)
    assert group is not None
    assert [code.code for code in group.codes] == ["J0999"]
    assert "J0999 is tied to velorimab (Velora) by the plan's list of infused drugs, 2026" in (
        group.note or ""
    )
    assert tied_group(drug_policy("Velora")) is None


def test_a_payers_own_file_counts_before_the_table():
    stated = stating(
        drug="Denosumab", brands=("Prolia",), code="Q5999", source="the plan's billing guide"
    )
    group = tied_group(drug_policy("Prolia"), stated)
    assert group is not None
    assert [code.code for code in group.codes] == ["Q5999"]
