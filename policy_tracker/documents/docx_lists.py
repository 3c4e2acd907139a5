"""Lists of a Word document with their labels in the text, as people see them: whoever reads on
needs to count nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from policy_tracker.documents.archives import local
from policy_tracker.documents.docx_counters import (
    LEVELS,
    Counted,
    Counters,
    child_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

_STEP = 100
"""Twentieths of a point by which one edge differs from another."""
_BOXES = frozenset(("txbxContent", "textbox"))
_BULLETS = "1"
_MAPPED = 5
STYLE_MAP = "\n".join(
    f"p:unordered-list({level}) => {'ul|ol > li > ' * (level - 1)}ul > li:fresh"
    for level in range(_MAPPED + 1, LEVELS + 1)
)
"""How mammoth writes lists on the levels of Word that it does not know by itself."""


def count_all(root: Element, counters: Counters) -> list[tuple[Element, Counted | None]]:
    """All paragraphs that people see, and how each is counted."""
    return [
        (paragraph, counters.count(child_of(paragraph, "pPr")))
        for paragraph in root.iter()
        if local(paragraph) == "p" and "wordprocessingml" in paragraph.tag
        if not _is_gone(paragraph)
    ]


def write_labels(found: Sequence[tuple[Element, Counted | None]]) -> bool:
    """Puts the labels of counted paragraphs before their words, and makes the paragraphs items of
    the one list of `only_bullets`, as deep as they are set in; whether there were any.
    """
    depths = _depths([counted for _, counted in found if counted])
    for paragraph, counted in found:
        _rewrite(paragraph, counted, depths)
    return any(counted for _, counted in found)


def only_bullets(numbering: Element) -> bytes:
    """The numbering of a document whose lists have bullets on all levels."""
    space = numbering.tag.rpartition("}")[0] + "}"
    root = ElementTree.Element(numbering.tag)
    own = ElementTree.SubElement(root, f"{space}abstractNum", {f"{space}abstractNumId": _BULLETS})
    for level in range(LEVELS):
        one = ElementTree.SubElement(own, f"{space}lvl", {f"{space}ilvl": str(level)})
        ElementTree.SubElement(one, f"{space}numFmt", {f"{space}val": "bullet"})
    num = ElementTree.SubElement(root, f"{space}num", {f"{space}numId": _BULLETS})
    ElementTree.SubElement(num, f"{space}abstractNumId", {f"{space}val": _BULLETS})
    return ElementTree.tostring(root, encoding="utf-8")


def _is_gone(paragraph: Element) -> bool:
    """Whether a paragraph was deleted, or is hidden as a whole."""
    mark = child_of(child_of(paragraph, "pPr"), "rPr")
    if mark is None:
        return False
    hidden = child_of(mark, "vanish") is not None and all(
        child_of(child_of(run, "rPr"), "vanish") is not None
        for run in paragraph
        if local(run) == "r"
    )
    return hidden or child_of(mark, "del") is not None


def _rewrite(paragraph: Element, counted: Counted | None, depths: dict[Counted, int]) -> None:
    properties = child_of(paragraph, "pPr")
    if properties is None:
        return
    own = child_of(properties, "numPr")
    if own is not None:
        properties.remove(own)
    if counted is None:
        return
    words = _first_words(paragraph)
    if words is not None and counted.label:
        words.text = f"{counted.label} {(words.text or '').lstrip()}"
    space = properties.tag.rpartition("}")[0] + "}"
    place = ElementTree.SubElement(properties, f"{space}numPr")
    ElementTree.SubElement(place, f"{space}ilvl", {f"{space}val": str(depths[counted])})
    ElementTree.SubElement(place, f"{space}numId", {f"{space}val": _BULLETS})


def _first_words(element: Element) -> Element | None:
    """The first text of a paragraph, boxes that hang on it left out."""
    for child in element:
        if local(child) in _BOXES:
            continue
        if local(child) == "t" and "wordprocessingml" in child.tag and child.text:
            return child
        if (found := _first_words(child)) is not None:
            return found
    return None


def _depths(counted: Sequence[Counted]) -> dict[Counted, int]:
    """How deep each paragraph stands: by the edges of the labels, or by the levels where the edges
    do not tell them apart.
    """
    edges = sorted({one.edge for one in counted if one.edge is not None})
    ranks: dict[int | None, int] = {}
    for place, edge in enumerate(edges):
        apart = place and edge - edges[place - 1] >= _STEP
        ranks[edge] = ranks[edges[place - 1]] + bool(apart) if place else 0
    levels: dict[int | None, set[int]] = {}
    for one in counted:
        rank = ranks.get(one.edge)
        levels.setdefault(rank, set()).add(one.level)
    told = None not in levels and (len(levels) >= len({one.level for one in counted}))
    return {one: min(ranks[one.edge] if told else one.level, LEVELS - 1) for one in counted}
