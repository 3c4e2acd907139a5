"""What every answer below /v1 has in common: entity tags, problems, headers."""

import pytest
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from policy_tracker.api.answers import entity_tag, has_already
from policy_tracker.app import create_app
from policy_tracker.settings import Settings

ANSWERS = [
    "/v1/codes/0691T?as_of=2025-09-26",
    "/v1/policies",
    "/v1/policies/cigna/mm-0300",
    "/v1/policies/cigna/mm-0300/versions",
    "/v1/policies/cigna/mm-0300/versions/2025-09-26",
    "/v1/policies/cigna/mm-0300/as-of?date=2025-09-26",
    "/v1/changes",
    "/v1/diff?payer=cigna&policy=mm-0300&from=2025-09-26.before&to=2025-09-26",
    "/v1/rules",
    "/v1/openapi.json",
]


@pytest.mark.parametrize("address", ANSWERS)
def test_an_answer_is_not_sent_twice(client: TestClient, address: str) -> None:
    plain = {"Accept-Encoding": "identity"}
    first = client.get(address, headers=plain)
    assert first.headers["content-type"] == "application/json"
    assert first.headers["cache-control"] == "public, no-cache"
    assert client.get(address, headers=plain).headers["etag"] == first.headers["etag"]
    again = client.get(address, headers={**plain, "If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_tag_is_strong_and_that_of_a_compressed_answer_weak(client: TestClient) -> None:
    plain = client.get(ANSWERS[0], headers={"Accept-Encoding": "identity"})
    packed = client.get(ANSWERS[0], headers={"Accept-Encoding": "gzip"})
    assert plain.headers["etag"] == entity_tag(plain.content)
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] == f"W/{plain.headers['etag']}"
    assert packed.json() == plain.json()
    assert (
        client.get(
            ANSWERS[0], headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]}
        ).status_code
        == 304
    )


@pytest.mark.parametrize(
    ("header", "held"),
    [
        (None, False),
        ("", False),
        ("*", True),
        ('"a"', True),
        ('"b", W/"a"', True),
        ('"b"', False),
        ('W/"a"', True),
        ("a", False),
    ],
)
def test_tags_are_compared_weakly(header: str | None, held: bool) -> None:
    assert has_already(header, '"a"') is held


@pytest.mark.parametrize(
    "address", ["/v1/", "/v1/nothing", "/v1/policies/", "/v1/codes/", "/v1/%2e%2e", "/v1/codes/a/b"]
)
def test_an_address_that_leads_nowhere_is_a_problem(client: TestClient, address: str) -> None:
    answer = client.get(address, follow_redirects=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert {"type", "title", "status", "detail", "instance"} <= set(answer.json())


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "/v1/policies"),
        ("DELETE", "/v1/codes/0691T"),
        ("GET", "/v1/codes:batch"),
        ("PUT", "/v1/docs"),
    ],
)
def test_a_method_that_is_not_answered_is_a_problem(
    client: TestClient, method: str, address: str
) -> None:
    answer = client.request(method, address)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["allow"]


def test_a_crash_tells_nothing_of_the_inside(loaded_file, tmp_path, caplog) -> None:
    def clock():
        message = "secret detail"
        raise RuntimeError(message)

    site = create_app(
        Settings(data_dir=tmp_path, database_url=f"sqlite:///{loaded_file}"), clock=clock
    )
    with TestClient(site, raise_server_exceptions=False) as opened:
        answer = opened.get("/v1/policies")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "secret detail" in caplog.text


def test_a_database_that_does_not_answer_is_said_to(loaded_file, tmp_path, caplog) -> None:
    def clock():
        statement = "SELECT"
        raise OperationalError(statement, {}, Exception("host db.internal"))

    site = create_app(
        Settings(data_dir=tmp_path, database_url=f"sqlite:///{loaded_file}"), clock=clock
    )
    with TestClient(site, raise_server_exceptions=False) as opened:
        answer = opened.get("/v1/policies")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "db.internal" not in answer.text
    assert "db.internal" in caplog.text


def test_other_sites_may_not_read_answers(client: TestClient) -> None:
    answer = client.get(ANSWERS[0], headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert (
        client.options(
            ANSWERS[0],
            headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
        ).status_code
        == 405
    )


def test_the_host_that_a_client_claims_is_not_repeated(client: TestClient) -> None:
    for address in ("/v1/codes/99999", "/v1/nothing", "/v1/docs", "/v1/openapi.json"):
        assert "evil.example" not in client.get(address, headers={"Host": "evil.example"}).text


def test_the_bare_prefix_leads_to_the_reference(client: TestClient) -> None:
    assert client.get("/v1", follow_redirects=False).headers["location"] == "/v1/docs"


def test_head_is_answered_without_a_body(client: TestClient) -> None:
    plain = {"Accept-Encoding": "identity"}
    got, asked = client.get(ANSWERS[0], headers=plain), client.head(ANSWERS[0], headers=plain)
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers["etag"] == got.headers["etag"]


def test_the_reference_page_names_every_address_and_loads_nothing_from_elsewhere(
    client: TestClient,
) -> None:
    page = client.get("/v1/docs").text
    for path in client.get("/v1/openapi.json").json()["paths"]:
        assert path in page
    for attribute in ('src="', 'href="'):
        targets = [part.partition('"')[0] for part in page.split(attribute)[1:]]
        assert targets or attribute == 'src="'
        assert all(
            target.startswith(("/", "#")) and not target.startswith("//") for target in targets
        ), targets
    assert "problem-unknown-code" in page
