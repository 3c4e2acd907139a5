"""Words of HTML in a font of signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.symbols import drawn, font_in

if TYPE_CHECKING:
    from collections.abc import Mapping

_FAMILY = re.compile(r"(?:^|;)\s*(?:mso-symbol-)?font-family\s*:\s*([^;]+)", re.IGNORECASE)
_SHORT = re.compile(r"(?:^|;)\s*font\s*:\s*[^;]*?\d[\w.%/]*\s+([^;]+)", re.IGNORECASE)


def symbol_font(tag: str | None, attributes: Mapping[str, str | None], around: str) -> str:
    """The font of signs in which the words of an element stand, "" for other fonts."""
    if tag == "font" and (face := attributes.get("face")):
        return font_in(face)
    style = attributes.get("style") or ""
    if "font" not in style:
        return around
    named = _FAMILY.findall(style) or _SHORT.findall(style)
    return next((font for one in named if (font := font_in(one))), "") if named else around


def with_symbols(words: str, font: str) -> str:
    """The words as they look in a font of signs."""
    return drawn(words, font)
