import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.alerts.topics import (
    EVERYTHING,
    Topic,
    codes_of,
    concerns,
    parse_topic,
    read_topic,
    topics_of,
)
from policy_tracker.errors import InputError
from policy_tracker.record import CodeRef
from policy_tracker.record.code_sets import CodeSet, CodeSpan
from tests.alerts.samples import BOTH, change, comparison


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("everything", "", "everything"),
        ("everything", "whatever", "everything"),
        ("payer", " cigna ", "payer:cigna"),
        ("policy", "cigna/mm-0300", "policy:cigna/mm-0300"),
        ("code", "0691t", "code:CPT:0691T"),
        ("code", " j 1234 ", "code:HCPCS:J1234"),
        ("code", "icd10cm:m81.0", "code:ICD10CM:M81.0"),
        ("code", "M81.0", "code:ICD10CM:M81.0"),
    ],
)
def test_a_topic_is_read_as_people_type_it(kind, value, text):
    topic = read_topic(kind, value)
    assert topic.text == text
    assert parse_topic(text) == topic


NO_TOPICS = [
    *(("payer", value) for value in ("", "Cigna!", "a" * 300)),
    *(("policy", value) for value in ("cigna", "cigna/mm/0300", "../x")),
    *(("code", value) for value in ("", "hello", "FOO:1", "CPT:hello")),
    ("nothing", "x"),
    ("", ""),
]


@pytest.mark.parametrize(("kind", "value"), NO_TOPICS)
def test_what_is_no_topic_is_refused_with_a_sentence(kind, value):
    with pytest.raises(InputError) as refusal:
        read_topic(kind, value)
    assert str(refusal.value).endswith(".")


def test_a_change_is_about_its_payer_and_policy_and_concerns_codes():
    found = comparison(change(codes=(BOTH[1],)), codes=(BOTH[0],))
    assert topics_of(found) == {
        EVERYTHING,
        Topic("payer", "cigna"),
        Topic("policy", "cigna/mm-0300"),
    }
    assert codes_of(found) == {Topic("code", "CPT:0691T"), Topic("code", "CPT:0743T")}


def test_a_code_that_only_an_editorial_difference_names_is_no_topic():
    assert Topic("code", "CPT:0743T") not in codes_of(
        comparison(change(codes=(BOTH[1],), substantive=False))
    )


SPAN = CodeSpan(system="ICD10CM", low="M47811", high="M479~", printed="M47.811 - M47.9")


@pytest.mark.parametrize(
    ("code", "inside"),
    [("M47.811", True), ("M47.816", True), ("M47.9", True), ("M47.812X", True), ("M48.0", False)],
)
def test_a_range_concerns_its_members_alone(code, inside):
    found = comparison(change()).model_copy(update={"concerns": (CodeSet(spans=(SPAN,)),)})
    assert concerns(found, read_topic("code", code)) is inside
    assert not codes_of(found)


codes = st.one_of(
    st.builds(
        CodeRef, system=st.just("CPT"), code=st.from_regex(r"[0-9]{4}[0-9FTU]", fullmatch=True)
    ),
    st.builds(
        CodeRef, system=st.just("HCPCS"), code=st.from_regex(r"[ABCEGHJ][0-9]{4}", fullmatch=True)
    ),
)


@given(st.lists(codes, max_size=8), st.lists(codes, max_size=8))
def test_every_code_of_a_change_is_found_by_who_follows_it(of_verdict, of_change):
    about = codes_of(comparison(change(codes=tuple(of_change)), codes=tuple(of_verdict)))
    assert about == {
        read_topic("code", f"{ref.system}:{ref.code}") for ref in of_verdict + of_change
    }
