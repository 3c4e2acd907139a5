"""Word documents: the archive is measured before anything is unpacked, then mammoth makes HTML of
it.

mammoth keeps list levels and numbering as `ol`, tables, bold and headings; headers and footers of
pages it leaves out.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace

import mammoth

from policy_tracker.documents.blocks import Document
from policy_tracker.documents.docx_parts import prepared
from policy_tracker.documents.html.reader import read_html
from policy_tracker.errors import (
    DamagedDocumentError,
    DocumentError,
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
_TEXT_PART = "word/document.xml"
_CHUNK = 1 << 16
_ENCRYPTED_FLAG = 0x1


def read_docx(data: bytes, file: str = "") -> Document:
    """A Word document. Raises TooLargeDocumentError, EncryptedDocumentError, DamagedDocumentError
    or UnsupportedDocumentError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, file)
        ready, aside = prepared(data)
        html = mammoth.convert_to_html(
            io.BytesIO(ready), convert_image=mammoth.images.img_element(_no_image)
        ).value
    except DocumentError:
        raise
    except MemoryError as error:
        raise TooLargeDocumentError(file, "needs more memory than a document may take") from error
    except RecursionError as error:
        raise TooLargeDocumentError(file, "nests its parts too deeply") from error
    except Exception as error:  # the library raises whatever a broken archive or tree leads to
        raise DamagedDocumentError(file, "cannot be taken apart as a Word document") from error
    document = read_html(html, file)
    return replace(document, media="docx", unreadable=(*aside, *document.unreadable))


def _no_image(_image: object) -> dict[str, str]:
    """Pictures hold no words that could be read."""
    return {"src": ""}


def _check(archive: zipfile.ZipFile, file: str) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise TooLargeDocumentError(file, f"is an archive of more than {MOST_MEMBERS} parts")
    if _TEXT_PART not in {member.filename for member in members}:
        raise UnsupportedDocumentError(file, "is an archive, but not a Word document")
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
            raise TooLargeDocumentError(
                file,
                (
                    f"has a part that unpacks to {member.file_size // max(member.compress_size, 1)} "  # noqa: E501
                    f"times its size"
                ),
            )
        if member.filename.endswith((".xml", ".rels")):
            _measure(archive, member, file)


def _measure(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> None:
    """Unpacks a part piece by piece: what an archive says of its sizes may be false."""
    size = 0
    try:
        with archive.open(member) as part:
            while piece := part.read(_CHUNK):
                size += len(piece)
                if size > MOST_TEXT:
                    raise TooLargeDocumentError(
                        file, f"has a text of more than {MOST_TEXT // 1_000_000} million bytes"
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DamagedDocumentError(file, "has a part that cannot be unpacked") from error
