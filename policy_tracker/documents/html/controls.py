"""What the controls, pictures and frames of a page show: values are read, the rest is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.html.tree import attribute, children
from policy_tracker.documents.unnamed import PICTURE, is_telling

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

FRAME = "a frame that holds another document"
DRAWING = "a drawing"
FIELDS = frozenset(("input", "select", "textarea"))
FRAMES = frozenset(("iframe", "object", "embed"))
_VALUES = frozenset(("", "text", "number", "date", "month", "tel", "email", "url", "time", "week"))
_BOXES = {"checkbox": ("☐", "☒"), "radio": ("○", "◉")}
_NO_ROOM = frozenset(("0", "1", "0px", "1px"))


def value_of(node: LexborNode) -> str:
    """What a field shows as its value, "" where it shows none."""
    if node.tag == "textarea":
        return node.text(deep=True) or ""
    if node.tag == "select":
        return _chosen(node)
    kind = attribute(node, "type").lower()
    if kind in _BOXES:
        return _BOXES[kind]["checked" in node.attributes]
    return attribute(node, "value") if kind in _VALUES else ""


def _chosen(node: LexborNode) -> str:
    options = [one for one in node.css("option") if "disabled" not in one.attributes]
    chosen = [one for one in options if "selected" in one.attributes]
    if not chosen and "multiple" not in node.attributes:
        chosen = options[:1]
    return ", ".join((one.text(deep=True) or "").strip() for one in chosen)


def told_of(node: LexborNode) -> tuple[str, str] | None:
    """Why a picture, frame or drawing is unread, and the words that the page has for it; None
    where there are none to miss.
    """
    if node.tag == "img":
        words = " ".join(attribute(node, "alt").split())
        return (PICTURE, words) if is_telling(words) else None
    if node.tag in FRAMES:
        place = attribute(node, "src") or attribute(node, "data")
        small = {attribute(node, "width"), attribute(node, "height")} & _NO_ROOM
        if not place or small or place.startswith("about:"):
            return None
        return FRAME, (attribute(node, "title") or place)[:300]
    if node.tag == "svg":
        said = " ".join((one.text(deep=True) or "").strip() for one in node.css("text"))
        return (DRAWING, " ".join(said.split())) if re.search(r"\w{2}", said) else None
    return None


def is_title(node: LexborNode) -> bool:
    """Whether a button is the title of a part that it opens: within a heading, or saying so."""
    if "aria-expanded" in node.attributes or "aria-controls" in node.attributes:
        return True
    above = node.parent
    for _ in range(4):
        if above is None:
            return False
        if above.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"):
            return True
        above = above.parent
    return False


def words_of(node: LexborNode, skipped: frozenset[str]) -> str:
    """All words below a node, but those of the elements named."""
    parts = []
    stack = [node]
    while stack:
        here = stack.pop()
        if here.is_text_node:
            parts.append(here.text_content or "")
        elif here.is_element_node and here.tag not in skipped:
            parts.append(" ")
            stack.extend(list(children(here))[::-1])
    return "".join(parts)
