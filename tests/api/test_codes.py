"""Coverage of a code as of a day."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from policy_tracker.api.schemas_codes import CodeAnswers, CodeResponse
from policy_tracker.app import create_app
from policy_tracker.pipeline import load
from policy_tracker.recordfiles.folder import check_folder
from policy_tracker.settings import Settings
from tests.api.conftest import NOW, POLICIES


def of_cigna(answer: dict) -> dict:
    return next(one for one in answer["policies"] if one["policy"]["payer"] == "cigna")


def test_two_days_have_two_answers_each_with_version_reason_and_source(client: TestClient) -> None:
    before = of_cigna(client.get("/v1/codes/0691T", params={"as_of": "2025-09-25"}).json())
    after = of_cigna(client.get("/v1/codes/0691T", params={"as_of": "2025-09-26"}).json())
    assert before["positions"] == ["experimental_investigational"]
    assert after["positions"] == ["medically_necessary"]
    assert (before["governing"]["version"], after["governing"]["version"]) == (
        "2025-09-26.before",
        "2025-09-26",
    )
    start = {
        "day": None,
        "stated_as": "unknown",
        "basis": "unknown",
        "policy_effective": None,
        "issued": None,
    }
    assert before["governing"]["start"] == start
    assert after["governing"]["start"]["day"] == "2025-09-26"
    for answer in (before, after):
        assert answer["governing"]["version"] in answer["governing"]["why"]
        assert answer["source_kind"] == "secondary"
        assert answer["completeness"] == "partial"
    assert [one["requirement"] for one in before["authorizations"]] == ["not_required"]
    assert [(one["requirement"], one["phase"]) for one in after["authorizations"]] == [
        ("required", "initial")
    ]
    assert before["next_change"]["on"] == "2025-09-26"
    assert after["disagreements"][0]["about"] == "prior_auth"


@pytest.mark.parametrize(
    "address",
    [
        "/v1/codes/0691T",
        "/v1/codes/77080?as_of=2025-10-01",
        "/v1/codes/64483?diagnosis=M54.16",
        "/v1/codes/M81.0",
    ],
)
def test_the_answer_has_the_form_that_is_described(client: TestClient, address: str) -> None:
    answer = client.get(address).json()
    assert CodeResponse.model_validate(answer, extra="forbid").model_dump(mode="json") == answer


def test_the_answer_says_up_to_where_the_journal_counts(client: TestClient) -> None:
    answer = client.get("/v1/codes/0691T").json()
    assert answer["known"]["sequence"] > 0
    assert answer["known"]["at"] is None
    assert answer["question"]["as_of"] == NOW.date().isoformat()


def test_before_anything_was_recorded_nothing_is_known(client: TestClient) -> None:
    answer = client.get("/v1/codes/0691T", params={"known_at": "2026-01-01T00:00:00Z"})
    assert answer.status_code == 404
    assert "recorded by 2026-01-01 00:00 UTC" in answer.json()["detail"]


def test_an_unknown_code_is_not_found_and_says_what_was_looked_for(client: TestClient) -> None:
    answer = client.get("/v1/codes/99999")
    assert answer.status_code == 404
    problem = answer.json()
    assert problem["type"] == "https://policies.example.org/v1/docs#problem-unknown-code"
    assert problem["detail"].startswith(
        "No record of the payers watched here names 99999 (CPT (Category I))"
    )
    assert problem["instance"] == "/v1/codes/99999"


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/v1/codes/hello?as_of=2025-13-01", "as_of"),
        ("/v1/codes/0691T?as_of=today", "as_of"),
        ("/v1/codes/0691T?known_at=2025-01-01", "known_at"),
        ("/v1/codes/0691T?state=Texas", "state"),
        ("/v1/codes/0691T?system=XYZ", "system"),
        ("/v1/codes/0691T?place_of_service=1", "place_of_service"),
        ("/v1/codes/0691T?asof=2025-09-26", "asof"),
        ("/v1/codes/0691T?as_of=2025-09-25&as_of=2025-09-26", "as_of"),
        ("/v1/codes/0691T%00", "code"),
    ],
)
def test_what_is_malformed_is_named(client: TestClient, address: str, field: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_text_that_is_no_code_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/codes/hello")
    assert answer.status_code == 422
    assert "hello" in answer.json()["detail"]


def test_a_misspelt_parameter_is_told_the_right_name(client: TestClient) -> None:
    assert "did you mean as_of?" in client.get("/v1/codes/0691T?as_off=2025-09-26").json()["detail"]


def test_a_payer_that_is_not_held_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/codes/0691T?payer=nobody").status_code == 404


def test_silence_is_listed_apart_from_answers(client: TestClient) -> None:
    answer = client.get("/v1/codes/64483").json()
    assert [one["payer"] for one in answer["not_addressed"]] == ["cigna"]
    named = client.get("/v1/codes/0691T").json()
    assert [(one["payer"], one["position"]) for one in named["defaults"]] == [
        ("example-health", "experimental_investigational")
    ]


def test_what_the_answer_depends_on_is_asked_for(client: TestClient) -> None:
    open_question = client.get("/v1/codes/64483?as_of=2025-06-01").json()["policies"][0]
    assert "diagnosis" in [one["field"] for one in open_question["unknowns"]]
    answered = client.get("/v1/codes/64483?as_of=2025-06-01&diagnosis=M54.16").json()["policies"][0]
    assert "diagnosis" not in [one["field"] for one in answered["unknowns"]]


def test_descriptors_can_be_switched_off(loaded_file, tmp_path, client: TestClient) -> None:
    described = of_cigna(client.get("/v1/codes/0691T?as_of=2025-10-01").json())["dispositions"][0][
        "description"
    ]
    settings = Settings(
        data_dir=tmp_path, database_url=f"sqlite:///{loaded_file}", show_descriptors=False
    )
    with TestClient(create_app(settings)) as bare:
        answer = bare.get("/v1/codes/0691T?as_of=2025-10-01").text
        record = bare.get("/v1/policies/cigna/mm-0300/versions/2025-09-26").text
    assert described
    assert described not in answer
    assert described not in record


def test_many_questions_are_answered_in_order(client: TestClient) -> None:
    questions = [
        {"code": "0691T", "as_of": "2025-09-25"},
        {"code": "99999"},
        {"code": "0691T", "as_of": "2025-09-26"},
        {"code": "0691T", "as_off": "x"},
        7,
    ]
    answer = client.post("/v1/codes:batch", json={"questions": questions})
    assert answer.status_code == 200
    answers = answer.json()["answers"]
    assert [of_cigna(answers[place])["positions"] for place in (0, 2)] == [
        ["experimental_investigational"],
        ["medically_necessary"],
    ]
    assert [answers[place]["status"] for place in (1, 3, 4)] == [404, 422, 422]
    assert answers[3]["errors"][0]["field"] == "as_off"
    assert answers[1]["instance"] == "/v1/codes:batch#questions[1]"
    CodeAnswers.model_validate(answer.json())


@pytest.mark.parametrize(
    "body",
    [
        {"questions": []},
        {"questions": [{"code": "0691T"}] * 501},
        {},
        {"questions": [], "more": 1},
        [1],
        "x",
    ],
)
def test_a_batch_is_bounded_and_of_one_form(client: TestClient, body: object) -> None:
    answer = client.post("/v1/codes:batch", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_no_json_is_malformed(client: TestClient) -> None:
    answer = client.post(
        "/v1/codes:batch", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post(
        "/v1/codes:batch",
        content=b" " * (1024 * 1024 + 1),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 413
    assert answer.json()["type"].endswith("#problem-too-large")


def test_the_answer_changes_as_soon_as_something_is_recorded(engine: Engine, tmp_path) -> None:
    settings = Settings(data_dir=tmp_path, policies_dir=POLICIES)
    with TestClient(create_app(settings, engine=engine, clock=lambda: NOW)) as site:
        assert site.get("/v1/codes/0691T").status_code == 404
        load(engine, check_folder([POLICIES / "cigna"]), datetime(2026, 1, 15, tzinfo=UTC))
        first = site.get("/v1/codes/0691T")
        load(engine, check_folder([POLICIES]), datetime(2026, 1, 16, tzinfo=UTC))
        second = site.get("/v1/codes/0691T")
    assert first.json()["defaults"] == []
    assert [one["payer"] for one in second.json()["defaults"]] == ["example-health"]
    assert first.headers["etag"] != second.headers["etag"]


def test_a_modifier_may_stand_behind_the_code(client: TestClient) -> None:
    plain = client.get("/v1/codes/0691T", params={"modifier": "26"}).json()
    typed = client.get("/v1/codes/0691T-26").json()
    assert typed["question"]["modifier"] == "26"
    assert (typed["code"], typed["policies"]) == (plain["code"], plain["policies"])
    assert client.get("/v1/codes/0691T-26", params={"modifier": "TC"}).status_code == 422


def test_a_letter_for_a_digit_is_asked_back(client: TestClient) -> None:
    problem = client.get("/v1/codes/O691T").json()
    assert "Did you mean 0691T?" in problem["detail"]
