"""The command `reclassify`, the catalogue and a comparison under overrides, as a person calls them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from policy_tracker.rules import AS_DECLARED

Run = Callable[..., Result]
BEFORE, AFTER = "cigna/mm-0300@2025-09-26.before", "cigna/mm-0300@2025-09-26"


@pytest.fixture
def override(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give the installation a file of overrides."""

    def write(text: str) -> None:
        file = tmp_path / "rules.yaml"
        file.write_text(text, encoding="utf-8")
        monkeypatch.setenv("POLICY_TRACKER_RULES_FILE", str(file))

    return write


def flat(text: str) -> str:
    return " ".join(text.split())


def test_nothing_moves_where_the_rules_are_the_same(run_loaded: Run) -> None:
    result = run_loaded("reclassify")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 brought up to date; 0 changes moved" in result.stderr


def test_what_moves_is_shown_by_edit_first_as_a_trial(
    run_loaded: Run, override: Callable[[str], None]
) -> None:
    differences = {
        change["rule"]: change["difference"]
        for change in json.loads(run_loaded("diff", BEFORE, AFTER, "--json").stdout)["changes"]
    }
    override("rules:\n  review-interval-shortened: {impact: high}\n  prior-auth-added: off\n")
    trial = run_loaded("reclassify", "--dry-run")
    told = flat(trial.stdout)
    assert (
        f"cigna/mm-0300 2025-09-26.before → 2025-09-26 rules {AS_DECLARED.stamp} → "
        f"{AS_DECLARED.stamp}+"
    ) in told
    assert f"~ Re-review differs edit {differences['review-interval-shortened']}" in told
    assert f"- Prior authorization vanished edit {differences['prior-auth-added']}" in told
    assert "would be brought up to date;" in trial.stderr
    done = run_loaded("reclassify", "--json")
    found = json.loads(done.stdout)
    assert [
        (moved["what"], len(moved["before"]), len(moved["after"]))
        for policy in found["policies"]
        if policy["policy"] == "mm-0300"
        for step in policy["steps"]
        for moved in step["moved"]
    ] == [("vanished", 1, 0), ("differs", 1, 1)]
    assert run_loaded("reclassify").stdout == ""
    assert run_loaded("verify").exit_code == 0


def test_the_catalogue_shows_the_overrides(run: Run, override: Callable[[str], None]) -> None:
    override("rules:\n  review-interval-shortened: {impact: high}\n  prior-auth-added: off\n")
    assert "High impact set here" in flat(run("rules", "review-interval-shortened").stdout)
    assert "switched off here" in flat(run("rules", "prior-auth-added").stdout)
    told = json.loads(run("rules", "--json").stdout)
    assert told["ruleset"].startswith(f"{AS_DECLARED.stamp}+")
    assert [rule["id"] for rule in told["rules"] if rule["off"]] == ["prior-auth-added"]
    assert (
        json.loads(run("rules", "review-interval-shortened", "--json").stdout)["impact"] == "high"
    )


def test_a_comparison_counts_what_is_switched_off(
    run_loaded: Run, override: Callable[[str], None]
) -> None:
    override("rules:\n  prior-auth-added: off\n")
    told = flat(run_loaded("diff", BEFORE, AFTER).stdout)
    assert "2 changes that can decide a claim" in told
    assert "1 difference not told" in told
    assert "switched" in told
    assert "prior-auth-added" in told
    found = json.loads(run_loaded("diff", BEFORE, AFTER, "--json").stdout)
    assert {
        one["by"].partition("-")[2]
        for one in found["superseded"]
        if one["reason"] == "switched_off"
    } == {"prior-auth-added"}


@pytest.mark.parametrize(
    "command",
    [
        ("load", "nothing"),
        ("diff", BEFORE, AFTER),
        ("rules",),
        ("reclassify",),
        ("verify",),
        ("serve",),
    ],
)
def test_a_wrong_file_stops_every_command_that_judges(
    run_loaded: Run, override: Callable[[str], None], command: tuple[str, ...]
) -> None:
    override("rules:\n  prior-auth-addedd: off\n")
    result = run_loaded(*command)
    assert result.exit_code == 2
    assert (
        "rules.yaml:2: rules.prior-auth-addedd: there is no such rule; did you mean "
        "prior-auth-added"
    ) in result.stderr
