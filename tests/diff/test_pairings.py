"""A pairing that gained or lost procedures is one difference, told in the payer's words."""

from policy_tracker.diff.compare import differences
from policy_tracker.diff.pairings import pair_pairings
from policy_tracker.record import Record
from policy_tracker.record.content import Pairing
from policy_tracker.rules import compare
from policy_tracker.rules.changes import Comparison
from tests.diff.records import whole

HEADING = "Diagnoses that support the test"
APPROVED, DENIED = "medically_necessary", "not_medically_necessary"


def pairing(*codes: str, diagnoses: tuple[str, ...] = ("dx",), disposition: str = APPROVED) -> dict:
    procedures = [{"system": "CPT", "code": code} for code in codes]
    return {
        "procedures": procedures,
        "diagnoses": list(diagnoses),
        "disposition": disposition,
        "otherwise": DENIED,
    }


def policy(version: str, *pairings: dict, key: str = "dx", **tables: tuple[str, ...]) -> Record:
    groups = [
        {
            "key": key,
            "heading": HEADING,
            "disposition": APPROVED,
            "codes": [{"system": "ICD10CM", "code": "M81.0"}],
        }
    ]
    for disposition, codes in tables.items():
        rows = [{"system": "CPT", "code": code} for code in codes]
        groups.append(
            {
                "key": disposition.replace("_", "-"),
                "heading": disposition,
                "disposition": disposition,
                "codes": rows,
            }
        )
    return whole(
        {"title": "Bone Density", "code_groups": groups, "pairings": list(pairings)}, version
    )


def compared(one: Record, two: Record) -> Comparison:
    return compare(one, two)


def test_a_procedure_that_joined_is_one_edit_in_words_that_people_read():
    one, two = (
        policy("a", pairing("0691T", "77080")),
        policy("b", pairing("0691T", "77080", "0743T")),
    )
    [difference] = differences(one, two).differences
    assert (difference.op, difference.fields) == ("modified", {"procedures"})
    [change] = compared(one, two).changes
    assert (change.rule, change.before, change.after) == ("pairing-changed", HEADING, HEADING)
    assert "0743T joined" in change.explanation
    assert "0691T" not in change.explanation
    assert [code.code for code in change.codes] == ["0743T"]
    assert "0743T left" in compared(two, one).changes[0].explanation


def test_a_group_under_another_key_is_no_difference():
    one = policy("a", pairing("0691T"))
    assert not differences(
        one, policy("b", pairing("0691T", diagnoses=("renamed",)), key="renamed")
    ).differences


def test_pairings_that_share_no_procedure_are_two():
    found = differences(policy("a", pairing("0691T")), policy("b", pairing("77080"))).differences
    assert sorted(difference.op for difference in found) == ["added", "removed"]


def test_the_nearest_pairing_is_taken_in_either_order():
    def made(*codes: str, disposition: str = APPROVED) -> Pairing:
        return Pairing.model_validate(pairing(*codes, disposition=disposition))

    ones = [made("0691T", "0743T"), made("77080", "77081", disposition=DENIED)]
    twos = [made("77080", "77081", "0743T", disposition=DENIED), made("0691T")]
    wanted = {(ones[0], twos[1]), (ones[1], twos[0])}
    assert {*pair_pairings(ones, twos)} == {*pair_pairings(ones[::-1], twos[::-1])} == wanted
    assert {(b, a) for a, b in pair_pairings(twos, ones)} == wanted


def test_what_the_code_table_tells_is_not_told_again():
    one = policy("a", pairing("0691T", "0743T"), medically_necessary=("0691T", "0743T"))
    two = policy(
        "b", pairing("0691T"), medically_necessary=("0691T",), not_medically_necessary=("0743T",)
    )
    for found, teller, superseded in (
        (compared(one, two), "code-moved-to-denied", "pairing-procedures-narrowed"),
        (compared(two, one), "code-moved-to-approved", "pairing-procedures-broadened"),
    ):
        assert [c.rule for c in found.changes] == [teller]
        assert [a.rule for a in found.superseded] == [superseded]


def test_a_procedure_that_no_longer_hangs_on_the_diagnosis_broadens():
    tables = {"medically_necessary": ("0691T", "0743T")}
    one, two = (
        policy("a", pairing("0691T", "0743T"), **tables),
        policy("b", pairing("0691T"), **tables),
    )
    assert compared(one, two).verdict.direction.coverage == "broadened"
    assert compared(two, one).verdict.direction.coverage == "narrowed"
