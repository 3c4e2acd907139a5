"""Whom a change concerns: the codes whose answer differs, and nobody else."""

import pytest

from policy_tracker.record import Record
from policy_tracker.record.code_sets import Names
from policy_tracker.rules import compare
from policy_tracker.rules.concerns import Around, withdrawn

BASE = {
    "record": 1,
    "payer": "acme",
    "policy": "p-1",
    "title": "Invented",
    "policy_type": "medical_coverage",
    "source_kind": "payer_document",
    "sections": [{"key": "cov", "heading": "Coverage", "kind": "coverage"}],
}


def weeks(number, words="Exercise was tried for at least"):
    return {
        "key": "knee/weeks",
        "parent": "knee",
        "section": "cov",
        "role": "criterion",
        "position": "medically_necessary",
        "text": f"{words} {number} weeks",
        "quantities": [{"kind": "duration", "comparator": ">=", "value": number, "unit": "week"}],
    }


def group(key, *codes, ranges=(), disposition="medically_necessary", **more):
    return {
        "key": key,
        "heading": f"{key} when criteria are met",
        "disposition": disposition,
        "codes": [{"system": "ICD10CM" if "." in code else "CPT", "code": code} for code in codes],
        "ranges": [
            {
                "system": "ICD10CM" if "." in one else "CPT",
                "from": one,
                "to": two,
                "raw": f"{one}-{two}",
            }
            for one, two in ranges
        ],
        **more,
    }


def lead(key):
    text = f"{key} therapy is medically necessary when all of the following are met:"
    return {
        "key": key,
        "section": "cov",
        "role": "position",
        "position": "medically_necessary",
        "logic": "all_of",
        "text": text,
    }


def policy(
    label,
    *,
    number=6,
    words="Exercise was tried for at least",
    groups=(),
    more_statements=(),
    **more,
):
    dates = {"effective": {"date": label, "raw": label}}
    hip = {
        "key": "hip/age",
        "parent": "hip",
        "section": "cov",
        "role": "criterion",
        "position": "medically_necessary",
        "text": "Adults",
    }
    statements = [lead("knee"), weeks(number, words), lead("hip"), hip, *more_statements]
    default = (
        group("knee", "10001", ranges=[("M47.811", "M47.9"), ("20000", "20010")]),
        group("hip", "10002"),
    )
    value = (
        BASE
        | {
            "version": label,
            "dates": dates,
            "statements": statements,
            "code_groups": list(groups or default),
        }
        | more
    )
    return Record.model_validate(value)


def system_of(code):
    return "ICD10CM" if "." in code else "CPT"


def concerned(before, after, *codes):
    found = compare(before, after)
    return [code for code in codes if found.touches(system_of(code), code)]


EVERYBODY = ("10001", "20005", "M47.816", "10002", "10003")


def test_a_tightened_criterion_concerns_the_members_of_the_lists_that_it_governs():
    found = compare(policy("2026-01-01"), policy("2026-02-01", number=24))
    touched = [code for code in EVERYBODY if found.touches(system_of(code), code)]
    assert touched == ["10001", "20005", "M47.816"]
    assert [change.statement for change in found.changes_for("ICD10CM", "M47.816")] == [
        "knee/weeks"
    ]
    assert not found.changes_for("CPT", "10002")


def test_other_words_for_the_same_concern_nobody_even_beside_a_change():
    before = policy("2026-01-01")
    assert not compare(
        before, policy("2026-02-01", words="Exercise was tried, for at least")
    ).concerns
    hip = {
        "key": "hip/imaging",
        "parent": "hip",
        "section": "cov",
        "role": "criterion",
        "position": "medically_necessary",
    }
    after = policy(
        "2026-02-01",
        words="Exercise was tried, for at least",
        more_statements=[hip | {"text": "X-ray shows damage"}],
    )
    assert concerned(before, after, *EVERYBODY) == ["10002"]


