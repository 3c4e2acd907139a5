"""The golden records: what is read of the invented documents of payers, as it is kept in files."""

import hashlib
import json
from pathlib import Path

from policy_tracker.extract.payers import format_of
from tests.extract.payers.made_documents import MADE

GOLDEN = Path(__file__).parent / "golden"


def read_again(name: str) -> dict[str, object]:
    """What is read of one of the documents now."""
    [record] = format_of(MADE[name]()).read(MADE[name]())
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def kept(name: str) -> dict[str, object]:
    """What is kept as read of one of the documents."""
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def digest(records: dict[str, dict[str, object]]) -> str:
    """The digest that the program ships, of the records by the names of their documents."""
    return hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest()
