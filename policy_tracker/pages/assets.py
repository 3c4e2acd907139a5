"""The files that pages load (style, scripts, icon), each with a short hash of its content, so that
a browser can keep it for ever.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "web" / "static"
"""The folder served at `/static`."""
SERVED = (".css", ".js", ".svg", ".png", ".webmanifest")


@lru_cache
def asset_hash(name: str) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of an asset's content.

    Raises FileNotFoundError for a name that is no asset.
    """
    return hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]


def asset_names() -> tuple[str, ...]:
    """Every asset by its name, in order."""
    return tuple(sorted(path.name for path in ASSETS.iterdir() if path.suffix in SERVED))
