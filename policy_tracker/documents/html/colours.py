"""Words of HTML in the colour of what is behind them.

Only what the page itself says counts: where a style sheet from elsewhere may colour an element,
nothing is taken for unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

Colour = tuple[int, int, int]

_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_BEHIND = re.compile(r"(?:^|;)\s*background(-color|-image)?\s*:\s*([^;!]+)", re.IGNORECASE)
_HEX = re.compile(r"#(?:([0-9a-f]{6})(?:[0-9a-f]{2})?|([0-9a-f]{3})[0-9a-f]?)\b", re.IGNORECASE)
_RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+)(%?))?\s*\)", re.IGNORECASE
)
_NAMES: dict[str, Colour] = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "black": (0, 0, 0),
}
"""Names of the paper's colours and of ink; others are told apart by their name alone."""
_NEAR = 12
"""Of 255: what differs by less in red, green and blue cannot be told apart on paper."""
_NOTHING = frozenset(("transparent", "none", "initial", "unset", "inherit", "auto"))


@dataclass(frozen=True, slots=True)
class Paint:
    """The colour of words and of what is behind them; None where that cannot be known."""

    ink: Colour | str | None = (0, 0, 0)
    behind: Colour | str | None = (255, 255, 255)

    @property
    def is_unseen(self) -> bool:
        """Whether words of it cannot be seen."""
        if self.ink == "transparent":
            return True
        if self.ink is None or self.behind is None:
            return False
        if isinstance(self.ink, str) or isinstance(self.behind, str):
            return self.ink == self.behind
        return all(
            abs(one - other) <= _NEAR for one, other in zip(self.ink, self.behind, strict=True)
        )


PAPER = Paint()


def colour_of(text: str) -> Colour | str | None:
    """A colour of CSS; a name that is not known stays its name, None for what is no colour."""
    words = text.strip().lower()
    if match := _HEX.fullmatch(words):
        digits = match[1] or "".join(letter * 2 for letter in match[2])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.fullmatch(words):
        if match[4] is not None and float(match[4]) == 0:
            return "transparent"
        return int(match[1]), int(match[2]), int(match[3])
    if words in _NAMES:
        return _NAMES[words]
    return words if re.fullmatch(r"[a-z]+", words) else None


def painted(
    node: LexborNode,
    attributes: Mapping[str, str | None],
    around: Paint,
    sheet: Mapping[int, str],
    *,
    foreign: bool,
) -> Paint:
    """How words in an element are painted, given how they are around it.

    `sheet` is what the page's own style sheets say of elements; `foreign` where it also has sheets
    from elsewhere, which may colour whatever has a class or a name.
    """
    own = attributes.get("style") or ""
    styles = (sheet.get(node.mem_id, ""), own) if sheet or own else ()
    ink, behind = around.ink, around.behind
    if foreign and (attributes.get("class") or attributes.get("id")):
        behind = None
    if bgcolor := attributes.get("bgcolor"):
        behind = colour_of(bgcolor)
    if node.tag == "font" and (named := attributes.get("color")):
        ink = colour_of(named)
    elif node.tag == "a" and attributes.get("href"):
        ink = "link"
    for style in styles:
        for match in _COLOUR.finditer(style):
            if match[1].strip().lower() not in ("inherit", "currentcolor"):
                ink = colour_of(match[1])
        for kind, said in _BEHIND.findall(style):
            behind = _behind(kind, said, behind)
    return Paint(ink, behind)


def _behind(kind: str, said: str, around: Colour | str | None) -> Colour | str | None:
    if "url(" in said or "gradient" in said:
        return None
    if kind.lower() == "-image":
        return around
    words = said.strip().lower()
    if words in _NOTHING:
        return around
    found = next((c for word in _words(words) if (c := colour_of(word)) is not None), None)
    return around if found == "transparent" else found


def _words(said: str) -> list[str]:
    return re.findall(r"rgba?\([^)]*\)|[^\s(]+", said)