@pytest.mark.parametrize("there_first", [True, False])
def test_a_range_that_comes_or_goes_concerns_its_members_and_not_those_that_stay(there_first):
    with_range = policy(
        "2026-01-01",
        groups=(group("knee", "M47.815", ranges=[("M47.811", "M47.9")]), group("hip", "10002")),
    )
    without = policy("2026-02-01", groups=(group("knee", "M47.815"), group("hip", "10002")))
    sides = (with_range, without) if there_first else (without, with_range)
    assert concerned(*sides, "M47.811", "M47.815", "M47.816", "M48.1", "10002") == [
        "M47.811",
        "M47.816",
    ]


def test_a_range_written_out_concerns_nobody():
    one = policy("2026-01-01", groups=(group("knee", ranges=[("20000", "20002")]),))
    two = policy("2026-02-01", groups=(group("knee", "20000", "20001", "20002"),), number=6)
    assert not concerned(one, two, "20000", "20001", "20002")


def test_a_pairing_concerns_its_procedures_and_its_diagnoses():
    pairing = {
        "procedures": [{"system": "CPT", "code": "10001"}],
        "diagnoses": ["dx"],
        "disposition": "medically_necessary",
    }
    listed = (
        group("dx", "M10.1", disposition="informational"),
        group("knee", "10001"),
        group("hip", "10002"),
    )
    more = (group("dx", "M10.1", "M10.2", disposition="informational"), *listed[1:])
    before = policy("2026-01-01", groups=listed, pairings=[pairing])
    assert concerned(
        before,
        policy("2026-02-01", groups=more, pairings=[pairing]),
        "10001",
        "10002",
        "M10.1",
        "M10.2",
    ) == [
        "10001",
        "M10.2",
    ]
    turned = policy("2026-02-01", groups=listed, pairings=[pairing | {"otherwise": "not_covered"}])
    assert concerned(before, turned, "10001", "10002", "M10.1") == ["10001", "M10.1"]


def test_an_authorization_for_all_concerns_all_that_is_listed_and_one_that_names_codes_these():
    before = policy("2026-01-01")
    everything = policy("2026-02-01", authorizations=[{"requirement": "required"}])
    assert concerned(before, everything, *EVERYBODY) == ["10001", "20005", "M47.816", "10002"]
    one = policy(
        "2026-02-01",
        authorizations=[{"requirement": "required", "codes": [{"system": "CPT", "code": "10002"}]}],
    )
    assert concerned(before, one, *EVERYBODY) == ["10002"]


def test_a_first_version_and_a_retirement_concern_all_that_is_listed():
    first, listed = policy("2026-01-01"), ["10001", "20005", "M47.816", "10002"]
    found = compare(None, first)
    assert [code for code in EVERYBODY if found.touches(system_of(code), code)] == listed
    dates = {
        "effective": {"date": "2026-01-01", "raw": "2026-01-01"},
        "retired": {"date": "2026-06-01", "raw": "June"},
    }
    assert concerned(first, policy("2026-02-01", dates=dates), *EVERYBODY) == listed


def test_what_a_partial_source_leaves_out_concerns_nobody():
    before = policy("2026-01-01")
    after = policy(
        "2026-02-01", number=24, groups=(group("knee", "10001"),), completeness="partial"
    )
    assert concerned(before, after, *EVERYBODY) == ["10001"]


def dated(code, **days):
    system = "ICD10CM" if "." in code else "CPT"
    return {"system": system, "code": code, **{name: {"date": day} for name, day in days.items()}}


def with_dates(*codes, **more):
    return group("knee") | {"codes": list(codes)} | more


def test_what_had_ended_before_both_versions_concerns_nobody_and_what_ends_later_does():
    listed = with_dates(
        dated("10001", ends="2025-12-31"), dated("10003", ends="2026-12-31"), dated("10004")
    )
    before, after = (
        policy("2026-01-01", groups=[listed]),
        policy("2026-02-01", number=24, groups=[listed]),
    )
    assert concerned(before, after, "10001", "10003", "10004") == ["10003", "10004"]


