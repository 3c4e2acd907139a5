"""lookup, history, diff, rules, jobs: data on stdout, words on stderr, and the exit code."""

import json

import pytest

from policy_tracker.api.schemas_codes import CodeResponse
from policy_tracker.api.schemas_lineage import BlameAnswer
from policy_tracker.rules.changes import Comparison
from tests.commands.conftest import POLICIES, Run

BEFORE = POLICIES / "cigna" / "mm-0300" / "2025-09-26.before.yaml"
AFTER = "cigna/mm-0300@2025-09-26"


def flat(text: str) -> str:
    """Text without the line breaks that the width of the terminal made."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("day", "position", "version"),
    [
        ("2025-09-25", "Experimental, investigational or unproven", "2025-09-26.before"),
        ("2025-09-26", "Medically necessary when criteria are met", "2025-09-26,"),
    ],
)
def test_lookup_tells_position_version_reason_and_source(
    run_loaded: Run, day: str, position: str, version: str
) -> None:
    result = run_loaded("lookup", "0691T", "--as-of", day)
    told = flat(result.stdout)
    assert result.exit_code == 0
    assert position in told
    assert f"Version {version}" in told
    assert "Why " in told
    assert "a secondary source" in told
    assert result.stderr == ""


def test_lookup_prints_what_the_api_answers(run_loaded: Run) -> None:
    result = run_loaded("lookup", "0691t", "--as-of", "2025-09-25", "--payer", "cigna", "--json")
    answer = json.loads(result.stdout)
    CodeResponse.model_validate(answer, extra="forbid")
    assert answer["policies"][0]["positions"] == ["experimental_investigational"]


def test_lookup_as_it_was_known_earlier(run_loaded: Run) -> None:
    assert run_loaded("lookup", "0691T", "--known-at", "2026-01-14").exit_code == 1
    assert run_loaded("lookup", "0691T", "--known-at", "2026-01-15").exit_code == 0
    assert run_loaded("lookup", "0691T", "--known-at", "2026-01-15T08:00:00Z").exit_code == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["99999"], 1, "No record names 99999 (CPT (Category I))."),
        (["hello"], 2, "hello"),
        (["0691T", "--as-of", "tomorrow"], 2, "is not a day"),
        (["0691T", "--known-at", "later"], 2, "is not an instant"),
        (["0691T", "--payer", "nobody"], 1, "nobody"),
        (["0691T", "--no-such-option"], 2, "No such option"),
        ([], 2, "Missing argument"),
    ],
)
def test_lookup_says_in_one_sentence_what_is_wrong(
    run_loaded: Run, words: list[str], code: int, said: str
) -> None:
    result = run_loaded("lookup", *words)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_unknown_code_as_json_is_an_error_too(run_loaded: Run) -> None:
    result = run_loaded("lookup", "99999", "--json")
    assert (result.exit_code, result.stdout) == (1, "")


def test_without_a_database_it_says_how_to_make_one(run: Run, tmp_path) -> None:
    result = run("lookup", "0691T")
    assert result.exit_code == 1
    assert "policy-tracker load policies" in result.stderr
    assert not (tmp_path / "var").exists()


def test_history_shows_versions_newest_first(run_loaded: Run) -> None:
    result = run_loaded("history", "cigna/mm-0300")
    told = flat(result.stdout)
    assert result.exit_code == 0
    assert told.index("● 2025-09-26 on file for today") < told.index("○ 2025-09-26.before")
    assert "▲ Coverage broadened · ▼ Burden added" in told
    assert "start unknown until September 26, 2025" in told
    rows = json.loads(run_loaded("history", "cigna/mm-0300", "--json").stdout)
    assert [row["version"] for row in rows] == ["2025-09-26", "2025-09-26.before"]


@pytest.mark.parametrize(
    ("policy", "code"),
    [("cigna/nothing", 1), ("nobody/mm-0300", 1), ("mm-0300", 2), ("a/b/c", 2), ("/x", 2)],
)
def test_history_of_what_is_not_held(run_loaded: Run, policy: str, code: int) -> None:
    assert run_loaded("history", policy).exit_code == code


def test_blame_tells_what_brought_and_changed_each_statement(run_loaded: Run) -> None:
    result = run_loaded("blame", "example-health/rx-211")
    told = flat(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        "Version v7. 18 statements: 1 came with this version, 3 were changed by it and 14 "
        "stand as before."
    ) in told
    assert (
        "There is no active serious infection. since v7 · stands so in this version alone" in told
    )
    assert (
        "since v5, the first version held here · last changed in v6 (words) · stands "
        "unchanged in 3 versions"
    ) in told
    earlier = flat(run_loaded("blame", "example-health/rx-211", "--version", "v6").stdout)
    assert "There is no active serious infection." not in earlier


def test_blame_says_what_cannot_be_known(run_loaded: Run) -> None:
    told = flat(run_loaded("blame", "cigna/mm-0300").stdout)
    assert "since 2025-09-26, at the latest: the version before it is told only in part" in told
    assert "last changed in 2025-09-26 (words)" in told


def test_blame_prints_what_the_api_answers(run_loaded: Run) -> None:
    answer = json.loads(run_loaded("blame", "cigna/mm-0300", "--json").stdout)
    BlameAnswer.model_validate(answer, extra="forbid")
    assert answer["version"] == "2025-09-26"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["cigna/nothing"], 1),
        (["mm-0300"], 2),
        (["cigna/mm-0300", "--version", "1999"], 1),
        (["nobody/mm-0300"], 1),
    ],
)
def test_blame_of_what_is_not_held(run_loaded: Run, words: list[str], code: int) -> None:
    result = run_loaded("blame", *words)
    assert (result.exit_code, result.stdout) == (code, "")


def test_diff_of_a_file_and_a_version_that_is_held(run_loaded: Run) -> None:
    result = run_loaded("diff", BEFORE, AFTER)
    told = flat(result.stdout)
    assert result.exit_code == 0
    assert "3 changes that can decide a claim" in told
    assert "Re-review every [-24-] months" in told
    assert "Re-review every {+12+} months {+with updated clinical documentation+}" in told
    assert "! The source of 2025-09-26 disagrees with itself about prior authorization." in told
    assert "Recorded from a secondary source" in told


def test_diff_as_json_is_a_comparison(run_loaded: Run) -> None:
    told = json.loads(run_loaded("diff", BEFORE, AFTER, "--json").stdout)
    comparison = Comparison.model_validate(told)
    assert {"from", "to", "verdict", "changes", "unchanged", "superseded"} <= set(told)
    assert comparison.verdict.direction.coverage == "broadened"


def test_diff_needs_no_database_for_files(run: Run) -> None:
    assert run("diff", BEFORE, BEFORE.with_name("2025-09-26.yaml")).exit_code == 0


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("nothing.yaml", 1),
        ("cigna/mm-0300@1999-01-01", 1),
        ("mm-0300@2025-09-26", 2),
        (POLICIES / "cigna" / "payer.yaml", 1),
    ],
)
def test_diff_of_what_cannot_be_compared(run_loaded: Run, new: object, code: int) -> None:
    result = run_loaded("diff", BEFORE, new)
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr


def test_no_line_is_wider_than_the_terminal(run_loaded: Run) -> None:
    for words in (
        ["lookup", "0691T"],
        ["history", "example-health/ehp-104"],
        ["diff", BEFORE, AFTER],
        ["rules"],
    ):
        assert max(len(line.rstrip()) for line in run_loaded(*words).stdout.splitlines()) <= 80, (
            words
        )


def test_rules_lists_and_explains(run: Run) -> None:
    listed = run("rules").stdout
    assert "review-interval-shortened" in listed
    one = flat(run("rules", "review-interval-shortened").stdout)
    assert "Sides swapped review-interval-lengthened" in one
    assert (
        json.loads(run("rules", "review-interval-shortened", "--json").stdout)["axis"] == "burden"
    )
    assert len(json.loads(run("rules", "--json").stdout)["rules"]) >= 25
    missing = run("rules", "review-interval-shortend")
    assert missing.exit_code == 1
    assert "did you mean review-interval-shortened" in missing.stderr


def test_jobs_says_that_no_scheduler_runs(run_loaded: Run) -> None:
    result = run_loaded("jobs")
    assert result.exit_code == 1
    assert "scheduler" in result.stderr
    assert json.loads(run_loaded("jobs", "--json").stdout)["running"] is False


def test_send_and_render_work_at_once(run_loaded: Run, tmp_path) -> None:
    sent = run_loaded("send")
    assert (sent.exit_code, sent.stderr) == (0, "")
    assert "nothing was due" in sent.stdout
    assert run_loaded("render").exit_code == 0
    assert (tmp_path / "var" / "site" / "index.html").exists()


def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_TRACKER_PORT", "many")
    result = run("token")
    assert result.exit_code == 2
    assert "POLICY_TRACKER_PORT" in result.stderr


def test_diff_compares_two_policies_that_a_person_names(run_loaded: Run) -> None:
    told = run_loaded("diff", BEFORE, "example-health/rx-211@v5")
    assert "These were read as two policies: cigna/mm-0300" in flat(told.stdout)
