"""HTML as a tree, within limits: tags are counted before they are parsed, because deep nesting
costs a parser the square of its depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from policy_tracker.documents.html.inline import Look
from policy_tracker.errors import TooLargeDocumentError

MOST_TAGS = 600_000
MOST_LEVELS = 1_000
"""Elements within each other: pages have a few dozen, those that never close their fonts some
hundred.
"""
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,40})(?:[^<>]{0,2000}(/)>)?")
_NEVER_NESTED = frozenset(
    re.findall(
        r"\w+",
        (
            "area base br col embed hr img input link meta param source track wbr p li td th tr "
            "dt dd option thead tbody tfoot colgroup"
        ),
    )
)
"""Void elements, and those that the next of their kind closes."""
_DRAWN = frozenset(
    [
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polygon",
        "polyline",
        "use",
        "stop",
        "image",
        "mask",
        "g",
        "defs",
    ]
)
SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template iframe object embed svg canvas math head nav footer"
        " button select textarea input audio video map dialog",
    )
)
"""Elements without a word of the document."""
_CHROME_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "dialog", "alert", "menu", "menubar"]
)
_BOLD_TAGS = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC_TAGS = frozenset(("i", "em"))
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_REGULAR = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_UNDERLINED = re.compile(r"text-decoration[^;]*underline", re.IGNORECASE)


def parsed(text: str, file: str = "") -> LexborHTMLParser:
    """The tree of a page or a piece of one.

    Raises TooLargeDocumentError where it has too many tags, or nests them too deeply.
    """
    deepest = depth = count = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        count += 1
        if count > MOST_TAGS:
            raise TooLargeDocumentError(file, f"has more than {MOST_TAGS} tags")
        if name in _NEVER_NESTED or (match[3] and name in _DRAWN):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
        if deepest > MOST_LEVELS:
            raise TooLargeDocumentError(
                file, f"nests more than {MOST_LEVELS} elements within each other"
            )
    return LexborHTMLParser(text)


def children(node: LexborNode) -> Iterator[LexborNode]:
    """The nodes right below, in order."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value, "" where it has none."""
    return node.attributes.get(name) or ""


def is_chrome(node: LexborNode) -> bool:
    """Whether an element surrounds the content of a page by its role."""
    return attribute(node, "role").lower() in _CHROME_ROLES


def is_skipped(node: LexborNode) -> bool:
    """Whether nothing below belongs to the document: scripts, drawings, controls, and what
    surrounds the page's content.
    """
    return node.tag in SKIPPED or is_chrome(node)


def look_of(node: LexborNode, around: Look) -> Look:
    """How words look in an element, given how they look around it."""
    tag, style = node.tag, attribute(node, "style")
    bold = around.bold or tag in _BOLD_TAGS or bool(style and _BOLD.search(style))
    if style and _REGULAR.search(style):
        bold = False
    italic = around.italic or tag in _ITALIC_TAGS
    underlined = (
        around.underlined or tag == "u" or bool(style and tag != "a" and _UNDERLINED.search(style))
    )
    return Look(bold, italic, underlined)
