"""Records, payers and questions for the store's tests, made from few words."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from policy_tracker.record import Payer, Record
from policy_tracker.recordfiles.folder import Checked, Sourced
from policy_tracker.store.views import Question

POLICIES = Path(__file__).parents[2] / "policies"
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
PAYER = Payer.model_validate({"record": 1, "payer": "acme", "name": "Acme Health", "fixture": True})
OTHER = Payer.model_validate(
    {"record": 1, "payer": "zenith", "name": "Zenith Plan", "fixture": True}
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def later(**spans: float) -> datetime:
    return NOW + timedelta(**spans)


def on(text: str, **more: Any) -> Question:
    """The question of a service on a day."""
    return Question(as_of=day(text), **more)


def read_as(recorded: float | None = 1.0, reads: int = 1, **more: Any) -> dict[str, Any]:
    """How a record came from its document: `recorded` is the part of what the document directs that
    is in the record; None where no coverage part was found.
    """
    if recorded is None:
        found: dict[str, Any] = {"warnings": ["no coverage part was found"]}
    else:
        units = 1000
        held = round(recorded * units)
        found = {"text_coverage": {"units": units, "recorded": held, "unread": units - held}}
    return {"extractor": "generic", "version": reads} | found | more


def version(
    label: str = "2025-01-01",
    *,
    effective: str | None = "",
    basis: str | None = None,
    position: str = "medically_necessary",
    text: str = "Prism therapy is medically necessary.",
    codes: tuple[str, ...] = ("10001",),
    policy: str = "p-1",
    payer: str = "acme",
    dates: dict[str, Any] | None = None,
    **more: Any,
) -> Record:
    """A version with one statement and one code group, effective on the day that is its label, or
    `effective` (None: no such date).
    """
    told: dict[str, Any] = dict(dates or {})
    if effective is not None:
        told["effective"] = {"date": effective or label} | ({"basis": basis} if basis else {})
    value: dict[str, Any] = {
        "record": 1,
        "payer": payer,
        "policy": policy,
        "policy_number": policy.upper(),
        "title": f"Prism Therapy {policy}",
        "policy_type": "medical_coverage",
        "version": label,
        "source_kind": "payer_document",
        "dates": told,
        "sections": [{"key": "coverage", "heading": "Coverage", "kind": "coverage"}],
        "statements": [
            {
                "key": "main",
                "section": "coverage",
                "role": "position",
                "position": position,
                "text": text,
            }
        ],
    }
    if codes:
        value["code_groups"] = [
            {
                "key": "group",
                "heading": f"Codes that are {position}",
                "disposition": position,
                "codes": [
                    {"system": "CPT", "code": code, "description": f"description of {code}"}
                    for code in codes
                ],
            }
        ]
    return Record.model_validate(value | more)


def checked(*records: Record, payers: tuple[Payer, ...] = (PAYER,)) -> Checked:
    """Records as a check of files would give them."""
    sourced = tuple(
        Sourced(record, f"{record.payer}/{record.policy}/{record.version}.yaml")
        for record in records
    )
    return Checked(payers=payers, records=sourced)