def test_another_last_day_concerns_the_code_and_the_same_day_in_other_print_nobody():
    before = policy(
        "2026-01-01", groups=[with_dates(dated("10001", ends="2026-12-31"), dated("10003"))]
    )
    sooner = policy(
        "2026-02-01", groups=[with_dates(dated("10001", ends="2026-06-30"), dated("10003"))]
    )
    assert concerned(before, sooner, "10001", "10003") == ["10001"]
    printed = with_dates(
        dated("10001", ends="2026-12-31") | {"ends": {"date": "2026-12-31", "raw": "end of year"}},
        dated("10003"),
    )
    assert not concerned(before, policy("2026-02-01", groups=[printed]), "10001", "10003")


def test_another_last_day_of_a_code_in_a_sentence_is_told_as_a_change():
    named = [
        group("knee-codes", statement="knee") | {"codes": [code]}
        for code in (dated("10001"), dated("10001", ends="2026-06-30"))
    ]
    before, after = (
        policy(label, groups=[one, group("hip", "10002")])
        for label, one in zip(("2026-01-01", "2026-02-01"), named, strict=True)
    )
    found = compare(before, after)
    assert [
        (one.rule, [code.code for code in one.codes]) for one in found.changes if one.substantive
    ] == [("code-dates-narrowed", ["10001"])]


def test_a_first_day_of_a_diagnosis_concerns_the_procedures_that_are_paired_with_it():
    pairings = [
        {
            "procedures": [{"system": "CPT", "code": "10001"}],
            "diagnoses": ["dx"],
            "disposition": "medically_necessary",
        }
    ]
    lists = [
        [group("knee", "10001"), group("dx") | {"codes": [one]}]
        for one in (dated("M17.0"), dated("M17.0", effective="2026-06-01"))
    ]
    before, after = (
        policy(label, groups=one, pairings=pairings)
        for label, one in zip(("2026-01-01", "2026-02-01"), lists, strict=True)
    )
    assert concerned(before, after, "10001", "M17.0", "10002") == ["10001", "M17.0"]
    again = policy("2026-03-01", groups=lists[1], pairings=pairings)
    assert not concerned(after, again, "10001", "M17.0", "10002")


def test_what_holds_for_everything_unnamed_concerns_codes_that_other_versions_name():
    residuals = (
        {"position": one, "text": f"All else is {one}."}
        for one in ("experimental_investigational", "not_medically_necessary")
    )
    before, after = (
        policy(label, residual=one)
        for label, one in zip(("2026-01-01", "2026-02-01"), residuals, strict=True)
    )
    found = compare(before, after, elsewhere=Names([("CPT", "30000")]))
    assert [code for code in ("10001", "30000", "30001") if found.touches("CPT", code)] == [
        "10001",
        "30000",
    ]


def test_a_withdrawal_concerns_whose_answer_becomes_another_and_without_an_earlier_version_all():
    before, taken_back = (
        policy("2026-01-01"),
        policy("2026-02-01", number=24, withdrawn={"why": "It was issued by mistake."}),
    )
    whom = withdrawn(before, taken_back, Around())
    assert [
        code for code in EVERYBODY if any(one.holds(system_of(code), code) for one in whom)
    ] == ["10001", "20005", "M47.816"]
    assert all(
        any(one.holds(system_of(code), code) for one in withdrawn(None, taken_back))
        for code in EVERYBODY[:4]
    )


def test_the_same_records_give_the_same_sets_in_the_same_order():
    sides = (
        policy("2026-01-01"),
        policy("2026-02-01", number=24, authorizations=[{"requirement": "required"}]),
    )
    assert compare(*sides).model_dump_json() == compare(*sides).model_dump_json()
