"""Runs of a Word document: white words, and words in a font of signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from policy_tracker.documents.archives import local
from policy_tracker.documents.symbols import drawn, font_in
from policy_tracker.documents.unnamed import UNKNOWN

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CLEAR = frozenset(("", "auto", "FFFFFF", "ffffff", "none"))
_HEX = re.compile(r"[0-9A-Fa-f]{4}")


def _attribute(element: Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _child(element: Element | None, name: str) -> Element | None:
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def is_shaded(properties: Element | None) -> bool:
    """Whether properties colour what is behind the words."""
    shade, marked = _child(properties, "shd"), _child(properties, "highlight")
    coloured = shade is not None and _attribute(shade, "fill") not in _CLEAR
    return coloured or _attribute(marked, "val").lower() not in ("", "none", "white")


def is_white(properties: Element | None) -> bool:
    """Whether a run is white on white by its own properties."""
    white = _attribute(_child(properties, "color"), "val").upper() == "FFFFFF"
    return white and not is_shaded(properties)


def with_signs(run: Element, properties: Element | None) -> bool:
    """Writes the signs of a run as what they look like; whether there were any."""
    font = font_in(_attribute(_child(properties, "rFonts"), "ascii"))
    changed = False
    for place, one in enumerate(list(run)):
        if local(one) == "sym":
            run[place] = _sign(one)
            changed = True
        elif font and local(one) == "t" and one.text:
            one.text = drawn(one.text, font)
            changed = True
        elif local(one) == "fldChar" and (chosen := _chosen(one)):
            run.insert(place, _text(one, chosen))
            return True
    return changed


def _sign(symbol: Element) -> Element:
    font = font_in(_attribute(symbol, "font"))
    code = _attribute(symbol, "char")
    letter = chr(int(code, 16)) if _HEX.fullmatch(code) else UNKNOWN
    return _text(symbol, drawn(letter, font) if font else letter)


def _chosen(field: Element) -> str:
    """The entry that a list to choose from shows: no run of the text holds it."""
    choices = _child(_child(field, "ffData"), "ddList")
    if choices is None:
        return ""
    entries = [_attribute(one, "val") for one in choices if local(one) == "listEntry"]
    number = _attribute(_child(choices, "result"), "val") or _attribute(
        _child(choices, "default"), "val"
    )
    place = int(number) if number.isdecimal() else 0
    return entries[place] if place < len(entries) else ""


def _text(beside: Element, words: str) -> Element:
    space = beside.tag.rpartition("}")[0] + "}" if "}" in beside.tag else ""
    text = ElementTree.Element(f"{space}t")
    text.text = words
    return text
