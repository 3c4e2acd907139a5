"""Characters written out (`&ge;`) where a reader of the document would see them so."""

from __future__ import annotations

import html
import re

_ESCAPED = re.compile(r"&(?:amp;)*(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}\d{0,2});")


def unescaped(text: str) -> str:
    """A text with the characters that it writes out, however often they were escaped."""
    return _ESCAPED.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    return html.unescape(re.sub(r"&(?:amp;)+", "&", match[0]))
