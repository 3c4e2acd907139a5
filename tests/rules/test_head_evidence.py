"""What kind of policy it is, and for whom, is told as changed only where words above it are."""

from __future__ import annotations

from policy_tracker.rules import compare
from tests.rules.cases import record

SAID = "Lamps are lent to members who keep them clean."


def _told(*heads: str) -> list[str]:
    statement = {
        "key": "lamps",
        "text": SAID,
        "role": "position",
        "position": "medically_necessary",
        "source": {"spans": [["b2", 0, len(SAID)]]},
    }
    one = record({"statements": [statement]})
    two = record({"statements": [statement], "policy_type": "drug_coverage"}, "2027-01-01")
    pages = [
        [
            {"id": "b1", "text": head, "standing": "shown"},
            {"id": "b2", "text": SAID, "standing": "shown", "fate": "coverage"},
        ]
        for head in heads
    ]
    changes = compare(one, two, documents=(pages[0], pages[1])).changes
    return [change.rule for change in changes if change.substantive]


def test_another_date_is_no_evidence() -> None:
    assert _told("Lamp rules of May 1, 2026", "Lamp rules of May 1, 2027") == []


def test_another_word_is() -> None:
    assert _told("Lamp rules of May 1, 2026", "Drug rules of May 1, 2027")
