"""The records of a document, and the document's texts."""

from __future__ import annotations

from policy_tracker.documents.attached import packed
from policy_tracker.documents.read import read_document
from policy_tracker.documents.versions_in_file import split_versions
from policy_tracker.extract.extract import read_version
from policy_tracker.extract.ledger import ledger_of
from policy_tracker.record import Bulletin, Record


def work(
    data: bytes, name: str, payer: str | None, *, as_policy: bool = False
) -> tuple[dict[str, list[dict[str, object]]], bytes]:
    """`{records}`, and the packed texts of the document that they were read from."""
    parts = split_versions(read_document(data, name))
    records: list[Record | Bulletin] = []
    fates: dict[str, str] = {}
    for part in parts:
        read = read_version(part, name, payer, as_policy=as_policy)
        records += read
        fates |= {entry.id: entry.fate for entry in ledger_of(part, read)}
    return {
        "records": [
            record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for record in records
        ]
    }, packed(parts, fates)
