"""Cases as data: small parts of records in YAML, filled up to whole records."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from policy_tracker.diff.compare import differences
from policy_tracker.diff.differences import Difference
from policy_tracker.record import Record
from policy_tracker.rules.classify import extractions

FOLDER = Path(__file__).parents[1] / "cases" / "rules"
_DEFAULTS: dict[str, Any] = {
    "record": 1,
    "payer": "sample-payer",
    "policy": "sample-policy",
    "title": "Sample Policy",
    "policy_type": "medical_coverage",
    "source_kind": "payer_document",
    "sections": [{"key": "coverage-policy", "heading": "Coverage Policy", "kind": "coverage"}],
}


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    fires: bool
    before: Record
    after: Record

    def __str__(self) -> str:
        return f"{self.rule}: {self.name}"


def record(part: dict[str, Any], version: str = "2026-01-01") -> Record:
    """A whole record of a part; statements stand in the coverage section unless they say otherwise."""
    statements = [
        {"section": "coverage-policy", **statement} for statement in part.get("statements", [])
    ]
    return Record.model_validate(
        {**_DEFAULTS, "version": version, **part, "statements": statements}
    )


def cases_of(path: Path) -> list[Case]:
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Case(
            found["rule"],
            case["name"],
            case["fires"],
            record(case["before"], "2025-01-01"),
            record(case["after"], "2026-01-01"),
        )
        for case in found["cases"]
    ]


def all_cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.yaml")) for case in cases_of(path)]


def read_by(before: Record, after: Record) -> dict[str, list[Difference]]:
    """The edits that each rule reads between two records, before anything is absorbed."""
    found: dict[str, list[Difference]] = {}
    for difference in differences(before, after).differences:
        for reading in extractions(difference):
            found.setdefault(reading.rule.id, []).append(difference)
    return found
