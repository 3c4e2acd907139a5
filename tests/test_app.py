"""The whole site: headers on every response, assets, probes, pages about errors."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from policy_tracker.app import CONTENT_SECURITY_POLICY, LARGEST_BODY, create_app
from policy_tracker.pages.assets import asset_hash, asset_names
from policy_tracker.settings import Settings
from policy_tracker.store.database import open_engine

NOW = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
EVERYWHERE = [
    "/",
    "/nothing",
    "/policies",
    "/static/tokens.css",
    "/static/nothing.css",
    "/v1/policies",
    "/v1/nothing",
    "/v1/docs",
]
EVERYWHERE += ["/health", "/health/ready"]


@pytest.fixture
def site(sqlite_engine: Engine, tmp_path: Path):
    settings = Settings(data_dir=tmp_path, base_url="https://policies.example.org")
    with TestClient(
        create_app(settings, engine=sqlite_engine, clock=lambda: NOW), raise_server_exceptions=False
    ) as client:
        yield client


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_response_has_the_security_headers(site: TestClient, address: str) -> None:
    headers = site.get(address).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["strict-transport-security"].startswith("max-age=")
    assert site.head(address).headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_transport_security_is_not_promised_without_it(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path), engine=sqlite_engine)) as plain:
        assert "strict-transport-security" not in plain.get("/health").headers


def test_pages_have_nothing_inline(site: TestClient) -> None:
    for address in ("/", "/policies", "/v1/docs", "/nothing"):
        page = site.get(address).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page)
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", page)


def test_an_asset_asked_for_by_its_hash_is_kept_for_ever(site: TestClient) -> None:
    for name in asset_names():
        lasting = site.get(f"/static/{name}?v={asset_hash(name)}")
        assert lasting.status_code == 200
        assert lasting.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=000000000000", "?v=", "?x=1", "?v=%00"])
def test_any_other_asset_is_asked_for_again(site: TestClient, query: str) -> None:
    assert site.get(f"/static/tokens.css{query}").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/settings.py", "/static/"],
)
def test_nothing_but_assets_is_served(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "create_app" not in answer.text


def test_a_person_gets_a_page_about_what_is_not_there(site: TestClient) -> None:
    answer = site.get("/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_a_method_that_is_not_answered(site: TestClient) -> None:
    answer = site.delete("/policies")
    assert answer.status_code == 405
    assert answer.headers["allow"]


def test_a_redirect_never_names_the_host_that_a_client_claims(site: TestClient) -> None:
    for address in ("/policies/", "/v1/policies/", "/health/"):
        answer = site.get(address, headers={"Host": "evil.example"}, follow_redirects=False)
        assert "evil.example" not in answer.headers.get("location", "")
        assert "evil.example" not in answer.text


def test_a_crash_is_a_page_that_tells_nothing(
    sqlite_engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def clock() -> datetime:
        message = "secret detail"
        raise RuntimeError(message)

    with TestClient(
        create_app(Settings(data_dir=tmp_path), engine=sqlite_engine, clock=clock),
        raise_server_exceptions=False,
    ) as client:
        answer = client.get("/policies")
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "secret" not in answer.text


@pytest.mark.parametrize("address", ["/alerts", "/v1/codes:batch"])
def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    site: TestClient, address: str
) -> None:
    answer = site.post(address, content=b"x", headers={"Content-Length": str(LARGEST_BODY + 1)})
    assert answer.status_code == 413
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("address", ["/alerts", "/v1/codes:batch"])
def test_a_body_without_a_length_is_counted(site: TestClient, address: str) -> None:
    body = (b"x" * 65536 for _ in range(LARGEST_BODY // 65536 + 1))
    answer = site.post(address, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (413, 422)
    assert answer.status_code == 413 or address == "/alerts"


def test_the_probe_tells_how_the_work_goes(site: TestClient) -> None:
    answer = site.get("/health")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["status"] == "degraded"
    assert told["scheduler"]["running"] is False
    assert told["outbox"]["due"] == 0
    assert "last_error" not in told["outbox"]


def test_ready_says_what_is_missing(site: TestClient) -> None:
    answer = site.get("/health/ready")
    assert answer.status_code == 503
    assert "no policy is loaded" in answer.json()["missing"][0]


def test_a_database_without_tables_is_not_ready(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    with TestClient(create_app(Settings(data_dir=tmp_path), engine=engine)) as client:
        answer = client.get("/health/ready")
        assert client.get("/health").json()["status"] == "degraded"
    engine.dispose()
    assert answer.status_code == 503
    assert "db upgrade" in answer.json()["missing"][0]
