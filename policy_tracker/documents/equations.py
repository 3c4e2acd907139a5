"""Equations of MathML and of Word (OMML) as one line of text: "≥ 35", "10⁹", "a/b"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

EQUATION = "an equation"
"""Why a part is unread whose equation has no form on one line."""
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_POWER = re.compile(r"[-+−]?\d{1,3}")
_SIGNS = re.compile(r"\s*([<>=≤≥≠≈±×÷⩽⩾]|≦|≧)\s*")
_TWO_SIDED = {"≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥"}
_ROWS = frozenset(
    [
        "math",
        "mrow",
        "mstyle",
        "mpadded",
        "semantics",
        "mtext",
        "mn",
        "mi",
        "mo",
        "ms",
        "mspace",
        "oMathPara",
        "oMath",
        "r",
        "t",
        "e",
        "num",
        "den",
        "sup",
        "sub",
        "deg",
        "box",
    ]
)
_SILENT = frozenset(
    [
        "annotation",
        "annotation-xml",
        "mphantom",
        "none",
        "mprescripts",
        "rPr",
        "ctrlPr",
        "sSupPr",
        "sSubPr",
        "fPr",
        "radPr",
        "dPr",
        "oMathParaPr",
        "boxPr",
    ]
)
_RAISING = frozenset(("msup", "sSup"))
_LOWERING = frozenset(("msub", "sSub"))
_FRACTIONS = frozenset(("mfrac", "f"))
_ROOTS = frozenset(("msqrt", "rad"))
_BRACKETS = frozenset(("mfenced", "d"))
_KNOWN = _ROWS | _SILENT | _RAISING | _LOWERING | _FRACTIONS | _ROOTS | _BRACKETS
_LEAVES = frozenset(["mtext", "mn", "mi", "mo", "ms", "t"])


class Element(Protocol):
    """An element of an equation: its local name, the elements below it, all its words."""

    name: str

    def __iter__(self) -> Iterator[Element]: ...

    @property
    def words(self) -> str:
        """The text of all that stands in it."""
        ...


def is_known(element: Element) -> bool:
    """Whether an equation has a form on one line that says the same."""
    return element.name in _SILENT or (
        element.name in _KNOWN and (element.name in _LEAVES or all(map(is_known, element)))
    )


def written(element: Element) -> str:
    """The equation as one line, blanks around signs that compare."""
    return " ".join(_SIGNS.sub(_sign, _said(element)).split())


def _sign(match: re.Match[str]) -> str:
    return f" {_TWO_SIDED.get(match[1], match[1])} "


def _said(element: Element) -> str:
    if element.name in _SILENT:
        return ""
    below = [] if element.name in _LEAVES else [one for one in element if one.name not in _SILENT]
    if not below:
        return element.words
    said = [_said(one) for one in below]
    if element.name in _RAISING and len(said) == 2:
        base, power = said[0].strip(), said[1].strip()
        return base + (power.translate(_RAISED) if _POWER.fullmatch(power) else f"^{power}")
    if element.name in _FRACTIONS and len(said) == 2:
        return "/".join(_grouped(part) for part in said)
    if element.name in _ROOTS:
        return f"√({said[-1].strip()})"
    if element.name in _BRACKETS:
        return f"({', '.join(part.strip() for part in said)})"
    return "".join(said)


def _grouped(text: str) -> str:
    text = text.strip()
    return f"({text})" if re.search(r"[-+−×\s]", text) else text
