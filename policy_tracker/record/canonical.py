"""One spelling for equal content, so that it can be hashed and compared."""

import hashlib
import json
import unicodedata

from policy_tracker.record.base import Value


def normalise(text: str) -> str:
    """`text` in Unicode NFC with every run of white space (no-break spaces too) as one space."""
    if text.isascii() and text.isalnum():  # a code, of which there may be thousands
        return text
    return " ".join(unicodedata.normalize("NFC", text).split())


def _canonical(value: object) -> object:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, float) and value.is_integer():  # 1 and 1.0 are one number
        return int(value)
    return value


def canonical_json(value: object) -> str:
    """JSON of plain data with sorted keys, normalised texts and one spelling of numbers."""
    return json.dumps(_canonical(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(*parts: object, length: int = 64) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of `parts` in canonical JSON."""
    return hashlib.sha256(canonical_json(list(parts)).encode()).hexdigest()[:length]


def words_hash(record: Value) -> str:
    """A hash of what a record says, whatever document it was read from: without places in the
    document and how it was read.
    """
    said = record.model_dump(
        mode="json", exclude_defaults=True, exclude={"extraction", "retrieved"}
    )
    return digest(_without(said, frozenset({"source", "spans", "quantity_spans"})))


def _without(value: object, names: frozenset[str]) -> object:
    """Plain data without the fields of these names, at any depth."""
    if isinstance(value, dict):
        return {key: _without(item, names) for key, item in value.items() if key not in names}
    if isinstance(value, list):
        return [_without(item, names) for item in value]
    return value


def content_hash(record: Value) -> str:
    """A hash of everything that a record says, with the pages; absent and default fields count
    alike.

    With which of its characters the document says it, and where on its page a code is listed,
    counts as little as how a record came to be: a reader that tells it more closely has read
    nothing new.
    """
    return digest(_without_closer_places(record.model_dump(mode="json", exclude_defaults=True)))


_CLOSER = frozenset({"spans", "quantity_spans"})
_CLOSER_OF_CODES = _CLOSER | {"box"}


def _without_closer_places(value: object) -> object:
    if isinstance(value, list):
        return [_without_closer_places(item) for item in value]
    if not isinstance(value, dict):
        return value
    said = {key: _without_closer_places(item) for key, item in value.items() if key not in _CLOSER}
    if "source" in said:
        source = _without(
            said.pop("source"),
            _CLOSER_OF_CODES if "code" in value and "system" in value else _CLOSER,
        )
        if source:
            said["source"] = source
    return said
