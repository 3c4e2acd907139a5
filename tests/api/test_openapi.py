"""The OpenAPI document: complete, with examples that are true, and kept by what answers."""

import os
from pathlib import Path

import orjson
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.testclient import TestClient

import policy_tracker.api.openapi as module
from policy_tracker.api.application import create_api
from policy_tracker.api.values import CODE_PATTERN
from policy_tracker.app import create_app
from policy_tracker.settings import Settings
from policy_tracker.store.database import open_engine
from tests.api.conftest import NOW

EXAMPLES = Path(module.__file__).with_name("examples.json")
ASKED = {
    "get_code": "/v1/codes/0691T?as_of=2025-09-25",
    "list_policies": "/v1/policies?payer=cigna",
    "get_policy": "/v1/policies/cigna/mm-0300",
    "list_versions": "/v1/policies/cigna/mm-0300/versions",
    "get_version": "/v1/policies/cigna/mm-0300/versions/2025-09-26.before",
    "get_blame": "/v1/policies/cigna/mm-0300/blame?version=2025-09-26.before",
    "get_as_of": "/v1/policies/cigna/mm-0300/as-of?date=2025-09-25",
    "list_changes": "/v1/changes?payer=cigna&axis=coverage",
    "compare_versions": "/v1/diff?payer=cigna&policy=mm-0300&from=2025-09-26.before&to=2025-09-26",
}


def answered(client: TestClient) -> dict[str, object]:
    """The examples, as the application answers them now."""
    told = {name: client.get(address).json() for name, address in ASKED.items()}
    told["get_change"] = client.get(
        f"/v1/changes/{told['list_changes']['items'][0]['change']['id']}"
    ).json()
    told["get_codes"] = client.post(
        "/v1/codes:batch",
        json={"questions": [{"code": "0691T", "as_of": "2025-09-25"}, {"code": "99999"}]},
    ).json()
    rules = client.get("/v1/rules").json()
    told["list_rules"] = {
        **rules,
        "rules": [rule for rule in rules["rules"] if rule["id"] == "review-interval-shortened"],
    }
    return told


def test_examples_are_what_is_answered(client: TestClient) -> None:
    """To accept answers that were changed on purpose: ACCEPT_GOLDEN=1 pytest
    tests/api/test_openapi.py, then look at the difference.
    """
    made = orjson.dumps(answered(client), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    made = made.replace(b"https://policies.example.org", b"http://127.0.0.1:8000")
    if os.environ.get("ACCEPT_GOLDEN"):
        EXAMPLES.write_bytes(made)
    assert EXAMPLES.read_bytes() == made


def test_the_document_is_whole(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        assert path.startswith("/v1/")
        for operation in operations.values():
            assert operation["summary"]
            assert operation["description"]
            assert operation["responses"]["200"]["content"]["application/json"]["example"], path
            for status, response in operation["responses"].items():
                if status.startswith(("4", "5")):
                    assert list(response["content"]) == ["application/problem+json"]
            for parameter in operation.get("parameters", ()):
                assert parameter["description"], (path, parameter["name"])


def test_every_field_of_a_code_answer_is_described(client: TestClient) -> None:
    fields = client.get("/v1/openapi.json").json()["components"]["schemas"]["PolicyCodeAnswer"][
        "properties"
    ]
    assert fields["positions"]["description"]
    assert fields["source_kind"]["description"]


def test_the_form_of_codes_is_the_records_own(client: TestClient) -> None:
    [code] = [
        p
        for p in client.get("/v1/openapi.json").json()["paths"]["/v1/codes/{code}"]["get"][
            "parameters"
        ]
        if p["name"] == "code"
    ]
    assert code["schema"]["pattern"] == CODE_PATTERN


@pytest.fixture
def api_schema(loaded_file, tmp_path_factory: pytest.TempPathFactory):
    """The API as schemathesis reads it."""
    engine = open_engine(f"sqlite:///{loaded_file}")
    site = create_app(
        Settings(data_dir=tmp_path_factory.mktemp("schema")), engine=engine, clock=lambda: NOW
    )
    yield schemathesis.openapi.from_asgi("/v1/openapi.json", site)
    engine.dispose()


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
# Filters and codes are words that may not be held here, or not fit together: the document does not
# say that these are refused.
OPEN = {"get_code", "get_codes", "list_policies", "list_changes", "compare_versions"}
OPERATIONS = [
    operation["operationId"]
    for path in module.document(create_api("0"))["paths"].values()
    for operation in path.values()
]


@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_whatever_is_asked_the_document_is_kept(api_schema, operation_id: str) -> None:
    [operation] = [
        found.ok()
        for found in api_schema.get_all_operations()
        if found.ok().definition.raw["operationId"] == operation_id
    ]
    checks = [*CHECKS, positive_data_acceptance] if operation_id not in OPEN else CHECKS
    if operation_id != "get_codes":  # a batch answers a wrong question in its place
        checks = [*checks, negative_data_rejection]

    @given(case=operation.as_strategy())
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case) -> None:
        case.call_and_validate(checks=checks)

    ask()


@pytest.mark.parametrize("operation_id", [one for one in OPERATIONS if one != "list_rules"])
def test_malformed_questions_are_refused(api_schema, operation_id: str) -> None:
    [operation] = [
        found.ok()
        for found in api_schema.get_all_operations()
        if found.ok().definition.raw["operationId"] == operation_id
    ]
    checks = [*CHECKS] if operation_id == "get_codes" else [*CHECKS, negative_data_rejection]

    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case) -> None:
        case.call_and_validate(checks=checks)

    ask()
