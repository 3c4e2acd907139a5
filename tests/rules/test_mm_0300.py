"""The first real input: MM 0300 before and after September 26, 2025, and the same facts under other
names.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy_tracker.record import Record
from policy_tracker.rules import Comparison, compare

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "policies" / "cigna" / "mm-0300"
GOLDEN = ROOT / "tests" / "golden" / "diff" / "mm-0300.json"


def loaded(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def comparison(
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> Comparison:
    return compare(
        Record.model_validate(before or loaded("2025-09-26.before")),
        Record.model_validate(after or loaded("2025-09-26")),
    )


@pytest.fixture(scope="module")
def found() -> Comparison:
    return comparison()


def test_the_whole_comparison(found):
    """To accept what was changed on purpose: ACCEPT_GOLDEN=1 pytest tests/rules/test_mm_0300.py,
    then look at the difference.
    """
    told = found.model_dump_json(indent=2) + "\n"
    if os.environ.get("ACCEPT_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_three_changes_decide_a_claim(found):
    assert [
        (c.rule, c.kind, c.axis, c.direction, c.impact) for c in found.changes if c.substantive
    ] == [
        (
            "position-experimental-to-medically-necessary",
            "coverage_position_changed",
            "coverage",
            "broadened",
            "medium-high",
        ),
        ("prior-auth-added", "prior_auth_changed", "burden", "narrowed", "medium-high"),
        ("review-interval-shortened", "threshold_changed", "burden", "narrowed", "medium"),
    ]
    assert len(found.changes) == 3


def test_they_quote_both_versions(found):
    assert [(c.before, c.after) for c in found.changes] == [
        (
            "Coverage is considered experimental and investigational for all indications",
            "Coverage is considered medically necessary when specific criteria are met",
        ),
        (
            "Prior authorization is not required",
            "Prior authorization is required for initial treatment",
        ),
        (
            "Re-review every 24 months",
            "Re-review every 12 months with updated clinical documentation",
        ),
    ]
    interval = found.changes[2].quantity
    assert (interval.before, interval.after, interval.unit) == (24, 12, "month")
    assert "documentation" in found.changes[2].explanation


def test_the_verdict(found):
    assert found.verdict.change_type == "modified"
    assert dict(found.verdict.direction) == {
        "coverage": "broadened",
        "burden": "narrowed",
        "payment": "neutral",
        "recourse": "neutral",
    }
    assert found.verdict.impact == "medium-high"
    assert [code.code for code in found.verdict.codes] == ["0691T", "0743T"]
    assert found.verdict.summary == (
        "0691T and 0743T: medically necessary when criteria are met, was experimental, "
        "investigational or unproven; prior authorization is new; "
        "re-review every 24 → 12 months."
    )


def test_clinical_history_stays(found):
    assert [(kept.statement, kept.text) for kept in found.kept] == [
        ("clinical-history", "Documentation must include clinical history")
    ]
    assert found.unchanged == 1


def test_other_readings_of_the_same_changes_are_absorbed(found):
    by = {change.id: change.rule for change in found.changes}
    told = {(a.rule, by[a.by]) for a in found.superseded}
    position = "position-experimental-to-medically-necessary"
    assert {
        ("code-moved-to-approved", position),
        ("approved-use-added", position),
        ("prior-auth-added", "prior-auth-added"),
    } <= told
    assert ("documentation-asked", "review-interval-shortened") in told


def test_what_only_the_later_source_tells_is_not_called_new(found):
    places = {one.place for one in found.not_comparable}
    assert {
        "scope",
        "residual",
        "statements/reason-for-ct",
        "statements/dxa-screening",
        "statements/self-funded-exclusion",
    } <= places
    assert all(one.side == "after" for one in found.not_comparable)


def test_what_to_do(found):
    items = {item.id: item for item in found.actions}
    assert [*items][:7] == [
        "audit-charge-capture",
        "confirm-prior-authorization",
        "verify-plan-rates",
        "keep-routed-services-apart",
        "document-rationale",
        "check-self-funded-plans",
        "monitor-denials",
    ]
    assert "90 days" in items["audit-charge-capture"].text
    assert items["audit-charge-capture"].due == "before Friday, September 26, 2025"
    assert "The source disagrees with itself" in items["confirm-prior-authorization"].why
    assert "prior-auth-added" in items["confirm-prior-authorization"].why
    assert "0691T and 0743T" in items["verify-plan-rates"].text
    assert "77080 and 77081" in items["keep-routed-services-apart"].text
    assert "A004" in items["keep-routed-services-apart"].text
    assert "CT-based analysis" in items["document-rationale"].text
    assert "ASO" in items["check-self-funded-plans"].text
    assert items["monitor-denials"].due == "from October 2025"


NAMES = {"key", "parent", "section", "statement", "payer", "policy", "code"}


def renamed(part: Any, names: dict[str, str]) -> Any:
    """Plain data in which keys, policies and codes are called otherwise."""
    if isinstance(part, dict):
        return {
            key: value if isinstance(value, str) and key not in NAMES else renamed(value, names)
            for key, value in part.items()
        }
    if isinstance(part, list):
        return [renamed(value, names) for value in part]
    return names.get(part, part) if isinstance(part, str) else part


def disguised(name: str, prefix: str) -> dict[str, Any]:
    """A version's facts under another payer, policy, version, keys, headings and codes."""
    facts = loaded(name)
    keys = [
        one["key"] for field in ("sections", "statements", "code_groups") for one in facts[field]
    ]
    names = {key: f"{prefix}-{number}" for number, key in enumerate(keys)}
    names |= {
        "0691T": "0554T",
        "0743T": "0555T",
        "77080": "76977",
        "77081": "76978",
        "a004": "p-12",
        "cigna": "harbor-health",
        "mm-0300": "im-77",
    }
    facts |= {
        "version": f"{prefix}-{facts['version']}",
        "title": "Computed analysis of bones",
        "aliases": [],
        "policy_number": "77",
    }
    found = renamed(facts, names)
    for field, heading in (("sections", "Part"), ("code_groups", "Table")):
        for number, one in enumerate(found[field]):
            one["heading"] = f"{heading} {number} of {prefix}"
    return found


