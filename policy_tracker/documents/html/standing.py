"""What a page of HTML strikes out or does not show, taken out of its tree and told; the values of
its fields and equations, written as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import HIDDEN, STRUCK, Unreadable, as_told
from policy_tracker.documents.equations import EQUATION, is_known, written
from policy_tracker.documents.html.colours import PAPER, Paint, painted
from policy_tracker.documents.html.controls import FIELDS, is_title, told_of, value_of, words_of
from policy_tracker.documents.html.sheets import (
    Sheets,
    is_visible,
    only_invisible,
    sheets_of,
    shows,
    standing_of,
)
from policy_tracker.documents.html.symbols import symbol_font, with_symbols
from policy_tracker.documents.html.tree import SKIPPED, attribute, children, is_chrome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_STRUCK_TAGS = frozenset(["del", "s", "strike"])
_WORD = re.compile(r"\w")


@dataclass(slots=True)
class _Found:
    """What is to be changed in a tree, found before anything is: nodes out of a tree lose their
    neighbours.
    """

    told: list[Unreadable] = field(default_factory=list)
    taken: list[LexborNode] = field(default_factory=list)
    written: list[tuple[LexborNode, str]] = field(default_factory=list)
    opened: list[LexborNode] = field(default_factory=list)

    def take(self, node: LexborNode, why: str, words: str) -> None:
        said = " ".join(words.split())
        if _WORD.search(said):
            self.told.append(Unreadable(None, why, text=as_told(said)))
        self.taken.append(node)


_ADDED = "a style sheet prints words that the page does not hold"


def set_aside(tree: LexborHTMLParser) -> tuple[Unreadable, ...]:
    """Takes out of a tree what is struck out or not displayed, and gives it in order; fields and
    equations become text, and what cannot be written as one line is told.
    """
    body = tree.body
    if body is None:
        return ()
    sheets = sheets_of(tree)
    found = _Found()
    found.told += [Unreadable(None, _ADDED, text=as_told(words)) for words in sheets.words]
    stack: list[tuple[LexborNode, Paint, str]] = [(body, PAPER, "")]
    while stack:
        node, paint, font = stack.pop()
        if node.is_text_node:
            _text(node, paint, font, found)
        elif node.is_element_node:
            stack.extend(_element(node, paint, font, sheets, found))
    for node in found.taken:
        node.decompose()
    for node, words in found.written:
        node.replace_with(words)
    for node in found.opened:
        node.unwrap()
    return tuple(found.told)


def _text(node: LexborNode, paint: Paint, font: str, found: _Found) -> None:
    words = node.text_content or ""
    if not words.strip():
        return
    if paint.is_unseen:
        found.take(node, HIDDEN, words)
    elif font and (said := with_symbols(words, font)) != words:
        found.written.append((node, said))


def _element(
    node: LexborNode, paint: Paint, font: str, sheets: Sheets, found: _Found
) -> list[tuple[LexborNode, Paint, str]]:
    """What is still to be looked at below an element."""
    tag = node.tag or ""
    if tag == "math":
        said = _Equation(node)
        if not is_known(said):
            found.told.append(Unreadable(None, EQUATION, text=as_told(written(said))))
        found.written.append((node, f" {written(said)} "))
        return []
    attributes = node.attributes  # asked once: each time makes them anew
    why = _why(node, attributes, sheets)
    if why == HIDDEN and only_invisible(_style(node, sheets)) and _shown_below(node, sheets):
        why, paint = None, Paint(ink="transparent")
    elif attributes and paint.ink == "transparent" and is_visible(_style(node, sheets)):
        paint = PAPER
    if tag in SKIPPED:
        _control(node, why, found)
        if not (tag == "button" and why is None and is_title(node)):
            return []
        found.opened.append(node)
    elif tag == "img":
        if why is None and (told := told_of(node)):
            found.told.append(Unreadable(None, told[0], text=as_told(told[1])))
        return []
    elif why:
        found.take(node, why, words_of(node, SKIPPED))
        return []
    if attributes and is_chrome(node):
        return []
    if attributes or sheets.paint:
        paint = painted(node, attributes, paint, sheets.paint, foreign=sheets.foreign)
    if attributes:
        font = symbol_font(node.tag, attributes, font)
    return [(child, paint, font) for child in list(children(node))[::-1]]


def _control(node: LexborNode, why: str | None, found: _Found) -> None:
    if why is not None:
        return
    if node.tag in FIELDS:
        if value := " ".join(value_of(node).split()):
            found.written.append((node, f" {value} "))
    elif told := told_of(node):
        found.told.append(Unreadable(None, told[0], text=as_told(told[1])))


def _style(node: LexborNode, sheets: Sheets) -> str:
    return f"{sheets.paint.get(node.mem_id, '')};{attribute(node, 'style')}"


def _shown_below(node: LexborNode, sheets: Sheets) -> bool:
    return any(is_visible(attribute(one, "style")) for one in node.css("[style]") if one != node)


def _why(node: LexborNode, attributes: Mapping[str, str | None], sheets: Sheets) -> str | None:
    style = attributes.get("style") or ""
    if node.tag in _STRUCK_TAGS:
        return STRUCK
    if style and (why := standing_of(style)):
        return why
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        return HIDDEN
    if sheets.why and (why := sheets.why.get(node.mem_id)) and not (style and shows(style)):
        return why
    return None


class _Equation:
    """An element of MathML as `equations` reads it."""

    def __init__(self, node: LexborNode) -> None:
        self.name = node.tag or ""
        self.node = node

    def __iter__(self) -> Iterator[_Equation]:
        return (_Equation(child) for child in children(self.node) if child.is_element_node)

    @property
    def words(self) -> str:
        return self.node.text(deep=True) or ""
