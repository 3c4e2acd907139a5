"""Answers on a day by the dates inside of a version."""

import pytest

from policy_tracker.alerts.naming import reach_words
from policy_tracker.alerts.topics import Topic
from policy_tracker.commands.verify import verify_store
from policy_tracker.pipeline import load
from policy_tracker.record.payer import DrugCode, Payer
from policy_tracker.store.database import reading, writing
from policy_tracker.store.lookup import code_history, lookup
from policy_tracker.store.publish import publish_payer
from policy_tracker.store.reach import out_of_reach
from tests.store.making import NOW, checked, day, on, version


def ask(engine, code, text):
    with reading(engine) as session:
        (answer,) = lookup(session, code, on(text)).policies
    return answer


def group(key, disposition, *codes, **more):
    return {
        "key": key,
        "heading": key.title(),
        "disposition": disposition,
        "codes": [{"system": "CPT"} | code for code in codes],
    } | more


@pytest.fixture
def dated(engine):
    first = version(
        "2026-01-01",
        codes=(),
        code_groups=[
            group(
                "listed",
                "medically_necessary",
                {"code": "10001", "ends": {"date": "2026-06-30", "raw": "06/30/2026"}},
                {"code": "10002", "effective": {"date": "2026-03-01"}},
                {"code": "10003"},
                {"code": "10004", "ends": {"status": "undated", "raw": "deleted"}},
                ranges=[
                    {
                        "system": "CPT",
                        "from": "20000",
                        "to": "20009",
                        "raw": "20000-20009",
                        "ends": {"date": "2026-04"},
                    }
                ],
            ),
            group("refused", "not_covered", {"code": "10001", "effective": {"date": "2026-07-01"}}),
        ],
        statements=[
            {
                "key": "main",
                "section": "coverage",
                "role": "position",
                "position": "medically_necessary",
                "text": "It is necessary.",
            },
            {
                "key": "pa",
                "section": "coverage",
                "role": "prior_auth",
                "text": "From May on authorization is required.",
                "effective": {"date": "2026-05-01"},
            },
            {
                "key": "pa/child",
                "parent": "pa",
                "section": "coverage",
                "role": "criterion",
                "text": "Ask for it.",
                "codes": [{"system": "CPT", "code": "10003"}],
            },
        ],
        authorizations=[{"requirement": "required", "statement": "pa"}],
    )
    later = version("2027-01-01", codes=("10001", "10003"))
    load(engine, checked(first, later), NOW)
    return engine


def test_a_code_that_ends_is_left_out_from_the_day_after_and_that_is_said(dated):
    before, after = ask(dated, "10001", "2026-06-30"), ask(dated, "10001", "2026-07-01")
    assert (before.positions, after.positions) == (("medically_necessary",), ("not_covered",))
    assert before.dispositions[0].ends.raw == "06/30/2026"
    assert [(one.state, one.position, one.ends.date) for one in after.other_days] == [
        ("ended", "medically_necessary", "2026-06-30")
    ]
    assert "ended on 2026-06-30" in after.other_days[0].sentence
    assert before.next_change.on == day("2026-07-01")
    assert before.next_change.positions == ("not_covered",)


def test_a_code_that_has_not_begun_is_left_out_until_its_day(dated):
    before, after = ask(dated, "10002", "2026-02-28"), ask(dated, "10002", "2026-03-01")
    assert (before.positions, after.positions) == ((), ("medically_necessary",))
    assert [one.state for one in before.other_days] == ["not_begun"]
    assert (before.next_change.on, before.next_change.positions) == (
        day("2026-03-01"),
        ("medically_necessary",),
    )
    # authorization is required of every code from then on
    assert after.next_change.on == day("2026-05-01")


def test_a_month_ends_on_its_last_day(dated):
    assert ask(dated, "20005", "2026-04-30").positions == ("medically_necessary",)
    assert ask(dated, "20005", "2026-05-01").positions == ()


def test_deleted_without_a_day_never_holds(dated):
    found = ask(dated, "10004", "2026-01-01")
    assert found.positions == ()
    assert "does not hold in this version" in found.other_days[0].sentence


def test_an_authorization_and_what_stands_below_its_statement_hold_from_its_day(dated):
    before, after = ask(dated, "10003", "2026-04-30"), ask(dated, "10003", "2026-05-01")
    assert (before.authorizations, before.statements) == ((), ())
    assert [one.requirement for one in after.authorizations] == ["required"]
    assert [one.key for one in after.statements] == ["pa/child"]
    assert before.next_change.on == day("2026-05-01")