def test_the_same_facts_under_other_names_give_the_same():
    plain, other = (
        comparison(),
        comparison(disguised("2025-09-26.before", "old"), disguised("2025-09-26", "new")),
    )
    told = [
        [
            (c.rule, c.axis, c.direction, c.impact, c.before, c.after, c.explanation)
            for c in found.changes
            if c.substantive
        ]
        for found in (plain, other)
    ]
    assert told[0] == told[1]
    assert plain.verdict.direction == other.verdict.direction
    assert [code.code for code in other.verdict.codes] == ["0554T", "0555T"]
    assert [item.id for item in plain.actions] == [item.id for item in other.actions]


def test_with_the_sides_swapped_everything_is_mirrored():
    back = comparison(loaded("2025-09-26"), loaded("2025-09-26.before"))
    assert [c.rule for c in back.changes] == [
        "position-medically-necessary-to-experimental",
        "prior-auth-removed",
        "review-interval-lengthened",
    ]
    assert dict(back.verdict.direction) == {
        "coverage": "narrowed",
        "burden": "broadened",
        "payment": "neutral",
        "recourse": "neutral",
    }


def test_without_the_disagreement_and_the_change_nobody_is_sent_to_ask_about_authorization():
    after = loaded("2025-09-26")
    quiet = compare(
        Record.model_validate(after),
        Record.model_validate({**after, "version": "2026-01-01", "disagreements": []}),
    )
    assert "confirm-prior-authorization" not in {item.id for item in quiet.actions}
    assert "audit-charge-capture" not in {item.id for item in quiet.actions}
    assert quiet.verdict.change_type == "reviewed_no_change"


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_every_process_says_the_same(found, seed):
    """Sets are walked in another order under another PYTHONHASHSEED; nothing may depend on that."""
    program = (
        "import sys, yaml; from pathlib import Path; from policy_tracker.record import "
        "Record; from policy_tracker.rules import compare\n"
        "one, two = "
        "(Record.model_validate(yaml.safe_load(Path(p).read_text(encoding='utf-8'))) for p in "
        "sys.argv[1:])\n"
        "sys.stdout.write(compare(one, two).model_dump_json())"
    )
    paths = [str(FOLDER / f"{name}.yaml") for name in ("2025-09-26.before", "2025-09-26")]
    run = subprocess.run(
        [sys.executable, "-c", program, *paths],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert run.stdout == found.model_dump_json()
