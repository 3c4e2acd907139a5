"""Archives of Office documents, measured before anything of them is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from xml.etree import ElementTree

from policy_tracker.errors import (
    DamagedDocumentError,
    EncryptedDocumentError,
    TooLargeDocumentError,
    UnsupportedDocumentError,
)

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100_000_000
"""Bytes of all members: policies with pictures have ten million."""
MOST_TEXT = 30_000_000
"""Bytes of the part that holds the text; it becomes a tree of some twenty times its size."""
_STEEPEST = 200
"""How many times its packed size a member may unpack to: XML reaches 30, emptiness 1,000."""
_SMALL = 1_000_000
_CHUNK = 1 << 16
_ENCRYPTED_FLAG = 0x1


def check(archive: zipfile.ZipFile, file: str, part: str, kind: str, most: int = MOST_TEXT) -> None:
    """Raises a DocumentError for an archive without the part that holds the text, encrypted, or
    with parts that unpack to too much; `kind` is what it should be ("a Word document").
    """
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise TooLargeDocumentError(file, f"is an archive of more than {MOST_MEMBERS} parts")
    if part not in {member.filename for member in members}:
        raise UnsupportedDocumentError(file, f"is an archive, but not {kind}")
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise EncryptedDocumentError(file, "is encrypted")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise TooLargeDocumentError(
            file, f"unpacks to more than {MOST_UNPACKED // 1_000_000} million bytes"
        )
    for member in members:
        if member.file_size > _SMALL and member.file_size > _STEEPEST * max(
            member.compress_size, 1
        ):
            times = member.file_size // max(member.compress_size, 1)
            raise TooLargeDocumentError(file, f"has a part that unpacks to {times} times its size")
        if member.filename.endswith((".xml", ".rels")):
            _measure(archive, member, file, most)


def _measure(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str, most: int) -> None:
    """Unpacks a part piece by piece: what an archive says of its sizes may be false."""
    size = 0
    try:
        with archive.open(member) as part:
            while piece := part.read(_CHUNK):
                size += len(piece)
                if size > most:
                    raise TooLargeDocumentError(
                        file, f"has a text of more than {most // 1_000_000} million bytes"
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DamagedDocumentError(file, "has a part that cannot be unpacked") from error


def tree(data: bytes) -> ElementTree.Element:
    """The tree of a part. Raises ValueError where it declares entities: Office writes none."""
    refuse_entities(data)
    return ElementTree.fromstring(data)  # noqa: S314 - no entities, measured before


def refuse_entities(data: bytes) -> None:
    """Raises ValueError for a part that declares a document type."""
    if b"<!DOCTYPE" in data:
        raise ValueError("a part declares a document type")


def local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
