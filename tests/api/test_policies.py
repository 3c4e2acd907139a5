"""Policies, versions, and which one governs."""

import pytest
from starlette.testclient import TestClient

from policy_tracker.record import Record

BASE = "/v1/policies/cigna/mm-0300"


def test_lists_policies_in_parts(client: TestClient) -> None:
    whole = client.get("/v1/policies").json()
    names = [(row["payer"], row["policy"]) for row in whole["items"]]
    assert ("cigna", "mm-0300") in names
    assert whole["next"] is None
    parts, cursor = [], None
    while True:
        part = client.get(
            "/v1/policies", params={"limit": 1, **({"cursor": cursor} if cursor else {})}
        ).json()
        parts += [(row["payer"], row["policy"]) for row in part["items"]]
        cursor = part["next"]
        if cursor is None:
            break
    assert parts == names


def test_filters_policies(client: TestClient) -> None:
    assert {
        row["payer"] for row in client.get("/v1/policies?payer=example-health").json()["items"]
    } == {"example-health"}
    assert [row["policy"] for row in client.get("/v1/policies?text=bone").json()["items"]] == [
        "mm-0300"
    ]
    assert client.get("/v1/policies?payer=nobody").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "cursor=garbage", "cursor=", "payer=A%20B", "pager=x", "text=a%00b"],
)
def test_refuses_malformed_lists(client: TestClient, query: str) -> None:
    answer = client.get(f"/v1/policies?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


def test_one_policy_says_what_is_in_force(client: TestClient) -> None:
    answer = client.get(BASE).json()
    assert answer["policy"]["version"] == "2025-09-26"
    assert answer["policy"]["status"] == "in_force"
    assert answer["policy"]["versions"] == 2
    assert answer["known"]["sequence"] > 0


def test_lists_versions_newest_first(client: TestClient) -> None:
    rows = client.get(f"{BASE}/versions").json()["versions"]
    assert [row["version"] for row in rows] == ["2025-09-26", "2025-09-26.before"]
    assert rows[1]["start"]["day"] is None
    assert rows[1]["until"] == "2025-09-26"
    assert {row["source_kind"] for row in rows} == {"secondary"}


def test_a_version_holds_its_record(client: TestClient) -> None:
    answer = client.get(f"{BASE}/versions/2025-09-26").json()
    record = Record.model_validate(answer["record"])
    assert (record.payer, record.version) == ("cigna", "2025-09-26")
    assert answer["previous"] == "2025-09-26.before"


def test_blames_each_statement_on_versions(client: TestClient) -> None:
    answer = client.get("/v1/policies/example-health/rx-211/blame").json()
    record = client.get("/v1/policies/example-health/rx-211/versions/v7").json()["record"]
    assert answer["version"] == "v7"
    assert [row["key"] for row in answer["statements"]] == [
        row["key"] for row in record["statements"]
    ]
    changed = [row for row in answer["statements"] if row["changes"]]
    assert changed
    for row in answer["statements"]:
        assert len(row["lineage"]) == 1
        assert row["versions"][0] == row["since"]
        assert row["versions"][-1] == "v7"
        for touch in row["changes"]:
            differs = client.get(
                f"/v1/diff?payer=example-health&policy=rx-211&from={touch['before']}&to={touch['version']}"
            ).json()
            assert differs["changes"], "who blames a version finds a change in its comparison"


def test_a_statement_keeps_its_lineage_from_version_to_version(client: TestClient) -> None:
    latest = client.get("/v1/policies/example-health/rx-211/blame").json()["statements"]
    earlier = client.get("/v1/policies/example-health/rx-211/blame?version=v6").json()["statements"]
    names = {name for row in earlier for name in row["lineage"]}
    assert {row["since"] == "v7" for row in latest if not names & set(row["lineage"])} == {True}
    assert {row["since"] != "v7" for row in latest if names & set(row["lineage"])} == {True}


@pytest.mark.parametrize(
    ("day", "version"), [("2025-09-25", "2025-09-26.before"), ("2025-09-26", "2025-09-26")]
)
def test_says_which_version_governs(client: TestClient, day: str, version: str) -> None:
    answer = client.get(f"{BASE}/as-of", params={"date": day}).json()
    assert answer["governing"]["version"] == version
    assert version in answer["governing"]["why"]
    assert (answer["date"], answer["source_kind"]) == (day, "secondary")


def test_as_of_defaults_to_today(client: TestClient) -> None:
    assert client.get(f"{BASE}/as-of").json()["date"] == "2026-01-20"


@pytest.mark.parametrize(
    "address",
    [
        "/v1/policies/cigna/nothing",
        "/v1/policies/nobody/mm-0300",
        f"{BASE}/versions/1999-01-01",
        f"{BASE}/nothing",
        f"{BASE}/blame?version=1999",
    ],
)
def test_what_is_not_held_is_not_found(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.json()["detail"].endswith(".")


def test_versions_as_they_were_known_earlier(client: TestClient) -> None:
    answer = client.get(f"{BASE}/versions", params={"known_at": "2026-01-15T10:00:00Z"})
    assert len(answer.json()["versions"]) == 2
    assert answer.json()["known"]["at"] == "2026-01-15T10:00:00Z"
