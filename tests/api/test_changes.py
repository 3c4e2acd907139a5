"""The feed of changes, one change, and comparisons."""

import pytest
from starlette.testclient import TestClient

from policy_tracker.rules import AS_DECLARED
from policy_tracker.rules.changes import Comparison

DIFF = {"payer": "cigna", "policy": "mm-0300", "from": "2025-09-26.before", "to": "2025-09-26"}


def all_pages(client: TestClient, **query) -> list[dict]:
    rows, cursor = [], None
    while True:
        page = client.get(
            "/v1/changes", params={**query, **({"cursor": cursor} if cursor else {})}
        ).json()
        rows += page["items"]
        cursor = page["next"]
        if cursor is None:
            return rows


def test_newest_effective_comes_first(client: TestClient) -> None:
    days = [row["effective"] or "" for row in all_pages(client, limit=200)]
    assert days == sorted(days, reverse=True)
    assert days


def test_pages_join_without_gap_or_repetition(client: TestClient) -> None:
    whole = [row["change"]["id"] for row in all_pages(client, limit=200, substantive="any")]
    assert [row["change"]["id"] for row in all_pages(client, limit=3, substantive="any")] == whole
    assert len(set(whole)) == len(whole)


def test_filters_by_what_a_change_is(client: TestClient) -> None:
    rows = all_pages(client, payer="cigna", axis="burden")
    assert {row["change"]["rule"] for row in rows} == {
        "prior-auth-added",
        "review-interval-shortened",
    }
    concerning = [
        row["change"]["rule"]
        for row in all_pages(client, payer="cigna", axis="burden", code="0743T")
    ]
    # the second names no code and governs all that is listed
    assert concerning == ["prior-auth-added", "review-interval-shortened"]
    assert (
        all_pages(client, code="0691T", direction="broadened", impact_at_least="medium-high")[0][
            "change"
        ]["axis"]
        == "coverage"
    )
    assert {row["change"]["substantive"] for row in all_pages(client, substantive="false")} == {
        False
    }
    assert all_pages(client, payer="cigna", effective_from="2025-09-27") == []
    assert len(all_pages(client, payer="cigna", effective_to="2025-09-26")) == 3


@pytest.mark.parametrize(
    "query",
    [
        "axis=colour",
        "direction=up",
        "impact_at_least=huge",
        "kind=x",
        "substantive=maybe",
        "effective_from=1",
        "limit=201",
        "cursor=!",
        "cod=1",
    ],
)
def test_refuses_malformed_filters(client: TestClient, query: str) -> None:
    answer = client.get(f"/v1/changes?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


def test_one_change_by_its_id(client: TestClient) -> None:
    [first, *_] = all_pages(client, payer="cigna")
    answer = client.get(f"/v1/changes/{first['change']['id']}").json()
    assert answer["change"] == first["change"]
    assert answer["known"]["sequence"] > 0
    missing = client.get("/v1/changes/0000")
    assert missing.status_code == 404
    assert "0000" in missing.json()["detail"]


def test_compares_two_versions(client: TestClient) -> None:
    answer = client.get("/v1/diff", params=DIFF).json()
    assert (answer["from"], answer["to"]) == (DIFF["from"], DIFF["to"])
    verdict = answer["verdict"]
    assert (verdict["change_type"], verdict["impact"]) == ("modified", "medium-high")
    assert (verdict["direction"]["coverage"], verdict["direction"]["burden"]) == (
        "broadened",
        "narrowed",
    )
    assert len([change for change in answer["changes"] if change["substantive"]]) == 3
    known = answer.pop("known")
    assert known["sequence"] > 0
    Comparison.model_validate(answer)


def test_compares_in_either_order(client: TestClient) -> None:
    answer = client.get("/v1/diff", params={**DIFF, "from": DIFF["to"], "to": DIFF["from"]}).json()
    assert answer["verdict"]["direction"]["coverage"] == "narrowed"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"to": "1999-01-01"}, 404),
        ({"policy": "nothing"}, 404),
        ({"to": "2025-09-26.before"}, 422),
        ({"to": ""}, 422),
        ({"form": "x"}, 422),
    ],
)
def test_a_comparison_needs_two_versions_that_are_held(
    client: TestClient, wrong: dict[str, str], status: int
) -> None:
    assert client.get("/v1/diff", params={**DIFF, **wrong}).status_code == status


def test_lists_the_rules(client: TestClient) -> None:
    answer = client.get("/v1/rules").json()
    assert answer["ruleset"] == AS_DECLARED.stamp
    assert len(answer["rules"]) >= 25
    assert "review-interval-shortened" in [rule["id"] for rule in answer["rules"]]
