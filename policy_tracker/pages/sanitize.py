"""What a payer wrote, made safe to look at: nothing in it can hide, reorder or steer what a person
sees.

Escaping of markup is Jinja's work (`render.py`). This file deals with what escaping leaves: control
characters, which break XML and terminals, and bidirectional controls, which make a text read
differently from what it says (Unicode Technical Report 36, "Bidirectional Text Spoofing").
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup

# C0 and C1 controls except tab and line feed; bidirectional marks, embeddings, overrides, isolates;
# invisible joins and the byte order mark; surrogates and the last two non-characters, which no XML
# document may hold.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
REPLACEMENT = "\ufffd"


def visible(value: object) -> object:
    """`value` for output: a text with every hidden character replaced by U+FFFD; anything else,
    finished markup included, unchanged.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _HIDDEN.sub(REPLACEMENT, value.replace("\r\n", "\n"))
    return value


def web_address(url: str | None) -> str | None:
    """`url` if it is an ordinary http or https address with a host, else None: nothing else
    (`javascript:`, `data:`) becomes a link.
    """
    if not url or _HIDDEN.search(url) or any(space in url for space in " \t\n"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def has_hidden(text: str) -> bool:
    """Whether a text holds characters that `visible` would replace."""
    return bool(_HIDDEN.search(text))
