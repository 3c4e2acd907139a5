"""The records of a document."""

from __future__ import annotations

from policy_tracker.extract.extract import extract


def work(data: bytes, name: str, payer: str | None) -> tuple[dict[str, object], bytes]:
    """`{records}`."""
    return {"records": [record.model_dump(mode="json", by_alias=True, exclude_defaults=True) for record in extract(data, name, payer)]}, b""
