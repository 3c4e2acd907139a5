"""Bytes to a document: what kind they are is asked of them, never of their name; each kind has its
reader, and limits.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import Literal

from policy_tracker.documents.blocks import Document
from policy_tracker.documents.csv import MOST_SNIFFED, delimiter_of
from policy_tracker.documents.decoding import decode
from policy_tracker.documents.unnamed import with_unnamed_told
from policy_tracker.errors import (
    DocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    MisnamedDocumentError,
    PictureOnlyDocumentError,
    TooLargeDocumentError,
    UnsupportedDocumentError,
)

Media = Literal["pdf", "html", "docx", "xlsx", "text", "csv"]

MOST_BYTES = 100_000_000
MOST_MARKUP = 30_000_000
"""Bytes of a text or a page of HTML: the longest policies have two million."""
_PDF_WITHIN = 1024
"""Readers accept bytes before a PDF's head (ISO 32000-1, Annex H, note 13)."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"BZh", "an archive"),
    (b"{\\rtf", "in Rich Text Format"),
    (b"%!PS", "in PostScript"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a database"),
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|table|span|section|main|article|ul|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
_NAMES: dict[str, frozenset[Media]] = {
    ".pdf": frozenset({"pdf"}),
    ".docx": frozenset({"docx"}),
    ".xlsx": frozenset({"xlsx"}),
    ".xlsm": frozenset({"xlsx"}),
    ".html": frozenset({"html"}),
    ".htm": frozenset({"html"}),
    ".xhtml": frozenset({"html"}),
    ".csv": frozenset({"csv", "text"}),
    ".txt": frozenset({"text", "csv"}),
}
"""What a name may promise; any other ending promises nothing.

A list of one column is a text, and a text may be a list.
"""
_MEDIA_WORDS: dict[Media, str] = {
    "pdf": "a PDF",
    "html": "a page of HTML",
    "docx": "a Word document",
    "xlsx": "a workbook",
    "text": "plain text",
    "csv": "a table of values",
}


def media_of(data: bytes, file: str = "") -> Media:
    """The kind of a document, by its content.

    Raises EmptyDocumentError, EncryptedDocumentError or UnsupportedDocumentError.
    """
    if not data.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf"):
        raise EmptyDocumentError(file, "is empty")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "xlsx" if _is_workbook(data) else "docx"
    if data.startswith(_OLD_OFFICE):
        _refuse_old_office(data, file)
    for sign, words in _SIGNS:
        if data.startswith(sign):
            raise UnsupportedDocumentError(file, f"is {words}, which is not read")
    start = decode(data[:MOST_SNIFFED], file)
    if _HTML.match(start):
        return "html"
    return "csv" if delimiter_of(start) else "text"


def _is_workbook(data: bytes) -> bool:
    """Whether an archive names the parts of a workbook, and not those of a Word document."""
    return b"xl/workbook." in data and b"word/document.xml" not in data


def _refuse_old_office(data: bytes, file: str) -> None:
    """The container of Word before 2007, in which later versions wrap what a password protects."""
    if "EncryptedPackage".encode("utf-16-le") in data[:1_000_000]:
        raise EncryptedDocumentError(file, "is encrypted")
    raise UnsupportedDocumentError(
        file, "is in the format of Office before 2007, which is not read"
    )


def read_document(data: bytes, name: str) -> Document:
    """The document in `data`; `name` is its file's name, for the errors and to see whether it
    promises something else.

    Raises a DocumentError that names the file and what is wrong with it.
    """
    try:
        document = _read(data, name)
    except DocumentError as error:
        raise error if error.file else type(error)(name, error.reason) from error
    if not any(block.text.strip() for block in document.blocks):
        if document.unreadable:
            raise PictureOnlyDocumentError(name, "holds pictures only, without words")
        raise EmptyDocumentError(name, "holds no words")
    return document


def _read(data: bytes, name: str) -> Document:
    if len(data) > MOST_BYTES:
        raise TooLargeDocumentError(name, f"has more than {MOST_BYTES // 1_000_000} million bytes")
    media = media_of(data, name)
    promised = _NAMES.get(PurePath(name).suffix.lower())
    if promised and media not in promised:
        raise MisnamedDocumentError(name, f"is {_MEDIA_WORDS[media]}, not what its name says")
    if media == "pdf":
        return _read_pdf(data, name)
    return with_unnamed_told(_read_other(data, media, name))


def _read_other(data: bytes, media: Media, name: str) -> Document:
    if media == "docx":
        from policy_tracker.documents.docx import read_docx

        return read_docx(data, name)
    if media == "xlsx":
        from policy_tracker.documents.xlsx.reader import read_xlsx

        return read_xlsx(data, name)
    if len(data) > MOST_MARKUP:
        raise TooLargeDocumentError(
            name, f"has more than {MOST_MARKUP // 1_000_000} million bytes of text"
        )
    return _read_characters(decode(data, name), media, name)


def _read_pdf(data: bytes, name: str) -> Document:
    import pypdfium2

    from policy_tracker.documents.pdf.pdfium import fault_of
    from policy_tracker.documents.pdf.reader import read_pdf

    try:
        return read_pdf(data, name)
    except pypdfium2.PdfiumError as error:  # a page is damaged
        raise fault_of(data, name, error) from error


def _read_characters(text: str, media: Media, name: str) -> Document:
    if media == "html":
        from policy_tracker.documents.html.reader import read_html

        return read_html(text, name)
    if media == "csv":
        from policy_tracker.documents.csv import read_csv

        return read_csv(text, name)
    from policy_tracker.documents.escapes import unescaped
    from policy_tracker.documents.text import read_text

    return replace(read_text(unescaped(text)), media="text")
