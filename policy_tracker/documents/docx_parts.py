"""The text of a Word document made ready for mammoth, which leaves out fields, text boxes and
equations, and does not look at hidden and some struck text.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from policy_tracker.documents.archives import local, tree
from policy_tracker.documents.blocks import HIDDEN, STRUCK, Unreadable, as_told
from policy_tracker.documents.docx_counters import Counters
from policy_tracker.documents.docx_lists import count_all, only_bullets, write_labels
from policy_tracker.documents.docx_runs import is_shaded, is_white, with_signs
from policy_tracker.documents.equations import EQUATION, is_known, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_PARTS = re.compile(r"word/(?:document\d?|footnotes|endnotes)\.xml")
_STYLES, _NUMBERING = "word/styles.xml", "word/numbering.xml"
_OFF = frozenset(("false", "0", "off"))
_DELETED = frozenset(("del", "moveFrom"))
_UNWRAPPED = frozenset(("fldSimple", "dir", "bdo"))
_EQUATIONS = frozenset(("oMathPara", "oMath"))
_VML = "urn:schemas-microsoft-com:vml"
_WORD = re.compile(r"\w")
_MOST_STYLES = 20


def prepared(data: bytes) -> tuple[bytes, tuple[Unreadable, ...]]:
    """The document with fields, text boxes and equations as plain text and without struck and
    hidden text, and what was struck, hidden or not to be written as text.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        drawn = tree(archive.read(_STYLES)) if _STYLES in names else None
        numbering = tree(archive.read(_NUMBERING)) if _NUMBERING in names else None
        styles = _styles(drawn) if drawn is not None else {}
        found: list[Unreadable] = []
        changed = {}
        for name in names:
            if _PARTS.fullmatch(name):
                part = _Part(tree(archive.read(name)), styles)
                counted = (
                    count_all(part.root, Counters(numbering, drawn))
                    if numbering is not None
                    else []
                )
                is_new = part.prepare()
                if numbering is not None and write_labels(counted):
                    is_new = True
                    changed[_NUMBERING] = only_bullets(numbering)
                if is_new:
                    changed[name] = ElementTree.tostring(part.root, encoding="utf-8")
                found += part.found
        if not changed:
            return data, tuple(found)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
            for name in dict.fromkeys(names):
                copy.writestr(name, changed.get(name) or archive.read(name))
    return out.getvalue(), tuple(found)


def _space(element: Element) -> str:
    return element.tag.rpartition("}")[0] + "}"


def _child(element: Element | None, name: str) -> Element | None:
    return (
        next((child for child in element if local(child) == name), None)
        if element is not None
        else None
    )


def _value(element: Element | None) -> str | None:
    if element is None:
        return None
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == "val"), None)


def _toggle(properties: Element | None, *names: str) -> bool | None:
    """Whether properties turn one of these on or off; None where they do not speak of it."""
    said = None
    for name in names:
        found = _child(properties, name)
        if found is not None:
            said = bool(said) or (_value(found) or "").lower() not in _OFF
    return said


def _standing(properties: Element | None) -> dict[str, bool]:
    said = {
        HIDDEN: _toggle(properties, "vanish", "webHidden"),
        STRUCK: _toggle(properties, "strike", "dstrike"),
    }
    return {why: on for why, on in said.items() if on is not None}


def _styles(root: Element) -> dict[str, dict[str, bool]]:
    """What each style says of striking and hiding, with what it is based on."""
    own: dict[str, tuple[str | None, dict[str, bool]]] = {}
    for style in root:
        if local(style) == "style":
            name = next(
                (v for k, v in style.attrib.items() if k.rpartition("}")[2] == "styleId"), ""
            )
            own[name] = (_value(_child(style, "basedOn")), _standing(_child(style, "rPr")))
    found = {}
    for name in own:
        said: dict[str, bool] = {}
        here: str | None = name
        for _ in range(_MOST_STYLES):
            if here is None or here not in own:
                break
            here, more = own[here]
            said = {**more, **said}
        if said:
            found[name] = said
    return found


