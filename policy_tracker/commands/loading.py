"""What became of a load, in a sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policy_tracker.language.formatting import counted

if TYPE_CHECKING:
    from policy_tracker.pipeline import LoadReport

_WORDS = {
    "first_record": "recorded for the first time",
    "payer_change": "changed by the payer",
    "correction": "corrected",
    "withdrawal": "withdrawn",
    "needs_review": "waiting for review",
    "reviewed": "rejected or corrected in review",
    "technical_upgrade": "read better",
    "unchanged": "held already",
    "refused": "refused",
}


def load_sentence(report: LoadReport) -> str:
    """`5 records: 2 recorded for the first time, 3 held already.`, or that nothing changed."""
    counts = Counter[str](row.outcome for row in report.loaded)
    total = len(report.loaded)
    records = counted(total, "record")
    wrong = f" {counted(len(report.faults), 'fault')}." if report.faults else ""
    if not report.payers_changed and all(row.outcome in ("unchanged", "refused") for row in report.loaded):
        return f"{records}, nothing new: everything is held already.{wrong}" if not wrong else f"{records}, nothing new.{wrong}"
    parts = [f"{counts[outcome]} {words}" for outcome, words in _WORDS.items() if counts[outcome]]
    payers = len(report.payers_changed)
    if payers:
        parts.append(counted(payers, "payer's description changed", "payers' descriptions changed"))
    return f"{records}: {', '.join(parts)}.{wrong}"
