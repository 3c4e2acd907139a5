"""A document beside what was read of it."""

from __future__ import annotations

from dataclasses import asdict

from policy_tracker.documents.read import read_document
from policy_tracker.documents.versions_in_file import split_versions
from policy_tracker.extract.extract import read_version
from policy_tracker.isolation.explaining import explain
from policy_tracker.record import Bulletin, Record


def work(
    data: bytes, name: str, payer: str | None, *, as_policy: bool = False
) -> tuple[dict[str, object], bytes]:
    """`{records, passages, running}`."""
    records: list[Record | Bulletin] = []
    passages: list[dict[str, object]] = []
    running: list[str] = []
    for version in split_versions(read_document(data, name)):
        read = read_version(version, name, payer, as_policy=as_policy)
        found = explain(version, read, len(records))
        passages += [asdict(passage) for passage in found]
        running += version.running
        records += read
    values = [
        record.model_dump(mode="json", by_alias=True, exclude_defaults=True) for record in records
    ]
    return {"records": values, "passages": passages, "running": list(dict.fromkeys(running))}, b""
