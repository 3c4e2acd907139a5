"""One spelling for equal content, so that it can be hashed and compared."""

import hashlib
import json
import re
import unicodedata

from policy_tracker.record.base import Value

_SPACES = re.compile(r"\s+")


def normalise(text: str) -> str:
    """`text` in Unicode NFC with every run of white space (no-break spaces too) as one space."""
    if text.isascii() and text.isalnum():  # a code, of which there may be thousands
        return text
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _canonical(value: object) -> object:
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, str):
        return normalise(value)
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
    """A hash of what a record says, whatever document it was read from: without places in the document and how it was read."""
    said = record.model_dump(mode="json", exclude_defaults=True, exclude={"extraction", "retrieved"})
    return digest(_without_places(said))


def _without_places(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_places(item) for key, item in value.items() if key != "source"}
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    return value


def content_hash(record: Value) -> str:
    """A hash of everything that a record says; absent and default fields count alike."""
    return digest(record.model_dump(mode="json", exclude_defaults=True))
