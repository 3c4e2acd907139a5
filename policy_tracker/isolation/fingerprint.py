"""Which program reads: a short name of the extractor as a whole, which changes with every line that could change what is read."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_FOLDERS = (Path(__file__).parent, Path(__file__).parent.parent / "record")


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Twelve hexadecimal digits of the hash of the extractor's and the record's source.

    What a reading depends on is spread over many modules, so that no number that somebody raises by hand could stand for it.
    """
    hashed = hashlib.sha256()
    for folder in _FOLDERS:
        for path in sorted(folder.rglob("*.py")):
            hashed.update(f"{path.relative_to(folder)}\0".encode())
            hashed.update(path.read_bytes())
    return hashed.hexdigest()[:12]


def reader_of(payer: str | None = None) -> str:
    """The name of a reading: the fingerprint, with the payer where the caller named one, because that changes what is read."""
    return f"{fingerprint()}:{payer}" if payer else fingerprint()
