"""Bytes of a text to characters: by byte order mark, as UTF-8 where they are that beyond chance, by
what an HTML document declares, else Windows-1252.
"""

from __future__ import annotations

import codecs
import re

from policy_tracker.documents.lookalikes import plain
from policy_tracker.errors import UnsupportedDocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_END_HYPHEN = re.compile(r"(?<=\w)\x02(?=\w)")
"""How a reader of PDF writes a hyphen at the end of a line, in texts that were made with it."""
_LEAST_WIDE, _MOST_WIDE = 16, 0.8
"""Bytes, and the part of every other one that is zero, by which a text is of two bytes a letter."""
_MOST_STRAY = 0.01
"""The share of control characters from which a file is no text: stray ones come with copied text,
binary files have a third.
"""


def decode(data: bytes, file: str = "") -> str:
    """The characters of `data`, control characters left out.

    Raises UnsupportedDocumentError where they are no text.
    """
    text = _characters(data)
    stray = len(_NO_TEXT.findall(text))
    if stray > 4 and stray > _MOST_STRAY * len(text):
        raise UnsupportedDocumentError(file, "holds bytes that are no text of a known kind")
    return plain(_NO_TEXT.sub("", _LINE_END_HYPHEN.sub("-", text)) if stray else text)


def _characters(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if wide := _without_mark(data):
        return data.decode(wide, errors="replace")
    try:
        # letters of several bytes that fit are no chance: what the file says of itself may be false
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
        encoding = _known(declared[1].decode("ascii")) if declared else None
        if encoding and (not encoding.startswith("utf-8") or _SEVERAL_BYTES.search(data)):
            return data.decode(encoding, errors="replace")
        # HTML (https://encoding.spec.whatwg.org/#names-and-labels) reads ISO 8859-1 so too, and
        # spreadsheets write it
        return data.decode("cp1252", errors="replace")


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its western letters is zero."""
    start = data[:2048]
    if len(start) < _LEAST_WIDE or b"\x00" not in start:
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > _MOST_WIDE * half and even < (1 - _MOST_WIDE) * half:
        return "utf-16-le"
    return "utf-16-be" if even > _MOST_WIDE * half and odd < (1 - _MOST_WIDE) * half else None


def _known(name: str) -> str | None:
    """The codec of an encoding that a document may declare for itself; none that is no encoding of
    text.
    """
    if name.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        return "cp1252"
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    return found.name if found.name.startswith(("utf-8", "cp125", "iso8859", "mac-roman")) else None
