"""What the styles of a workbook say of its cells: how numbers show, what is struck or not to be
seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.documents.archives import local
from policy_tracker.documents.blocks import HIDDEN, STRUCK
from policy_tracker.documents.xlsx.formats import code_of, is_blank

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFF = frozenset(("0", "false", "off", "none"))
_WHITE = frozenset(("FFFFFFFF", "00FFFFFF"))


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How cells of a style look: the format of their numbers, and why nobody reads them.

    `pale` is white on white, which only is hidden where nothing else colours the cell.
    """

    code: str = ""
    why: str | None = None
    bold: bool = False
    pale: bool = False


PLAIN = CellStyle()


def child(element: Element | None, name: str) -> Element | None:
    """The first element of a name right below."""
    if element is None:
        return None
    return next((one for one in element if local(one) == name), None)


def is_on(properties: Element | None, name: str) -> bool:
    """Whether properties turn something on (`<strike/>`, `<b val="1"/>`)."""
    found = child(properties, name)
    return found is not None and found.get("val", "1").lower() not in _OFF


def styles_of(root: Element) -> list[CellStyle]:
    """The styles by the number with which cells name them."""
    custom = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in root.iter()
        if local(one) == "numFmt" and one.get("numFmtId", "").isdecimal()
    }
    fonts = list(child(root, "fonts") or ())
    fills = list(child(root, "fills") or ())
    return [_style(one, custom, fonts, fills) for one in child(root, "cellXfs") or ()]


def _style(
    xf: Element, custom: dict[int, str], fonts: list[Element], fills: list[Element]
) -> CellStyle:
    font, fill = _at(fonts, xf.get("fontId")), _at(fills, xf.get("fillId"))
    number = xf.get("numFmtId", "0")
    code = code_of(int(number), custom) if number.isdecimal() else ""
    why = STRUCK if is_on(font, "strike") else HIDDEN if is_blank(code) else None
    return CellStyle(
        code, why, is_on(font, "b"), _is_white(child(font, "color")) and _is_clear(fill)
    )


def _at(items: list[Element], number: str | None) -> Element | None:
    place = int(number) if number and number.isdecimal() else -1
    return items[place] if 0 <= place < len(items) else None


def _is_white(colour: Element | None) -> bool:
    """The first colour of a theme is that of the paper."""
    if colour is None:
        return False
    return colour.get("rgb", "").upper() in _WHITE or (
        colour.get("theme") == "0" and not colour.get("tint")
    )


def _is_clear(fill: Element | None) -> bool:
    pattern = child(fill, "patternFill")
    if pattern is None:
        return fill is None or not len(fill)
    return pattern.get("patternType", "none") == "none" or _is_white(child(pattern, "fgColor"))