class _Part:
    """One part of the archive that holds text."""

    def __init__(self, root: Element, styles: dict[str, dict[str, bool]]) -> None:
        self.root, self.styles = root, styles
        self.found: list[Unreadable] = []
        self.changed = False
        self.shaded = any(local(one) == "background" for one in root)

    def prepare(self) -> bool:
        """Rewrites the tree; whether anything had to be."""
        self._below(self.root, {})
        self.found = [replace(one, text=as_told(one.text)) for one in self.found]
        return self.changed

    def _below(self, parent: Element, around: dict[str, bool]) -> None:
        if local(parent) == "p":
            style = _value(_child(_child(parent, "pPr"), "pStyle"))
            around = self.styles.get(style or "", {})
        kept: list[Element] = []
        struck: list[tuple[str, str]] = []
        for child in list(parent):
            kept += self._read(child, around, struck)
        if [id(one) for one in kept] != [id(one) for one in parent]:
            parent[:] = kept
            self.changed = True
        self._tell(struck)

    def _tell(self, struck: list[tuple[str, str]]) -> None:
        """Runs beside each other of one standing are one text."""
        for number, (why, text) in enumerate(struck):
            if number and struck[number - 1][0] == why:
                before = self.found.pop() if self.found else Unreadable(None, why)
                text = before.text + text  # noqa: PLW2901
            self.found.append(Unreadable(None, why, text=text))

    def _read(
        self, child: Element, around: dict[str, bool], struck: list[tuple[str, str]]
    ) -> list[Element]:
        name = local(child)
        if name in _DELETED or (name == "tr" and _child(_child(child, "trPr"), "del") is not None):
            self._take(STRUCK, child, struck)
            return []
        if name == "r" and "wordprocessingml" in _space(child):
            properties = _child(child, "rPr")
            style = _value(_child(properties, "rStyle"))
            said = {**around, **self.styles.get(style or "", {}), **_standing(properties)}
            if is_white(properties) and not self.shaded:
                said[HIDDEN] = True
            for why in (HIDDEN, STRUCK):
                if said.get(why):
                    self._take(why, child, struck)
                    return []
            self.changed |= with_signs(child, properties)
        if name in _EQUATIONS:
            return [self._equation(child)]
        if name == "AlternateContent":
            return self._alternative(child, around, struck)
        if name in _UNWRAPPED:
            kept: list[Element] = []
            for one in list(child):
                kept += self._read(one, around, struck)
            return kept
        if name == "drawing":
            boxes = [one for one in child.iter() if local(one) == "txbxContent"]
            if boxes:
                for box in boxes:
                    self._below(box, {})
                return [_as_pict(child, boxes)]
        self._within(child, around)
        return [child]

    def _within(self, child: Element, around: dict[str, bool]) -> None:
        """What stands in an element; white words may be seen where a part above them is coloured,
        as a table may be by its style.
        """
        before = self.shaded
        name = local(child)
        self.shaded = before or name == "tbl" or (name == "p" and is_shaded(_child(child, "pPr")))
        self._below(child, around)
        self.shaded = before

    def _alternative(
        self, child: Element, around: dict[str, bool], struck: list[tuple[str, str]]
    ) -> list[Element]:
        """Mammoth reads the fallback; where that has no text box and the choice has, the choice."""
        for name in ("Fallback", "Choice"):
            branch = _child(child, name)
            if branch is not None and any(local(one) == "txbxContent" for one in branch.iter()):
                kept: list[Element] = []
                for one in list(branch):
                    kept += self._read(one, around, struck)
                return kept
        fallback = _child(child, "Fallback")
        if fallback is not None:
            self._below(fallback, around)
        return [child]

    def _take(self, why: str, element: Element, struck: list[tuple[str, str]]) -> None:
        text = _words(element)
        if _WORD.search(text):
            struck.append((why, text))

    def _equation(self, element: Element) -> Element:
        said = written(_Omml(element))
        if not is_known(_Omml(element)):
            self.found.append(Unreadable(None, EQUATION, text=said))
        space = next(
            (_space(one) for one in self.root.iter() if local(one) in ("p", "tbl")),
            _space(self.root),
        )
        run = ElementTree.Element(f"{space}r")
        text = ElementTree.SubElement(run, f"{space}t")
        text.text = f" {said} "
        return run


def _as_pict(drawing: Element, boxes: list[Element]) -> Element:
    """A text box of today as one of old, which mammoth reads."""
    space = _space(drawing)
    pict = ElementTree.Element(f"{space}pict")
    shape = ElementTree.SubElement(pict, f"{{{_VML}}}shape")
    for box in boxes:
        ElementTree.SubElement(shape, f"{{{_VML}}}textbox").append(box)
    return pict


def _words(element: Element) -> str:
    parts = []
    for one in element.iter():
        name = local(one)
        if name in ("t", "delText"):
            parts.append(one.text or "")
        elif name in ("tab", "br", "p"):
            parts.append(" ")
    return "".join(parts)


class _Omml:
    """An element of Word's equations as `equations` reads it."""

    def __init__(self, element: Element) -> None:
        self.name = local(element)
        self.element = element

    def __iter__(self) -> Iterator[_Omml]:
        return (_Omml(child) for child in self.element)

    @property
    def words(self) -> str:
        return "".join(self.element.itertext())
