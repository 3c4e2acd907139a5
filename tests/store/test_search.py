"""Full text: words, codes, snippets, and nothing that a person types is a query language."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy_tracker.errors import NotFoundError
from policy_tracker.pipeline import load
from policy_tracker.store.database import reading
from policy_tracker.store.search import search
from tests.store.making import NOW, OTHER, PAYER, checked, version

TEXT = "Prism therapy for T-cell disease (E11.9) is <b>covered</b>; it's reviewed yearly."


@pytest.fixture
def engine_with_texts(engine):
    load(
        engine,
        checked(
            version(text=TEXT, codes=("10001", "10002")),
            version(payer="zenith", policy="z-1", text="Sound therapy is not covered."),
            payers=(PAYER, OTHER),
        ),
        NOW,
    )
    return engine


def find(engine, text, **more):
    with reading(engine) as session:
        return [(hit.kind, hit.policy.policy, hit.place) for hit in search(session, text, **more)]


@pytest.mark.parametrize(
    "text",
    [
        "T-cell",
        "E11.9",
        "it's reviewed",
        "t-CELL disease",
        "diseases reviewed",
        '"disease"',
        "(E11.9)",
        "covered;",
    ],
)
def test_words_of_a_statement_find_it(engine_with_texts, text):
    assert ("statement", "p-1", "main") in find(engine_with_texts, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        '"',
        "AND",
        "OR NOT",
        "nothing*",
        "heading:covered",
        "-therapy missing",
        "\0",
        "' OR 1=1 --",
        "NEAR(a b)",
        "^",
    ],
)
def test_a_query_language_is_only_words(engine_with_texts, text):
    assert find(engine_with_texts, text) == []


def test_policies_come_before_their_statements(engine_with_texts):
    found = find(engine_with_texts, "therapy")
    assert {kind for kind, *_ in found[:2]} == {"policy"}
    assert {place[1] for place in found} == {"p-1", "z-1"}


def test_a_code_is_found_by_its_beginning_and_by_its_description(engine_with_texts):
    assert find(engine_with_texts, "1000", payer="acme") == [
        ("code", "p-1", "10001"),
        ("code", "p-1", "10002"),
    ]
    assert ("code", "p-1", "10002") in find(engine_with_texts, "description of 10002")
    assert find(engine_with_texts, "description of 10002", descriptors=False) == []


def test_a_snippet_is_plain_text_with_its_matches(engine_with_texts):
    with reading(engine_with_texts) as session:
        (hit,) = search(session, "disease covered")
    assert {span.text.lower() for span in hit.snippet if span.match} == {"disease", "covered"}
    assert "".join(span.text for span in hit.snippet) in TEXT
    assert "<b>" in "".join(span.text for span in hit.snippet), "it is the reader's to escape"


def test_one_payer_and_a_limit(engine_with_texts):
    assert {policy for _, policy, _ in find(engine_with_texts, "therapy", payer="zenith")} == {
        "z-1"
    }
    assert len(find(engine_with_texts, "therapy", limit=1)) == 1
    assert len(find(engine_with_texts, "therapy", limit=-5)) == 1
    with pytest.raises(NotFoundError):
        find(engine_with_texts, "therapy", payer="nobody")


def test_a_text_that_was_replaced_is_no_longer_found(engine):
    load(engine, checked(version(text="An unusual wording.")), NOW)
    assert find(engine, "unusual")
    load(engine, checked(version(text="Plain.", corrects="misread")), NOW)
    assert find(engine, "unusual") == []


@given(text=st.text(max_size=60))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_search(engine, text):
    with reading(engine) as session:
        assert search(session, text) == ()
