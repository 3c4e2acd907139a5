"""The curated records: they load without a fault, and MM 0300 holds every fact of the brief that it
was recorded from.
"""

import datetime as dt
from pathlib import Path

import pytest

from policy_tracker.record import CodeRef, Record, start_of, timing_of
from policy_tracker.record.codes import describe_system
from policy_tracker.recordfiles.folder import check_folder

POLICIES = Path(__file__).parents[2] / "policies"


@pytest.fixture(scope="module")
def checked():
    return check_folder([POLICIES])


@pytest.fixture(scope="module")
def mm_0300(checked):
    records = {
        r.value.version: r.value
        for r in checked.records
        if isinstance(r.value, Record) and r.value.policy == "mm-0300"
    }
    return records["2025-09-26.before"], records["2025-09-26"]


def statement(record, key):
    (found,) = [one for one in record.statements if one.key == key]
    return found


def group(record, disposition):
    (found,) = [one for one in record.code_groups if one.disposition == disposition]
    return found


BOTH = (CodeRef(system="CPT", code="0691T"), CodeRef(system="CPT", code="0743T"))


def test_everything_loads(checked):
    assert [str(fault) for fault in checked.faults] == []
    assert checked.skipped == ()


def test_invented_payers_are_marked(checked):
    assert {payer.payer: payer.fixture for payer in checked.payers} == {
        "cigna": False,
        "example-health": True,
    }
    for record in checked.records:
        text = Path(record.file).read_text(encoding="utf-8")
        assert ("INVENTED" in text) == (record.value.payer == "example-health")


def test_invented_policies_carry_no_descriptor_that_is_not_marked_invented(checked):
    invented = [
        r.value
        for r in checked.records
        if isinstance(r.value, Record) and r.value.payer == "example-health"
    ]
    assert len({record.policy for record in invented}) >= 3
    for record in invented:
        for one in record.code_groups:
            assert all(
                code.description is None or "(invented" in code.description for code in one.codes
            )


def test_quick_reference(mm_0300):
    before, after = mm_0300
    for record in mm_0300:
        assert (record.title, record.policy_number, record.aliases) == (
            "Bone Mineral Density Measurement",
            "0300",
            ("MM 0300",),
        )
        assert (record.source_kind, record.completeness) == ("secondary", "partial")
    assert [one.name for one in after.specialties] == [
        "radiology",
        "endocrinology",
        "orthopedics",
        "internal medicine",
        "rheumatology",
    ]
    assert {one.stated_by for one in after.specialties} == {"secondary"}
    assert start_of(timing_of(after)).day == dt.date(2025, 9, 26)
    assert start_of(timing_of(before)).day is None
    assert before.dates["superseded_on"].date == "2025-09-26"
    assert before.dates["effective"].status == "undated"


@pytest.mark.parametrize(
    ("key", "earlier", "later"),
    [
        (
            "coverage",
            "Coverage is considered experimental and investigational for all indications",
            "Coverage is considered medically necessary when specific criteria are met",
        ),
        (
            "prior-authorization",
            "Prior authorization is not required",
            "Prior authorization is required for initial treatment",
        ),
        (
            "clinical-history",
            "Documentation must include clinical history",
            "Documentation must include clinical history",
        ),
        (
            "re-review",
            "Re-review every 24 months",
            "Re-review every 12 months with updated clinical documentation",
        ),
    ],
)
def test_the_four_criteria_before_and_after(mm_0300, key, earlier, later):
    assert (statement(mm_0300[0], key).text, statement(mm_0300[1], key).text) == (earlier, later)


def test_positions_authorization_and_interval(mm_0300):
    before, after = mm_0300
    assert (statement(before, "coverage").position, statement(after, "coverage").position) == (
        "experimental_investigational",
        "medically_necessary",
    )
    assert [
        (one.requirement, one.phase, one.statement)
        for record in mm_0300
        for one in record.authorizations
    ] == [
        ("not_required", None, "prior-authorization"),
        ("required", "initial", "prior-authorization"),
    ]
    assert [statement(record, "re-review").quantities[0].value for record in mm_0300] == [24, 12]
    assert statement(before, "coverage").codes == statement(after, "coverage").codes == BOTH


def test_codes_and_scope(mm_0300):
    before, after = mm_0300
    assert [code.code for code in group(before, "experimental_investigational").codes] == [
        "0691T",
        "0743T",
    ]
    covered = group(after, "medically_necessary")
    assert [(describe_system(code.system, code.code), code.code) for code in covered.codes] == [
        ("CPT (Category III)", "0691T"),
        ("CPT (Category III)", "0743T"),
    ]
    assert all(code.description for code in covered.codes)
    assert [code.code for code in group(after, "out_of_scope").codes] == ["77080", "77081"]
    assert [code.code for code in statement(after, "dxa-screening").codes] == ["77080", "77081"]
    (related,) = after.related_policies
    assert (related.payer, related.policy, related.relation, related.title) == (
        "cigna",
        "a004",
        "routes_to",
        "Preventive Care Services",
    )


def test_indications(mm_0300):
    children = [one for one in mm_0300[1].statements if one.parent == "coverage"]
    assert [([code.code for code in one.codes], one.position) for one in children] == [
        (["0691T"], "medically_necessary"),
        (["0743T"], "medically_necessary"),
    ]
    assert statement(mm_0300[1], "coverage").logic == "any_of"


def test_diagnoses_are_suggested_and_not_listed(mm_0300):
    suggested = group(mm_0300[1], "informational")
    assert suggested.stated_by == "secondary"
    assert [span.raw for span in suggested.ranges] == ["M80.x", "M81.x"]
    assert suggested.ranges[1].holds("M81.0")
    assert "lists no ICD-10-CM codes" in suggested.note


def test_the_facts_behind_the_action_items(mm_0300):
    after = mm_0300[1]
    assert statement(after, "reason-for-ct").role == "documentation"
    assert statement(after, "self-funded-exclusion").applies_to.funding == ("self_funded",)
    assert statement(after, "category-iii-rates").codes == BOTH
    assert statement(after, "prior-authorization-list").codes == BOTH


def test_the_source_disagrees_with_itself_about_prior_authorization(mm_0300):
    (matter,) = mm_0300[1].disagreements
    assert matter.about == "prior_auth"
    assert matter.claims[0].text == statement(mm_0300[1], "prior-authorization").text
    assert len({claim.source.place for claim in matter.claims}) == 2


def test_the_invented_policies_show_what_records_can_say(checked):
    invented = [
        r.value
        for r in checked.records
        if isinstance(r.value, Record) and r.value.payer == "example-health"
    ]
    statements = [one for record in invented for one in record.statements]
    assert {"all_of", "any_of", "at_least:2"} <= {one.logic for one in statements}
    assert {"initial", "continuation"} <= {one.phase for one in statements}
    assert {"age", "frequency", "duration", "dose", "percentage"} <= {
        q.kind for one in statements for q in one.quantities
    }
    assert any(record.pairings for record in invented)
    starts = [(record.policy, start_of(timing_of(record)).day) for record in invented]
    assert any(day > dt.date(2026, 11, 23) for _, day in starts), "a version of the future"
    assert len(starts) > len(set(starts)), "a reissue that starts on the same day"
    assert any("retired" in record.dates for record in invented)
