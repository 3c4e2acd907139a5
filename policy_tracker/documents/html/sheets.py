"""The style sheets that a page holds itself, as far as they strike out, hide or colour words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import HIDDEN, STRUCK
from policy_tracker.documents.html.tree import attribute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser

_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_FAR = r"-(?:\d{4,}(?:\.\d+)?px|\d{3,}(?:\.\d+)?(?:pt|%|vw|vh)|\d{2,}(?:\.\d+)?r?em)"
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none\b|visibility\s*:\s*(?:hidden|collapse)\b"
    r"|content-visibility\s*:\s*hidden\b|mso-hide\s*:\s*all\b"
    r"|font-size\s*:\s*(?:0(?![.\d])|(?:0?\.\d+|1)p[xt])|opacity\s*:\s*0(?:\.0+)?%?(?!\.?\d)"
    r"|transform\s*:\s*scale[xy]?\(\s*0\s*[,)]"
    r"|clip\s*:\s*rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0[\w\s,]*\))"
    rf"|(?:left|top|right|bottom|text-indent|margin(?:-left|-top)?)\s*:\s*{_FAR})",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?!none)\w|visibility\s*:\s*visible)", re.IGNORECASE
)
_NO_ROOM = re.compile(
    r"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*[01](?:px|pt|em)?\s*(?:;|!|$)", re.IGNORECASE
)
_CUT = re.compile(r"(?:^|;)\s*overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_INVISIBLE = re.compile(r"(?:^|;)\s*visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_VISIBLE = re.compile(r"(?:^|;)\s*visibility\s*:\s*visible", re.IGNORECASE)
_PAINTED = re.compile(r"(?:^|;)\s*(?:color|background(?:-color|-image)?)\s*:", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]{0,500}(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_ONE = r"(?:[A-Za-z][\w-]*(?:[.#][\w-]+)*|(?:[.#][\w-]+)+)"
_SIMPLE = re.compile(rf"{_ONE}(?:\s*[> ]\s*{_ONE})*")
"""Selectors by tags, classes and ids alone, below each other; others depend on a browser's state.
"""
_ADDED = re.compile(r"::?(?:before|after)\s*$", re.IGNORECASE)
_CONTENT = re.compile(r"(?:^|;)\s*content\s*:\s*([\"'])([^\"'\\]*[A-Za-z]{2}[^\"'\\]*)\1")
"""Words that a sheet puts before or behind an element."""
_MOST_RULES = 2000
_MOST_PAINTED = 300
_SHOWN_OF_NODE = 80
"""Characters of an element that are told beside words that a sheet prints there."""


@dataclass(slots=True)
class Sheets:
    """What the sheets say of elements, by their `mem_id`: why they are not read, and how they are
    painted; `foreign` where the page also names sheets that lie elsewhere; `words` that they print
    and the page does not hold.
    """

    why: dict[int, str] = field(default_factory=dict)
    paint: dict[int, str] = field(default_factory=dict)
    foreign: bool = False
    words: tuple[str, ...] = ()


def standing_of(style: str) -> str | None:
    """Why an element with this style is not read, None where it is."""
    if _STRUCK.search(style):
        return STRUCK
    if _HIDDEN.search(style) or (_NO_ROOM.search(style) and _CUT.search(style)):
        return HIDDEN
    return None


def shows(style: str) -> bool:
    """Whether a style shows what a sheet hides."""
    return _SHOWN.search(style) is not None


def only_invisible(style: str) -> bool:
    """Whether a style hides by visibility, which what stands below can take back."""
    return _INVISIBLE.search(style) is not None


def is_visible(style: str) -> bool:
    """Whether a style takes invisibility back."""
    return _VISIBLE.search(style) is not None


def sheets_of(tree: LexborHTMLParser) -> Sheets:
    """The page's sheets, later rules over earlier ones, outside conditions such as print."""
    found = Sheets(foreign=tree.css_first('link[rel~="stylesheet"]') is not None)
    rules = [
        rule
        for sheet in tree.css("style")
        if attribute(sheet, "media").lower() in ("", "all", "screen")
        for rule in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", sheet.text(deep=True) or "")))
    ]
    found.words = tuple(_words_added(tree, rules[:_MOST_RULES]))
    painted = 0
    for selectors, style in rules[:_MOST_RULES]:
        why = standing_of(style)
        is_painted = painted < _MOST_PAINTED and _PAINTED.search(style) is not None
        painted += is_painted
        if why is None and not is_painted and not (found.why and _SHOWN.search(style)):
            continue
        for selector in (one.strip() for one in selectors.split(",")):
            for node in tree.css(selector) if _SIMPLE.fullmatch(selector) else ():
                place = node.mem_id
                if is_painted:
                    found.paint[place] = f"{found.paint.get(place, '')};{style}"
                if why:
                    found.why[place] = why
                elif _SHOWN.search(style):
                    found.why.pop(place, None)
    return found


def _words_added(tree: LexborHTMLParser, rules: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The words that rules print beside elements that the page has, once for each rule."""
    for selectors, style in rules:
        if (content := _CONTENT.search(style)) is None:
            continue
        for selector in (one.strip() for one in selectors.split(",")):
            element, added = _ADDED.subn("", selector)
            if not added or not _SIMPLE.fullmatch(element):
                continue
            if (node := tree.css_first(element)) is not None:
                yield f"{content[2]} … {(node.text(deep=True) or '').strip()[:_SHOWN_OF_NODE]}"
                break
