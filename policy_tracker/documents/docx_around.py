"""What a Word document has around its text: headers and footers of pages, watermarks, drawings and
parts that are put in.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_tracker.documents.archives import local, tree
from policy_tracker.documents.blocks import Unreadable, as_told

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
_DRAWN = re.compile(r"word/(?:diagrams/data|charts/chart)\d*\.xml")
_PUT_IN = re.compile(r"word/(?:afchunk|embeddings/)\S*", re.IGNORECASE)
_WORD = re.compile(r"\w")
_MOST_RUNNING = 40
DRAWING, PUT_IN = "a drawing", "a document that is put in"


@dataclass(slots=True)
class BesideText:
    """The running lines, the words of watermarks, and what is told as unread."""

    running: dict[str, None] = field(default_factory=dict)
    watermarks: dict[str, None] = field(default_factory=dict)
    told: list[Unreadable] = field(default_factory=list)

    @property
    def warnings(self) -> tuple[str, ...]:
        """A warning for each watermark, in the words that PDFs have."""
        return tuple(f"printed across the page: {text}" for text in self.watermarks)[:3]


def around(archive: zipfile.ZipFile) -> BesideText:
    """What stands around the text of an archive that was measured."""
    found = BesideText()
    for name in archive.namelist():
        if _RUNNING.fullmatch(name):
            root = tree(archive.read(name))
            _running(root, found)
            _watermarks(root, found)
        elif _DRAWN.fullmatch(name):
            words = " ".join(
                (one.text or "").strip()
                for one in tree(archive.read(name)).iter()
                if local(one) == "t"
            )
            if _WORD.search(words):
                found.told.append(Unreadable(None, DRAWING, text=as_told(words)))
        elif _PUT_IN.fullmatch(name):
            found.told.append(Unreadable(None, PUT_IN, text=name.rpartition("/")[2]))
    return found


def _running(root: Element, found: BesideText) -> None:
    for paragraph in root.iter():
        if local(paragraph) != "p" or len(found.running) >= _MOST_RUNNING:
            continue
        words = "".join(
            (one.text or "") if local(one) == "t" else " "
            for one in paragraph.iter()
            if local(one) in ("t", "tab", "br")
        )
        if _WORD.search(words):
            found.running[" ".join(words.split())] = None


def _watermarks(root: Element, found: BesideText) -> None:
    for one in root.iter():
        if local(one) == "textpath" and _WORD.search(words := one.get("string", "")):
            found.watermarks[" ".join(words.split())] = None
