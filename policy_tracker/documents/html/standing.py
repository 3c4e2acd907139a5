"""What a page of HTML strikes out or does not show, taken out of its tree and told; and equations,
written as one line of text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import HIDDEN, STRUCK, Unreadable, as_told
from policy_tracker.documents.equations import EQUATION, is_known, written
from policy_tracker.documents.html.tree import SKIPPED, attribute, children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_STRUCK_TAGS = frozenset(["del", "s", "strike"])
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none\b|visibility\s*:\s*(?:hidden|collapse)\b"
    r"|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?!\.?\d)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{4,}px)",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?!none)\w|visibility\s*:\s*visible)", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]{0,500}(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_SIMPLE = re.compile(r"[A-Za-z][\w-]*(?:[.#][\w-]+)*|(?:[.#][\w-]+)+")
"""Selectors that name an element by tag, classes and id alone; others depend on a browser's state.
"""
_MOST_RULES = 2000
_WORD = re.compile(r"\w")


def set_aside(tree: LexborHTMLParser) -> tuple[Unreadable, ...]:
    """Takes out of a tree what is struck out or not displayed, and gives it in order; equations
    become text, and those that cannot be written as one line are told.
    """
    body = tree.body
    if body is None:
        return ()
    sheet = _sheet(tree)
    found: list[Unreadable] = []
    taken: list[LexborNode] = []
    equations: list[LexborNode] = []
    stack = [body]
    while stack:
        node = stack.pop()
        if not node.is_element_node:
            continue
        if node.tag == "math":
            equations.append(node)
        elif node.tag not in SKIPPED:
            why = _why(node, sheet)
            if why:
                said = " ".join(_words_of(node).split())
                if _WORD.search(said):
                    found.append(Unreadable(None, why, text=as_told(said)))
                taken.append(node)
            else:
                stack.extend(list(children(node))[::-1])
    for node in taken:
        node.decompose()
    for node in equations:
        said = written(_Equation(node))
        if not is_known(_Equation(node)):
            found.append(Unreadable(None, EQUATION, text=as_told(said)))
        node.replace_with(f" {said} ")
    return tuple(found)


def _why(node: LexborNode, sheet: dict[int, str]) -> str | None:
    style = attribute(node, "style")
    if (node.tag in _STRUCK_TAGS) or (style and _STRUCK.search(style)):
        return STRUCK
    if style and _HIDDEN.search(style):
        return HIDDEN
    if "hidden" in node.attributes and attribute(node, "hidden").lower() != "until-found":
        return HIDDEN
    if sheet and (why := sheet.get(node.mem_id)) and not (style and _SHOWN.search(style)):
        return why
    return None


def _words_of(node: LexborNode) -> str:
    parts = []
    stack = [node]
    while stack:
        here = stack.pop()
        if here.is_text_node:
            parts.append(here.text_content or "")
        elif here.is_element_node and here.tag not in SKIPPED:
            parts.append(" ")
            stack.extend(list(children(here))[::-1])
    return "".join(parts)


def _sheet(tree: LexborHTMLParser) -> dict[int, str]:
    """The elements that the page's own style sheets strike out or hide, later rules over earlier
    ones; only by selectors of one element, and outside conditions such as print.
    """
    found: dict[int, str] = {}
    rules = [
        rule
        for sheet in tree.css("style")
        if attribute(sheet, "media").lower() in ("", "all", "screen")
        for rule in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet.text(deep=True) or "")))
    ]
    for selectors, style in rules[:_MOST_RULES]:
        why = STRUCK if _STRUCK.search(style) else HIDDEN if _HIDDEN.search(style) else None
        if why is None and not (found and _SHOWN.search(style)):
            continue
        for selector in (one.strip() for one in selectors.split(",")):
            for node in tree.css(selector) if _SIMPLE.fullmatch(selector) else ():
                if why:
                    found[node.mem_id] = why
                else:
                    found.pop(node.mem_id, None)
    return found


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
