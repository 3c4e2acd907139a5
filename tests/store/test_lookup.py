"""Coverage of a code: dispositions, why, what is unknown, what comes next, and who says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from policy_tracker.errors import CodeError, NotFoundError, QueryError
from policy_tracker.pipeline import load
from policy_tracker.record import CodeRange, Payer
from policy_tracker.store.database import reading
from policy_tracker.store.lookup import code_history, codes, lookup
from policy_tracker.store.mentions import sort_key, span_keys
from policy_tracker.store.views import Circumstances
from tests.store.making import NOW, OTHER, PAYER, checked, day, later, on, version


def ask(engine, code, text="2026-01-15", system=None, payer=None, circumstances=None, **more):
    with reading(engine) as session:
        return lookup(
            session, code, on(text, **more), system=system, payer=payer, circumstances=circumstances
        )


def group(key, disposition, codes=(), ranges=(), **more):
    listed = [{"system": system, "code": code} | extra for system, code, extra in codes]
    spans = [
        {"system": system, "from": first, "to": last, "raw": raw}
        for system, first, last, raw in ranges
    ]
    return {
        "key": key,
        "heading": key.title(),
        "disposition": disposition,
        "codes": listed,
        "ranges": spans,
    } | more


def test_the_day_decides(curated_to_read):
    (before,) = ask(curated_to_read, "0691T", "2025-09-25").policies
    (after,) = ask(curated_to_read, "0691T", "2025-09-26").policies
    assert before.positions == ("experimental_investigational",)
    assert (before.governing.version, before.governing.start.day) == ("2025-09-26.before", None)
    assert "start is not known" in before.governing.why
    assert after.positions == ("medically_necessary",)
    assert (after.governing.version, after.governing.start.day) == ("2025-09-26", day("2025-09-26"))
    assert "effective 2025-09-26" in after.governing.why
    assert [(one.requirement, one.phase, one.text) for one in after.authorizations] == [
        ("required", "initial", "Prior authorization is required for initial treatment")
    ]
    assert (after.source_kind, after.completeness) == ("secondary", "partial")
    assert [one.about for one in after.disagreements] == ["prior_auth"]
    assert before.next_change.on == day("2025-09-26")
    assert before.next_change.positions == ("medically_necessary",)
    assert after.next_change is None


def test_what_lies_out_of_scope_is_said_to_be_and_leads_on(curated_to_read):
    (answer,) = ask(curated_to_read, "77080", "2025-10-01", payer="cigna").policies
    assert answer.positions == ("out_of_scope",)
    assert {one.position for one in answer.dispositions} == {"out_of_scope"}
    assert answer.authorizations == ()
    assert [(one.policy, one.relation) for one in answer.related] == [("a004", "routes_to")]


def test_any_spelling_is_understood(curated_to_read):
    assert ask(curated_to_read, " 0691t ").code == "0691T"


@pytest.mark.parametrize("code", ["", "x", "06911T", "0691T; DROP", "0" * 5000, "\0"])
def test_what_is_no_code_is_refused(engine, code):
    with pytest.raises(CodeError):
        ask(engine, code)


def test_a_code_that_nobody_names_is_unknown_and_silence_is_no_denial(engine):
    defaults = [
        {
            "system": "CPT",
            "cpt_kind": "category_iii",
            "position": "experimental_investigational",
            "text": "Unlisted Category III codes are.",
        }
    ]
    payer = Payer.model_validate(PAYER.model_dump(mode="json") | {"defaults": defaults})
    load(engine, checked(version(), payers=(payer, OTHER)), NOW)
    answer = ask(engine, "0999T")
    assert (answer.known, answer.policies, answer.kind) == (False, (), "CPT (Category III)")
    assert [(one.payer, one.position, one.text) for one in answer.defaults] == [
        ("acme", "experimental_investigational", "Unlisted Category III codes are.")
    ]
    assert [one.payer for one in answer.not_addressed] == ["zenith"]
    assert answer.not_watched == ()
    assert answer.not_watched_why
    assert ask(engine, "99999").defaults == ()


def test_a_default_answers_as_it_was_known(engine):
    load(engine, checked(version()), NOW)
    defaults = [
        {"system": "CPT", "position": "not_covered", "text": "What is not listed is not covered."}
    ]
    load(
        engine,
        checked(
            payers=(Payer.model_validate(PAYER.model_dump(mode="json") | {"defaults": defaults}),)
        ),
        later(days=2),
    )
    assert [one.position for one in ask(engine, "99999").defaults] == ["not_covered"]
    assert ask(engine, "99999", known_at=later(days=1)).defaults == ()
    assert [one.payer for one in ask(engine, "99999", known_at=later(days=1)).not_addressed] == [
        "acme"
    ]
    assert ask(engine, "10001").defaults == (), "a policy names this one"


def test_a_version_that_no_longer_names_the_code_says_so(engine):
    load(engine, checked(version("2024-01-01"), version("2025-06-01", codes=("10002",))), NOW)
    answer = ask(engine, "10001", "2025-01-01").policies[0]
    assert answer.positions == ("medically_necessary",)
    assert (
        answer.next_change.sentence
        == "From 2025-06-01 on, version 2025-06-01 does not name the code."
    )
    silent = ask(engine, "10001", "2025-07-01")
    assert silent.known
    assert (silent.policies[0].positions, silent.policies[0].dispositions) == ((), ())
    assert silent.not_addressed == ()


def test_a_mention_that_was_corrected_away_is_none(engine):
    load(engine, checked(version("2024-01-01")), NOW)
    load(
        engine, checked(version("2024-01-01", codes=("10002",), corrects="misread")), later(days=2)
    )
    assert not ask(engine, "10001").known
    assert ask(engine, "10001", known_at=later(days=1)).known
    with reading(engine) as session:
        assert code_history(session, "10001") == ()


def test_ranges_and_wildcards_match_what_they_hold(engine):
    groups = [
        group(
            "listed",
            "covered",
            ranges=[
                ("ICD10CM", "C00.0", "C00.9", "C00.0 - C00.9"),
                ("ICD10CM", "M80", "M80", "M80.x"),
            ],
        ),
        group(
            "procedures",
            "covered",
            ranges=[("CPT", "10000", "10999", "10000-10999"), ("HCPCS", "J12", "J12", "J12xx")],
        ),
    ]
    load(engine, checked(version(codes=(), code_groups=groups)), NOW)
    for code, matched in {
        "C00.5": "C00.0 - C00.9",
        "c0091": "C00.0 - C00.9",
        "M80.08XA": "M80.x",
        "10500": "10000-10999",
        "J1234": "J12xx",
    }.items():
        (answer,) = ask(engine, code).policies
        assert [(one.matched, one.exact) for one in answer.dispositions] == [(matched, False)]
    for code in ("C01.0", "M81.0", "11000", "0500T", "J1300"):
        assert not ask(engine, code).known


codes_of_icd = st.from_regex(r"[A-C][0-9][0-9A]\.?[0-9]{0,3}", fullmatch=True).map(
    lambda text: text if "." in text and text[-1] != "." else text[:3]
)


@given(codes_of_icd, codes_of_icd, codes_of_icd)
def test_the_keys_of_a_range_leave_no_member_out(first, last, code):
    first, last = sorted((first, last), key=lambda one: one.partition(".")[::2])
    span = CodeRange.model_validate(
        {"system": "ICD10CM", "from": first, "to": last, "raw": f"{first} - {last}"}
    )
    low, high = span_keys(span)
    if span.holds(code):
        assert low <= sort_key(code) < high


def test_qualifiers_narrow_a_listing(engine):
    listed = [
        ("CPT", "10001", {"qualifiers": {"modifiers": ["26"], "place_of_service": ["11", "22"]}})
    ]
    load(
        engine,
        checked(
            version(
                codes=(),
                code_groups=[
                    group("listed", "covered", listed),
                    group("rest", "not_covered", [("CPT", "10001", {})]),
                ],
            )
        ),
        NOW,
    )
    (answer,) = ask(engine, "10001").policies
    assert [one.applies for one in answer.dispositions] == [None, True]
    assert {one.field for one in answer.unknowns} == {"modifier", "place_of_service"}
    assert answer.positions == ("covered", "not_covered")
    (fits,) = ask(
        engine, "10001", circumstances=Circumstances(modifier="26", place_of_service="22")
    ).policies
    assert [one.applies for one in fits.dispositions] == [True, True]
    assert fits.unknowns == ()
    (other,) = ask(engine, "10001", circumstances=Circumstances(modifier="TC")).policies
    assert (other.dispositions[0].applies, other.positions) == (False, ("not_covered",))


def test_a_pairing_answers_by_diagnosis(engine):
    groups = [
        group("procedures", "medically_necessary", [("CPT", "10001", {})]),
        group("dx", "medically_necessary", ranges=[("ICD10CM", "M80", "M81", "M80 - M81")]),
    ]
    pairing = {
        "procedures": [{"system": "CPT", "code": "10001"}],
        "diagnoses": ["dx"],
        "disposition": "medically_necessary",
        "otherwise": "experimental_investigational",
    }
    load(engine, checked(version(codes=(), code_groups=groups, pairings=[pairing])), NOW)
    (answer,) = ask(engine, "10001").policies
    assert [one.field for one in answer.unknowns] == ["diagnosis"]
    assert answer.positions == ("medically_necessary", "experimental_investigational")
    for diagnosis, position in (
        ("M80.08XA", "medically_necessary"),
        ("m810", "medically_necessary"),
        ("C00.1", "experimental_investigational"),
    ):
        (answer,) = ask(engine, "10001", circumstances=Circumstances(diagnosis=diagnosis)).policies
        assert answer.positions == (position,)
        assert answer.unknowns == ()
    with pytest.raises(CodeError):
        ask(engine, "10001", circumstances=Circumstances(diagnosis="not a code"))


def test_a_policy_for_some_plans_says_on_what_it_depends(engine):
    applies_to = {"lines_of_business": ["commercial"], "states": {"include": ["NY", "NJ"]}}
    load(engine, checked(version(applies_to=applies_to)), NOW)
    (answer,) = ask(engine, "10001").policies
    assert answer.applies is None
    assert [one.field for one in answer.unknowns] == ["line_of_business", "state"]
    (fits,) = ask(
        engine, "10001", circumstances=Circumstances(line_of_business="commercial", state="NY")
    ).policies
    assert (fits.applies, fits.unknowns) == (True, ())
    (other,) = ask(
        engine, "10001", circumstances=Circumstances(line_of_business="medicaid", state="NY")
    ).policies
    assert (other.applies, other.applies_why) == (False, "The policy applies for commercial alone.")


def test_an_excluded_state_is_outside(engine):
    load(engine, checked(version(applies_to={"states": {"exclude": ["TX"]}})), NOW)
    assert (
        ask(engine, "10001", circumstances=Circumstances(state="TX")).policies[0].applies is False
    )
    assert ask(engine, "10001", circumstances=Circumstances(state="NY")).policies[0].applies is True


def test_a_date_that_the_payer_goes_by_is_asked_for(engine):
    load(
        engine,
        checked(
            version("2025-01-01"),
            version("2025-06-01", basis="date_processed", position="not_covered"),
        ),
        NOW,
    )
    answer = ask(engine, "10001", "2025-06-01")
    assert answer.policies[0].governing.status == "indeterminate"
    assert [one.field for one in answer.policies[0].unknowns] == ["processed_on"]
    assert answer.policies[0].positions == ()
    assert ask(engine, "10001", "2025-05-01", processed_on=day("2025-06-02")).policies[
        0
    ].positions == ("not_covered",)


def test_an_authorization_for_every_code_concerns_each(engine):
    told = [
        {
            "requirement": "required",
            "statement": "main",
            "vendor": "Sample Reviewers",
            "valid_for": {"value": 12, "unit": "month"},
        }
    ]
    load(engine, checked(version(authorizations=told)), NOW)
    (one,) = ask(engine, "10001").policies[0].authorizations
    assert (one.every_code, one.vendor, one.valid_for.unit, one.text) == (
        True,
        "Sample Reviewers",
        "month",
        "Prism therapy is medically necessary.",
    )


def test_a_statement_that_differs_from_the_listing_is_not_hidden(engine):
    code = {"system": "CPT", "code": "10001"}
    statements = [
        {
            "key": "main",
            "section": "coverage",
            "role": "position",
            "position": "medically_necessary",
            "text": "It is.",
        },
        {
            "key": "not",
            "section": "coverage",
            "role": "exclusion",
            "position": "not_covered",
            "text": "It is not.",
            "codes": [code],
        },
    ]
    load(engine, checked(version(statements=statements)), NOW)
    (answer,) = ask(engine, "10001").policies
    assert answer.positions == ("medically_necessary", "not_covered")
    assert [one.key for one in answer.statements] == ["not"]


def test_one_payer_alone(engine):
    load(
        engine, checked(version(), version(payer="zenith", policy="z"), payers=(PAYER, OTHER)), NOW
    )
    assert [one.policy.payer for one in ask(engine, "10001").policies] == ["acme", "zenith"]
    only = ask(engine, "10001", payer="zenith")
    assert ([one.policy.payer for one in only.policies], only.not_addressed) == (["zenith"], ())
    with pytest.raises(NotFoundError):
        ask(engine, "10001", payer="nobody")


def test_a_lookup_is_five_statements(curated_engine):
    executed = []
    event.listen(curated_engine, "before_cursor_execute", lambda *given: executed.append(given[2]))
    ask(
        curated_engine,
        "0691T",
        known_at=later(days=1),
        circumstances=Circumstances(diagnosis="M80.08XA"),
    )
    assert len([one for one in executed if one.lstrip().upper().startswith("SELECT")]) == 5


def test_both_searches_use_their_index(sqlite_engine):
    load(sqlite_engine, checked(version()), NOW)
    executed = []
    event.listen(sqlite_engine, "before_cursor_execute", lambda *given: executed.append(given[2:4]))
    ask(sqlite_engine, "10001")
    statement, parameters = next(pair for pair in executed if "code_mention" in pair[0])
    with sqlite_engine.connect() as connection:
        plan = " ".join(
            row[3]
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        )
    assert "ix_code_mention_code" in plan
    assert "ix_code_mention_range" in plan
    assert "SCAN code_mention" not in plan


def test_the_history_of_a_code_is_one_lane_per_policy(curated_to_read):
    with reading(curated_to_read) as session:
        (lane,) = code_history(session, "0691T")
        assert [
            (span.version, span.positions, span.authorization, span.start_known)
            for span in lane.spans
        ] == [
            ("2025-09-26.before", ("experimental_investigational",), ("not_required",), False),
            ("2025-09-26", ("medically_necessary",), ("required",), True),
        ]
        with pytest.raises(CodeError):
            code_history(session, "no code")


def test_codes_are_listed_page_by_page(engine):
    load(
        engine,
        checked(
            version(codes=("10001", "10002", "10003", "20001")),
            version(policy="p-2", codes=("10002",)),
        ),
        NOW,
    )
    with reading(engine) as session:
        first = codes(session, "10", limit=2)
        assert [(one.code, one.policies, one.description) for one in first.items] == [
            ("10001", 1, "description of 10001"),
            ("10002", 2, "description of 10002"),
        ]
        rest = codes(session, "10", cursor=first.cursor, limit=2)
        assert ([one.code for one in rest.items], rest.cursor) == (["10003"], None)
        assert len(codes(session).items) == 4
        assert codes(session, "%").items == ()
        for wrong in ({"cursor": "x"}, {"limit": 0}, {"limit": 501}):
            with pytest.raises(QueryError):
                codes(session, **wrong)
