"""The parts of a workbook: its sheets in order, its texts, its styles."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_tracker.documents.archives import local, refuse_entities, tree
from policy_tracker.documents.xlsx.styles import CellStyle, child, is_on, styles_of

if TYPE_CHECKING:
    import zipfile
    from xml.etree.ElementTree import Element

WORKBOOK = "xl/workbook.xml"
_RELATED = "_rels/{}.rels"


@dataclass(frozen=True, slots=True)
class SharedText:
    """A text that cells refer to; `struck` are the words of it that are struck out."""

    text: str
    struck: str = ""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name, its part of the archive, whether it is hidden."""

    name: str
    part: str
    hidden: bool = False


@dataclass(slots=True)
class Workbook:
    """What all sheets share."""

    archive: zipfile.ZipFile
    sheets: list[SheetPart] = field(default_factory=list)
    texts: list[SharedText] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    from_1904: bool = False


def open_workbook(archive: zipfile.ZipFile) -> Workbook:
    """The workbook in an archive that was measured."""
    names = frozenset(archive.namelist())
    root = tree(archive.read(WORKBOOK))
    book = Workbook(archive)
    properties = child(root, "workbookPr")
    book.from_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
    targets = related(archive, WORKBOOK)
    for sheet in child(root, "sheets") or ():
        identity = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        part = targets.get(identity, ("", ""))[1]
        if part in names:
            hidden = sheet.get("state", "visible") != "visible"
            book.sheets.append(SheetPart(sheet.get("name", ""), part, hidden))
    for kind, part in targets.values():
        if part in names and kind == "sharedStrings":
            book.texts = [
                shared_text(one) for one in tree(archive.read(part)) if local(one) == "si"
            ]
        elif part in names and kind == "styles":
            book.styles = styles_of(tree(archive.read(part)))
    return book


def related(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to, by id: their kind and their name."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, _RELATED.format(name))
    if place not in archive.namelist():
        return {}
    found = {}
    for one in tree(archive.read(place)):
        target = one.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        found[one.get("Id", "")] = (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(whole),
        )
    return found


def shared_text(element: Element) -> SharedText:
    """A text with its runs put together; phonetic readings left out."""
    said: list[str] = []
    struck: list[str] = []
    for one in element:
        name = local(one)
        if name == "t":
            said.append(one.text or "")
        elif name == "r":
            words = "".join(part.text or "" for part in one if local(part) == "t")
            (struck if is_on(child(one, "rPr"), "strike") else said).append(words)
    return SharedText("".join(said), "".join(struck))


def loose_texts(archive: zipfile.ZipFile, sheet: str) -> list[tuple[str, str]]:
    """What lies over a sheet: kind (`drawing`, `comments`) and words of text boxes and notes."""
    found = []
    for kind, part in related(archive, sheet).values():
        if kind in ("drawing", "comments") and part in archive.namelist():
            data = archive.read(part)
            refuse_entities(data)
            groups = ("comment",) if kind == "comments" else ("txBody",)
            found += [
                (kind, " ".join(words.split()))
                for one in tree(data).iter()
                if local(one) in groups
                and (words := " ".join(t.text or "" for t in one.iter() if local(t) == "t")).strip()
            ]
    return found
