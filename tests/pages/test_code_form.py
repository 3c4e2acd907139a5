from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_tracker.pages.code_form import FIELDS, read_question

TODAY = date(2025, 9, 14)


def test_a_question_is_asked_as_of_today_unless_it_says_otherwise() -> None:
    assert read_question({}, TODAY).question.as_of == TODAY
    assert not read_question({}, TODAY).asks_more
    form = read_question(
        {
            "as_of": "2025-09-26",
            "state": "tx",
            "diagnosis": "m81.0",
            "known_at": "2025-10-01T12:00:00Z",
            "payer": "cigna",
        },
        TODAY,
    )
    assert not form.problems
    assert form.question.as_of == date(2025, 9, 26)
    assert form.question.known_at == datetime(2025, 10, 1, 12, tzinfo=UTC)
    assert (form.circumstances.state, form.circumstances.diagnosis, form.payer) == (
        "TX",
        "M81.0",
        "cigna",
    )
    assert form.asks_more


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("as_of", "2025-02-30"),
        ("as_of", "2025-09"),
        ("as_of", "tomorrow"),
        ("processed_on", "0001-01-01"),
        ("known_at", "2025-10-01"),
        ("known_at", "0001-01-01T00:00:00+14:00"),
        ("line_of_business", "all"),
        ("state", "Texas"),
        ("diagnosis", "x"),
        ("modifier", "ABC"),
        ("place_of_service", "1a"),
    ],
)
def test_what_is_wrong_is_kept_and_explained(field: str, value: str) -> None:
    form = read_question({field: value}, TODAY)
    assert value in (form.problem(field) or "")
    assert form.typed[field] == value
    assert form.question.as_of == TODAY


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_any_query_is_read(query: dict[str, str]) -> None:
    form = read_question(query, TODAY)
    assert all(problem.field in FIELDS for problem in form.problems)