def test_a_criterion_governs_from_its_first_day_to_its_last_and_what_stands_below_it_too(engine):
    def stands(key, role, text, **more):
        return {
            "key": key,
            "section": "coverage",
            "role": role,
            "position": "medically_necessary",
            "text": text,
        } | more

    trial = stands(
        "main/trial",
        "criterion",
        "A trial was made.",
        parent="main",
        ends={"date": "2026-06-30", "raw": "through 06/30/2026"},
    )
    length = stands("main/trial/length", "criterion", "It lasted six weeks.", parent="main/trial")
    second = stands(
        "main/second",
        "criterion",
        "A second opinion agrees.",
        parent="main",
        effective={"date": "2026-07-01"},
    )
    lead_in = stands("main", "position", "It is necessary when:", logic="all_of")
    load(
        engine,
        checked(
            version("2026-01-01", codes=("10001",), statements=[lead_in, trial, length, second])
        ),
        NOW,
    )
    before, after = ask(engine, "10001", "2026-06-30"), ask(engine, "10001", "2026-07-01")
    assert [one.key for one in before.criteria] == ["main", "main/trial", "main/trial/length"]
    assert [one.key for one in after.criteria] == ["main", "main/second"]
    assert [(one.state, one.place) for one in before.other_days] == [("not_begun", "main/second")]
    assert (
        after.other_days[0].sentence
        == "“A trial was made.”: that ended on 2026-06-30 (“through 06/30/2026”)."
    )
    assert before.next_change.on == day("2026-07-01")
    assert after.next_change is None


def test_the_lane_of_a_code_is_cut_where_its_dates_turn(dated):
    with reading(dated) as session:
        (lane,) = code_history(session, "10001")
    assert [(span.from_day, span.positions) for span in lane.spans] == [
        (None, ()),
        (day("2026-01-01"), ("medically_necessary",)),
        (day("2026-05-01"), ("medically_necessary",)),
        (day("2026-07-01"), ("not_covered",)),
        (day("2027-01-01"), ("medically_necessary",)),
    ]


def test_a_drug_policy_without_codes_is_looked_up_by_its_drugs_code(engine):
    record = version("2026-01-01", codes=(), title="Prolia", policy_type="drug_coverage")
    load(engine, checked(record), NOW)
    answer = ask(engine, "J0897", "2026-02-01")
    assert answer.positions == ("medically_necessary",)
    (found,) = answer.dispositions
    assert (found.stated_by, "Medicare Coverage Database" in found.note) == ("inferred", True)


def test_a_payers_file_that_ties_a_drug_later_makes_its_policies_found(engine):
    record = version("2026-01-01", codes=(), title="Velora", policy_type="drug_coverage")
    load(engine, checked(record), NOW)
    payer = Payer(record=1, payer=record.payer, name="Lantern Health")
    tie = DrugCode(
        drug="velorimab",
        brands=("Velora",),
        code="J0999",
        source="the plan's list of infused drugs",
    )
    with writing(engine) as session:
        publish_payer(session, payer.model_copy(update={"drug_codes": (tie,)}), NOW)
    assert (
        "the plan's list of infused drugs"
        in ask(engine, "J0999", "2026-02-01").dispositions[0].note
    )
    with writing(engine) as session:
        publish_payer(session, payer, NOW)
    with reading(engine) as session:
        assert not lookup(session, "J0999", on("2026-02-01")).policies
    assert [fault for check in verify_store(engine) for fault in check.faults] == []


def test_a_drug_policy_that_no_code_finds_is_counted_where_a_drugs_code_is_asked_for(engine):
    load(
        engine,
        checked(version("2026-01-01", codes=(), title="Velora", policy_type="drug_coverage")),
        NOW,
    )
    load(
        engine,
        checked(
            version(
                "2026-01-01", policy="prolia", codes=(), title="Prolia", policy_type="drug_coverage"
            )
        ),
        NOW,
    )
    with reading(engine) as session:
        asked = {
            code: lookup(session, code, on("2026-02-01")).found_by_no_code
            for code in ("J0897", "J0999", "10001")
        }
        assert asked == {"J0897": 1, "J0999": 1, "10001": 0}
        assert out_of_reach(session, "nobody") == 0
        unknown, drug = (
            reach_words(session, Topic("code", f"HCPCS:{code}")) for code in ("J0999", "J0897")
        )
    assert unknown is not None
    assert unknown.startswith(
        "No policy on file names code J0999 yet. You hear when a new version or a new policy "
        "names it;"
    )
    assert drug == (
        "Drug policies that name no billing code are not found by code: follow such a policy "
        "itself."
    )
